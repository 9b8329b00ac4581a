// Which jobs are of which item, and which have failed, kept as the table changes: what the pictures of items and of failures are made of.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/job_table.h"
#include "store/row_index.h"

namespace abj::store {

// What a job says of its item, in a form in which items say it, too (ESTATE.md §2.3). Sorts of keys do not collide: each begins with a letter of its own.
// Of databases and agents a key may lack the server: more than one item may be meant by it then.
std::string item_key(const Job& job);

inline bool is_good(JobState state) { return state == JobState::completed || state == JobState::completed_with_warnings; }

// Backups alone make a good backup: neither what sets them up, nor restores.
bool is_backup(const Job& job);

struct Runs {
  TextId vault = 0;
  std::string key;
  TextId item = 0;         // as the newest of its jobs calls it
  std::vector<RowId> rows{};  // the newest start first
  std::vector<TextId> backups{};  // operations of these, each once, in the order of their first
  std::uint32_t revision = 0;     // another one whenever one of its jobs is another
};

class ItemIndex {
 public:
  // The table has to live longer.
  explicit ItemIndex(const JobTable& table) : table_(table) {}

  // Takes in what has changed in the table since the last time. Whether anything has.
  bool refresh();

  const std::vector<Runs>& runs() const { return runs_; }
  const Runs& runs_of(RowId row) const { return runs_[of_row_[row]]; }
  bool is_backup(RowId row) const { return is_backup_[row]; }
  // Another one whenever runs come or go, begin or cease to have jobs or backups, or are called otherwise; Runs stay where they are as long as it is the same.
  std::uint32_t joins() const { return joins_; }
  // The newest start first; those that say none last.
  const std::vector<RowId>& failures() const { return failures_; }

 private:
  // What rows' texts say of their item, and of what they are.
  struct Kind {
    std::array<TextId, 4> texts;  // vault, item, record and operation
    std::uint32_t runs;
    bool is_backup;
  };

  void add(RowId row);
  void note(const std::vector<std::uint32_t>& touched);
  // `changed`: in order, each once.
  void put_failures(const std::vector<RowId>& changed);
  const Kind& kind_of(const Row& row, RowId id);
  std::uint32_t runs_for(RowId row);

  const JobTable& table_;
  std::vector<Runs> runs_;
  std::vector<std::uint32_t> of_row_;
  std::vector<char> is_backup_;
  std::vector<RowId> failures_;
  // What of runs joins_ speaks of.
  struct Shape {
    TextId item = 0;
    std::size_t backups = 0;
    bool has_jobs = false;
    bool operator==(const Shape&) const = default;
  };
  std::vector<Shape> shapes_;  // of runs_
  std::uint32_t revision_ = 0, joins_ = 0;
  std::vector<Kind> kinds_;
  RowIndex by_texts_;  // places in kinds_
  std::map<std::pair<TextId, std::string>, std::uint32_t> by_key_;
  std::uint64_t seen_ = 0;
  std::uint32_t numbering_ = 0;
};

}  // namespace abj::store
