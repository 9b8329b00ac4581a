// How a tracker follows several jobs of one vault: by the vault's list (DESIGN.md, "Vault-level polling").
#include <algorithm>
#include <utility>

#include "tracking/tracker.h"

namespace abj::tracking {
namespace {

constexpr std::size_t fewest_for_a_list = 2;
// A few jobs are read one by one first, since their starts make the list's window short; many are not.
constexpr std::size_t few_jobs = 10;
// The window of a list begins a little before the oldest job that runs: the service's rounding is not known.
constexpr Duration window_margin = std::chrono::minutes(1);
// How long a list that took more requests than its jobs would have is left alone.
constexpr Milliseconds no_list_for = std::chrono::hours(1);

}  // namespace

// Whether a job counts among those of its vault that run.
void Tracker::note_running(FeedId id) {
  const Feed& feed = feeds_.at(id);
  if (!feed.job || !feed.vault) return;
  Vault& vault = vaults_.at(feed.vault);
  const bool runs = !feed.over && !feed.is_halted() && attention_of(feed) != Attention::paused;
  if (runs ? vault.running.insert(id).second : vault.running.erase(id) > 0) vault.regroup = true;
}

void Tracker::regroup(Now now) {
  for (auto& [key, vault] : vaults_) {
    if (!std::exchange(vault.regroup, false)) continue;
    const bool enough = vault.running.size() >= fewest_for_a_list && vault.no_list_until <= now.monotonic;
    const auto is_read = [&](FeedId id) { return store_.find(feeds_.at(id).key) != nullptr; };
    const bool ready = vault.running.size() >= few_jobs || std::all_of(vault.running.begin(), vault.running.end(), is_read);
    if (enough && ready && !vault.list) open_list(key, vault, now);
    if (!enough && vault.list) close_list(vault, now);
  }
}

// What a job teaches of how long its like take: once.
void Tracker::learn(const std::string& key, const Job& job) {
  if (learned_from_.insert(hash_ignoring_case(key)).second) schedule_->ended(job);
}

void Tracker::open_list(Hash key, Vault& vault, Now now) {
  Feed feed{.key = "list " + vault.id.key(), .url = endpoint_.origin + vault.id.path(), .vault = key};
  feed.pot = feeds_.at(*vault.running.begin()).pot;
  feed.next_at = now.monotonic;
  vault.list = ++last_feed_;
  feed_by_key_[feed.key] = vault.list;
  feeds_.emplace(vault.list, std::move(feed));
}

void Tracker::close_list(Vault& vault, Now now) {
  const auto at = feeds_.find(std::exchange(vault.list, 0));
  const FeedId list = at->first;
  drop(at->second.in_flight);
  feed_by_key_.erase(at->second.key);
  feeds_.erase(at);
  for (auto& [id, feed] : feeds_) {
    if (feed.list != list) continue;
    feed.list = 0;
    if (!feed.in_flight && !feed.is_halted() && (!feed.over || !feed.closed)) plan(feed, now);
  }
}

// The next page of the list, which begins anew where none is being read.
arm::Request Tracker::list_request(Feed& feed) {
  Vault& vault = vaults_.at(feed.vault);
  if (!feed.walk) {
    std::optional<Instant> from;
    for (const FeedId id : vault.running) {
      const Job* job = store_.find(feeds_.at(id).key);
      if (job && job->start && (!from || *job->start - window_margin < *from)) from = *job->start - window_margin;
    }
    feed.walk.emplace(JobList::since(endpoint_, vault.id, from));
    feed.walk_began = {};
  }
  arm::Request request = *feed.walk->next();
  request.claims = feed.claims;
  request.force_refresh = feed.renewing;
  return request;
}

void Tracker::take_page(FeedId id, const arm::Response& response, Milliseconds asked_at, Now now) {
  Feed& feed = feeds_.at(id);
  Vault& vault = vaults_.at(feed.vault);
  if (feed.walk_began == Milliseconds(0)) feed.walk_began = asked_at;
  feed.walk->take(response.body);
  for (Job& job : feed.walk->release()) {
    const std::string key = arm::JobId{vault.id, job.name}.key();
    const auto at = feed_by_key_.find(key);
    if (at == feed_by_key_.end()) {
      // Nobody follows it; how long it took is worth knowing.
      if (is_terminal(job.status.state)) learn(key, job);
      continue;
    }
    Feed& told = feeds_.at(at->second);
    told.listed_at = asked_at;
    // One that was asked for by itself and is not there for us stays so until the user says otherwise.
    if (told.over || told.is_halted()) continue;
    mark_changed(told);
    take_job(at->second, std::move(job), asked_at, now);
  }
  if (feed.walk->problem()) {
    Error problem = *feed.walk->problem();
    problem.http_status = response.status;
    // From the beginning, since what comes after this page cannot be had.
    feed.walk.reset();
    return fail(feed, Contact::retrying, std::move(problem), retry_wait(std::max(feed.failures, 3), random()), now);
  }
  note_answer(feed, asked_at, now);
  if (!feed.walk->is_complete()) return ask_at(feed, now.monotonic);
  finish_list(vault, feed, now);
}

void Tracker::finish_list(Vault& vault, Feed& feed, Now now) {
  feed.pages = feed.walk->page_count();
  feed.walk.reset();
  const auto is_listed = [&](FeedId id) { return feeds_.at(id).listed_at >= feed.walk_began; };
  const bool worth_it = feed.pages <= vault.running.size() && std::any_of(vault.running.begin(), vault.running.end(), is_listed);
  if (!worth_it) {
    vault.no_list_until = now.monotonic + no_list_for;
    vault.regroup = true;
  }
  for (const FeedId id : vault.running) {
    Feed& job = feeds_.at(id);
    // What the list does not tell of, the job has to.
    const FeedId list = worth_it && is_listed(id) ? vault.list : 0;
    const bool is_new = job.list != list;
    job.list = list;
    if (is_new && !job.in_flight) plan(job, now);
  }
  plan(feed, now);
}

}  // namespace abj::tracking
