// Every protected item with how it stands: the vaults' own lists of items, joined with their jobs as far as that is certain (ESTATE.md §2.3).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/protected_item.h"
#include "store/item_days.h"
#include "store/item_history.h"
#include "store/item_index.h"
#include "store/item_limits.h"

namespace abj::store {

// Of a day, or a run. On a day the newest run that has ended decides, unless one runs; what was cancelled, or ran and is told of no more, counts only where nothing else is.
enum class Outcome { good, warned, failed, running, untold, cancelled, absent, unread };
std::string_view name_of(Outcome outcome);

// See web/src/engine/picture_boundary.ts.
enum class ItemState { overdue, unread, unjudged, fine, gone, deleted };
std::string_view name_of(ItemState state);

// What is known of one vault besides its jobs.
struct VaultOfItems {
  std::string key;                          // in the table
  const std::vector<ProtectedItem>* items;  // null: its list was not read, and items are those that jobs name
  std::optional<Instant> covered_from;      // every job that the service lists since then, and up to the other, is in the table
  std::optional<Instant> covered_to{};
};

struct BoardQuestion {
  std::string search{};  // in names, places and policies; folded() decides
  Duration limit = std::chrono::hours(26);
  std::vector<KindLimit> limits{};  // of kinds of items in its place, and of sorts of backups besides
  Days days{};
  Instant now{};  // the service's
  bool only_overdue = false;
  std::function<bool(RowId)> is_told{};  // whether the service still lists a job that runs; none: all of them
};

struct BoardRow {
  std::size_t vault = 0;                // among those that were given
  const ProtectedItem* item = nullptr;  // null where only jobs tell of it
  const Runs* runs = nullptr;           // null where no job does
  std::size_t candidates = 1;           // items that its jobs may be of as well, itself included
  ItemState state = ItemState::unjudged;
  std::string kind{};                   // kind_of()
  Duration limit{};                     // that it is held to
  std::optional<std::size_t> lacking{}; // it is overdue for want of a backup of the sort that this one of the question's limits is of
  std::optional<Instant> last_good{};   // end of the last good backup
  std::optional<RowId> running{}, last{};  // the backup that runs, rather one that is told of; the last one that ended
  std::optional<Usual> usual{};
  std::optional<double> strayed{};      // a good last one's duration by the usual median
};

// That a limit may be given for.
struct BoardKind {
  std::string name;
  bool is_operation;
  std::size_t items;
};

struct Board {
  std::vector<BoardRow> rows;  // those that the question finds; what needs attention first
  std::size_t counted = 0;     // of all: neither deleted nor gone
  std::size_t overdue = 0;     // of these
  std::size_t unknown = 0;     // of these: neither that nor fine
  std::vector<BoardKind> kinds;  // of these: first of items, then of their backups other than plain ones
};

// Every item with its jobs, and nothing judged yet. `index` is up to date; pointers hold as the board's.
std::vector<BoardRow> joined_items(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults);
// The same for one item at all times.
std::string key_of(const BoardRow& row, const std::vector<VaultOfItems>& vaults);

// `index` is up to date. Pointers hold until the table, the index or the items change.
Board item_board(const JobTable& table, const ItemIndex& index, const std::vector<VaultOfItems>& vaults, const BoardQuestion& question);

// The oldest first.
std::vector<Outcome> days_of(const JobTable& table, const ItemIndex& index, const BoardRow& row, const VaultOfItems& vault, const BoardQuestion& question);

std::string_view name_of_item(const JobTable& table, const BoardRow& row);
// What tells it apart from others of its name: a server, a storage account or a resource group.
std::string place_of_item(const JobTable& table, const BoardRow& row);
// `is_told`: the service still lists it, or it has ended.
Outcome outcome_of(const Row& row, bool is_told = true);

}  // namespace abj::store
