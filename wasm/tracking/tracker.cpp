#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"

namespace abj::tracking {
namespace {

// What was answered more recently than this is fresh enough for someone who comes back to the page.
constexpr Milliseconds fresh_enough = std::chrono::seconds(10);
// How long a job that an operation has named may be "not found" before that is believed.
constexpr Milliseconds not_found_grace = std::chrono::seconds(60);

// How soon after a cancel was answered the job is looked at.
constexpr Milliseconds after_cancel = std::chrono::seconds(2);

}  // namespace

Tracker::Tracker(arm::Endpoint endpoint, std::unique_ptr<Schedule> schedule, std::uint64_t seed)
    : endpoint_(std::move(endpoint)), schedule_(std::move(schedule)), random_state_(seed) {}

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
    watch.operation = join(std::move(operation), now);
    // Another watch may have asked already.
    const std::optional<Operation> known = feeds_.at(watch.operation).operation;
    if (known && is_terminal(known->status.state)) add_named_jobs(watch, *known, now);
  }
  for (const auto& job : start.jobs) add_job(watch, job.id, job.api_version, now);
  if (watch.given)
    for (const FeedId job : watch.jobs) feeds_.at(job).expected_until = now.monotonic + not_found_grace;
  changed_.insert(id);
  return id;
}

void Tracker::unfollow(WatchId id) {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return;
  const Watch watch = std::move(at->second);
  watches_.erase(at);
  changed_.erase(id);
  if (watch.operation) leave(watch.operation);
  for (const FeedId job : watch.jobs) leave(job);
}

// The feed of that key, which may be there already.
FeedId Tracker::join(Feed feed, Now now) {
  const auto [at, is_new] = feed_by_key_.try_emplace(feed.key, last_feed_ + 1);
  if (is_new) {
    ++last_feed_;
    feed.next_at = now.monotonic;
    feeds_.emplace(at->second, std::move(feed));
  }
  ++feeds_.at(at->second).watches;
  return at->second;
}

void Tracker::leave(FeedId id) {
  const auto at = feeds_.find(id);
  Feed& feed = at->second;
  if (--feed.watches > 0) return;
  drop(feed.in_flight);
  if (feed.cancel) drop(feed.cancel->in_flight);
  if (feed.job) store_.erase(feed.key);
  feed_by_key_.erase(feed.key);
  feeds_.erase(at);
}

void Tracker::drop(std::optional<InFlight>& in_flight) {
  if (!in_flight) return;
  aborted_.push_back(in_flight->request);
  feed_by_request_.erase(in_flight->request);
  in_flight.reset();
}

void Tracker::add_named_jobs(Watch& watch, const Operation& operation, Now now) {
  for (const auto& name : operation.jobs) {
    const auto job = job_named(name, watch.vault, watch.region);
    if (job) add_job(watch, *job, {}, now);
    else watch.naming = job.error();
  }
  for (const FeedId job : watch.jobs) feeds_.at(job).expected_until = now.monotonic + not_found_grace;
}

void Tracker::add_job(Watch& watch, const arm::JobId& job, std::string_view api_version, Now now) {
  const bool cross_region = !job.region.empty();
  if (cross_region) api_version = arm::cross_region_api_version;
  else if (api_version.empty()) api_version = arm::default_api_version(job.vault.provider);
  Feed feed;
  feed.key = job.key();
  feed.url = arm::with_api_version(endpoint_.origin + (cross_region ? job.vault.region_path(job.region) + "/backupCrrJob" : job.path()), api_version);
  if (cross_region) feed.body = arm::cross_region_body(job.vault, job.name);
  feed.job = job;
  const FeedId id = join(std::move(feed), now);
  if (std::find(watch.jobs.begin(), watch.jobs.end(), id) != watch.jobs.end()) return leave(id);
  watch.jobs.push_back(id);
}

void Tracker::refresh(WatchId id, Now now) {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return;
  auto wake = [&](FeedId feed_id) {
    Feed& feed = feeds_.at(feed_id);
    if (feed.in_flight) {
      if (feed.in_flight->sent) return;
      // Still waiting for the host's token: ask the host anew.
      drop(feed.in_flight);
    }
    if (feed.is_halted()) set_contact(feed, Contact::retrying);  // in trouble until an answer says otherwise
    feed.renewing = false;
    ask_at(feed, now.monotonic);
    mark_changed(feed_id);
  };
  // An operation that has named its job has nothing more to say.
  if (at->second.operation && (at->second.jobs.empty() || !feeds_.at(at->second.operation).is_ended())) wake(at->second.operation);
  for (const FeedId job : at->second.jobs) wake(job);
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
  mark_changed(feed_id);
  return {};
}

