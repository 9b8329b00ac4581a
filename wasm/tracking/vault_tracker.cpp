#include "tracking/vault_tracker.h"

#include <algorithm>
#include <utility>

namespace abj::tracking {
namespace {

// Windows overlap so much, and so does a list with what it told before: what the service counts as "in a window" is not documented (AZURE.md §2.1).
constexpr Duration overlap = std::chrono::hours(1);
// Well under the day that a list without a filter tells of.
constexpr Milliseconds longest_gap = std::chrono::hours(12);
// So many parts of a window are read side by side: as many connections as a browser opens to a host.
constexpr std::int64_t most_parts = 6;

}  // namespace

const VaultTracker::Kept* VaultTracker::kept(Hash scope) const {
  const auto at = kept_.find(scope);
  return at == kept_.end() ? nullptr : &at->second;
}

bool VaultTracker::keeps(const Scope& scope) const {
  const Kept* vault = kept(key_of(scope));
  return vault && std::any_of(vault->watches.begin(), vault->watches.end(), [&](WatchId watch) { return watches_.at(watch).attention != Attention::paused; });
}

std::vector<WatchId> VaultTracker::watches_of(const Scope& scope) const {
  const Kept* vault = kept(key_of(scope));
  return vault ? std::vector<WatchId>(vault->watches.begin(), vault->watches.end()) : std::vector<WatchId>();
}

WatchId VaultTracker::follow_vault(const arm::VaultId& id, Now now) {
  Kept wanted;
  wanted.vault = id;
  wanted.key = id.key();
  // Backup vaults know no filter.
  wanted.is_whole = id.provider == arm::Provider::data_protection;
  const WatchId watch = keep(hash_ignoring_case(id.path()), std::move(wanted), now);
  watches_.at(watch).vault = id;
  return watch;
}

WatchId VaultTracker::keep(Hash scope, Kept wanted, Now now) {
  const WatchId watch = ++last_watch_;
  watches_[watch];
  scopes_[fleet];
  scopes_[scope].vault = wanted.vault;
  scopes_[scope].regroup = true;
  Kept& vault = kept_.try_emplace(scope, std::move(wanted)).first->second;
  vault.watches.insert(watch);
  vault_of_[watch] = scope;
  for (const FeedId window : vault.windows) feeds_.at(window).watches.push_back(watch);
  if (const FeedId list = scopes_[scope].list) {
    // One that was begun for a few jobs does not tell of the others.
    if (vault.watches.size() == 1) close_list(scopes_[scope], now);
    else feeds_.at(list).watches.push_back(watch);
  }
  return watch;
}

void VaultTracker::unfollow(WatchId watch) {
  const auto at = vault_of_.find(watch);
  if (at == vault_of_.end()) return Tracker::unfollow(watch);
  const Hash scope = at->second;
  Kept& vault = kept_.at(scope);
  vault_of_.erase(at);
  vault.watches.erase(watch);
  for (const FeedId window : vault.windows) leave(watch, window);
  if (const FeedId list = scopes_.at(scope).list) std::erase(feeds_.at(list).watches, watch);
  scopes_.at(scope).regroup = true;
  if (vault.watches.empty()) {
    table_.forget({vault.key});
    kept_.erase(scope);
  }
  Tracker::unfollow(watch);
}

void VaultTracker::refresh(WatchId watch, Now now) {
  const auto at = vault_of_.find(watch);
  if (at == vault_of_.end()) return Tracker::refresh(watch, now);
  if (const FeedId list = scopes_.at(at->second).list) wake(list, now);
  for (const FeedId window : kept_.at(at->second).windows)
    if (feeds_.at(window).is_halted()) wake(window, now);
}

void VaultTracker::set_attention(WatchId watch, Attention attention, Now now) {
  if (const auto at = vault_of_.find(watch); at != vault_of_.end()) scopes_.at(at->second).regroup = true;
  Tracker::set_attention(watch, attention, now);
}

std::vector<SavedWatch> VaultTracker::saved() const {
  auto saved = Tracker::saved();
  for (const auto& [watch, scope] : vault_of_)
    if (scope != fleet) saved.push_back({kept_.at(scope).vault.path(), {}});
  return saved;
}

void VaultTracker::reach_back(WatchId watch, Duration more, Now now) {
  const auto at = vault_of_.find(watch);
  if (at == vault_of_.end()) return;
  kept_.at(at->second).history += more;
  plan_windows(at->second, now);
}

void VaultTracker::open_walk(Feed& list) const {
  const Kept* vault = kept(list.scope);
  if (!vault) return Tracker::open_walk(list);
  if (const auto& window = list.window) {
    if (!list.is_of_graph()) list.walk.emplace(JobList::since(endpoint_, vault->vault, window->from, window->to));
    else list.walk.emplace(JobList::of_graph(endpoint_, {.subscriptions = {lower_cased(vault->vault.subscription)}, .from = window->from, .to = window->to, .vault = vault->key}));
    return;
  }
  list.walk.emplace(JobList::since(endpoint_, vault->vault, next_from(*vault)));
}

// The first time what the service gives without being asked for more: no clock is needed for that.
std::optional<Instant> VaultTracker::next_from(const Kept& vault) const {
  if (!vault.is_listed || !vault.newest) return {};
  Instant from = *vault.newest;
  const store::TextId word = word_of(vault);
  for (store::RowId row = 0; row < table_.size(); ++row) {
    const store::Row& job = table_.row(row);
    const bool is_its = vault.key.empty() || job.vault == word;
    if (is_its && !is_terminal(job.state) && job.start != store::Row::no_time) from = std::min(from, Instant(Duration(job.start)));
  }
  // To the hour: each URL costs the browser a preflight of its own.
  return std::chrono::floor<std::chrono::hours>(from - overlap);
}

// Its vault's list has told of it already, perhaps: that is what is known, as of then, until the job tells more.
void VaultTracker::begun(FeedId id, Now now) {
  Feed& feed = feeds_.at(id);
  const auto row = table_.find(feed.job->vault.key(), feed.job->name);
  if (!row) return;
  const Milliseconds said_at = table_.said_at(*row);
  // Of the table's jobs the schedule has learned.
  if (is_terminal(table_.row(*row).state)) learned_from_.insert(hash_ignoring_case(feed.key));
  take_job(id, table_.job(*row), said_at, {.monotonic = said_at, .wall = now.wall - (now.monotonic - said_at)});
  feed.urgent = true;
}

void VaultTracker::said(const Feed& feed, const Job& job, Milliseconds asked_at) {
  const std::string vault = feed.job->vault.key();
  // A list's form of it may differ in what does not matter here: only what is news is taken.
  const auto row = table_.find(vault, job.name);
  if (!row && !kept_.contains(feed.scope)) return;
  const std::int64_t end = job.end ? job.end->time_since_epoch().count() : store::Row::no_time;
  if (!row || table_.text(table_.row(*row).status) != job.status.text || table_.row(*row).end != end) table_.put(vault, job, 0, asked_at);
}

std::vector<std::pair<Job, Milliseconds>> VaultTracker::others_running(const Scope& scope, Now now) const {
  std::vector<std::pair<Job, Milliseconds>> running;
  const Kept* vault = kept(key_of(scope));
  if (!vault) return running;
  const store::TextId word = word_of(*vault);
  for (store::RowId id = 0; id < table_.size(); ++id) {
    const store::Row& row = table_.row(id);
    if (is_terminal(row.state) || !(vault->key.empty() || row.vault == word)) continue;
    Job job = table_.job(id);
    const arm::VaultId* named = vault_named(table_.text(row.vault));
    if (named && feed_by_key_.contains(arm::JobId{*named, job.name}.key())) continue;
    const Milliseconds elapsed = std::chrono::duration_cast<Milliseconds>(job.duration.value_or(Duration::zero())) + now.monotonic - table_.said_at(id);
    running.emplace_back(std::move(job), std::max(elapsed, Milliseconds(0)));
  }
  return running;
}

const arm::VaultId* VaultTracker::vault_named(std::string_view key) const {
  // The table's keys are paths in lower case, and so are scopes'.
  const Kept* vault = kept(hash_ignoring_case(key));
  return vault ? &vault->vault : nullptr;
}

std::optional<Forecast> VaultTracker::forecast_of(const Job& job) const {
  if (is_terminal(job.status.state) || !job.duration) return {};
  return schedule_->forecast({&job, std::chrono::duration_cast<Milliseconds>(*job.duration)});
}

bool VaultTracker::is_told(store::RowId id) const {
  const store::Row& row = table_.row(id);
  const Kept* vault = kept(hash_ignoring_case(table_.text(row.vault)));
  return is_terminal(row.state) || !vault || !vault->told_at || table_.said_at(id) >= store::JobTable::rounded(*vault->told_at);
}

void VaultTracker::cover(Kept& vault, const ListWindow& read) {
  vault.covered.push_back(read);
  for (bool moved = true; std::exchange(moved, false);) {
    for (const ListWindow& window : vault.covered) {
      if (window.to && (!vault.covered_from || *window.to < *vault.covered_from)) continue;
      if (vault.covered_from && window.from >= *vault.covered_from) continue;
      vault.covered_from = window.from;
      moved = true;
    }
  }
  std::erase_if(vault.covered, [&](const ListWindow& window) { return vault.covered_from && window.from >= *vault.covered_from; });
}

void VaultTracker::add_window(Hash scope, const ListWindow& window, Now now) {
  Kept& vault = kept_.at(scope);
  Feed feed{.key = "list " + vault.key + " " + decimal(static_cast<std::uint64_t>(window.from.time_since_epoch().count())) + " " + decimal(static_cast<std::uint64_t>(window.to.value_or(Instant()).time_since_epoch().count())),
            .url = endpoint_.origin + vault.vault.path(),
            .scope = scope};
  feed.window = window;
  const FeedId id = join(*vault.watches.begin(), std::move(feed), now);
  feeds_.at(id).watches.assign(vault.watches.begin(), vault.watches.end());
  if (std::find(vault.windows.begin(), vault.windows.end(), id) == vault.windows.end()) vault.windows.push_back(id);
}

// From what is planned already to as far back as is wanted, newest first.
void VaultTracker::plan_windows(Hash scope, Now now) {
  Kept& vault = kept_.at(scope);
  if (!vault.is_listed || vault.is_whole) return;
  // Where the service has shown no time of its own, the client's clock has to do; but it may be wrong, and so says nothing of where the window ends.
  const Instant end = vault.newest ? *vault.newest : Instant(now.wall - skew_.value_or(Milliseconds(0)));
  const Instant wanted = end - vault.history;
  if (!vault.newest && !vault.planned_from) {
    vault.planned_from = wanted;
    return add_window(scope, {.from = wanted}, now);
  }
  for (Instant to = vault.planned_from.value_or(end); to > wanted;) {
    const Instant from = std::max(wanted, to - (arm::longest_window - overlap));
    add_window(scope, {.from = from, .to = to + overlap}, now);
    vault.planned_from = to = from;
  }
}

// Jobs began after the window: the service did not understand what it was asked for (AZURE.md §2.1), and which ones are missing cannot be told.
bool VaultTracker::is_foreign(const Feed& list) const { return list.window && list.window->to && times_.newest && *times_.newest > *list.window->to + overlap; }

// A long list that has shown what its pages hold is cut into parts that are read side by side; not where the service does not list by time.
// It is at least as late as jobs have run for. That shows a client's clock that is behind; of one that is ahead only a job that is read by itself is
// precise enough.
void VaultTracker::note_service_time(Now now) {
  if (!times_.latest) return;
  const Milliseconds ahead = now.wall - std::chrono::duration_cast<Milliseconds>(times_.latest->time_since_epoch());
  if (ahead < skew_.value_or(Milliseconds(0))) skew_ = ahead;
}

bool VaultTracker::goes_on(Feed& list, Now now) {
  note_service_time(now);
  const auto at = kept_.find(list.scope);
  if (at == kept_.end()) return Tracker::goes_on(list, now);
  Kept& vault = at->second;
  if (is_foreign(list)) return false;
  const bool is_first = list.walk->page_count() == 1 && (list.window ? !list.window->is_part : !vault.is_listed && !vault.is_whole);
  if (!is_first || !times_.is_sorted || !times_.oldest || *times_.oldest >= *times_.newest) return true;
  const Instant read_to = *times_.oldest;
  const Instant from = list.window ? list.window->from : *times_.newest - vault.history;
  if (read_to <= from) return true;
  const std::int64_t parts = std::min<std::int64_t>((read_to - from) / (*times_.newest - read_to) + 1, most_parts);
  if (parts < 2) return true;
  // What its first page tells of is all that began since the oldest of them.
  if (list.window) list.window->from = read_to;
  else vault.planned_from = from, vault.first_end = read_to;
  read_back(list.scope, {.from = from, .to = read_to + overlap, .is_part = true, .parts = static_cast<int>(parts)}, now);
  return false;
}

// Resource Graph has a thousand jobs on a page, at one address: each of the list's costs the browser a preflight besides. Where it may not be asked, or
// has them no more, the list is cut into parts that are read side by side.
void VaultTracker::read_back(Hash scope, ListWindow window, Now now) {
  const Kept& vault = kept_.at(scope);
  const Instant to = *window.to - overlap;
  if (vault.has_graph && vault.newest.value_or(to) - window.from <= arm::graph_keeps && vault.key.find('\'') == std::string::npos) return add_window(scope, window, now);
  const int parts = std::exchange(window.parts, 0);
  const Duration length = (to - window.from) / parts;
  for (int part = 0; part < parts; ++part) {
    const Instant end = to - length * part;
    add_window(scope, {.from = part + 1 == parts ? window.from : end - length, .to = end + overlap, .is_part = true}, now);
  }
}

void VaultTracker::end_window(Kept& vault, FeedId id) {
  std::erase(vault.windows, id);
  for (const WatchId watch : vault.watches) leave(watch, id);
}

void VaultTracker::note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) {
  const bool is_refused = feed.error && feed.error->http_status != 0 && feed.contact != Contact::sign_in;
  if (!feed.is_of_graph() || !is_refused) return Tracker::note_trouble(feed, wait, now);
  const ListWindow window{.from = feed.window->from, .to = feed.window->to, .is_part = true, .parts = feed.window->parts};
  const Hash scope = feed.scope;
  Kept& vault = kept_.at(scope);
  vault.has_graph = false;
  end_window(vault, feed_by_key_.at(feed.key));
  read_back(scope, window, now);
}

