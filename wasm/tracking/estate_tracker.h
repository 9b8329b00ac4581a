// Finds what there is to watch: the user's subscriptions, and the vaults in them (ESTATE.md §1, §3). Resource Graph tells all vaults in one list; where it may not be
// asked, each subscription's own two lists do.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/estate.h"
#include "tracking/cross_region_tracker.h"

namespace abj::tracking {

struct KnownVault {
  arm::VaultId id;
  std::string location;           // lower case, without blanks
  std::string subscription_name;  // empty where the subscription is not told of
};

// Its pointers hold until the tracker is told anything.
struct EstateView {
  ContactView contact;               // of the lists that everything else hangs on
  bool is_listed = false;            // every list was read to its end, or cannot be
  bool is_from_graph = true;
  std::size_t subscriptions = 0;
  std::size_t vaults = 0;
  std::size_t refused = 0;           // subscriptions whose vaults cannot be listed, in whole or in part
  const Error* problem = nullptr;    // why, of one of them
  std::uint32_t revision = 0;        // the same as long as nothing but time has changed
};

class EstateTracker final : public CrossRegionTracker {
 public:
  using CrossRegionTracker::CrossRegionTracker;

  // Read at once, and again every hour.
  WatchId follow_estate(Now now);
  std::optional<EstateView> estate_view(WatchId watch, Now now) const;
  // Of the vaults that are known by now those with every word of `search` somewhere in their name, group, location or subscription, by their names.
  std::vector<const KnownVault*> find_vaults(std::string_view search) const;

  void unfollow(WatchId watch) override;
  void refresh(WatchId watch, Now now) override;

 private:
  // A list that is read; the key of its feed is this one's.
  struct Reading {
    enum class Of { subscriptions, all_vaults, vaults } of = Of::subscriptions;
    std::string subscription{};  // whose vaults
    Paged list{};
    std::vector<Subscription> subscriptions{}, coming_subscriptions{};
    std::vector<Vault> vaults{}, coming_vaults{};
    bool is_read = false;
  };
  struct Found {
    KnownVault vault;
    std::string name, words;  // folded: by which it is sorted, and found
  };

  void read(std::string key, Reading reading, Now now);
  void drop_reading(const std::string& key);
  void read_graph(Now now);
  void read_each_subscription(Now now);
  void drop_vault_lists(const std::set<std::string>& but);
  void put_together();
  const Feed& feed_of(const std::string& key) const { return feeds_.at(feed_by_key_.at(key)); }
  std::optional<Error> take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) override;
  void note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) override;

  std::set<WatchId> estate_watches_;
  std::map<std::string, Reading> readings_;  // by the keys of their feeds
  bool may_ask_graph_ = true;
  std::vector<Found> found_;
  std::size_t with_vaults_ = 0;  // subscriptions that vaults are known of
  std::uint32_t estate_revision_ = 0;
};

}  // namespace abj::tracking
