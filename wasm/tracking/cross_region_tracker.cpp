#include "tracking/cross_region_tracker.h"

#include <algorithm>
#include <utility>

#include "decode/estate_decoder.h"

namespace abj::tracking {
namespace {

// While one of them runs: each reading is a write to a budget that others share.
constexpr Milliseconds again_after = std::chrono::minutes(5);

}  // namespace

WatchId CrossRegionTracker::follow_cross_region(const arm::VaultId& vault, Now now) {
  const WatchId watch = ++last_watch_;
  watches_[watch];
  std::string key = "cross-region " + vault.key();
  Reading& reading = cross_region_.try_emplace(key, Reading{.vault = vault}).first->second;
  const FeedId id = join(watch, Feed{.key = key, .url = arm::with_api_version(endpoint_.origin + vault.path(), "2024-04-01"), .is_other = true}, now);
  cross_region_watches_[watch] = std::move(key);
  // Backup vaults have cross-region jobs of another kind, which nobody has seen.
  if (vault.provider == arm::Provider::data_protection) {
    reading.is_unpaired = reading.is_listed = true;
    feeds_.at(id).next_at.reset();
  }
  return watch;
}

void CrossRegionTracker::unfollow(WatchId watch) {
  if (const auto at = cross_region_watches_.find(watch); at != cross_region_watches_.end()) {
    const std::string key = at->second;
    cross_region_watches_.erase(at);
    leave(watch, feed_by_key_.at(key));
    if (!feed_by_key_.contains(key)) cross_region_.erase(key);
  }
  ItemTracker::unfollow(watch);
}

void CrossRegionTracker::refresh(WatchId watch, Now now) {
  const auto at = cross_region_watches_.find(watch);
  if (at == cross_region_watches_.end()) return ItemTracker::refresh(watch, now);
  if (!cross_region_.at(at->second).is_unpaired) wake(feed_by_key_.at(at->second), now);
}

void CrossRegionTracker::go_on(Reading& reading, Feed& feed, Now now) {
  if (!reading.location.empty() && reading.region.empty()) {
    feed.url = arm::with_api_version(endpoint_.origin + "/subscriptions/" + arm::percent_encoded(reading.vault.subscription) + "/locations", "2022-12-01");
  } else if (!reading.region.empty()) {
    if (!reading.list) {
      auto list = JobList::open(endpoint_, reading.vault, {}, reading.region);
      if (list) reading.list = std::move(*list);
    }
    if (const auto request = reading.list ? reading.list->next() : std::nullopt) feed.url = request->url, feed.body = request->body;
  }
  ask_at(feed, now.monotonic);
}

std::optional<Error> CrossRegionTracker::take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) {
  const auto at = cross_region_.find(feed.key);
  if (at == cross_region_.end()) return ItemTracker::take_other(feed, response, asked_at, now);
  Reading& reading = at->second;
  ++feed.revision;
  if (reading.location.empty()) {
    auto vault = decode::decode_vault(response.body);
    if (!vault) return vault.error();
    reading.location = region_name(vault->location);
    reading.setting = std::move(vault->cross_region_restore);
    note_answer(feed, asked_at, now);
    // Where it is switched off there is nothing to pay for.
    if (equals_ignoring_case(reading.setting, "Disabled")) {
      reading.location.clear();
      reading.is_listed = true;
      return {};
    }
    return go_on(reading, feed, now), std::nullopt;
  }
  if (reading.region.empty()) {
    const auto regions = decode::decode_regions(response.body);
    if (!regions) return regions.error();
    const auto is_its = [&](const RegionPair& region) { return equals_ignoring_case(region.name, reading.location); };
    const auto found = std::find_if(regions->begin(), regions->end(), is_its);
    note_answer(feed, asked_at, now);
    if (found == regions->end() || !arm::is_segment(found->pair)) {
      reading.is_unpaired = reading.is_listed = true;
      return {};
    }
    reading.region = found->pair;
    return go_on(reading, feed, now), std::nullopt;
  }
  reading.list->take(response.body);
  auto jobs = reading.list->release();
  std::move(jobs.begin(), jobs.end(), std::back_inserter(reading.coming));
  // note_trouble() begins anew.
  if (reading.list->problem()) return *reading.list->problem();
  ++reading.requests;
  note_answer(feed, asked_at, now);
  if (!reading.list->is_complete()) return go_on(reading, feed, now), std::nullopt;
  reading.jobs = std::exchange(reading.coming, {});
  reading.list.reset();
  reading.is_listed = true;
  const bool runs = std::any_of(reading.jobs.begin(), reading.jobs.end(), [](const Job& job) { return !is_terminal(job.status.state); });
  go_on(reading, feed, now);
  feed.next_at.reset();
  if (runs) ask_at(feed, now.monotonic + again_after);
  return {};
}

// What comes after trouble is read from the beginning.
void CrossRegionTracker::note_trouble(const Feed& feed, std::optional<Milliseconds> wait, Now now) {
  const auto at = cross_region_.find(feed.key);
  if (at == cross_region_.end()) return ItemTracker::note_trouble(feed, wait, now);
  Reading& reading = at->second;
  // What was answered was a write all the same.
  if (!reading.region.empty() && feed.error && feed.error->http_status != 0) ++reading.requests;
  reading.coming.clear();
  reading.list.reset();
  Feed& own = feeds_.at(feed_by_key_.at(feed.key));
  const auto next = own.next_at;
  go_on(reading, own, now);
  own.next_at = next;
}

std::optional<CrossRegionView> CrossRegionTracker::cross_region_view(WatchId watch, Now now) const {
  const auto at = cross_region_watches_.find(watch);
  if (at == cross_region_watches_.end()) return {};
  const Reading& reading = cross_region_.at(at->second);
  const Feed& feed = feeds_.at(feed_by_key_.at(at->second));
  CrossRegionView view;
  view.vault = &reading.vault;
  view.contact = contact_of(feed, now);
  view.region = reading.region;
  view.is_listed = reading.is_listed;
  view.is_unpaired = reading.is_unpaired;
  view.setting = reading.setting;
  view.requests = reading.requests;
  view.jobs = &reading.jobs;
  view.revision = feed.revision;
  return view;
}

}  // namespace abj::tracking
