#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"
#include "tracking/verdict.h"

namespace abj::tracking {
namespace {

// A page nobody looks at asks rarely (TARGETS.md, invariants).
constexpr Milliseconds hidden_wait = std::chrono::minutes(5);
// What was answered more recently than this is fresh enough for someone who comes back to the page.
constexpr Milliseconds fresh_enough = std::chrono::seconds(10);
// A getToken that takes longer than this is told to the user.
constexpr Milliseconds slow_token = std::chrono::seconds(10);
// How often a job that an operation has just named may be "not found" before that is believed.
constexpr int not_found_grace = 5;

bool is_success(const Operation& operation) { return operation.status.state == OperationState::succeeded; }

// How much a contact deserves to be shown before the others of the same watch.
int trouble(Contact contact) {
  switch (contact) {
    case Contact::stopped: return 8;
    case Contact::sign_in: return 7;
    case Contact::waiting_for_token: return 6;
    case Contact::offline: return 5;
    case Contact::throttled: return 4;
    case Contact::retrying: return 3;
    case Contact::none: return 2;
    case Contact::fresh: return 1;
    case Contact::ended: return 0;
  }
  return 0;
}

}  // namespace

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::operation: return "operation";
    case Stage::jobs: return "jobs";
    case Stage::ended_jobs: return "ended-jobs";
    case Stage::ended_operation: return "ended-operation";
    case Stage::ended_without_job: return "ended-without-job";
  }
  return "operation";
}

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
  watch.given = std::move(start.operation);
  if (!start.operation_url.empty()) {
    watch.operation = join(start.operation_url, start.operation_url, {}, now);
    // Another watch may have asked already.
    if (const auto& known = feeds_.at(watch.operation).operation; known && is_success(*known)) {
      for (const auto& name : known->jobs)
        if (auto job = job_named(name, watch.vault)) add_job(watch, *job, {}, false, now);
    }
  }
  for (const auto& job : start.jobs) add_job(watch, job.id, job.api_version, false, now);
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

FeedId Tracker::join(const std::string& key, const std::string& url, std::optional<arm::JobId> job, Now now) {
  const auto [at, is_new] = feed_by_key_.try_emplace(key, last_feed_ + 1);
  if (is_new) {
    ++last_feed_;
    Feed feed;
    feed.key = key;
    feed.url = url;
    feed.job = std::move(job);
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
  if (feed.in_flight) {
    aborted_.push_back(feed.in_flight->request);
    feed_by_request_.erase(feed.in_flight->request);
  }
  if (feed.job) store_.erase(feed.key);
  feed_by_key_.erase(feed.key);
  feeds_.erase(at);
}

void Tracker::add_job(Watch& watch, const arm::JobId& job, std::string_view api_version, bool expected_soon, Now now) {
  if (api_version.empty()) api_version = arm::default_api_version(job.vault.provider);
  const auto url = arm::with_api_version(endpoint_.origin + job.path(), api_version);
  const FeedId id = join(job.key(), url, job, now);
  if (std::find(watch.jobs.begin(), watch.jobs.end(), id) != watch.jobs.end()) return leave(id);
  if (expected_soon) feeds_.at(id).expected_soon = true;
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
      aborted_.push_back(feed.in_flight->request);
      feed_by_request_.erase(feed.in_flight->request);
      feed.in_flight.reset();
    }
    if (feed.is_halted() || feed.is_ended()) feed.contact = feed.answered_at ? Contact::fresh : Contact::none;
    feed.renewing = false;
    ask_at(feed, now.monotonic);
    mark_changed(feed_id);
  };
  // An operation that has named its job has nothing more to say.
  if (at->second.operation && (at->second.jobs.empty() || !feeds_.at(at->second.operation).is_ended())) wake(at->second.operation);
  for (const FeedId job : at->second.jobs) wake(job);
}

