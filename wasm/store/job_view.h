// A question to the table, answered and kept answered: which jobs, in which order, counted by what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/job_table.h"

namespace abj::store {

enum class Column { start, end, duration, status, operation, type, item, vault, error };

// What restricts nothing is empty. Words are compared without case (ASCII), the search by folded()'s.
struct Query {
  std::uint32_t states = 0;  // a bit for each JobState; 0: all
  std::string operation{};
  std::string type{};
  std::string item{};
  std::string vault{};
  std::string error{};  // a code
  std::optional<Instant> from{}, to{};  // began in
  std::string search{};  // found in item, resource id, or an error's code, title or message
  Column sort = Column::start;
  bool descending = true;
  bool counts_only = false;  // no rows, which would have to be kept in order: groups() alone
  std::optional<Column> group{};  // status, operation, type, item, vault or error: groups() counts by it
};

struct Group {
  std::string label;
  JobState state;  // where grouped by status
  std::uint32_t count;
};

class JobView {
 public:
  // The table has to live longer.
  JobView(const JobTable& table, Query query);

  // Takes in what has changed in the table since the last time. Whether the rows, their order or what they say are not the same any more.
  // `hold`: the rows and their order stay as they are while someone reads them; only what they say is new, and waiting() counts what is held back.
  bool refresh(bool hold = false);
  // Jobs that the query takes and that are not among the rows.
  std::size_t waiting() const { return waiting_; }
  // Jobs of the whole table that were seen to end between the last two times of refresh().
  const std::vector<RowId>& ended() const { return ended_; }

  // In the query's order; equal ones newest first, and then as they were added.
  const std::vector<RowId>& rows() const { return rows_; }
  // As of the last refresh() that was not held; the most first.
  std::vector<Group> groups() const;
  const Query& query() const { return query_; }

 private:
  class Filter;
  void rebuild();
  void put_in_order(std::vector<RowId>& rows, const std::vector<std::uint64_t>& keys) const;
  std::vector<RowId> find() const;
  std::vector<RowId> find_among(const std::vector<RowId>& candidates) const;
  std::size_t count_others() const;
  void update_ranks();
  std::uint64_t key(const Row& row) const;
  TextId word(const Row& row, Column column) const;
  bool before(RowId a, RowId b) const;
  void count(RowId id, bool is_there);

  const JobTable& table_;
  Query query_;
  std::vector<RowId> rows_;
  const std::vector<std::uint32_t>* ranks_ = nullptr;  // the table's, of the sorted column's texts
  std::vector<RowId> ended_;
  std::vector<std::uint32_t> grouped_;  // by row: as what it is counted, see count()
  std::vector<std::uint32_t> counts_;   // by that
  std::size_t waiting_ = 0;
  std::uint64_t seen_ = 0;  // of the table's journal: what the rows take in
  std::uint64_t told_ = 0;  // of the table's journal: until the last refresh()
  std::uint32_t numbering_ = 0;  // the table's, of the rows
  bool is_built_ = false;
};

}  // namespace abj::store
