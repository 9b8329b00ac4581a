// Who follows what: watches and the feeds they share.
#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "arm/url.h"
#include "model/text.h"

namespace abj::tracking {
namespace {

// How long a job that an operation has named may be "not found" before that is believed.
constexpr Milliseconds not_found_grace = std::chrono::seconds(60);

}  // namespace

Tracker::Tracker(arm::Endpoint endpoint, std::unique_ptr<Schedule> schedule, std::uint64_t seed, double requests_per_hour)
    : endpoint_(std::move(endpoint)), schedule_(std::move(schedule)), random_state_(seed), budget_(requests_per_hour) {}

// splitmix64: small, and good enough to spread polls.
double Tracker::random() {
  random_state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t z = random_state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1.0p-53;
}

WatchId Tracker::follow(Start start, Now now) {
  const WatchId id = ++last_watch_;
  Watch& watch = watches_[id];
  watch.vault = std::move(start.vault);
  watch.region = std::move(start.region);
  watch.given = std::move(start.operation);
  if (!start.operation_url.empty()) {
    Feed operation;
    operation.key = operation.url = std::move(start.operation_url);
    watch.operation = join(id, std::move(operation), now);
    // Another watch may have asked already.
    const std::optional<Operation>& known = feeds_.at(watch.operation).operation;
    if (known && is_terminal(known->status.state)) add_named_jobs(id, *known, now);
  }
  for (const auto& job : start.jobs) add_job(id, job.id, job.api_version, now);
  if (watch.given)
    for (const FeedId job : watch.jobs) feeds_.at(job).expected_until = now.monotonic + not_found_grace;
  return id;
}

void Tracker::unfollow(WatchId id) {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return;
  const Watch watch = std::move(at->second);
  watches_.erase(at);
  if (watch.operation) leave(id, watch.operation);
  for (const FeedId job : watch.jobs) leave(id, job);
}

// The feed of that key, which may be there already.
FeedId Tracker::join(WatchId watch, Feed feed, Now now) {
  const auto [at, is_new] = feed_by_key_.try_emplace(feed.key, last_feed_ + 1);
  if (is_new) {
    ++last_feed_;
    // Whoever wanted it before may have been asked to wait (leave).
    feed.not_before = budget_.refused_until(hash_ignoring_case(feed.key));
    ask_at(feed, now.monotonic);
    feed.pot = feed.is_of_graph() ? graph_pot() : pot_of(feed);
    feeds_.emplace(at->second, std::move(feed));
  }
  auto& watches = feeds_.at(at->second).watches;
  if (std::find(watches.begin(), watches.end(), watch) == watches.end()) watches.push_back(watch);
  return at->second;
}

void Tracker::leave(WatchId watch, FeedId id) {
  const auto at = feeds_.find(id);
  Feed& feed = at->second;
  std::erase(feed.watches, watch);
  note_running(id);
  if (!feed.watches.empty()) return;
  drop(feed.in_flight);
  if (feed.cancel) drop(feed.cancel->in_flight);
  if (feed.job) store_.erase(feed.key);
  // Whoever wants it next is to wait as long: the resource has a pot of its own for that.
  if (feed.not_before > Milliseconds(0)) budget_.refused(hash_ignoring_case(feed.key), {}, feed.not_before, Milliseconds(0));
  feed_by_key_.erase(feed.key);
  feeds_.erase(at);
}

void Tracker::drop(std::optional<InFlight>& in_flight) {
  if (!in_flight) return;
  aborted_.push_back(in_flight->request);
  in_flight.reset();
}

void Tracker::add_named_jobs(WatchId id, const Operation& operation, Now now) {
  Watch& watch = watches_.at(id);
  for (const auto& name : operation.jobs) {
    const auto job = job_named(name, watch.vault, watch.region);
    if (job) add_job(id, *job, {}, now);
    else watch.naming = job.error();
  }
  for (const FeedId job : watch.jobs) feeds_.at(job).expected_until = now.monotonic + not_found_grace;
}

void Tracker::add_job(WatchId id, const arm::JobId& job, std::string_view api_version, Now now) {
  const bool cross_region = !job.region.empty();
  if (cross_region) api_version = arm::cross_region_api_version;
  else if (api_version.empty()) api_version = arm::default_api_version(job.vault.provider);
  Feed feed;
  feed.key = job.key();
  feed.url = arm::with_api_version(endpoint_.origin + (cross_region ? job.vault.region_path(job.region) + "/backupCrrJob" : job.path()), api_version);
  if (cross_region) feed.body = arm::cross_region_body(job.vault, job.name);
  else scopes_[feed.scope = hash_ignoring_case(job.vault.path())].vault = job.vault;
  feed.job = job;
  const FeedId feed_id = join(id, std::move(feed), now);
  auto& jobs = watches_.at(id).jobs;
  if (std::find(jobs.begin(), jobs.end(), feed_id) == jobs.end()) jobs.push_back(feed_id);
  if (feeds_.at(feed_id).contact == Contact::none) begun(feed_id, now);
  note_running(feed_id);
}

void Tracker::refresh(WatchId id, Now now) {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return;
  // An operation that has named its job has nothing more to say.
  if (at->second.operation && (at->second.jobs.empty() || !feeds_.at(at->second.operation).is_ended())) wake(at->second.operation, now);
  for (const FeedId job : at->second.jobs) wake(job, now);
}

// A user wants it now.
void Tracker::wake(FeedId id, Now now) {
  Feed& feed = feeds_.at(id);
  if (feed.in_flight) {
    if (feed.in_flight->sent) return;
    // Still waiting for the host's token: ask the host anew.
    drop(feed.in_flight);
  }
  if (feed.is_halted()) set_contact(feed, Contact::retrying);  // in trouble until an answer says otherwise
  feed.renewing = false;
  feed.urgent = true;
  feed.failures = 0;
  ask_at(feed, now.monotonic);
  mark_changed(feed);
  // Where the list was halted, what it told of was not asked for either.
  if (feed.list && feeds_.at(feed.list).is_halted()) {
    Feed& list = feeds_.at(feed.list);
    set_contact(list, Contact::retrying);
    list.renewing = false;
    ask_at(list, now.monotonic);
  }
}

std::optional<Error> Tracker::cancel(WatchId id, std::size_t index, Now now) {
  const auto at = watches_.find(id);
  if (at == watches_.end() || index >= at->second.jobs.size()) return Error{ErrorCode::cancel_refused, "no such job"};
  const FeedId feed_id = at->second.jobs[index];
  Feed& feed = feeds_.at(feed_id);
  if (!feed.job->has_cancel()) return Error{ErrorCode::cancel_impossible};
  const Job* job = store_.find(feed.key);
  if (!job || !job->can_cancel()) return Error{ErrorCode::cancel_refused, job ? job->status.text : "not read yet"};
  Milliseconds not_before{};
  if (feed.cancel) {
    const bool awaits_token = feed.cancel->in_flight && !feed.cancel->in_flight->sent;
    if (is_under_way(*feed.cancel, now.monotonic) && !awaits_token) return {};
    drop(feed.cancel->in_flight);
    not_before = feed.cancel->not_before;
  }
  feed.cancel = Cancel{.not_before = std::max(not_before, now.monotonic)};
  ++feed.revision;
  mark_changed(feed);
  return {};
}

void Tracker::set_attention(WatchId id, Attention attention, Now now) {
  const auto at = watches_.find(id);
  if (at == watches_.end() || at->second.attention == attention) return;
  at->second.attention = attention;
  at->second.changed = true;
  const auto renew = [&](FeedId feed_id) {
    Feed& feed = feeds_.at(feed_id);
    ++feed.revision;
    note_running(feed_id);
    if ((feed.list || feed.over) && !feed.in_flight && !feed.is_halted()) plan(feed, now);
  };
  if (at->second.operation) renew(at->second.operation);
  for (const FeedId job : at->second.jobs) renew(job);
}

}  // namespace abj::tracking
