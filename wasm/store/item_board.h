// Every protected item with how it stands.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/item_days.h"
#include "store/item_history.h"
#include "store/item_join.h"
#include "store/item_limits.h"

namespace abj::store {

// Of a day, or a run. On a day the newest run that has ended decides, unless one runs; what was cancelled, or ran and is told of no more, counts only where nothing else is.
enum class Outcome { good, warned, failed, running, untold, cancelled, absent, unread };
std::string_view name_of(Outcome outcome);

// See web/src/engine/picture_boundary.ts.
enum class ItemState { overdue, unread, unjudged, fine, gone, deleted };
std::string_view name_of(ItemState state);

struct BoardQuestion {
  std::string search{};  // in names, places and policies; folded() decides
  Duration limit = std::chrono::hours(26);
  std::vector<KindLimit> limits{};  // of kinds of items in its place, and of sorts of backups besides
  Days days{};
  Instant now{};  // the service's
  bool only_overdue = false;
  std::function<bool(RowId)> is_told{};  // whether the service still lists a job that runs; none: all of them
};

struct BoardRow : JoinedItem {
  ItemState state = ItemState::unjudged;
  std::string kind{};                   // kind_of()
  Duration limit{};                     // that it is held to
  std::optional<std::size_t> lacking{}; // it is overdue for want of a backup of the sort that this one of the question's limits is of
  std::optional<Instant> last_good{};   // end of the last good backup
  std::optional<RowId> last{};          // the last backup that ended
};

// What only who looks at a row wants to know.
struct RowDetail {
  std::optional<RowId> running{};   // the backup that runs, rather one that is told of
  std::optional<Usual> usual{};
  std::optional<double> strayed{};  // a good last one's duration by the usual median
  std::vector<Outcome> days{};      // the oldest first
};

// That a limit may be given for.
struct BoardKind {
  std::string name;
  bool is_operation;
  std::size_t items;
};

struct Board {
  std::vector<const BoardRow*> rows;  // those that the question finds; what needs attention first
  std::size_t counted = 0;     // of all: neither deleted nor gone
  std::size_t overdue = 0;     // of these
  std::size_t unknown = 0;     // of these: neither that nor fine
  std::vector<BoardKind> kinds;  // of these: first of items, then of their backups other than plain ones
};

// Answers questions one after another: what has not changed since the last one is not found out again.
class ItemBoard {
 public:
  // These have to live longer.
  ItemBoard(const JobTable& table, const ItemIndex& index) : table_(table), index_(index) {}

  // `index` is up to date; `revision` is another one where the vaults' items are others. What it answers holds until it is asked
  // anything again, find() included, and until the index or the items change.
  const Board& ask(const std::vector<VaultOfItems>& vaults, std::uint32_t revision, const BoardQuestion& question);

  // The item that has the key, by key_of(); null where there is none.
  const JoinedItem* find(const std::vector<VaultOfItems>& vaults, std::uint32_t revision, std::string_view key);

 private:
  struct Known {
    BoardRow row;
    std::string management{}, workload{};  // what sort of item it is
    std::string name{};                    // folded
    std::string searched{};                // folded: all that it may be found by; empty until somebody searches
    std::uint32_t learned = 0;             // the revision of its runs then
  };

  void join(const std::vector<VaultOfItems>& vaults, std::uint32_t revision);
  void learn(Known& known) const;
  bool is_found(Known& known, const std::string& needle) const;
  void put_in_order(std::vector<std::uint32_t> found);

  const JobTable& table_;
  const ItemIndex& index_;
  std::vector<Known> known_;
  Board board_;
  // What they were joined of.
  std::vector<std::pair<std::string, const void*>> vaults_;
  std::uint32_t revision_ = 0, joins_ = 0;
};

// `index` is up to date.
RowDetail detail_of(const JobTable& table, const ItemIndex& index, const BoardRow& row, const VaultOfItems& vault, const BoardQuestion& question);

// `is_told`: the service still lists it, or it has ended.
Outcome outcome_of(const Row& row, bool is_told = true);

}  // namespace abj::store
