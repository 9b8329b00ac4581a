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
    const Job* known = store_.find(feed.key);
    const bool can_cancel = known && known->can_cancel() && feed.job->has_cancel() && (!feed.cancel || !is_under_way(*feed.cancel, now.monotonic));
    view.jobs.push_back({&*feed.job, known, consider(feed), feed.cancel ? &*feed.cancel : nullptr, can_cancel});
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
