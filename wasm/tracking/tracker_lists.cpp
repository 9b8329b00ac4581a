// How a tracker follows many jobs: by their vault's list, or by the fleet's (DESIGN.md, "Vault-level polling").
#include <algorithm>
#include <utility>

#include "tracking/tracker.h"

namespace abj::tracking {
namespace {

constexpr std::size_t fewest_for_a_list = 2;
constexpr std::size_t fewest_vaults_for_the_fleets = 3;
// The window of a list begins a little before the oldest job that runs: the service's rounding is not known.
constexpr Duration window_margin = std::chrono::minutes(1);
// How long a list that could not be had, or took more requests than its jobs would have, is left alone.
constexpr Milliseconds no_list_for = std::chrono::hours(1);
// The fleet's list is given up for the vaults' own if it fails so often in a row, or has to wait so long.
constexpr int fleet_attempts = 3;
constexpr Milliseconds fleet_patience = std::chrono::minutes(2);
// Resource Graph takes 15 questions in 5 s from each user (AZURE.md §13), and others may share that.
constexpr double graph_limit = 15;
constexpr Milliseconds graph_interval = std::chrono::seconds(5);

}  // namespace

// Whether a job counts among those of its vault, and of the fleet, that run.
void Tracker::note_running(FeedId id) {
  const Feed& feed = feeds_.at(id);
  if (!feed.job || !feed.scope) return;
  const bool runs = !feed.over && !feed.is_halted() && attention_of(feed) != Attention::paused;
  for (const Hash key : {feed.scope, fleet}) {
    Scope& scope = scopes_[key];
    if (runs ? scope.running.insert(id).second : scope.running.erase(id) > 0) scope.regroup = true;
  }
}

// A job's start is known now, which lists wait for.
void Tracker::note_read(const Feed& feed) {
  for (const Hash key : {feed.scope, fleet}) scopes_.at(key).regroup = true;
}

// The list that tells of a job, or would: the fleet's before its vault's.
FeedId Tracker::list_for(const Feed& job) const {
  const FeedId fleets = scopes_.at(fleet).list;
  return job.list ? job.list : fleets ? fleets : scopes_.at(job.scope).list;
}

// It will say what it tells of.
bool Tracker::is_coming(FeedId list) const { return feeds_.at(list).pages == 0 && !feeds_.at(list).is_halted(); }

// What reading a list costs, in requests to a vault. Resource Graph counts its own, and everything else that its user does.
std::size_t Tracker::cost_of(const Feed& list) const { return std::max<std::size_t>(list.pages, 1) * (list.scope == fleet ? 4 : 1); }

bool Tracker::wants_list(const Scope& scope, Now now) const {
  if (keeps(scope)) return true;
  if (scope.no_list_until > now.monotonic) return false;
  const Scope& fleets = scopes_.at(fleet);
  if (&scope == &fleets) {
    std::set<Hash> vaults;
    for (const FeedId id : scope.running) vaults.insert(feeds_.at(id).scope);
    return vaults.size() >= fewest_vaults_for_the_fleets;
  }
  if (fleets.list && is_coming(fleets.list)) return false;
  const auto is_ours = [&](FeedId id) { return feeds_.at(id).list == 0 || feeds_.at(id).list == scope.list; };
  return static_cast<std::size_t>(std::count_if(scope.running.begin(), scope.running.end(), is_ours)) >= fewest_for_a_list;
}

void Tracker::regroup(Now now) {
  const auto renew = [&](Hash key, Scope& scope) {
    if (scope.no_list_until > Milliseconds(0) && scope.no_list_until <= now.monotonic) scope.no_list_until = {}, scope.regroup = true;
    if (!std::exchange(scope.regroup, false)) return;
    const bool wanted = wants_list(scope, now);
    const auto is_read = [&](FeedId id) { return store_.find(feeds_.at(id).key) != nullptr; };
    const bool ready = keeps(scope) || scope.running.size() >= few_jobs || std::all_of(scope.running.begin(), scope.running.end(), is_read);
    if (wanted == (scope.list != 0) || (wanted && !ready)) return;
    if (wanted) open_list(key, scope, now);
    else close_list(scope, now);
    // What the fleet's list tells of, no vault's has to; and the other way round.
    if (key == fleet)
      for (auto& [other, vault] : scopes_) vault.regroup |= other != fleet;
  };
  if (const auto at = scopes_.find(fleet); at != scopes_.end()) renew(fleet, at->second);
  for (auto& [key, scope] : scopes_)
    if (key != fleet) renew(key, scope);
}

// What a job teaches of how long its like take: once.
void Tracker::learn(const std::string& key, const Job& job) {
  if (learned_from_.insert(hash_ignoring_case(key)).second) schedule_->ended(job);
}

void Tracker::open_list(Hash key, Scope& scope, Now now) {
  Feed feed{.key = "list " + scope.vault.key(), .url = endpoint_.origin + scope.vault.path(), .scope = key, .watches = watches_of(scope)};
  if (key == fleet) {
    feed.pot = graph_pot();
  } else {
    feed.pot = pot_of(feed);
  }
  // One that was closed a moment ago is not asked for at once again by a page that nobody looks at.
  const bool waits = !environment_.visible && scope.asked_at > Milliseconds(0);
  feed.next_at = waits ? std::max(now.monotonic, scope.asked_at + hidden_wait) : now.monotonic;
  scope.list = ++last_feed_;
  feed_by_key_[feed.key] = scope.list;
  feeds_.emplace(scope.list, std::move(feed));
}

void Tracker::close_list(Scope& scope, Now now) {
  const auto at = feeds_.find(std::exchange(scope.list, 0));
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

Hash Tracker::graph_pot() {
  budget_.set_limit(fleet, graph_limit, graph_interval);
  return fleet;
}

void Tracker::give_up_list(Scope& scope, Now now) {
  scope.no_list_until = now.monotonic + no_list_for;
  scope.regroup = true;
}

// Gives up the fleet's list where the vaults' own may fare better: not where nothing was answered, or every token is refused.
void Tracker::note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) {
  if (feed.scope != fleet || feed.contact == Contact::sign_in || feed.error->http_status == 0) return;
  if (!wait || *wait > fleet_patience || feed.failures >= fleet_attempts) give_up_list(scopes_.at(fleet), now);
}

void Tracker::open_walk(Feed& list) const {
  const Scope& scope = scopes_.at(list.scope);
  std::optional<Instant> from;
  std::vector<std::string> subscriptions;
  for (const FeedId id : scope.running) {
    const Feed& told = feeds_.at(id);
    const Job* job = store_.find(told.key);
    if (job && job->start && (!from || *job->start - window_margin < *from)) from = *job->start - window_margin;
    std::string subscription = lower_cased(told.job->vault.subscription);
    if (std::find(subscriptions.begin(), subscriptions.end(), subscription) == subscriptions.end()) subscriptions.push_back(std::move(subscription));
  }
  list.walk.emplace(list.scope == fleet ? JobList::of_graph(endpoint_, {.subscriptions = std::move(subscriptions), .from = from}) : JobList::since(endpoint_, scope.vault, from));
}

// The next page of the list, which begins anew where none is being read.
arm::Request Tracker::list_request(Feed& feed) {
  if (!feed.walk) {
    open_walk(feed);
    feed.walk_began = {};
  }
  arm::Request request = *feed.walk->next();
  request.claims = feed.claims;
  request.force_refresh = feed.renewing;
  return request;
}

void Tracker::take_page(FeedId id, const arm::Response& response, Milliseconds asked_at, Now now) {
  Feed& feed = feeds_.at(id);
  Scope& scope = scopes_.at(feed.scope);
  if (feed.walk_began == Milliseconds(0)) feed.walk_began = scope.asked_at = asked_at;
  read_page(feed, response.body, asked_at);
  for (Job& job : feed.walk->release()) {
    const auto named = arm::parse_job_id(job.id);
    const std::string key = (named ? *named : arm::JobId{scope.vault, job.name}).key();
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
  // The next page has waited as long as the first; but the past can wait.
  if (!feed.walk->is_complete() && goes_on(feed, now)) return ask_at(feed, feed.window ? now.monotonic : feed.walk_began);
  end_walk(feed, now);
}

// One page too many, and reading each of the jobs would have been shorter.
bool Tracker::goes_on(Feed& feed, Now) {
  const Scope& scope = scopes_.at(feed.scope);
  return keeps(scope) || feed.walk->page_count() <= scope.running.size();
}

void Tracker::end_walk(Feed& feed, Now now) {
  Scope& scope = scopes_.at(feed.scope);
  feed.pages = feed.walk->page_count();
  feed.walk.reset();
  const auto is_listed = [&](FeedId id) { return feeds_.at(id).listed_at >= feed.walk_began; };
  const bool worth_it = keeps(scope) || (feed.pages <= scope.running.size() && std::any_of(scope.running.begin(), scope.running.end(), is_listed));
  if (!worth_it) give_up_list(scope, now);
  for (const FeedId id : scope.running) {
    Feed& job = feeds_.at(id);
    // What the list does not tell of, its vault's list or the job itself has to.
    const bool may_tell = feed.scope == fleet || job.list == 0 || job.list == scope.list;
    const FeedId list = may_tell && worth_it && is_listed(id) ? scope.list : job.list == scope.list ? 0 : job.list;
    // What the fleet's list leaves out may be worth its vault's.
    scopes_.at(job.scope).regroup |= feed.scope == fleet;
    if (std::exchange(job.list, list) != list && !job.in_flight) plan(job, now);
  }
  plan(feed, now);
}

}  // namespace abj::tracking
