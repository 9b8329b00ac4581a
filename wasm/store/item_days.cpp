#include "store/item_days.h"

#include <algorithm>
#include <charconv>

namespace abj::store {
namespace {

constexpr std::size_t most_days = 92;

}  // namespace

std::optional<std::size_t> Days::of(Instant at) const {
  const auto after = std::upper_bound(starts.begin(), starts.end(), at);
  if (after == starts.begin() || at >= end) return {};
  return static_cast<std::size_t>(after - starts.begin()) - 1;
}

Days even_days(int count, Instant end) {
  Days days{{}, end};
  for (int day = count; day > 0; --day) days.starts.push_back(end - std::chrono::hours(24) * day);
  return days;
}

Days days_in(std::string_view line, Instant end) {
  Days days{{}, end};
  const char* at = line.data();
  const char* const last = line.data() + line.size();
  while (at < last) {
    std::int64_t ms = 0;
    const auto [rest, problem] = std::from_chars(at, last, ms);
    const Instant start{Milliseconds(ms)};
    const bool follows = days.starts.empty() || days.starts.back() < start;
    // What no date of JavaScript's is cannot be counted in our ticks.
    if (problem != std::errc() || ms > 8'640'000'000'000'000 / 10 || ms < 0 || !follows || start >= end || days.starts.size() == most_days) return even_days(14, end);
    days.starts.push_back(start);
    at = rest;
    if (at < last && *at == ' ') ++at;
  }
  return days.starts.empty() ? even_days(14, end) : days;
}

}  // namespace abj::store
