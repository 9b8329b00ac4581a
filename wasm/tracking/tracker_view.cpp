// What a tracker shows of its watches.
#include <algorithm>
#include <utility>

#include "tracking/tracker.h"

namespace abj::tracking {
namespace {

bool is_success(const Operation& operation) { return operation.status.state == OperationState::succeeded; }

// How much a contact deserves to be shown before the others of the same watch.
int trouble(Contact contact) {
  switch (contact) {
    case Contact::stopped: return 9;
    case Contact::paused: return 8;
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

// Nobody's answers are that old while asking goes as planned: the longest wait is a hidden page's, five minutes.
constexpr Milliseconds grows_old = std::chrono::minutes(10);

// The browser's network and a slow getToken come before what the last answer was; a list's trouble is that of the jobs it tells of.
ContactView Tracker::contact_of(const Feed& feed, Now now) const {
  ContactView view{.state = feed.contact, .error = feed.error ? &*feed.error : nullptr, .asking = feed.in_flight.has_value(), .answered_at = feed.answered_at, .next_at = feed.next_at};
  if (feed.is_ended() || feed.is_halted()) return view;
  const bool awaits_token = feed.in_flight && !feed.in_flight->sent && feed.in_flight->since + slow_token <= now.monotonic;
  const Milliseconds refused_until = budget_.refused_until(feed.pot);
  view.left = budget_.left(feed.pot);
  if (!environment_.online) view.state = Contact::offline;
  else if (awaits_token) view.state = Contact::waiting_for_token;
  // Another request of the same kind was refused: this one would be, too.
  else if (refused_until > now.monotonic && !feed.is_list()) view.state = Contact::throttled;
  if (const auto due = due_at(feed, now); due && view.next_at) {
    // There is more to ask for than may be asked, and others go first: what is shown grows old, and says why.
    const bool has_to_wait = *feed.next_at <= now.monotonic && !feed.list && feed.answered_at && *feed.answered_at + grows_old <= now.monotonic;
    if (has_to_wait && view.state == Contact::fresh) view.state = Contact::throttled;
    view.next_at = due;
  }
  if (!feed.list) return view;
  const ContactView list = contact_of(feeds_.at(feed.list), now);
  if (trouble(list.state) > trouble(Contact::fresh) && list.state != Contact::none && trouble(list.state) >= trouble(view.state)) view.state = list.state, view.error = list.error;
  view.asking |= list.asking;
  if (list.next_at && (!view.next_at || *list.next_at < *view.next_at)) view.next_at = list.next_at;
  return view;
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
    const bool told_halted = feed.list && feeds_.at(feed.list).is_halted();
    moving |= !feed.is_ended() && !feed.is_halted() && !told_halted;
    halted |= feed.is_halted() || (told_halted && !feed.is_ended());
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
    const Job* known = store_.find(feed.key);
    const bool can_cancel = known && known->can_cancel() && feed.job->has_cancel() && (!feed.cancel || !is_under_way(*feed.cancel, now.monotonic));
    WatchedJob shown{.id = &*feed.job, .job = known, .contact = consider(feed), .cancel = feed.cancel ? &*feed.cancel : nullptr, .can_cancel = can_cancel};
    if (known && !feed.over) shown.forecast = schedule_->forecast(running(feed, *known, {.monotonic = feed.said_at}));
    view.jobs.push_back(std::move(shown));
  }
  view.halted = halted && !moving;
  if (watch.naming) {
    view.naming = &*watch.naming;
    if (!moving) view.contact = {Contact::stopped, view.naming};
  }
  if (watch.attention == Attention::paused && view.contact.state != Contact::ended) view.contact.state = Contact::paused;
  // Nothing was ever to be asked: the operation was given whole.
  if (first && !watch.naming) view.contact.state = Contact::ended;
  return view;
}

std::vector<SavedWatch> Tracker::saved() const {
  std::vector<SavedWatch> saved;
  for (const auto& [id, watch] : watches_) {
    for (const FeedId job : watch.jobs) {
      const arm::JobId& known = *feeds_.at(job).job;
      saved.push_back({known.path(), known.region.empty() ? std::string() : known.vault.path()});
    }
    if (watch.jobs.empty() && watch.operation) saved.push_back({std::string(arm::path_of(feeds_.at(watch.operation).url)), watch.vault ? watch.vault->path() : std::string()});
  }
  return saved;
}

}  // namespace abj::tracking
