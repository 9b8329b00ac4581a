// Durations in the three forms the service sends (AZURE.md §4.3.1, §12).
#pragma once

#include <optional>
#include <string_view>

#include "model/time.h"

namespace abj::decode {

// Reads .NET TimeSpan (`00:20:23.0896697`, `1.02:03:04`) and ISO 8601 (`PT9M9.9S`, `P9DT9H`, `-PT1M9.9S`), with up to
// seven fractional digits kept and further ones cut. Nothing for anything else, calendar units (years, months) and overflow included.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace abj::decode