// Only the answer's status is needed: headers are not (AZURE.md §10), since the job says for itself what becomes of it.
void Tracker::receive_cancel(FeedId id, Verdict verdict, Now now) {
  Feed& feed = feeds_.at(id);
  Cancel& cancel = *feed.cancel;
  cancel.in_flight.reset();
  ++feed.revision;
  mark_changed(id);
  if (verdict.not_before && verdict.advice != Advice::take) cancel.not_before = now.monotonic + *verdict.not_before;
  if (verdict.advice == Advice::renew_token && !std::exchange(cancel.renewing, true)) {
    cancel.claims = std::move(verdict.claims);
    return;
  }
  const bool accepted = verdict.advice == Advice::take;
  cancel.answered_at = now.monotonic;
  cancel.state = accepted ? Cancel::State::accepted : Cancel::State::refused;
  if (!accepted) cancel.error = std::move(verdict.error);
  // Whatever the answer was, the job may stand differently now; and what is being cancelled ends soon.
  if (accepted) feed.answers = 0;
  if (feed.next_at) ask_at(feed, std::min(*feed.next_at, now.monotonic + after_cancel));
}

void Tracker::set_environment(Environment environment, Now now) {
  const bool came_back = environment.online && !environment_.online;
  const bool shown = environment.visible && !environment_.visible;
  const bool hidden = !environment.visible && environment_.visible;
  const bool network_changed = environment.online != environment_.online;
  environment_ = environment;
  for (auto& [id, feed] : feeds_) {
    if (feed.is_ended() || feed.is_halted()) continue;
    if (network_changed) mark_changed(id);
    if (!feed.next_at) continue;
    if (hidden && feed.answered_at) ask_at(feed, std::max(*feed.next_at, *feed.answered_at + hidden_wait));
    if (came_back) ask_at(feed, now.monotonic);
    // Someone looks again: what was put off for a hidden page is asked as soon as it is not quite fresh.
    const Milliseconds wanted = feed.answered_at ? *feed.answered_at + fresh_enough : now.monotonic;
    if (shown && wanted < *feed.next_at) ask_at(feed, std::max(wanted, now.monotonic));
  }
}

void Tracker::ask_at(Feed& feed, Milliseconds at) const { feed.next_at = std::max(at, feed.not_before); }

void Tracker::mark_changed(FeedId id) {
  for (const auto& [watch_id, watch] : watches_)
    if (watch.operation == id || std::find(watch.jobs.begin(), watch.jobs.end(), id) != watch.jobs.end()) changed_.insert(watch_id);
}

void Tracker::sent(arm::RequestId request) {
  const auto at = feed_by_request_.find(request);
  if (at == feed_by_request_.end()) return;
  Feed& feed = feeds_.at(at->second);
  InFlight& in_flight = feed.in_flight && feed.in_flight->request == request ? *feed.in_flight : *feed.cancel->in_flight;
  in_flight.sent = true;
  if (in_flight.told_slow) mark_changed(at->second);
}

void Tracker::receive(const arm::Response& response, Now now) {
  const auto at = feed_by_request_.find(response.id);
  if (at == feed_by_request_.end()) return;  // late or duplicate: what is newer stays
  const FeedId id = at->second;
  feed_by_request_.erase(at);
  Feed& feed = feeds_.at(id);
  Verdict verdict = judge(response, now);
  if (!feed.in_flight || feed.in_flight->request != response.id) return receive_cancel(id, std::move(verdict), now);
  feed.in_flight.reset();
  mark_changed(id);

  if (verdict.not_before) feed.not_before = now.monotonic + *verdict.not_before;
  if (verdict.error.code == ErrorCode::not_found && verdict.advice == Advice::stop && now.monotonic < feed.expected_until) verdict.advice = Advice::retry;

  switch (verdict.advice) {
    case Advice::take: return take(id, response, now);
    case Advice::retry: return fail(feed, Contact::retrying, std::move(verdict.error), retry_wait(feed.failures, random()), now);
    case Advice::wait: {
      // A little more than asked, so that many pages do not come back in the same millisecond; and more each time it happens again.
      const Milliseconds spread(static_cast<std::int64_t>(static_cast<double>(verdict.not_before->count()) * 0.1 * random()));
      return fail(feed, Contact::throttled, std::move(verdict.error), std::max(*verdict.not_before + spread, retry_wait(feed.failures, random())), now);
    }
    case Advice::renew_token:
      if (!verdict.claims.empty()) feed.claims = std::move(verdict.claims);
      if (!std::exchange(feed.renewing, true)) return ask_at(feed, now.monotonic);
      feed.renewing = false;
      feed.claims.clear();
      return fail(feed, Contact::sign_in, std::move(verdict.error), {}, now);
    case Advice::stop: return fail(feed, Contact::stopped, std::move(verdict.error), {}, now);
  }
}

void Tracker::set_contact(Feed& feed, Contact contact) {
  if (feed.contact != contact) ++feed.revision;
  feed.contact = contact;
}

void Tracker::fail(Feed& feed, Contact contact, Error error, std::optional<Milliseconds> wait, Now now) {
  set_contact(feed, contact);
  if (feed.error != error) ++feed.revision;
  feed.error = std::move(error);
  ++feed.failures;
  feed.next_at.reset();
  if (wait) ask_at(feed, now.monotonic + (environment_.visible ? *wait : std::max(*wait, hidden_wait)));
}

