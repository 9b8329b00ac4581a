#include "store/item_index.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace abj::store {
namespace {

const std::string* other(const Job& job, std::string_view name) {
  for (const auto& property : job.other)
    if (property.path == name) return &property.value;
  return nullptr;
}

Hash hash_of_texts(const std::array<TextId, 4>& texts) { return hash_of({reinterpret_cast<const char*>(texts.data()), sizeof texts}); }

}  // namespace

bool is_backup(const Job& job) {
  if (const auto* category = other(job, "/properties/operationCategory")) return equals_ignoring_case(*category, "Backup");
  return find_ignoring_case(job.operation, "Backup") == 0;
}

std::string item_key(const Job& job) {
  if (const auto* instance = other(job, "/properties/backupInstanceId"); instance && !instance->empty()) return "i" + lower_cased(*instance);
  std::string_view container = job.container_name;
  // Old versions begin with it (§2.3).
  if (container.starts_with(';')) container.remove_prefix(1);
  if (!container.empty() && equals_ignoring_case(job.management_type, "AzureIaasVM")) return "c" + lower_cased(container);
  if (!job.storage_account.empty()) return "s" + lower_cased(job.storage_account) + ";" + lower_cased(job.item);
  if (!equals_ignoring_case(job.management_type, "AzureWorkload")) return "n" + lower_cased(job.server_name) + ";" + lower_cased(job.item);
  // "msdb [server]", "MSSQLSERVER/msdb [server]", or the database alone, which other servers may have, too.
  std::string_view database = trimmed(job.item), server;
  if (const auto open = database.rfind('['); open != std::string_view::npos && database.ends_with(']')) {
    server = database.substr(open + 1, database.size() - open - 2);
    database = trimmed(database.substr(0, open));
  }
  database.remove_prefix(database.rfind('/') + 1);
  return "d" + lower_cased(database) + ";" + lower_cased(server);
}

bool ItemIndex::refresh() {
  auto changed = numbering_ == table_.numbering() ? table_.changed_since(seen_) : std::nullopt;
  const bool is_first = of_row_.empty();
  seen_ = table_.journal_end();
  numbering_ = table_.numbering();
  if (changed && changed->empty()) return false;
  if (!changed || is_first) {
    runs_.clear();
    of_row_.assign(table_.size(), 0);
    is_backup_.assign(table_.size(), 0);
    kinds_.clear();
    by_texts_ = {};
    by_key_.clear();
    failures_.clear();
    shapes_.clear();
    ++joins_;
    for (const RowId row : table_.newest_first()) {
      const auto at = runs_for(row);
      if (runs_[at].rows.empty()) runs_[at].item = table_.row(row).item;
      runs_[at].rows.push_back(row);
      if (table_.row(row).state == JobState::failed) failures_.push_back(row);
    }
    std::vector<std::uint32_t> all(runs_.size());
    std::iota(all.begin(), all.end(), 0u);
    note(all);
    return true;
  }
  const auto known = static_cast<RowId>(of_row_.size());
  of_row_.resize(table_.size());
  is_backup_.resize(table_.size());
  // A start may have been corrected, and an item been named otherwise: all leave before the first comes back.
  std::sort(changed->begin(), changed->end());
  changed->erase(std::unique(changed->begin(), changed->end()), changed->end());
  std::vector<std::uint32_t> touched;
  for (const RowId row : *changed) {
    if (row >= known) continue;
    touched.push_back(of_row_[row]);
    std::erase(runs_[of_row_[row]].rows, row);
  }
  for (const RowId row : *changed) {
    add(row);
    touched.push_back(of_row_[row]);
  }
  note(touched);
  put_failures(*changed);
  return true;
}

void ItemIndex::note(const std::vector<std::uint32_t>& touched) {
  shapes_.resize(runs_.size());
  for (const std::uint32_t at : touched) {
    Runs& runs = runs_[at];
    runs.revision = ++revision_;
    const Shape shape{runs.item, runs.backups.size(), !runs.rows.empty()};
    joins_ += std::exchange(shapes_[at], shape) != shape;
  }
}

void ItemIndex::put_failures(const std::vector<RowId>& changed) {
  std::erase_if(failures_, [&](RowId row) { return std::binary_search(changed.begin(), changed.end(), row); });
  // As JobTable::newest_first() has them.
  const auto is_newer = [&](RowId a, RowId b) {
    const auto start_of_a = table_.row(a).start, start_of_b = table_.row(b).start;
    return start_of_a != start_of_b ? start_of_a > start_of_b : a < b;
  };
  for (const RowId row : changed)
    if (table_.row(row).state == JobState::failed) failures_.insert(std::lower_bound(failures_.begin(), failures_.end(), row, is_newer), row);
}

void ItemIndex::add(RowId row) {
  Runs& runs = runs_[runs_for(row)];
  const auto at = std::upper_bound(runs.rows.begin(), runs.rows.end(), table_.row(row).start, [&](std::int64_t start, RowId other) { return start > table_.row(other).start; });
  if (at == runs.rows.begin()) runs.item = table_.row(row).item;
  runs.rows.insert(at, row);
}

const ItemIndex::Kind& ItemIndex::kind_of(const Row& row, RowId id) {
  const std::array<TextId, 4> texts{row.vault, row.item, row.record, row.operation};
  const Hash hash = hash_of_texts(texts);
  if (const auto at = by_texts_.find(hash, [&](std::uint32_t kind) { return kinds_[kind].texts == texts; })) return kinds_[*at];
  const Job job = table_.shared(id);
  std::string key = item_key(job);
  const auto [at, is_first] = by_key_.try_emplace({row.vault, key}, static_cast<std::uint32_t>(runs_.size()));
  if (is_first) runs_.push_back({.vault = row.vault, .key = std::move(key), .item = row.item});
  kinds_.push_back({texts, at->second, store::is_backup(job)});
  const auto hash_of_kind = [](const void* kinds, std::uint32_t kind) { return hash_of_texts((*static_cast<const std::vector<Kind>*>(kinds))[kind].texts); };
  by_texts_.add(hash, static_cast<std::uint32_t>(kinds_.size() - 1), hash_of_kind, &kinds_);
  return kinds_.back();
}

std::uint32_t ItemIndex::runs_for(RowId id) {
  const Row& row = table_.row(id);
  const Kind& kind = kind_of(row, id);
  of_row_[id] = kind.runs;
  is_backup_[id] = kind.is_backup;
  // As ever were: of what a run was called before, too.
  auto& backups = runs_[kind.runs].backups;
  if (kind.is_backup && std::find(backups.begin(), backups.end(), row.operation) == backups.end()) backups.push_back(row.operation);
  return kind.runs;
}

}  // namespace abj::store
