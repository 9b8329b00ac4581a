// Reads what the watched vaults protect, too (ESTATE.md §2): once somebody wants to know, and then every hour.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "model/protected_item.h"
#include "tracking/vault_tracker.h"

namespace abj::tracking {

// What is known of a watched vault's items; its pointers hold until the tracker is told anything.
struct VaultItems {
  const arm::VaultId* vault = nullptr;
  std::optional<Instant> covered_from, covered_to;    // every job that the service lists between these is in the table
  const std::vector<ProtectedItem>* items = nullptr;  // null until the list was read to its end
  const Error* problem = nullptr;                     // why it cannot be
};

class ItemTracker final : public VaultTracker {
 public:
  using VaultTracker::VaultTracker;

  // From now on the items of all vaults that are watched are read.
  void want_items(Now now);
  std::vector<VaultItems> vault_items(Now now) const;
  // The same as long as no list of items says anything else.
  std::uint32_t items_revision() const { return revision_; }

  WatchId follow_vault(const arm::VaultId& vault, Now now) override;
  void unfollow(WatchId watch) override;
  void refresh(WatchId watch, Now now) override;

 private:
  struct Kept {
    FeedId feed = 0;
    std::vector<ProtectedItem> items, coming;  // `coming`: of the pages so far
    std::set<Hash> pages;                      // that came, by their URLs
    bool is_read = false;
    std::string first_url;
  };

  static void begin_again(Kept& kept, Feed& feed);
  std::optional<Error> take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) override;
  void begin(WatchId watch, Hash scope, const arm::VaultId& vault, Now now);

  bool are_wanted_ = false;
  std::map<Hash, Kept> items_;  // by scope
  std::uint32_t revision_ = 0;
};

}  // namespace abj::tracking
