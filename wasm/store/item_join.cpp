#include "store/item_join.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace abj::store {
namespace {

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// The keys under which jobs may speak of an item; where it has a server also the one without, which is not certain.
std::vector<std::string> keys_of(const ProtectedItem& item) {
  if (find_ignoring_case(item.id, "/backupInstances/") != std::string_view::npos) return {"i" + lower_cased(item.id)};
  std::string_view container = item.container;
  if (container.starts_with(';')) container.remove_prefix(1);
  if (equals_ignoring_case(item.management_type, "AzureIaasVM")) return {"c" + lower_cased(container)};
  // Account names are the last part of the container's, "storage;{group};{account}", and unique in the world.
  if (equals_ignoring_case(item.management_type, "AzureStorage")) return {"s" + lower_cased(container.substr(container.rfind(';') + 1)) + ";" + lower_cased(item.name)};
  const bool is_database = equals_ignoring_case(item.management_type, "AzureWorkload");
  const auto key = [&](std::string_view server) { return is_database ? "d" + lower_cased(item.name) + ";" + lower_cased(server) : "n" + lower_cased(server) + ";" + lower_cased(item.name); };
  if (item.server.empty()) return {key("")};
  return {key(item.server), key("")};
}

}  // namespace

std::string_view name_of_item(const JobTable& table, const JoinedItem& row) {
  if (row.item && !row.item->name.empty()) return row.item->name;
  return row.item ? last_of(row.item->id) : table.text(row.runs->item);
}

std::string place_of_item(const JobTable& table, const JoinedItem& row) {
  std::string container, server, account;
  if (row.item) container = row.item->container, server = row.item->server;
  else {
    const Job job = table.shared(row.runs->rows.front());
    container = job.container_name, server = job.server_name, account = job.storage_account;
  }
  if (!server.empty()) return server;
  if (!account.empty()) return account;
  // "storage;{group};{account}", "iaasvmcontainerv2;{group};{machine}": of a share its account, of a machine its group.
  const auto last = container.rfind(';');
  if (last == std::string::npos || last == 0) return row.item ? std::string(last_of(row.item->source)) : std::string();
  if (row.item && equals_ignoring_case(row.item->management_type, "AzureStorage")) return container.substr(last + 1);
  const auto before = container.rfind(';', last - 1);
  return container.substr(before + 1, last - before - 1);
}

std::vector<JoinedItem> joined_items(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults) {
  std::map<std::pair<TextId, std::string_view>, const Runs*> runs_by_key;
  for (const Runs& runs : index.runs())
    if (!runs.rows.empty()) runs_by_key[{runs.vault, runs.key}] = &runs;
  std::set<const Runs*> joined;
  std::vector<JoinedItem> rows;
  for (std::size_t v = 0; v < vaults.size(); ++v) {
    const VaultOfItems& vault = vaults[v];
    const TextId word = table.texts().find(vault.key);
    if (!vault.items) continue;
    // How many items may be meant by a key that is not certain.
    std::map<std::string, std::size_t> claims;
    for (const ProtectedItem& item : *vault.items)
      if (!item.is_deleted)
        for (const std::string& key : keys_of(item)) ++claims[key];
    for (const ProtectedItem& item : *vault.items) {
      JoinedItem row{.vault = v, .item = &item};
      for (const std::string& key : keys_of(item)) {
        const auto at = word ? runs_by_key.find({word, key}) : runs_by_key.end();
        if (at == runs_by_key.end()) continue;
        const std::size_t claimed = claims[key];
        // What was deleted and is protected again is another item of the same name.
        if (item.is_deleted && claimed > 0) continue;
        joined.insert(at->second);
        if (claimed <= 1 && !row.runs) row.runs = at->second, row.candidates = 1;
        else if (!row.runs && !at->second->backups.empty()) row.candidates = std::max(row.candidates, claimed);
      }
      rows.push_back(std::move(row));
    }
  }
  // Items that only jobs tell of.
  for (const Runs& runs : index.runs()) {
    if (runs.rows.empty() || runs.backups.empty() || joined.contains(&runs)) continue;
    for (std::size_t v = 0; v < vaults.size(); ++v)
      if (table.texts().find(vaults[v].key) == runs.vault) rows.push_back({.vault = v, .runs = &runs});
  }
  return rows;
}

std::string key_of(const JoinedItem& row, const std::vector<VaultOfItems>& vaults) { return vaults[row.vault].key + "/" + (row.item ? lower_cased(row.item->id) : row.runs->key); }

}  // namespace abj::store
