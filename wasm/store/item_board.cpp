#include "store/item_board.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "store/fold.h"

namespace abj::store {
namespace {

Instant instant(std::int64_t ticks) { return Instant(Duration(ticks)); }

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

// Whether the service lists the item's backups as jobs, so that none in the list is none at all: it does not list log backups of databases, agents report
// late, and blobs are protected without any job (ESTATE.md §2, AZURE.md §12).
bool are_listed(std::string_view management_type, std::string_view workload_type) {
  for (const std::string_view unlisted : {"AzureWorkload", "MAB", "DPM", "AzureBackupServer"})
    if (equals_ignoring_case(management_type, unlisted)) return false;
  return find_ignoring_case(workload_type, "/blobServices") == std::string_view::npos;
}

// Both vocabularies' words for a backup that is good (§2.1).
bool is_good_status(std::string_view status) { return equals_ignoring_case(status, "Completed") || equals_ignoring_case(status, "CompletedWithWarnings") || equals_ignoring_case(status, "Healthy"); }

bool are_listed(const ProtectedItem& item) { return are_listed(item.management_type, item.workload_type); }

// Where the list has not been read for so long, items are judged as of then: what was good does not turn bad because nobody looks any more.
constexpr Duration longest_silence = std::chrono::hours(1);
Instant judged_at(const VaultOfItems& vault, Instant now) { return vault.covered_to && *vault.covered_to < now - longest_silence ? *vault.covered_to : now; }

bool is_told(const BoardQuestion& question, RowId running) { return !question.is_told || question.is_told(running); }

struct Facts {
  const JobTable& table;
  const ItemIndex& index;
  const BoardQuestion& question;
};

void learn(const Facts& facts, BoardRow& row) {
  for (const RowId id : row.runs->rows) {
    if (!facts.index.is_backup(id)) continue;
    const Row& job = facts.table.row(id);
    if (!is_terminal(job.state)) {
      if (!row.running || (!is_told(facts.question, *row.running) && is_told(facts.question, id))) row.running = id;
      continue;
    }
    if (!row.last) row.last = id;
    if (!row.last_good && is_good(job.state)) row.last_good = instant(job.end != Row::no_time ? job.end : job.start);
  }
  row.usual = usual_of(facts.table, facts.index, *row.runs);
  if (!row.usual || row.usual->median <= Duration::zero()) return;
  const Row& last = facts.table.row(*row.last);
  if (is_good(last.state) && last.duration != Row::no_time) row.strayed = static_cast<double>(last.duration) / static_cast<double>(row.usual->median.count());
}

// Of an item, or of its newest job where no list tells of it.
struct Sort {
  std::string management, workload;
};

Sort sort_of(const JobTable& table, const BoardRow& row) {
  if (row.item) return {row.item->management_type, row.item->workload_type};
  if (!row.runs) return {};
  Job job = table.job(row.runs->rows.front());
  return {std::move(job.management_type), std::move(job.workload_type)};
}

ItemState judged(const Facts& facts, const BoardRow& row, const Sort& sort, const VaultOfItems& vault) {
  if (row.item && row.item->is_deleted) return ItemState::deleted;
  if (vault.items && !row.item) return ItemState::gone;
  const Instant bound = judged_at(vault, facts.question.now) - row.limit;
  if (row.last_good && *row.last_good >= bound) return ItemState::fine;
  // What the service itself says of the item's last backup needs no job: none has even been tried since.
  if (row.item && row.item->last_backup && *row.item->last_backup < bound) return ItemState::overdue;
  if (row.candidates > 1) return ItemState::unjudged;
  // One that waits for its first backup has none, whoever would list it.
  const bool has_none = row.item && equals_ignoring_case(row.item->protection, "IRPending");
  if (!has_none && !are_listed(sort.management, sort.workload)) return ItemState::unjudged;
  if (has_none || (vault.covered_from && *vault.covered_from <= bound)) return ItemState::overdue;
  return ItemState::unread;
}

// Of a kind of items, or of a sort of their backups: how many there are.
struct Kind {
  std::size_t items = 0;
  std::map<TextId, std::size_t> backups{};
};

// Whether one of the limits for a sort of backups makes it worse. They hold for kinds of items that are seen to have such backups at all: one item's may be too long ago
// to have been read.
void judge_sorts(const Facts& facts, BoardRow& row, const Kind& kind, const VaultOfItems& vault) {
  if (row.candidates > 1) return;
  for (std::size_t i = 0; i < facts.question.limits.size(); ++i) {
    const TextId operation = facts.table.texts().find(facts.question.limits[i].kind);
    if (operation == 0 || !kind.backups.contains(operation)) continue;
    const Instant bound = judged_at(vault, facts.question.now) - facts.question.limits[i].limit;
    const auto is_enough = [&](RowId id) {
      const Row& job = facts.table.row(id);
      return job.operation == operation && facts.index.is_backup(id) && is_good(job.state) && instant(job.end != Row::no_time ? job.end : job.start) >= bound;
    };
    if (row.runs && std::any_of(row.runs->rows.begin(), row.runs->rows.end(), is_enough)) continue;
    const ItemState state = vault.covered_from && *vault.covered_from <= bound ? ItemState::overdue : ItemState::unread;
    if (state >= row.state) continue;
    row.state = state;
    if (state == ItemState::overdue) row.lacking = i;
  }
}

void put_kinds(const JobTable& table, const std::map<std::string, Kind>& kinds, std::vector<BoardKind>& found) {
  std::map<std::string, std::size_t> sorts;
  for (const auto& [name, kind] : kinds) {
    if (!name.empty()) found.push_back({name, false, kind.items});
    for (const auto& [operation, items] : kind.backups)
      if (!equals_ignoring_case(table.text(operation), "Backup")) sorts[std::string(table.text(operation))] += items;
  }
  for (const auto& [name, items] : sorts) found.push_back({name, true, items});
}

bool is_found(const JobTable& table, const BoardRow& row, const std::string& needle) {
  if (needle.empty()) return true;
  const auto has = [&](std::string_view text) { return folded(text).find(needle) != std::string::npos; };
  return has(name_of_item(table, row)) || has(place_of_item(table, row)) || (row.item && (has(row.item->policy) || has(row.item->id)));
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  constexpr std::string_view names[] = {"good", "warned", "failed", "running", "untold", "cancelled", "absent", "unread"};
  return names[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(ItemState state) {
  constexpr std::string_view names[] = {"overdue", "unread", "unjudged", "fine", "gone", "deleted"};
  return names[static_cast<std::size_t>(state)];
}

Outcome outcome_of(const Row& row, bool is_told) {
  switch (row.state) {
    case JobState::completed: return Outcome::good;
    case JobState::completed_with_warnings: return Outcome::warned;
    case JobState::failed: return Outcome::failed;
    case JobState::cancelled: return Outcome::cancelled;
    // What we have no word for is no success (DESIGN.md, rule 4), and may go on.
    case JobState::unknown:
    case JobState::not_started:
    case JobState::in_progress:
    case JobState::cancelling: return is_told ? Outcome::running : Outcome::untold;
  }
  return Outcome::running;
}

std::string_view name_of_item(const JobTable& table, const BoardRow& row) {
  if (row.item && !row.item->name.empty()) return row.item->name;
  return row.item ? last_of(row.item->id) : table.text(row.runs->item);
}

std::string place_of_item(const JobTable& table, const BoardRow& row) {
  std::string container, server, account;
  if (row.item) container = row.item->container, server = row.item->server;
  else {
    const Job job = table.job(row.runs->rows.front());
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

std::vector<BoardRow> joined_items(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults) {
  std::map<std::pair<TextId, std::string_view>, const Runs*> runs_by_key;
  for (const Runs& runs : index.runs())
    if (!runs.rows.empty()) runs_by_key[{runs.vault, runs.key}] = &runs;
  std::set<const Runs*> joined;
  std::vector<BoardRow> rows;
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
      BoardRow row{.vault = v, .item = &item};
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

std::string key_of(const BoardRow& row, const std::vector<VaultOfItems>& vaults) { return vaults[row.vault].key + "/" + (row.item ? lower_cased(row.item->id) : row.runs->key); }

Board item_board(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults, const BoardQuestion& question) {
  const Facts facts{table, index, question};
  Board board;
  board.rows = joined_items(table, index, vaults);
  std::map<std::string, Kind> kinds;
  for (BoardRow& row : board.rows) {
    if (row.runs) learn(facts, row);
    if (row.item && row.item->last_backup && is_good_status(row.item->last_status) && (!row.last_good || *row.last_good < *row.item->last_backup)) row.last_good = row.item->last_backup;
    const Sort sort = sort_of(table, row);
    row.kind = kind_of(sort.management, sort.workload);
    row.limit = limit_for(question.limits, sort.management, sort.workload, question.limit);
    row.state = judged(facts, row, sort, vaults[row.vault]);
    if (row.state >= ItemState::gone) continue;
    Kind& kind = kinds[row.kind];
    ++kind.items;
    if (row.runs)
      for (const TextId operation : row.runs->backups) ++kind.backups[operation];
  }
  put_kinds(table, kinds, board.kinds);
  for (BoardRow& row : board.rows) {
    if (row.state >= ItemState::gone) continue;
    judge_sorts(facts, row, kinds[row.kind], vaults[row.vault]);
    ++board.counted;
    board.overdue += row.state == ItemState::overdue;
    board.unknown += row.state == ItemState::unread || row.state == ItemState::unjudged;
  }
  const std::string needle = folded(question.search);
  std::erase_if(board.rows, [&](const BoardRow& row) { return (question.only_overdue && row.state != ItemState::overdue) || !is_found(table, row, needle); });
  // What is worst first: never before long ago; beside what is fine, what failed last.
  const auto has_failed = [&](const BoardRow& row) { return row.last && table.row(*row.last).state == JobState::failed; };
  std::stable_sort(board.rows.begin(), board.rows.end(), [&](const BoardRow& a, const BoardRow& b) {
    if (a.state != b.state) return a.state < b.state;
    if (has_failed(a) != has_failed(b)) return has_failed(a);
    if (a.state != ItemState::fine && a.last_good != b.last_good) return a.last_good < b.last_good;
    return compare_names(folded(name_of_item(table, a)), folded(name_of_item(table, b))) < 0;
  });
  return board;
}

std::vector<Outcome> days_of(const JobTable& table, const ItemIndex& index, const BoardRow& row, const VaultOfItems& vault, const BoardQuestion& question) {
  std::vector<Outcome> days(question.days.starts.size(), Outcome::absent);
  const Instant known_to = judged_at(vault, question.now);
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (!vault.covered_from || question.days.starts[i] < *vault.covered_from || (known_to < question.now && question.days.end_of(i) > known_to)) days[i] = Outcome::unread;
  }
  if (!row.runs) {
    // Of jobs that are not listed, or may be another's, nothing is known: that is not none.
    if (row.candidates > 1 || (row.item && !are_listed(*row.item))) days.assign(days.size(), Outcome::unread);
    return days;
  }
  for (const RowId id : row.runs->rows) {
    const Row& job = table.row(id);
    if (job.start == Row::no_time || instant(job.start) < question.days.starts.front()) break;
    const auto day = question.days.of(instant(job.start));
    if (!day || !index.is_backup(id)) continue;
    Outcome& outcome = days[*day];
    const Outcome its = outcome_of(job, is_terminal(job.state) || is_told(question, id));
    if (outcome >= Outcome::untold || its == Outcome::running) outcome = its;
  }
  return days;
}

}  // namespace abj::store
