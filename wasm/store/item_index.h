// Which jobs are of which item, and which have failed, kept as the table changes: what the pictures of items and of failures are made of.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "store/job_table.h"

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
  // The newest start first; those that say none last.
  const std::vector<RowId>& failures() const { return failures_; }

 private:
  void add(RowId row);
  void put_failures(std::vector<RowId> changed);
  std::uint32_t runs_for(RowId row);

  const JobTable& table_;
  std::vector<Runs> runs_;
  std::vector<std::uint32_t> of_row_;
  std::vector<char> is_backup_;
  std::vector<RowId> failures_;
  struct Kind {
    std::uint32_t runs;
    bool is_backup;
  };
  std::map<std::tuple<TextId, TextId, TextId, TextId>, Kind> kinds_;  // by vault, item, record and operation, which say it all
  std::map<std::pair<TextId, std::string>, std::uint32_t> by_key_;
  std::uint64_t seen_ = 0;
  std::uint32_t numbering_ = 0;
};

}  // namespace abj::store
