// Points in time as the service writes them (AZURE.md §3, §4.3.5, §4.3.11).
#pragma once

#include <optional>
#include <string_view>

#include "model/time.h"

namespace abj::decode {

// `unset` for the two sentinels, 0001-01-01T00:00:00 (no zone) and 2001-01-01T00:00:00Z, which mean "not yet".
struct Timestamp {
  bool unset = false;
  Instant instant{};
};

// Reads `yyyy-MM-ddTHH:mm:ss[.fffffff][Z|±hh:mm]`, any number of fractional digits (past the seventh they are cut); no zone means UTC.
// Nothing where the text is no such date.
std::optional<Timestamp> parse_timestamp(std::string_view text);

}  // namespace abj::decode
