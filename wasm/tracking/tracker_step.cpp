// When a tracker asks: plans, budget, the page's visibility and network, and clocks.
#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "arm/url.h"
#include "model/text.h"

namespace abj::tracking {
namespace {

// What was answered more recently than this is fresh enough for someone who comes back to the page.
constexpr Milliseconds fresh_enough = std::chrono::seconds(10);
// A job that someone looks at is read beside its vault's list as often as the service refreshes its progress (AZURE.md §4.5).
constexpr Milliseconds detail_every = std::chrono::minutes(5);
// However little the budget has to spare, some job is read beside its list so often.
constexpr Milliseconds detail_at_least = std::chrono::minutes(10);
// The two clocks move together, unless someone set one or the machine slept.
constexpr Milliseconds clocks_agree = std::chrono::minutes(1);
constexpr Milliseconds worth_telling = std::chrono::minutes(5);

}  // namespace

void Tracker::set_environment(Environment environment, Now now) {
  const bool came_back = environment.online && !environment_.online;
  const bool shown = environment.visible && !environment_.visible;
  const bool hidden = !environment.visible && environment_.visible;
  const bool network_changed = environment.online != environment_.online;
  environment_ = environment;
  for (auto& [id, feed] : feeds_) {
    if (feed.is_halted()) continue;
    if (network_changed && !feed.over) mark_changed(feed);
    // A job that a list tells of is read beside it while someone looks, and only then.
    if ((feed.list || feed.over) && !feed.in_flight && (shown || hidden)) plan(feed, now);
    // What is read every hour is not read whenever somebody comes back.
    if (feed.list || feed.over || !feed.next_at || (feed.is_other && feed.answered_at)) continue;
    if (hidden && feed.answered_at) ask_at(feed, std::max(*feed.next_at, *feed.answered_at + hidden_wait));
    if (came_back && environment_.visible) ask_at(feed, now.monotonic);
    // Someone looks again: what was put off for a hidden page is asked as soon as it is not quite fresh.
    const Milliseconds wanted = feed.answered_at ? *feed.answered_at + fresh_enough : now.monotonic;
    if (shown && wanted < *feed.next_at) ask_at(feed, std::max(wanted, now.monotonic));
  }
}

Attention Tracker::attention_of(const Feed& feed) const {
  auto attention = Attention::paused;
  for (const WatchId watch : feed.watches) attention = std::max(attention, watches_.at(watch).attention);
  return feed.is_list() && !feed.window ? Attention::background : attention;
}

// A clock that was set, or a machine that slept, shows in the two clocks' distance: what was known may be old, so everything is asked for once.
void Tracker::note_clocks(Now now) {
  const Milliseconds apart = now.wall - now.monotonic;
  const Milliseconds moved = clocks_apart_ ? std::chrono::abs(apart - *clocks_apart_) : Milliseconds(0);
  clocks_apart_ = apart;
  if (moved < clocks_agree) return;
  skew_.reset();
  if (!environment_.visible) return;  // who comes back to the page is shown what is new
  for (auto& [id, feed] : feeds_)
    if (feed.next_at && !feed.list && feed.answered_at && *feed.answered_at + fresh_enough <= now.monotonic) ask_at(feed, now.monotonic);
}

std::optional<Milliseconds> Tracker::clock_skew() const {
  return skew_ && std::chrono::abs(*skew_) > worth_telling ? skew_ : std::nullopt;
}

void Tracker::ask_at(Feed& feed, Milliseconds at) const { feed.next_at = std::max(at, feed.not_before); }

void Tracker::mark_changed(const Feed& feed) {
  for (const WatchId watch : feed.watches) watches_.at(watch).changed = true;
  if (!feed.is_list()) return;
  for (const FeedId job : scopes_.at(feed.scope).running)
    if (const Feed& told = feeds_.at(job); told.list) mark_changed(told);
}

RunningJob Tracker::running(const Feed& feed, const Job& job, Now now) const {
  const Duration said = job.duration.value_or(Duration::zero());
  // A job has run for at least as long as it has been seen, even where the service repeats an old duration.
  return {&job, std::max(now.monotonic - feed.first_at, std::chrono::duration_cast<Milliseconds>(said) + now.monotonic - feed.said_at)};
}

// When it is asked for again by itself, after an answer.
void Tracker::plan(Feed& feed, Now now) {
  feed.next_at.reset();
  const Job* job = feed.job ? store_.find(feed.key) : nullptr;
  const bool looked_at = environment_.visible && attention_of(feed) == Attention::watched;
  if (feed.over) {
    // A list has told of the end, but not of what the job did.
    if (job && !feed.closed && looked_at) return ask_at(feed, now.monotonic);
    feed.error.reset();
    feed.urgent = false;
    set_contact(feed, Contact::ended);
    return;
  }
  if (feed.list) {
    if (!looked_at && (feed.contact == Contact::retrying || feed.contact == Contact::throttled)) {
      // The trouble of a look that nobody wants any more.
      feed.error.reset();
      set_contact(feed, Contact::fresh);
    }
    if (looked_at) ask_at(feed, feed.read_at ? std::max(now.monotonic, *feed.read_at + detail_every) : now.monotonic);
    return;
  }
  PollFacts facts{.answers = feed.answers, .requests = cost_of(feed), .visible = environment_.visible};
  std::vector<std::pair<Job, Milliseconds>> others;
  if (feed.is_list()) {
    const Scope& scope = scopes_.at(feed.scope);
    others = others_running(scope, now);
    for (const auto& [other, elapsed] : others) facts.jobs.push_back({&other, elapsed});
    for (const FeedId id : scope.running) {
      const Feed& told = feeds_.at(id);
      const Job* known = store_.find(told.key);
      if (told.list == scope.list && known) facts.jobs.push_back(running(told, *known, now));
    }
    facts.is_quiet = facts.jobs.empty() && keeps(scope);
  } else if (job) {
    facts.jobs.push_back(running(feed, *job, now));
    facts.is_unknown = job->status.state == JobState::unknown;
  } else {
    facts.is_unknown = feed.operation && feed.operation->status.state == OperationState::unknown;
  }
  Milliseconds wait = schedule_->next(facts, random());
  // A long list would leave nothing for what it does not tell of.
  if (feed.is_list() && budget_.free_at(feed.pot, true, now.monotonic) > now.monotonic) wait = std::max(wait, budget_.interval_of(feed.pot) * static_cast<int>(feed.pages) * 5 / 4);
  ask_at(feed, now.monotonic + wait);
}

// Whether a job need not be asked for by itself: a list tells of it, or the first of its kind is on its way and will. What a list cannot tell is
// read once all the same, where that does not mean many jobs: someone has opened a row.
bool Tracker::is_told(const Feed& feed) const {
  if (feed.list) return feed.over || feed.read_at || attention_of(feed) != Attention::watched || scopes_.at(feed.scope).running.size() >= few_jobs;
  if (!feed.scope) return false;
  const FeedId list = list_for(feed);
  return list && is_coming(list);
}

// When a feed that wants to be asked for may be: the budget has a say.
std::optional<Milliseconds> Tracker::due_at(const Feed& feed, Now now) const {
  if (feed.in_flight || !feed.next_at) return {};
  if (attention_of(feed) == Attention::paused) return {};
  if (feed.window && !environment_.visible) return {};  // the past waits for someone who looks
  Milliseconds free = budget_.free_at(feed.pot, false, now.monotonic);
  // What a list tells of is read by itself from what the list leaves over.
  if (feed.job && !feed.urgent && is_told(feed))
    free = std::min(budget_.free_at(feed.pot, true, now.monotonic), std::max(free, detail_at_ + detail_at_least));
  return std::max(*feed.next_at, free);
}

// Who waited longest comes first; but lists of what runs, which tell of many, what the user asked for and what is looked at are taken to have waited longer, and what
// is in trouble or has ended, shorter. No start is endless, so all get their turn.
Milliseconds Tracker::head_start(const Feed& feed) const {
  using std::chrono::minutes;
  if (feed.over && !feed.urgent) return minutes(-30);
  if (feed.is_list()) return minutes(feed.window ? -10 : 6);
  if (feed.contact == Contact::retrying) return minutes(-15);
  if (feed.urgent) return minutes(5);
  return minutes(attention_of(feed) == Attention::watched ? 1 : 0);
}

Step Tracker::step(Now now) {
  note_clocks(now);
  regroup(now);
  Step step;
  const auto wake_at = [&](Milliseconds at) { step.wake = step.wake ? std::min(*step.wake, at) : at; };
  // Whether it is time; if not yet, the step wakes for it.
  const auto is_due = [&](Milliseconds at) {
    if (at > now.monotonic) wake_at(at);
    return at <= now.monotonic;
  };
  const auto send = [&](FeedId id, std::optional<InFlight>& in_flight, arm::Request request) {
    in_flight = InFlight{++last_request_, now.monotonic};
    request.id = last_request_;
    step.send.push_back(std::move(request));
    wake_at(now.monotonic + slow_token);
    mark_changed(feeds_.at(id));
  };
  std::vector<std::pair<Milliseconds, FeedId>> due;
  for (auto& [id, feed] : feeds_) {
    if (feed.in_flight && !feed.in_flight->sent && !feed.in_flight->told_slow && is_due(feed.in_flight->since + slow_token)) {
      feed.in_flight->told_slow = true;
      mark_changed(feed);
    }
    if (!environment_.online) continue;
    if (feed.cancel && feed.cancel->state == Cancel::State::asking && !feed.cancel->in_flight && is_due(feed.cancel->not_before)) {
      auto url = arm::with_api_version(endpoint_.origin + feed.job->path() + "/cancel", arm::api_version_of(feed.url));
      send(id, feed.cancel->in_flight, {.url = std::move(url), .claims = feed.cancel->claims, .force_refresh = feed.cancel->renewing, .method = arm::Method::post});
    }
    const auto at = due_at(feed, now);
    if (!at || !is_due(*feed.next_at)) continue;
    due.emplace_back(*feed.next_at - head_start(feed), id);
  }
  insertion_sort(due);
  // Resource Graph has one address for all questions: one at a time, and the next when that is answered.
  const auto is_asking_graph = [&](const auto& entry) { return entry.second.pot == fleet && entry.second.in_flight; };
  for (const auto& [rank, id] : due) {
    Feed& feed = feeds_.at(id);
    if (!is_due(*due_at(feed, now)) || (feed.pot == fleet && std::any_of(feeds_.begin(), feeds_.end(), is_asking_graph))) continue;
    budget_.spend(feed.pot, now.monotonic);
    if (feed.job) detail_at_ = now.monotonic;
    feed.next_at.reset();
    if (feed.is_list()) {
      send(id, feed.in_flight, list_request(feed));
      continue;
    }
    send(id, feed.in_flight, {.url = feed.url, .claims = feed.claims, .force_refresh = feed.renewing, .body = feed.body, .method = feed.body.empty() ? arm::Method::get : arm::Method::post});
  }
  step.abort = std::exchange(aborted_, {});
  for (auto& [id, watch] : watches_)
    if (std::exchange(watch.changed, false)) step.changed.push_back(id);
  return step;
}

}  // namespace abj::tracking
