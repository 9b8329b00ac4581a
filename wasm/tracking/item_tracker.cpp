#include "tracking/item_tracker.h"

#include <algorithm>
#include <utility>

#include "arm/url.h"
#include "decode/item_decoder.h"

namespace abj::tracking {
namespace {

// Items come and go with people's work, and how they stand their jobs tell.
constexpr Milliseconds items_every = std::chrono::hours(1);
// More pages than any vault's items take; a list that pages on for ever is stopped here.
constexpr std::size_t most_pages = 500;

// Both lists exist in this version, and protected items at all since 2019-05-13 (ESTATE.md §1, §6).
std::string items_url(const arm::Endpoint& endpoint, const arm::VaultId& vault) {
  const bool is_backup_vault = vault.provider == arm::Provider::data_protection;
  return arm::with_api_version(endpoint.origin + vault.path() + (is_backup_vault ? "/backupInstances" : "/backupProtectedItems"), "2024-04-01");
}

}  // namespace

void ItemTracker::begin(WatchId watch, Hash scope, const arm::VaultId& vault, Now now) {
  Kept& kept = items_[scope];
  kept.first_url = items_url(endpoint_, vault);
  Feed feed{.key = "items " + vault.key(), .url = kept.first_url, .is_other = true, .scope = scope};
  kept.feed = join(watch, std::move(feed), now);
}

void ItemTracker::want_items(Now now) {
  if (std::exchange(are_wanted_, true)) return;
  for (const auto& [watch, known] : watches_)
    if (const auto scope = scope_of(watch)) begin(watch, *scope, *known.vault, now);
}

WatchId ItemTracker::follow_vault(const arm::VaultId& vault, Now now) {
  const WatchId watch = VaultTracker::follow_vault(vault, now);
  if (are_wanted_) begin(watch, *scope_of(watch), vault, now);
  return watch;
}

void ItemTracker::unfollow(WatchId watch) {
  const auto scope = scope_of(watch);
  const auto at = scope ? items_.find(*scope) : items_.end();
  if (at != items_.end()) {
    leave(watch, at->second.feed);
    if (!feeds_.contains(at->second.feed)) items_.erase(at), ++revision_;
  }
  VaultTracker::unfollow(watch);
}

void ItemTracker::refresh(WatchId watch, Now now) {
  VaultTracker::refresh(watch, now);
  const auto scope = scope_of(watch);
  const auto at = scope ? items_.find(*scope) : items_.end();
  // What could not be had before is what a user wants to be asked for again; the list itself is seldom another.
  if (at == items_.end()) return;
  Feed& feed = feeds_.at(at->second.feed);
  if (at->second.is_read && !feed.is_halted()) return;
  // The page that it halted at may be there no more.
  if (feed.is_halted()) begin_again(at->second, feed);
  wake(at->second.feed, now);
}

void ItemTracker::begin_again(Kept& kept, Feed& feed) {
  feed.url = kept.first_url;
  kept.coming.clear();
  kept.pages.clear();
}

std::vector<VaultItems> ItemTracker::vault_items(Now now) const {
  std::vector<VaultItems> found;
  std::set<Hash> seen;
  for (const auto& [watch, known] : watches_) {
    const auto scope = scope_of(watch);
    if (!scope || !seen.insert(*scope).second) continue;
    const auto view = vault_view(watch, now);
    VaultItems one{.vault = &*known.vault, .covered_from = view->covered_from, .covered_to = view->covered_to};
    if (const auto at = items_.find(*scope); at != items_.end()) {
      const Feed& feed = feeds_.at(at->second.feed);
      if (at->second.is_read) one.items = &at->second.items;
      if (feed.error) one.problem = &*feed.error;
    }
    found.push_back(one);
  }
  return found;
}

std::optional<Error> ItemTracker::take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) {
  Kept& kept = items_.at(feed.scope);
  auto page = decode::decode_item_page(response.body);
  if (!page) return begin_again(kept, feed), page.error();
  std::move(page->items.begin(), page->items.end(), std::back_inserter(kept.coming));
  if (!page->next_link.empty()) {
    // Only on the endpoint's own origin (DESIGN.md, rule 6), and nowhere twice.
    auto next = arm::pin(endpoint_, page->next_link);
    if (!next) return begin_again(kept, feed), next.error();
    kept.pages.insert(hash_of(feed.url));
    if (kept.pages.contains(hash_of(*next)) || kept.pages.size() >= most_pages) return begin_again(kept, feed), Error{ErrorCode::list_unending, "items"};
    // A list that never comes to its end is no answer: it is asked for more and more seldom.
    feed.url = std::move(*next);
    ask_at(feed, now.monotonic);
    return {};
  }
  note_answer(feed, asked_at, now);
  // Where it says the same, those who look at the items go on looking at these.
  if (!std::exchange(kept.is_read, true) || kept.items != kept.coming) {
    ++revision_, ++feed.revision;
    kept.items = std::move(kept.coming);
  }
  begin_again(kept, feed);
  ask_at(feed, now.monotonic + items_every);
  return {};
}

}  // namespace abj::tracking
