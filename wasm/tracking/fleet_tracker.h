// Follows the jobs of every vault that the user may read, in all subscriptions at once: Azure Resource Graph tells them in one list (AZURE.md §13, ESTATE.md §3).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arm/resource_graph.h"
#include "tracking/vault_tracker.h"

namespace abj::tracking {

class FleetTracker : public VaultTracker {
 public:
  using VaultTracker::VaultTracker;

  // Watches all jobs that Resource Graph knows: those of its last 14 days. Where it may not be asked, the watch's contact says so, and nothing else is asked in
  // its place. vault_view() tells of it; the vault there has no name.
  WatchId follow_fleet(Now now);
  WatchId follow_vault(const arm::VaultId& vault, Now now) override;
  bool is_fleet(WatchId watch) const { return scope_of(watch) == fleet; }

  const arm::VaultId* vault_named(std::string_view key) const override;
  bool is_told(store::RowId id) const override;
  void unfollow(WatchId watch) override;

 protected:
  // For who wants to know more of it than its jobs.
  virtual void watch_began(WatchId, Now) {}
  std::string graph_url() const { return arm::with_api_version(endpoint_.origin + std::string(arm::resource_graph_path), arm::resource_graph_api_version); }
  // The vaults that jobs were told of, by the hash of their keys.
  const std::map<Hash, arm::VaultId>& fleet_vaults() const { return vaults_; }

 private:
  void open_walk(Feed& list) const override;
  void read_page(Feed& list, std::string_view body, Milliseconds asked_at) override;
  void end_walk(Feed& list, Now now) override;
  std::optional<store::RowId> known(const Kept& vault, Hash raw) const override;
  store::RowId keep_row(const Kept& vault, Feed& list, const Job& job, Hash raw, Milliseconds asked_at) override;

  std::map<Hash, arm::VaultId> vaults_;
  bool is_too_late_ = false;        // the walk that is under way began before all had to be read again: it may leave out the old ones
  std::optional<Instant> oldest_;  // start of a job on the pages of the list that were read since it was last begun
};

}  // namespace abj::tracking
