#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"
#include "tracking/verdict.h"

namespace abj::tracking {
namespace {

// What was answered more recently than this is fresh enough for someone who comes back to the page.
constexpr Milliseconds fresh_enough = std::chrono::seconds(10);
// A getToken that takes longer than this is told to the user.
constexpr Milliseconds slow_token = std::chrono::seconds(10);
// How long a job that an operation has named may be "not found" before that is believed.
constexpr Milliseconds not_found_grace = std::chrono::seconds(60);

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

void Tracker::add_named_jobs(Watch& watch, const Operation& operation, Now now) {
  for (const auto& name : operation.jobs) {
    const auto job = job_named(name, watch.vault);
    if (job) add_job(watch, *job, {}, now);
    else watch.naming = job.error();
  }
  for (const FeedId job : watch.jobs) feeds_.at(job).expected_until = now.monotonic + not_found_grace;
}

void Tracker::add_job(Watch& watch, const arm::JobId& job, std::string_view api_version, Now now) {
  if (api_version.empty()) api_version = arm::default_api_version(job.vault.provider);
  const auto url = arm::with_api_version(endpoint_.origin + job.path(), api_version);
  const FeedId id = join(job.key(), url, job, now);
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
      aborted_.push_back(feed.in_flight->request);
      feed_by_request_.erase(feed.in_flight->request);
      feed.in_flight.reset();
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

// The browser's network and a slow getToken come before what the last answer was.
ContactView Tracker::contact_of(const Feed& feed, Now now) const {
  Contact state = feed.contact;
  const bool awaits_token = feed.in_flight && !feed.in_flight->sent && feed.in_flight->since + slow_token <= now.monotonic;
  if (!feed.is_ended() && !feed.is_halted()) {
    if (!environment_.online) state = Contact::offline;
    else if (awaits_token) state = Contact::waiting_for_token;
  }
  return {state, feed.error ? &*feed.error : nullptr, feed.in_flight.has_value(), feed.answered_at, feed.next_at};
}

Stage Tracker::stage_of(const Watch& watch) const {
  const Feed* feed = watch.operation ? &feeds_.at(watch.operation) : nullptr;
  const Operation* operation = feed && feed->operation ? &*feed->operation : watch.given ? &*watch.given : nullptr;
  if (!watch.jobs.empty()) {
    const bool all_ended = std::all_of(watch.jobs.begin(), watch.jobs.end(), [&](FeedId id) { return feeds_.at(id).is_ended(); });
    return all_ended ? Stage::ended_jobs : Stage::jobs;
  }
  if (!operation || !is_terminal(operation->status.state) || watch.naming || (feed && feed->is_halted())) return Stage::operation;
  return is_success(*operation) ? Stage::ended_without_job : Stage::ended_operation;
}

std::optional<WatchView> Tracker::view(WatchId id, Now now) const {
  const auto at = watches_.find(id);
  if (at == watches_.end()) return {};
  const Watch& watch = at->second;
  WatchView view;
  view.stage = stage_of(watch);
  bool moving = false;
  bool halted = watch.naming.has_value();
  bool first = true;
  const auto consider = [&](const Feed& feed) {
    const ContactView contact = contact_of(feed, now);
    if (std::exchange(first, false) || trouble(contact.state) > trouble(view.contact.state)) view.contact = contact;
    moving |= !feed.is_ended() && !feed.is_halted();
    halted |= feed.is_halted();
    view.revision += feed.revision;
    return contact;
  };
  if (watch.operation) {
    const Feed& feed = feeds_.at(watch.operation);
    if (feed.operation) view.operation = &*feed.operation;
    consider(feed);
  }
  if (!view.operation && watch.given) view.operation = &*watch.given;
  for (const FeedId job : watch.jobs) {
    const Feed& feed = feeds_.at(job);
    view.jobs.push_back({&*feed.job, store_.find(feed.key), consider(feed)});
  }
  view.halted = halted && !moving;
  if (watch.naming) {
    view.naming = &*watch.naming;
    if (!moving) view.contact = {Contact::stopped, view.naming};
  }
  // Nothing was ever to be asked: the operation was given whole.
  if (first && !watch.naming) view.contact.state = Contact::ended;
  return view;
}

}  // namespace abj::tracking
