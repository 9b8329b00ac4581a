#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "arm/headers.h"
#include "arm/throttling.h"
#include "decode/job_decoder.h"
#include "decode/number.h"
#include "decode/operation_decoder.h"
#include "model/text.h"

namespace abj::tracking {
namespace {

// What was answered more recently than this is fresh enough for someone who comes back to the page.
constexpr Milliseconds fresh_enough = std::chrono::seconds(10);
// How long a job that an operation has named may be "not found" before that is believed.
constexpr Milliseconds not_found_grace = std::chrono::seconds(60);
// How soon after a cancel was answered the job is looked at.
constexpr Milliseconds after_cancel = std::chrono::seconds(2);
// A job that someone looks at is read beside its vault's list as often as the service refreshes its progress (AZURE.md §4.5).
constexpr Milliseconds detail_every = std::chrono::minutes(5);
// However little the budget has to spare, some job is read beside its list so often.
constexpr Milliseconds detail_at_least = std::chrono::minutes(10);
// An ended job's details are asked for again so often, if they cannot be had.
constexpr int closing_attempts = 5;
// The two clocks move together, unless someone set one or the machine slept.
constexpr Milliseconds clocks_agree = std::chrono::minutes(1);
constexpr Milliseconds worth_telling = std::chrono::minutes(5);

// Requests are counted per subscription and action (AZURE.md §7).
Hash pot_of(const Feed& feed) {
  constexpr std::string_view start = "/subscriptions/";
  const auto path = arm::path_of(feed.url);
  const auto at = find_ignoring_case(path, start);
  const bool other_provider = find_ignoring_case(path, "Microsoft.DataProtection") != std::string_view::npos;
  const Hash action = (feed.job || feed.is_list() ? (feed.body.empty() ? 1u : 2u) : 3u) + (other_provider ? 8u : 0u);
  if (at == std::string_view::npos) return action;
  return hash_ignoring_case(path.substr(at + start.size(), path.find('/', at + start.size()) - at - start.size()), action);
}

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
    // Whoever wanted it before may have been asked to wait.
    feed.not_before = budget_.refused_until(hash_ignoring_case(feed.key));
    ask_at(feed, now.monotonic);
    feed.pot = pot_of(feed);
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
  else vaults_[feed.vault = hash_ignoring_case(job.vault.path())].id = job.vault;
  feed.job = job;
  const FeedId feed_id = join(id, std::move(feed), now);
  auto& jobs = watches_.at(id).jobs;
  if (std::find(jobs.begin(), jobs.end(), feed_id) == jobs.end()) jobs.push_back(feed_id);
  note_running(feed_id);
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
  mark_changed(feed);
  return {};
}

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
  // Whatever the answer was, the job may stand differently now; and what is being cancelled ends soon.
  if (accepted) feed.answers = 0;
  feed.urgent = true;
  if (!feed.in_flight && !feed.is_halted()) ask_at(feed, std::min(feed.next_at.value_or(now.monotonic + after_cancel), now.monotonic + after_cancel));
}

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
    if (feed.list || feed.over || !feed.next_at) continue;
    if (hidden && feed.answered_at) ask_at(feed, std::max(*feed.next_at, *feed.answered_at + hidden_wait));
    if (came_back) ask_at(feed, now.monotonic);
    // Someone looks again: what was put off for a hidden page is asked as soon as it is not quite fresh.
    const Milliseconds wanted = feed.answered_at ? *feed.answered_at + fresh_enough : now.monotonic;
    if (shown && wanted < *feed.next_at) ask_at(feed, std::max(wanted, now.monotonic));
  }
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

Attention Tracker::attention_of(const Feed& feed) const {
  auto attention = Attention::paused;
  for (const WatchId watch : feed.watches) attention = std::max(attention, watches_.at(watch).attention);
  return feed.is_list() ? Attention::background : attention;
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
  for (const FeedId job : vaults_.at(feed.vault).running)
    if (const Feed& told = feeds_.at(job); told.list) mark_changed(told);
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
  if (verdict.not_before) feed.not_before = now.monotonic + *verdict.not_before;
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
}

void Tracker::note_answer(Feed& feed, Milliseconds asked_at, Now now) {
  // What had ended is still over, however it is asked again.
  set_contact(feed, feed.over ? Contact::ended : Contact::fresh);
  feed.error.reset();
  feed.failures = 0;
  feed.urgent = feed.renewing = false;
  feed.claims.clear();
  feed.expected_until = {};
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
    if (change == store::Change::added && feed.vault) vaults_.at(feed.vault).regroup = true;
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

RunningJob Tracker::running(const Feed& feed, const Job& job, Now now) const {
  const Duration said = job.duration.value_or(Duration::zero());
  const Milliseconds since = feed.answered_at ? now.monotonic - feed.said_at : Milliseconds(0);
  return {&job, std::max(Milliseconds(0), std::chrono::duration_cast<Milliseconds>(said) + since)};
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
  PollFacts facts{.answers = feed.answers, .requests = feed.pages, .visible = environment_.visible};
  if (feed.is_list()) {
    for (const FeedId id : vaults_.at(feed.vault).running) {
      const Feed& told = feeds_.at(id);
      const Job* known = store_.find(told.key);
      if (told.list && known) facts.jobs.push_back(running(told, *known, now));
    }
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

// Whether a job need not be asked for by itself: a list tells of it, or the vault's first list is on its way and will.
bool Tracker::is_told(const Feed& feed) const {
  if (feed.list) return true;
  const auto vault = vaults_.find(feed.vault);
  return vault != vaults_.end() && vault->second.list && feeds_.at(vault->second.list).walks == 0;
}

// When a feed that wants to be asked for may be: the budget has a say.
std::optional<Milliseconds> Tracker::due_at(const Feed& feed, Now now) const {
  if (feed.in_flight || !feed.next_at) return {};
  if (attention_of(feed) == Attention::paused) return {};
  Milliseconds free = budget_.free_at(feed.pot, false, now.monotonic);
  // What a list tells of is read by itself from what the list leaves over.
  if (feed.job && !feed.urgent && is_told(feed))
    free = std::min(budget_.free_at(feed.pot, true, now.monotonic), std::max(free, detail_at_ + detail_at_least));
  return std::max(*feed.next_at, free);
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
    // Who waited longest comes first; with a start for what the user asked for, for lists, and for what is looked at. No start is endless, so all get their turn.
    using std::chrono::minutes;
    const Milliseconds start = feed.over ? minutes(0) : feed.urgent ? minutes(5) : feed.is_list() ? minutes(3) : attention_of(feed) == Attention::watched ? minutes(1) : minutes(0);
    due.emplace_back(*feed.next_at - start, id);
  }
  insertion_sort(due);
  for (const auto& [rank, id] : due) {
    Feed& feed = feeds_.at(id);
    if (!is_due(*due_at(feed, now))) continue;
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
