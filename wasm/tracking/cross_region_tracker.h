// Reads, when asked to, the cross-region jobs of a Recovery Services vault: they are in its paired region, and each page of them is a POST that counts as a write
// (AZURE.md §11, ESTATE.md §1).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/estate.h"
#include "tracking/item_tracker.h"

namespace abj::tracking {

// Its pointers hold until the tracker is told anything.
struct CrossRegionView {
  const arm::VaultId* vault = nullptr;
  ContactView contact;
  std::string_view region;         // the paired one; empty until it is known
  bool is_listed = false;          // its jobs were read once
  bool is_unpaired = false;        // the vault's region has no pair: there are none
  std::string_view setting;        // the vault's crossRegionRestore, as it came; empty where it is not told
  std::size_t requests = 0;        // that counted as writes
  const std::vector<Job>* jobs = nullptr;  // newest first
  std::uint32_t revision = 0;
};

class CrossRegionTracker : public ItemTracker {
 public:
  using ItemTracker::ItemTracker;

  // Reads the vault's region, its pair, and the jobs there; again on refresh(), and by itself only while one of them runs.
  WatchId follow_cross_region(const arm::VaultId& vault, Now now);
  std::optional<CrossRegionView> cross_region_view(WatchId watch, Now now) const;

  void unfollow(WatchId watch) override;
  void refresh(WatchId watch, Now now) override;

 protected:
  std::optional<Error> take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) override;
  void note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) override;

 private:
  // What the feed asks next: the vault, its subscription's regions, then pages of jobs.
  struct Reading {
    arm::VaultId vault;
    std::string location{}, region{}, setting{};
    bool is_unpaired = false;
    std::optional<JobList> list{};
    std::vector<Job> jobs{}, coming{};
    bool is_listed = false;
    std::size_t requests = 0;
  };

  // The feed asks for the next thing that is not known.
  void go_on(Reading& reading, Feed& feed, Now now);

  std::map<WatchId, std::string> cross_region_watches_;  // the keys of their feeds
  std::map<std::string, Reading> cross_region_;          // by these keys
};

}  // namespace abj::tracking