void VaultTracker::end_walk(Feed& list, Now now) {
  note_service_time(now);
  const auto at = kept_.find(list.scope);
  if (at == kept_.end()) return Tracker::end_walk(list, now);
  Kept& vault = at->second;
  if (list.window) {
    // One that knows nothing of what the list has told may not be allowed to say more.
    if (list.is_of_graph() && (is_foreign(list) || list.window->known == 0 || !list.window->oldest)) return fail(list, Contact::stopped, {ErrorCode::filter_refused, "Resource Graph listed other jobs", 200}, {}, now);
    if (is_foreign(list)) return fail(list, Contact::stopped, {ErrorCode::filter_refused, "the service listed other jobs"}, {}, now);
    ListWindow read = *list.window;
    // Where its memory ends, the service's clock says, which nobody knows here: what is older than all that it told, the list has to say.
    if (list.is_of_graph()) {
      add_window(list.scope, {.from = read.from, .to = *read.oldest + overlap, .is_part = true}, now);
      read.from = *read.oldest;
    }
    cover(vault, read);
    return end_window(vault, feed_by_key_.at(list.key));
  }
  // A list that knows no start to begin from tells of about a day: after a longer pause, what lies between is read as the past is.
  if (!vault.newest && vault.told_at && std::max(list.walk_began - *vault.told_at, now.wall - vault.told_until) > longest_gap) vault.planned_from.reset();
  vault.told_at = list.walk_began;
  vault.told_until = now.wall;
  vault.newest = vault.seen;
  if (!std::exchange(vault.is_listed, true)) {
    // How far "about the last day" goes back is not documented, nor whether by a job's start or end: what ran after the first that has ended is there.
    vault.covered_from = vault.first_end ? vault.first_end : vault.newest;
    if (!vault.planned_from) vault.planned_from = vault.covered_from;
  }
  Tracker::end_walk(list, now);
  plan_windows(list.scope, now);
}

