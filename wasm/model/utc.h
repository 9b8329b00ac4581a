// Dates and times as the calendar has them, in UTC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.h"

namespace abj {

// Midnight of a date, where the calendar has it.
std::optional<std::chrono::sys_days> day_of_date(std::int64_t year, std::int64_t month, std::int64_t day);

// A time of the years 0 to 9999, cut to the second, in UTC and on a clock of twenty-four hours, put into a pattern such as "0000-00-00T00:00:00Z":
// digits stand where that has them.
std::string utc_text(Instant at, std::string_view pattern);

}  // namespace abj
