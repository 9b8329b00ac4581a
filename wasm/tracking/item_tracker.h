// Follows what vaults protect, too: the service's own lists of protected items, once somebody wants them, and then every hour (ESTATE.md §2). Of the fleet they come
// from Azure Resource Graph, all in one list.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/protected_item.h"
#include "store/item_history.h"
#include "tracking/fleet_tracker.h"
#include "tracking/paged.h"

namespace abj::tracking {

// What is known of a vault's items; its pointers hold until the tracker is told anything.
struct VaultItems {
  const arm::VaultId* vault = nullptr;
  std::optional<Instant> covered_from, covered_to{};  // as VaultView's
  const std::vector<ProtectedItem>* items = nullptr;  // null until the list was read to its end
  const Error* problem = nullptr;                     // why it cannot be
};

class ItemTracker : public FleetTracker {
 public:
  using FleetTracker::FleetTracker;

  // From now on the items of all vaults that are watched are read.
  void want_items(Now now);
  // Of every vault that is watched, each once; of the fleet, of those that jobs or items were told of.
  std::vector<VaultItems> vault_items(Now now) const;
  // The same as long as no list of items says anything else.
  std::uint32_t items_revision() const { return revision_; }
  // Of jobs that were read one by one, whoever wanted that; under VaultId::key().
  const store::Sizes& sizes() const { return sizes_; }

  void unfollow(WatchId watch) override;
  void refresh(WatchId watch, Now now) override;

 protected:
  void watch_began(WatchId watch, Now now) override;
  void said(const Feed& feed, const Job& job, Milliseconds asked_at) override;
  std::optional<Error> take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) override;

 private:
  struct Kept {
    FeedId feed = 0;
    Paged list{};
    std::vector<ProtectedItem> items{}, coming{};  // `coming`: of the pages so far
    bool is_read = false;
    // The fleet's: by their vaults.
    struct OfVault {
      arm::VaultId vault;
      std::vector<ProtectedItem> items;
    };
    std::map<Hash, OfVault> by_vault{};
  };

  static void begin_again(Kept& kept, Feed& feed);
  static void sort_out(Kept& kept);

  bool are_wanted_ = false;
  std::map<Hash, Kept> items_;  // by scope
  std::uint32_t revision_ = 0;
  store::Sizes sizes_;
};

}  // namespace abj::tracking
