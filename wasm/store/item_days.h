// The days that an item's outcomes are told for. They are the reader's: where clocks change, one has 23 or 25 hours.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/time.h"

namespace abj::store {

// Each begins where the one before it ends; never none.
struct Days {
  std::vector<Instant> starts;
  Instant end;

  // Which of them it is in.
  std::optional<std::size_t> of(Instant at) const;
  Instant end_of(std::size_t day) const { return day + 1 < starts.size() ? starts[day + 1] : end; }
};

// So many days of 24 hours.
Days even_days(int count, Instant end);

// When each begins, in ms with blanks between, the oldest first. Where that is not so, the last fourteen of 24 hours.
Days days_in(std::string_view line, Instant end);

}  // namespace abj::store
