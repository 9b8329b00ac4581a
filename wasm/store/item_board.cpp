#include "store/item_board.h"

#include <algorithm>
#include <map>
#include <utility>

#include "store/fold.h"

namespace abj::store {
namespace {

Instant instant(std::int64_t ticks) { return Instant(Duration(ticks)); }

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

ItemState judged(const Facts& facts, const BoardRow& row, std::string_view management, std::string_view workload, const VaultOfItems& vault) {
  if (row.item && row.item->is_deleted) return ItemState::deleted;
  if (vault.items && !row.item) return ItemState::gone;
  const Instant bound = judged_at(vault, facts.question.now) - row.limit;
  if (row.last_good && *row.last_good >= bound) return ItemState::fine;
  // What the service itself says of the item's last backup needs no job: none has even been tried since.
  if (row.item && row.item->last_backup && *row.item->last_backup < bound) return ItemState::overdue;
  if (row.candidates > 1) return ItemState::unjudged;
  // One that waits for its first backup has none, whoever would list it.
  const bool has_none = row.item && equals_ignoring_case(row.item->protection, "IRPending");
  if (!has_none && !are_listed(management, workload)) return ItemState::unjudged;
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

void put_kinds(const JobTable& table, const std::map<std::string_view, Kind>& kinds, std::vector<BoardKind>& found) {
  std::map<std::string, std::size_t> sorts;
  for (const auto& [name, kind] : kinds) {
    if (!name.empty()) found.push_back({std::string(name), false, kind.items});
    for (const auto& [operation, items] : kind.backups)
      if (!equals_ignoring_case(table.text(operation), "Backup")) sorts[std::string(table.text(operation))] += items;
  }
  for (const auto& [name, items] : sorts) found.push_back({name, true, items});
}

// The newest that runs, rather one that is told of.
std::optional<RowId> running_of(const Facts& facts, const Runs& runs) {
  std::optional<RowId> running;
  for (const RowId id : runs.rows) {
    if (!facts.index.is_backup(id) || is_terminal(facts.table.row(id).state)) continue;
    if (is_told(facts.question, id)) return id;
    if (!running) running = id;
  }
  return running;
}

// The oldest first.
std::vector<Outcome> days_of(const Facts& facts, const BoardRow& row, const VaultOfItems& vault) {
  const BoardQuestion& question = facts.question;
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
    const Row& job = facts.table.row(id);
    if (job.start == Row::no_time || instant(job.start) < question.days.starts.front()) break;
    const auto day = question.days.of(instant(job.start));
    if (!day || !facts.index.is_backup(id)) continue;
    Outcome& outcome = days[*day];
    const Outcome its = outcome_of(job, is_terminal(job.state) || is_told(question, id));
    const bool is_little = outcome == Outcome::untold || outcome == Outcome::cancelled;
    if (its == Outcome::running || outcome > Outcome::cancelled || (is_little && its != Outcome::untold)) outcome = its;
  }
  return days;
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

void ItemBoard::join(const std::vector<VaultOfItems>& vaults, std::uint32_t revision) {
  std::vector<std::pair<std::string, const void*>> given;
  for (const VaultOfItems& vault : vaults) given.emplace_back(vault.key, vault.items);
  if (given == vaults_ && revision == revision_ && index_.joins() == joins_) return;
  vaults_ = std::move(given);
  revision_ = revision;
  joins_ = index_.joins();
  known_.clear();
  for (const JoinedItem& item : joined_items(table_, index_, vaults)) {
    known_.push_back({.row = {item}, .name = folded(name_of_item(table_, item))});
    learn(known_.back());
  }
}

void ItemBoard::learn(Known& known) const {
  BoardRow& row = known.row;
  row.last.reset(), row.last_good.reset();
  if (row.runs) {
    known.learned = row.runs->revision;
    for (const RowId id : row.runs->rows) {
      const Row& job = table_.row(id);
      if (!index_.is_backup(id) || !is_terminal(job.state)) continue;
      if (!row.last) row.last = id;
      if (!is_good(job.state)) continue;
      row.last_good = instant(job.end != Row::no_time ? job.end : job.start);
      break;
    }
  }
  if (row.item) {
    if (row.item->last_backup && is_good_status(row.item->last_status) && (!row.last_good || *row.last_good < *row.item->last_backup)) row.last_good = row.item->last_backup;
    known.management = row.item->management_type, known.workload = row.item->workload_type;
  } else {
    Job newest = table_.shared(row.runs->rows.front());
    known.management = std::move(newest.management_type), known.workload = std::move(newest.workload_type);
    known.searched.clear();  // where that one ran is where it is found
  }
  row.kind = kind_of(known.management, known.workload);
}

bool ItemBoard::is_found(Known& known, const std::string& needle) const {
  const BoardRow& row = known.row;
  if (known.searched.empty()) {
    known.searched = known.name + '\n' + folded(place_of_item(table_, row));
    if (row.item) known.searched += '\n' + folded(row.item->policy) + '\n' + folded(row.item->id);
  }
  return known.searched.find(needle) != std::string::npos;
}

// What is worst first: never before long ago; beside what is fine, what failed last.
void ItemBoard::put_in_order(std::vector<std::uint32_t> found) {
  const auto has_failed = [&](const BoardRow& row) { return row.last && table_.row(*row.last).state == JobState::failed; };
  std::stable_sort(found.begin(), found.end(), [&](std::uint32_t left, std::uint32_t right) {
    const BoardRow &a = known_[left].row, &b = known_[right].row;
    if (a.state != b.state) return a.state < b.state;
    if (has_failed(a) != has_failed(b)) return has_failed(a);
    if (a.state != ItemState::fine && a.last_good != b.last_good) return a.last_good < b.last_good;
    return compare_names(known_[left].name, known_[right].name) < 0;
  });
  for (const std::uint32_t at : found) board_.rows.push_back(&known_[at].row);
}

const Board& ItemBoard::ask(const std::vector<VaultOfItems>& vaults, std::uint32_t revision, const BoardQuestion& question) {
  join(vaults, revision);
  const Facts facts{table_, index_, question};
  std::map<std::string_view, Kind> kinds;
  for (Known& known : known_) {
    BoardRow& row = known.row;
    if (row.runs && known.learned != row.runs->revision) learn(known);
    row.limit = limit_for(question.limits, known.management, known.workload, question.limit);
    row.lacking.reset();
    row.state = judged(facts, row, known.management, known.workload, vaults[row.vault]);
    if (row.state >= ItemState::gone) continue;
    Kind& kind = kinds[row.kind];
    ++kind.items;
    if (row.runs)
      for (const TextId operation : row.runs->backups) ++kind.backups[operation];
  }
  board_ = {};
  put_kinds(table_, kinds, board_.kinds);
  const std::string needle = folded(question.search);
  std::vector<std::uint32_t> found;
  for (Known& known : known_) {
    BoardRow& row = known.row;
    if (row.state < ItemState::gone) {
      judge_sorts(facts, row, kinds[row.kind], vaults[row.vault]);
      ++board_.counted;
      board_.overdue += row.state == ItemState::overdue;
      board_.unknown += row.state == ItemState::unread || row.state == ItemState::unjudged;
    }
    if (question.only_overdue && row.state != ItemState::overdue) continue;
    if (needle.empty() || is_found(known, needle)) found.push_back(static_cast<std::uint32_t>(&known - known_.data()));
  }
  put_in_order(std::move(found));
  return board_;
}

const JoinedItem* ItemBoard::find(const std::vector<VaultOfItems>& vaults, std::uint32_t revision, std::string_view key) {
  join(vaults, revision);
  const auto at = std::find_if(known_.begin(), known_.end(), [&](const Known& known) { return key_of(known.row, vaults) == key; });
  return at == known_.end() ? nullptr : &at->row;
}

RowDetail detail_of(const JobTable& table, const ItemIndex& index, const BoardRow& row, const VaultOfItems& vault, const BoardQuestion& question) {
  RowDetail detail;
  detail.days = days_of({table, index, question}, row, vault);
  if (!row.runs) return detail;
  detail.running = running_of({table, index, question}, *row.runs);
  detail.usual = usual_of(table, index, *row.runs);
  if (!detail.usual || detail.usual->median <= Duration::zero()) return detail;
  const Row& last = table.row(*row.last);
  if (is_good(last.state) && last.duration != Row::no_time) detail.strayed = static_cast<double>(last.duration) / static_cast<double>(detail.usual->median.count());
  return detail;
}

}  // namespace abj::store