void Tracker::take(FeedId id, const arm::Response& response, Now now) {
  Feed& feed = feeds_.at(id);
  const bool was_ended = feed.job && [&] {
    const Job* job = store_.find(feed.key);
    return job && is_terminal(job->status.state);
  }();
  const auto good = [&] {
    // What had ended is still over, however it is asked again.
    set_contact(feed, was_ended ? Contact::ended : Contact::fresh);
    feed.error.reset();
    feed.failures = 0;
    feed.renewing = false;
    feed.claims.clear();
    feed.expected_until = {};
    feed.answered_at = now.monotonic;
    ++feed.answers;
  };
  const auto unreadable = [&](Error error) {
    Error answer{ErrorCode::answer_unreadable, std::string(name_of(error.code)) + " " + error.detail, response.status};
    fail(feed, Contact::retrying, std::move(answer), retry_wait(feed.failures, random()), now);
  };

  if (response.status == 304 && (feed.operation || store_.find(feed.key))) {
    good();
    if (was_ended) return feed.next_at.reset();
    return schedule_next(feed, {.job = feed.job ? store_.find(feed.key) : nullptr}, now);
  }
  if (!feed.job) {
    // Not the protocol of this URL, but of its Location twin: 202 runs, 204 has ended and has nothing to say (AZURE.md §9).
    if (response.status == 202 || response.status == 204) {
      good();
      return take_operation(id, {.status = to_operation_status(response.status == 202 ? "InProgress" : "Succeeded")}, now);
    }
    auto operation = decode::decode_operation(response.body);
    if (!operation) return unreadable(operation.error());
    good();
    return take_operation(id, std::move(*operation), now);
  }
  auto job = decode::decode_job(response.body);
  if (!job) return unreadable(job.error());
  good();
  const bool ended = is_terminal(job->status.state);
  // A job that has ended does not start again.
  if ((!was_ended || ended) && store_.put(feed.key, std::move(*job)) != store::Change::none) ++feed.revision;
  const Job& kept = *store_.find(feed.key);
  if (!ended && !was_ended) return schedule_next(feed, {.job = &kept, .is_unknown = kept.status.state == JobState::unknown}, now);
  if (!was_ended) schedule_->ended(kept);
  set_contact(feed, Contact::ended);
  feed.next_at.reset();
  if (feed.cancel) drop(feed.cancel->in_flight);
  feed.cancel.reset();
}

void Tracker::take_operation(FeedId id, Operation operation, Now now) {
  Feed& feed = feeds_.at(id);
  const auto state = operation.status.state;
  if (feed.operation != operation) ++feed.revision;
  feed.operation = operation;
  if (!is_terminal(state)) return schedule_next(feed, {.is_unknown = state == OperationState::unknown}, now);

  set_contact(feed, Contact::ended);
  feed.next_at.reset();
  for (auto& [watch_id, watch] : watches_)
    if (watch.operation == id) add_named_jobs(watch, operation, now);
}

void Tracker::schedule_next(Feed& feed, PollFacts facts, Now now) {
  facts.answers = feed.answers;
  facts.visible = environment_.visible;
  ask_at(feed, now.monotonic + schedule_->next(facts, random()));
}

Step Tracker::step(Now now) {
  Step step;
  const auto wake_at = [&](Milliseconds at) { step.wake = step.wake ? std::min(*step.wake, at) : at; };
  // Whether it is time; if not yet, the step wakes for it.
  const auto is_due = [&](Milliseconds at) {
    if (at > now.monotonic) wake_at(at);
    return at <= now.monotonic;
  };
  const auto send = [&](FeedId id, std::optional<InFlight>& in_flight, arm::Request request) {
    in_flight = InFlight{++last_request_, now.monotonic};
    feed_by_request_[last_request_] = id;
    request.id = last_request_;
    step.send.push_back(std::move(request));
    wake_at(now.monotonic + slow_token);
    mark_changed(id);
  };
  for (auto& [id, feed] : feeds_) {
    if (feed.in_flight && !feed.in_flight->sent && !feed.in_flight->told_slow && is_due(feed.in_flight->since + slow_token)) {
      feed.in_flight->told_slow = true;
      mark_changed(id);
    }
    if (!environment_.online) continue;
    if (feed.cancel && feed.cancel->state == Cancel::State::asking && !feed.cancel->in_flight && is_due(feed.cancel->not_before)) {
      auto url = arm::with_api_version(endpoint_.origin + feed.job->path() + "/cancel", arm::api_version_of(feed.url));
      send(id, feed.cancel->in_flight, {.url = std::move(url), .claims = feed.cancel->claims, .force_refresh = feed.cancel->renewing, .method = arm::Method::post});
    }
    if (feed.in_flight || !feed.next_at || !is_due(*feed.next_at)) continue;
    feed.next_at.reset();
    send(id, feed.in_flight, {.url = feed.url, .claims = feed.claims, .force_refresh = feed.renewing, .body = feed.body, .method = feed.body.empty() ? arm::Method::get : arm::Method::post});
  }
  step.abort = std::exchange(aborted_, {});
  step.changed.assign(changed_.begin(), changed_.end());
  changed_.clear();
  return step;
}

}  // namespace abj::tracking
