#include "tracking/item_tracker.h"

#include <algorithm>
#include <set>
#include <utility>

#include "arm/resource_graph.h"
#include "arm/url.h"
#include "decode/item_decoder.h"
#include "decode/job_size.h"

namespace abj::tracking {
namespace {

// Items come and go with people's work, and how they stand their jobs tell.
constexpr Milliseconds items_every = std::chrono::hours(1);

// Both lists exist in this version, and protected items at all since 2019-05-13 (ESTATE.md §1, §6).
std::string items_url(const arm::Endpoint& endpoint, const arm::VaultId& vault) {
  const bool is_backup_vault = vault.provider == arm::Provider::data_protection;
  return arm::with_api_version(endpoint.origin + vault.path() + (is_backup_vault ? "/backupInstances" : "/backupProtectedItems"), "2024-04-01");
}

}  // namespace

void ItemTracker::watch_began(WatchId watch, Now now) {
  const auto scope = scope_of(watch);
  if (!are_wanted_ || !scope) return;
  Kept& kept = items_[*scope];
  const auto& vault = watches_.at(watch).vault;
  // Somebody may be reading it already.
  if (!kept.feed) kept.list = vault ? Paged(items_url(endpoint_, *vault)) : Paged(graph_url(), arm::items_query());
  Feed feed{.key = vault ? "items " + vault->key() : "items", .url = kept.list.url(), .body = kept.list.body(), .is_other = true, .scope = *scope};
  kept.feed = join(watch, std::move(feed), now);
  if (!vault) feeds_.at(kept.feed).pot = graph_pot();
}

void ItemTracker::want_items(Now now) {
  if (std::exchange(are_wanted_, true)) return;
  std::vector<WatchId> watches;
  for (const auto& [watch, known] : watches_) watches.push_back(watch);
  for (const WatchId watch : watches) watch_began(watch, now);
}

void ItemTracker::unfollow(WatchId watch) {
  const auto scope = scope_of(watch);
  const auto at = scope ? items_.find(*scope) : items_.end();
  if (at != items_.end()) {
    leave(watch, at->second.feed);
    if (!feeds_.contains(at->second.feed)) items_.erase(at), ++revision_;
  }
  FleetTracker::unfollow(watch);
  // As the rows: of what nobody watches nothing is kept.
  if (kept_.empty()) sizes_.clear();
}

void ItemTracker::refresh(WatchId watch, Now now) {
  FleetTracker::refresh(watch, now);
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

void ItemTracker::said(const Feed& feed, const Job& job, Milliseconds asked_at) {
  FleetTracker::said(feed, job, asked_at);
  if (!job.detailed || kept_.empty()) return;
  if (const auto size = decode::size_in(job)) sizes_.note(feed.job->vault.key(), job.name, *size);
}

void ItemTracker::begin_again(Kept& kept, Feed& feed) {
  kept.list.begin_again(feed);
  kept.coming.clear();
}

void ItemTracker::sort_out(Kept& kept) {
  kept.by_vault.clear();
  for (const ProtectedItem& item : kept.items) {
    const auto under = arm::find_vault(item.id);
    if (!under) continue;
    auto& its = kept.by_vault[hash_ignoring_case(under->vault.path())];
    its.vault = under->vault;
    its.items.push_back(item);
  }
  kept.items.clear();
}

std::vector<VaultItems> ItemTracker::vault_items(Now now) const {
  std::vector<VaultItems> found;
  std::set<Hash> seen;
  static const std::vector<ProtectedItem> none;
  for (const auto& [watch, known] : watches_) {
    const auto scope = scope_of(watch);
    if (!scope || *scope == fleet || !seen.insert(*scope).second) continue;
    const auto view = vault_view(watch, now);
    VaultItems one{.vault = &*known.vault, .covered_from = view->covered_from, .covered_to = view->covered_to};
    if (const auto at = items_.find(*scope); at != items_.end()) {
      const Feed& feed = feeds_.at(at->second.feed);
      if (at->second.is_read) one.items = &at->second.items;
      if (feed.error) one.problem = &*feed.error;
    }
    found.push_back(one);
  }
  const auto all = std::find_if(watches_.begin(), watches_.end(), [&](const auto& entry) { return is_fleet(entry.first); });
  if (all == watches_.end()) return found;
  const auto view = vault_view(all->first, now);
  const auto at = items_.find(fleet);
  const Error* problem = at != items_.end() && feeds_.at(at->second.feed).error ? &*feeds_.at(at->second.feed).error : nullptr;
  const auto add = [&](Hash scope, const arm::VaultId& vault, const std::vector<ProtectedItem>& items) {
    if (!seen.insert(scope).second) return;
    // Resource Graph leaves out what its user may not read without a word, and the backup roles may not read the jobs of Backup vaults (ESTATE.md §5): where none was
    // told of, that says nothing.
    const bool is_told = vault.provider == arm::Provider::recovery_services || fleet_vaults().contains(scope);
    found.push_back({.vault = &vault, .covered_from = is_told ? view->covered_from : std::nullopt, .covered_to = view->covered_to, .items = at != items_.end() && at->second.is_read ? &items : nullptr, .problem = problem});
  };
  if (at != items_.end())
    for (const auto& [scope, its] : at->second.by_vault) add(scope, its.vault, its.items);
  for (const auto& [scope, vault] : fleet_vaults()) add(scope, vault, none);
  return found;
}

std::optional<Error> ItemTracker::take_other(Feed& feed, const arm::Response& response, Milliseconds asked_at, Now now) {
  Kept& kept = items_.at(feed.scope);
  auto page = decode::decode_item_page(response.body);
  if (!page) return begin_again(kept, feed), page.error();
  std::move(page->items.begin(), page->items.end(), std::back_inserter(kept.coming));
  const std::string& next = kept.list.body().empty() ? page->next_link : page->skip_token;
  if (!next.empty()) {
    if (auto error = kept.list.go_on(feed, endpoint_, next, kept.list.body().empty() ? std::string() : arm::items_query(next))) return begin_again(kept, feed), error;
    // A list that never comes to its end is no answer: it is asked for more and more seldom.
    ask_at(feed, now.monotonic);
    return {};
  }
  note_answer(feed, asked_at, now);
  // Where it says the same, those who look at the items go on looking at these; of the fleet's, only who compares all of them knows.
  const bool is_fleets = feed.scope == fleet;
  if (!std::exchange(kept.is_read, true) || is_fleets || kept.items != kept.coming) {
    ++revision_, ++feed.revision;
    kept.items = std::move(kept.coming);
    if (is_fleets) sort_out(kept);
  }
  begin_again(kept, feed);
  ask_at(feed, now.monotonic + items_every);
  return {};
}

}  // namespace abj::tracking
