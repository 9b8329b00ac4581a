// Every job of the vaults that are watched, each once and compactly: times and words in columns, texts and records shared.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/job.h"
#include "model/text.h"
#include "store/job_store.h"
#include "store/row_index.h"
#include "store/tally.h"
#include "store/text_pool.h"

namespace abj::store {

// One job. Equal jobs are equal rows, since every text is in the pool once.
struct Row {
  static constexpr std::int64_t no_time = INT64_MIN;
  static constexpr std::uint8_t name_is_text = 1, activity_is_text = 2, id_is_whole = 4;

  std::int64_t start = no_time, end = no_time, duration = no_time;  // ticks of 100 ns
  Hash raw = 0;  // of the bytes it was read from; 0: not known
  // Both are GUIDs nearly always; else, by the flags, the pool's number of a text.
  std::array<unsigned char, 16> name{}, activity{};
  TextId vault = 0, id = 0, item = 0, operation = 0, type = 0, status = 0, record = 0, errors = 0, error_code = 0;
  std::uint32_t said = 0;  // when that was asked for, last: by the caller's clock, in tenths of a second
  JobState state = JobState::unknown;
  std::uint8_t flags = 0;
};

struct Put {
  RowId row;
  Change change;
  bool has_ended;  // it runs no more, and did or was not known before
};

class JobTable {
 public:
  // Puts in what the service now says of a job of the vault, which has a key of the caller's (arm::VaultId::key()). Tasks and everything else that only
  // a single read brings are not kept here. `raw`: a hash of the bytes it was read from. `asked_at`: what was asked for earlier than what is known changes
  // nothing, unless it is the job's end; and what has ended runs no more.
  Put put(std::string_view vault, const Job& job, Hash raw = 0, Milliseconds asked_at = {});
  // The service still says the same.
  void confirm(RowId row, Milliseconds asked_at);

  // The row that was read from these bytes; nothing where they are new.
  std::optional<RowId> find_raw(Hash raw) const;
  std::optional<RowId> find(std::string_view vault, std::string_view name) const;
  Job job(RowId row) const;
  // What it may share with others alone, in a fraction of the time: neither its name, its id and its times, nor its errors.
  Job shared(RowId row) const;
  Milliseconds said_at(RowId id) const { return Milliseconds(std::int64_t{row(id).said} * said_unit); }
  // A time as said_at() has it.
  static Milliseconds rounded(Milliseconds time) { return Milliseconds(time.count() / said_unit * said_unit); }
  const Row& row(RowId row) const { return chunks_[row / chunk][row % chunk]; }
  std::string_view text(TextId id) const { return texts_.text(id); }
  const TextPool& texts() const { return texts_; }
  std::string name(const Row& row) const;

  // Room for what views find out about the order of the table's texts, one for each column: they fill it in, so that the next view need not.
  static constexpr std::size_t text_columns = 5;
  std::vector<std::uint32_t>& ranks(std::size_t column) const { return ranks_[column]; }

  // All rows by their starts, the newest first; equal ones as they were added.
  const std::vector<RowId>& newest_first() const;

  // Gives back all that the vaults' jobs take. Rows get new numbers.
  void forget(const std::vector<std::string>& vaults);

  std::size_t size() const { return size_; }
  // All that it keeps, in bytes.
  std::size_t bytes() const;
  // Jobs in each state, by JobState.
  const std::array<std::uint32_t, 8>& counts() const { return counts_; }
  // Jobs whose first error has that code.
  std::uint32_t with_error(std::string_view code) const { return is_known(code) ? tally_.with_error(texts_.find(code)) : 0; }
  // Of the item's jobs that began on that day (day_of()), how many are in each state; null where none did.
  const DayTally* on_day(std::string_view vault, std::string_view item, std::int32_t day) const {
    return is_known(vault) && is_known(item) ? tally_.on_day(texts_.find(vault), texts_.find(item), day) : nullptr;
  }

  // Which rows were added or changed, for views: the journal from `since` on; nothing where rows have been renumbered, or it was too long ago.
  // journal_end() is where the next one will begin.
  std::optional<std::vector<RowId>> changed_since(std::uint64_t since) const;
  // Of these, jobs that ran and were seen to end.
  std::vector<RowId> ended_since(std::uint64_t since) const;
  // Another number whenever rows have got new numbers.
  std::uint32_t numbering() const { return numbering_; }
  std::uint64_t journal_end() const { return journal_begin_ + journal_.size(); }

 private:
  static constexpr std::size_t chunk = 1024;
  static constexpr std::int64_t said_unit = 100;  // milliseconds
  static constexpr std::size_t longest_journal = 4096;

  bool is_known(std::string_view text) const { return text.empty() || texts_.find(text) != 0; }
  Row& at(RowId row) { return chunks_[row / chunk][row % chunk]; }
  Row row_of(std::string_view vault, const Job& job);
  void note(RowId row, bool has_ended);
  void index(RowId row);
  Hash key_of(const Row& row) const;

  TextPool texts_;
  std::vector<std::unique_ptr<Row[]>> chunks_;
  std::size_t size_ = 0;
  RowIndex by_key_, by_raw_;
  std::array<std::uint32_t, 8> counts_{};
  Tally tally_;
  mutable std::vector<RowId> newest_first_;  // of the first rows; what was added later is put in when asked for
  static constexpr RowId ended = RowId{1} << 31;  // marks a row in the journal
  mutable std::array<std::vector<std::uint32_t>, text_columns> ranks_;
  std::vector<RowId> journal_;
  std::uint64_t journal_begin_ = 0;
  std::uint32_t numbering_ = 0;
};

}  // namespace abj::store
