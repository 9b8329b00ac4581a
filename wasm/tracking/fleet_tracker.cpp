#include "tracking/fleet_tracker.h"

namespace abj::tracking {

WatchId FleetTracker::follow_fleet(Now now) {
  Kept wanted;
  wanted.is_whole = true;
  const WatchId watch = keep(fleet, std::move(wanted), now);
  watch_began(watch, now);
  return watch;
}

WatchId FleetTracker::follow_vault(const arm::VaultId& vault, Now now) {
  const WatchId watch = VaultTracker::follow_vault(vault, now);
  watch_began(watch, now);
  return watch;
}

const arm::VaultId* FleetTracker::vault_named(std::string_view key) const {
  if (const auto* vault = VaultTracker::vault_named(key)) return vault;
  const auto at = vaults_.find(hash_ignoring_case(key));
  return at == vaults_.end() ? nullptr : &at->second;
}

// A vault that is watched by itself says it for its jobs.
bool FleetTracker::is_told(store::RowId id) const {
  const store::Row& row = table_.row(id);
  const Kept* all = kept(fleet);
  if (!all || VaultTracker::vault_named(table_.text(row.vault))) return VaultTracker::is_told(id);
  return is_terminal(row.state) || !all->told_at || table_.said_at(id) >= store::JobTable::rounded(*all->told_at);
}

void FleetTracker::unfollow(WatchId watch) {
  const auto scope = scope_of(watch);
  VaultTracker::unfollow(watch);
  if (!scope) return;
  if (kept_.contains(fleet)) {
    // The rows of a vault that nobody watches by itself any more were given back: all are read again.
    if (*scope != fleet && !kept_.contains(*scope)) {
      kept_.at(fleet).is_listed = false;
      const auto list = feeds_.find(scopes_.at(fleet).list);
      is_too_late_ = list != feeds_.end() && list->second.walk;
    }
    return;
  }
  is_too_late_ = false;
  std::vector<std::string> gone;
  for (const auto& [key, vault] : vaults_)
    if (!kept_.contains(key)) gone.push_back(vault.key());
  vaults_.clear();
  table_.forget(gone);
}

void FleetTracker::open_walk(Feed& list) const {
  const Kept* all = list.scope == fleet ? kept(fleet) : nullptr;
  if (!all) return VaultTracker::open_walk(list);
  list.walk.emplace(JobList::of_graph(endpoint_, {.from = next_from(*all)}));
}

void FleetTracker::read_page(Feed& list, std::string_view body, Milliseconds asked_at) {
  const bool is_fleets = list.scope == fleet && kept(fleet);
  if (is_fleets && list.walk->page_count() == 0) oldest_.reset();
  VaultTracker::read_page(list, body, asked_at);
  if (is_fleets && times_.oldest && (!oldest_ || *times_.oldest < *oldest_)) oldest_ = times_.oldest;
}

void FleetTracker::end_walk(Feed& list, Now now) {
  const auto at = list.scope == fleet ? kept_.find(fleet) : kept_.end();
  const bool is_first = at != kept_.end() && !at->second.is_listed;
  const auto covered_from = is_first ? at->second.covered_from : std::nullopt;
  VaultTracker::end_walk(list, now);
  if (is_first && std::exchange(is_too_late_, false)) {
    at->second.is_listed = false;
    at->second.covered_from = covered_from;
    return;
  }
  // Everything that Resource Graph knows was told, back to the oldest.
  if (is_first && oldest_) at->second.covered_from = oldest_;
}

std::optional<store::RowId> FleetTracker::known(const Kept& vault, Hash raw) const { return vault.key.empty() ? table_.find_raw(raw) : VaultTracker::known(vault, raw); }

store::RowId FleetTracker::keep_row(const Kept& vault, Feed& list, const Job& job, Hash raw, Milliseconds asked_at) {
  if (!vault.key.empty()) return VaultTracker::keep_row(vault, list, job, raw, asked_at);
  const auto id = arm::parse_job_id(job.id);
  const std::string key = id ? id->vault.key() : std::string();
  if (id) vaults_.try_emplace(hash_ignoring_case(key), id->vault);
  const auto [row, change, has_ended] = table_.put(key, job, raw, asked_at);
  if (has_ended && !(id && feed_by_key_.contains(id->key()))) schedule_->ended(job);
  return row;
}

}  // namespace abj::tracking
