// Time as the service writes it: exact to its own 100 ns ticks, never rounded on the way in.
#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>

namespace abj {

// A length of time in .NET ticks of 100 ns, the service's finest unit (AZURE.md §4.3.1, §4.3.11).
using Duration = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

// A point in UTC, in the same ticks since 1970-01-01T00:00:00Z. Covers the years 1 to 9999 and far beyond.
using Instant = std::chrono::sys_time<Duration>;

using Milliseconds = std::chrono::milliseconds;

// The caller's two clocks, passed in with every call: the core reads none itself.
// `monotonic` only ever grows and orders everything; `wall` is the client's clock and is not trusted (DESIGN.md, rule 11).
struct Now {
  Milliseconds monotonic{};
  Milliseconds wall{};  // since the Unix epoch
};

}  // namespace abj
