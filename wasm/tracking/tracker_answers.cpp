// What a tracker makes of answers, and of none.
#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "arm/headers.h"
#include "arm/throttling.h"
#include "decode/job_decoder.h"
#include "decode/number.h"
#include "decode/operation_decoder.h"

namespace abj::tracking {
namespace {

// How soon after a cancel was answered the job is looked at.
constexpr Milliseconds after_cancel = std::chrono::seconds(2);
// An ended job's details are asked for again so often, if they cannot be had.
constexpr int closing_attempts = 5;

}  // namespace

// Only the answer's status is needed: headers are not (AZURE.md §10), since the job says for itself what becomes of it.
void Tracker::receive_cancel(FeedId id, Verdict verdict, Now now) {
  Feed& feed = feeds_.at(id);
  Cancel& cancel = *feed.cancel;
  cancel.in_flight.reset();
  ++feed.revision;
  mark_changed(feed);
  if (verdict.not_before && verdict.advice != Advice::take) cancel.not_before = now.monotonic + *verdict.not_before;
  if (verdict.advice == Advice::renew_token && !std::exchange(cancel.renewing, true)) {
    cancel.claims = std::move(verdict.claims);
    return;
  }
  const bool accepted = verdict.advice == Advice::take;
  cancel.answered_at = now.monotonic;
  cancel.state = accepted ? Cancel::State::accepted : Cancel::State::refused;
  if (!accepted) cancel.error = std::move(verdict.error);
  // Whatever the answer was, the job may stand differently now.
  feed.urgent = true;
  if (!feed.in_flight && !feed.is_halted()) ask_at(feed, std::min(feed.next_at.value_or(now.monotonic + after_cancel), now.monotonic + after_cancel));
}

// The feed that the request, or its cancel's, is of; null where its answer is not awaited any more.
Feed* Tracker::asking(arm::RequestId request) {
  const auto is = [&](const std::optional<InFlight>& in_flight) { return in_flight && in_flight->request == request; };
  for (auto& [id, feed] : feeds_)
    if (is(feed.in_flight) || (feed.cancel && is(feed.cancel->in_flight))) return &feed;
  return nullptr;
}

void Tracker::sent(arm::RequestId request) {
  Feed* const found = asking(request);
  if (!found) return;
  Feed& feed = *found;
  InFlight& in_flight = feed.in_flight && feed.in_flight->request == request ? *feed.in_flight : *feed.cancel->in_flight;
  in_flight.sent = true;
  if (in_flight.told_slow) mark_changed(feed);
}

void Tracker::receive(const arm::Response& response, Now now) {
  Feed* const found = asking(response.id);
  if (!found) return;  // late or duplicate: what is newer stays
  Feed& feed = *found;
  const FeedId id = feed_by_key_.at(feed.key);
  Verdict verdict = judge(response, now);
  if (!feed.in_flight || feed.in_flight->request != response.id) return receive_cancel(id, std::move(verdict), now);
  const Milliseconds asked_at = feed.in_flight->since;
  feed.in_flight.reset();
  mark_changed(feed);

  if (const auto left = arm::header(response.headers, "x-ms-ratelimit-remaining-subscription-resource-requests"))
    if (const auto count = decode::parse_number(*left)) budget_.remaining(feed.pot, *count, now.monotonic);
  if (verdict.not_before) {
    feed.not_before = now.monotonic + *verdict.not_before;
    // What is said of that address holds for every question to it.
    if (feed.pot == fleet) budget_.refused(fleet, {}, *verdict.not_before, now.monotonic);
  }
  if (verdict.error.code == ErrorCode::not_found && verdict.advice == Advice::stop && now.monotonic < feed.expected_until) verdict.advice = Advice::retry;

  switch (verdict.advice) {
    case Advice::take: return take(id, response, asked_at, now);
    case Advice::retry: return fail(feed, Contact::retrying, std::move(verdict.error), retry_wait(feed.failures, random()), now);
    case Advice::wait: {
      // A little more than asked, so that many pages do not come back in the same millisecond; and more each time it happens again.
      const Milliseconds spread(static_cast<std::int64_t>(static_cast<double>(verdict.not_before->count()) * 0.1 * random()));
      budget_.refused(feed.pot, arm::parse_throttle_message(verdict.error.service.message), *verdict.not_before, now.monotonic);
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
  if (feed.contact == contact) return;
  ++feed.revision;
  feed.contact = contact;
  if (feed.job) note_running(feed_by_key_.at(feed.key));
}

void Tracker::fail(Feed& feed, Contact contact, Error error, std::optional<Milliseconds> wait, Now now) {
  ++feed.failures;
  feed.next_at.reset();
  // The last look at a job that has ended may fail, and so may one beside its list: what is known stands. Only a user who asked for it is told.
  if (feed.over && !feed.urgent && feed.failures > closing_attempts) return;
  if ((!feed.over && !feed.list) || feed.urgent) {
    set_contact(feed, contact);
    if (feed.error != error) ++feed.revision;
    feed.error = std::move(error);
  }
  if (wait) ask_at(feed, now.monotonic + (environment_.visible ? *wait : std::max(*wait, hidden_wait)));
  note_trouble(feed, wait, now);
}

void Tracker::note_answer(Feed& feed, Milliseconds asked_at, Now now) {
  // What had ended is still over, however it is asked again.
  set_contact(feed, feed.over ? Contact::ended : Contact::fresh);
  feed.error.reset();
  feed.failures = 0;
  feed.urgent = feed.renewing = false;
  feed.claims.clear();
  feed.expected_until = {};
  if (!feed.answered_at) feed.first_at = asked_at;
  feed.answered_at = now.monotonic;
  feed.said_at = std::max(feed.said_at, asked_at);
  ++feed.answers;
}

void Tracker::take(FeedId id, const arm::Response& response, Milliseconds asked_at, Now now) {
  Feed& feed = feeds_.at(id);
  const auto unreadable = [&](const Error& error) {
    Error answer{ErrorCode::answer_unreadable, std::string(name_of(error.code)) + " " + error.detail, response.status};
    fail(feed, Contact::retrying, std::move(answer), retry_wait(feed.failures, random()), now);
  };
  if (feed.is_list()) return take_page(id, response, asked_at, now);
  if (feed.is_other) {
    if (const auto error = take_other(feed, response, asked_at, now)) unreadable(*error);
    return;
  }
  if (response.status == 304 && (feed.operation || store_.find(feed.key))) {
    note_answer(feed, asked_at, now);
    feed.closed = feed.over;
    feed.read_at = now.monotonic;
    return plan(feed, now);
  }
  if (!feed.job) {
    // Not the protocol of this URL, but of its Location twin: 202 runs, 204 has ended and has nothing to say (AZURE.md §9).
    const bool without_body = response.status == 202 || response.status == 204;
    auto operation = without_body ? Operation{.status = to_operation_status(response.status == 202 ? "InProgress" : "Succeeded")} : decode::decode_operation(response.body);
    if (!operation) return unreadable(operation.error());
    note_answer(feed, asked_at, now);
    return take_operation(id, std::move(*operation), now);
  }
  auto job = decode::decode_job(response.body);
  if (!job) return unreadable(job.error());
  feed.closed = feed.over || is_terminal(job->status.state);
  feed.read_at = now.monotonic;
  take_job(id, std::move(*job), asked_at, now);
  plan(feed, now);
}

// What the service says of a job, by itself or in a list.
void Tracker::take_job(FeedId id, Job&& job, Milliseconds asked_at, Now now) {
  Feed& feed = feeds_.at(id);
  const bool ended = is_terminal(job.status.state);
  // A job that has ended does not start again, and what was asked for earlier says nothing new.
  const bool counts = ended || (!feed.over && asked_at >= feed.said_at);
  if (!ended && job.start && job.duration) {
    // The service's own clock, at least: the duration may be a little old.
    const Milliseconds ahead = now.wall - std::chrono::duration_cast<Milliseconds>((*job.start + *job.duration).time_since_epoch());
    if (counts) skew_ = skew_ ? std::min(*skew_, ahead) : ahead;
  }
  note_answer(feed, asked_at, now);
  if (counts) {
    const auto change = store_.put(feed.key, std::move(job));
    if (change != store::Change::none) ++feed.revision;
    if (change == store::Change::added && feed.scope) note_read(feed);
    said(feed, *store_.find(feed.key), asked_at);
  } else if (!feed.over && store_.add_details(feed.key, std::move(job))) {
    // A list that was asked for a moment later has told how it stands; what only the job itself tells is still news.
    ++feed.revision;
  }
  if (ended && !feed.over) end_job(id, now);
}

void Tracker::end_job(FeedId id, Now now) {
  Feed& feed = feeds_.at(id);
  learn(feed.key, *store_.find(feed.key));
  feed.over = true;
  set_contact(feed, Contact::ended);
  if (feed.cancel) drop(feed.cancel->in_flight);
  feed.cancel.reset();
  plan(feed, now);
}

void Tracker::take_operation(FeedId id, Operation&& operation, Now now) {
  Feed& feed = feeds_.at(id);
  if (feed.operation != operation) ++feed.revision;
  feed.operation = std::move(operation);
  feed.over = is_terminal(feed.operation->status.state);
  if (feed.over) {
    set_contact(feed, Contact::ended);
    for (const WatchId watch : feed.watches) add_named_jobs(watch, *feed.operation, now);
  }
  plan(feed, now);
}

}  // namespace abj::tracking
