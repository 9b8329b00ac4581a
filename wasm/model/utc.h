// Times as words, for what is sent.
#pragma once

#include <string>
#include <string_view>

#include "model/time.h"

namespace abj {

// A time of the years 0 to 9999, cut to the second, in UTC and on a clock of twenty-four hours, put into a pattern such as "0000-00-00T00:00:00Z":
// digits stand where that has them.
std::string utc_text(Instant at, std::string_view pattern);

}  // namespace abj