void Tracker::set_environment(Environment environment, Now now) {
  const bool came_back = environment.online && !environment_.online;
  const bool shown = environment.visible && !environment_.visible;
  const bool network_changed = environment.online != environment_.online;
  environment_ = environment;
  for (auto& [id, feed] : feeds_) {
    if (feed.is_ended() || feed.is_halted()) continue;
    if (network_changed) mark_changed(id);
    const bool stale = !feed.answered_at || *feed.answered_at + fresh_enough <= now.monotonic;
    if (feed.next_at && (came_back || (shown && stale))) ask_at(feed, now.monotonic);
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
  InFlight& in_flight = *feeds_.at(at->second).in_flight;
  in_flight.sent = true;
  if (in_flight.told_slow) mark_changed(at->second);
}

void Tracker::receive(const arm::Response& response, Now now) {
  const auto at = feed_by_request_.find(response.id);
  if (at == feed_by_request_.end()) return;  // late or duplicate: what is newer stays
  const FeedId id = at->second;
  feed_by_request_.erase(at);
  Feed& feed = feeds_.at(id);
  feed.in_flight.reset();
  mark_changed(id);

  Verdict verdict = judge(response, now);
  if (verdict.not_before) feed.not_before = now.monotonic + *verdict.not_before;
  feed.claims.clear();
  if (verdict.advice == Advice::stop && verdict.error.code == ErrorCode::not_found && feed.expected_soon && feed.failures < not_found_grace)
    verdict.advice = Advice::retry;

  switch (verdict.advice) {
    case Advice::take: return take(id, response, now);
    case Advice::retry:
      feed.contact = Contact::retrying;
      return fail(feed, std::move(verdict.error), retry_wait(feed.failures, random()), now);
    case Advice::wait:
      feed.contact = Contact::throttled;
      return fail(feed, std::move(verdict.error), *verdict.not_before, now);
    case Advice::renew_token:
      if (!std::exchange(feed.renewing, true)) {
        feed.claims = std::move(verdict.claims);
        return ask_at(feed, now.monotonic);
      }
      feed.renewing = false;
      feed.contact = Contact::sign_in;
      return fail(feed, std::move(verdict.error), {}, now);
    case Advice::stop:
      feed.contact = Contact::stopped;
      return fail(feed, std::move(verdict.error), {}, now);
  }
}

void Tracker::fail(Feed& feed, Error error, std::optional<Milliseconds> wait, Now now) {
  feed.error = std::move(error);
  ++feed.failures;
  feed.next_at.reset();
  if (wait) ask_at(feed, now.monotonic + *wait);
}

void Tracker::take(FeedId id, const arm::Response& response, Now now) {
  Feed& feed = feeds_.at(id);
  const bool was_ended = feed.job && [&] {
    const Job* job = store_.find(feed.key);
    return job && is_terminal(job->status.state);
  }();
  const auto good = [&] {
    feed.contact = Contact::fresh;
    feed.error.reset();
    feed.failures = 0;
    feed.renewing = false;
    feed.expected_soon = false;
    feed.answered_at = now.monotonic;
    ++feed.answers;
  };
  const auto unreadable = [&](Error error) {
    feed.contact = Contact::retrying;
    Error answer{ErrorCode::answer_unreadable, std::string(name_of(error.code)) + " " + error.detail, response.status};
    fail(feed, std::move(answer), retry_wait(feed.failures, random()), now);
  };

  if (response.status == 304 && (feed.operation || store_.find(feed.key))) {
    good();
    return schedule_next(feed, {.is_operation = !feed.job, .answers = feed.answers}, now);
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
  const PollFacts facts{.is_unknown = job->status.state == JobState::unknown, .answers = feed.answers, .age = job->duration};
  const bool ended = is_terminal(job->status.state);
  if (!was_ended || ended) store_.put(feed.key, std::move(*job));  // a job that has ended does not start again
  if (ended || was_ended) {
    feed.contact = Contact::ended;
    feed.next_at.reset();
  } else {
    schedule_next(feed, facts, now);
  }
}

void Tracker::take_operation(FeedId id, Operation operation, Now now) {
  Feed& feed = feeds_.at(id);
  const auto state = operation.status.state;
  feed.operation = std::move(operation);
  if (!is_terminal(state))
    return schedule_next(feed, {.is_operation = true, .is_unknown = state == OperationState::unknown, .answers = feed.answers}, now);

  feed.contact = Contact::ended;
  feed.next_at.reset();
  if (!is_success(*feed.operation)) return;
  const std::vector<std::string> names = feed.operation->jobs;
  for (auto& [watch_id, watch] : watches_) {
    if (watch.operation != id) continue;
    for (const auto& name : names) {
      const auto job = job_named(name, watch.vault);
      if (job) {
        add_job(watch, *job, {}, true, now);
      } else {
        feed.contact = Contact::stopped;
        feed.error = job.error();
      }
    }
  }
}

void Tracker::schedule_next(Feed& feed, const PollFacts& facts, Now now) {
  Milliseconds wait = schedule_->next(facts, random());
  if (!environment_.visible) wait = std::max(wait, hidden_wait);
  ask_at(feed, now.monotonic + wait);
}

Step Tracker::step(Now now) {
  Step step;
  const auto wake_at = [&](Milliseconds at) { step.wake = step.wake ? std::min(*step.wake, at) : at; };
  for (auto& [id, feed] : feeds_) {
    if (feed.in_flight) {
      if (feed.in_flight->sent || feed.in_flight->told_slow) continue;
      const Milliseconds slow_at = feed.in_flight->since + slow_token;
      if (slow_at > now.monotonic) {
        wake_at(slow_at);
      } else {
        feed.in_flight->told_slow = true;
        mark_changed(id);
      }
      continue;
    }
    if (!feed.next_at || !environment_.online) continue;
    if (*feed.next_at > now.monotonic) {
      wake_at(*feed.next_at);
      continue;
    }
    feed.next_at.reset();
    feed.in_flight = InFlight{++last_request_, now.monotonic};
    feed_by_request_[last_request_] = id;
    step.send.push_back({last_request_, feed.url, feed.claims, feed.renewing});
    wake_at(now.monotonic + slow_token);
    mark_changed(id);
  }
  step.abort = std::exchange(aborted_, {});
  step.changed.assign(changed_.begin(), changed_.end());
  changed_.clear();
  return step;
}

Contact Tracker::contact_of(const Feed& feed, Now now) const {
  if (feed.is_ended() || feed.is_halted()) return feed.contact;
  if (!environment_.online) return Contact::offline;
  if (feed.in_flight && !feed.in_flight->sent && feed.in_flight->since + slow_token <= now.monotonic) return Contact::waiting_for_token;
  return feed.contact;
}

Stage Tracker::stage_of(const Watch& watch) const {
  const Feed* feed = watch.operation ? &feeds_.at(watch.operation) : nullptr;
  const Operation* operation = feed && feed->operation ? &*feed->operation : watch.given ? &*watch.given : nullptr;
  if (!watch.jobs.empty()) {
    const bool all_ended = std::all_of(watch.jobs.begin(), watch.jobs.end(), [&](FeedId id) { return feeds_.at(id).is_ended(); });
    return all_ended ? Stage::ended_jobs : Stage::jobs;
  }
  if (!operation || !is_terminal(operation->status.state) || (feed && feed->is_halted())) return Stage::operation;
  return is_success(*operation) ? Stage::ended_without_job : Stage::ended_operation;
}

std::optional<WatchView> Tracker::view(WatchId id, Now now) const {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return {};
  const Watch& watch = at->second;
  WatchView view;
  view.stage = stage_of(watch);
  const auto consider = [&](const Feed& feed) {
    if (!view.contact || trouble(contact_of(feed, now)) > trouble(contact_of(*view.contact, now))) view.contact = &feed;
  };
  if (watch.operation) {
    view.operation_feed = &feeds_.at(watch.operation);
    if (view.operation_feed->operation) view.operation = &*view.operation_feed->operation;
    consider(*view.operation_feed);
  }
  if (!view.operation && watch.given) view.operation = &*watch.given;
  for (const FeedId job : watch.jobs) {
    const Feed& feed = feeds_.at(job);
    view.jobs.push_back({&*feed.job, store_.find(feed.key), &feed});
    consider(feed);
  }
  return view;
}

}  // namespace abj::tracking