std::optional<VaultView> VaultTracker::vault_view(WatchId watch, Now now) const {
  const auto at = vault_of_.find(watch);
  if (at == vault_of_.end()) return {};
  const Kept& vault = kept_.at(at->second);
  VaultView view;
  view.vault = &vault.vault;
  view.is_listed = vault.is_listed;
  view.covered_from = vault.covered_from;
  if (vault.told_at) view.covered_to = Instant(vault.told_until - clock_skew().value_or(Milliseconds(0)));
  if (vault.newest && !vault.is_whole) view.wanted_from = *vault.newest - vault.history;
  view.revision = static_cast<std::uint32_t>(table_.journal_end());
  const auto consider = [&](const Feed& feed) {
    view.revision += feed.revision;
    return contact_of(feed, now);
  };
  const FeedId list = scopes_.at(at->second).list;
  if (list) view.contact = consider(feeds_.at(list));
  for (const FeedId id : vault.windows) {
    const Feed& window = feeds_.at(id);
    const ContactView contact = consider(window);
    view.contact.asking |= contact.asking;
    if (window.is_halted()) view.missing = contact.error;
    else ++view.loading;
  }
  if (watches_.at(watch).attention == Attention::paused) view.contact.state = Contact::paused;
  return view;
}

}  // namespace abj::tracking
