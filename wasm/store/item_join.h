// Which jobs are of which protected item: the vaults' own lists of items, joined with their jobs as far as that is certain (ESTATE.md §2.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/protected_item.h"
#include "store/item_index.h"

namespace abj::store {

// What is known of one vault besides its jobs.
struct VaultOfItems {
  std::string key;                          // in the table
  const std::vector<ProtectedItem>* items;  // null: its list was not read, and items are those that jobs name
  std::optional<Instant> covered_from;      // every job that the service lists since then, and up to the other, is in the table
  std::optional<Instant> covered_to{};
};

struct JoinedItem {
  std::size_t vault = 0;                // among those that were given
  const ProtectedItem* item = nullptr;  // null where only jobs tell of it
  const Runs* runs = nullptr;           // null where no job does
  std::size_t candidates = 1;           // items that its jobs may be of as well, itself included
};

// Every item with its jobs. `index` is up to date; pointers hold until ItemIndex::joins() or the items change.
std::vector<JoinedItem> joined_items(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults);
// The same for one item at all times.
std::string key_of(const JoinedItem& item, const std::vector<VaultOfItems>& vaults);

std::string_view name_of_item(const JobTable& table, const JoinedItem& item);
// What tells it apart from others of its name: a server, a storage account or a resource group.
std::string place_of_item(const JobTable& table, const JoinedItem& item);

}  // namespace abj::store
