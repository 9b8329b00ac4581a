// What the rows of a table add up to, kept as they change: by error, and by item and day.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/status.h"
#include "model/time.h"
#include "store/text_pool.h"

namespace abj::store {

struct Row;

// Jobs of an item that began on a day, by JobState.
struct DayTally {
  static constexpr std::int32_t no_day = INT32_MIN;
  TextId vault = 0, item = 0;
  std::int32_t day = no_day;  // since 1970-01-01, UTC
  std::array<std::uint16_t, 8> states{};
};

class Tally {
 public:
  // A row came (1) or went (-1).
  void count(const Row& row, int by);
  // Jobs whose first error has that code.
  std::uint32_t with_error(TextId code) const { return code < errors_.size() ? errors_[code] : 0; }
  // Null where none began then.
  const DayTally* on_day(TextId vault, TextId item, std::int32_t day) const;
  std::size_t bytes() const { return errors_.capacity() * sizeof(errors_[0]) + days_.capacity() * sizeof(DayTally); }

 private:
  std::size_t slot_of(TextId vault, TextId item, std::int32_t day) const;

  std::vector<std::uint32_t> errors_;  // by code
  std::vector<DayTally> days_;         // open addressing
  std::size_t day_count_ = 0;
};

// The day that a time is on, UTC.
std::int32_t day_of(std::int64_t ticks);

}  // namespace abj::store
