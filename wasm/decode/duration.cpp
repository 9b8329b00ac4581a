#include "decode/duration.h"

#include <limits>

#include "decode/digits.h"

namespace abj::decode {
namespace {

constexpr std::int64_t second = 10'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

// A sum of units that refuses to overflow. Kept positive; the sign is applied at the end.
class Sum {
 public:
  bool add(std::int64_t count, std::int64_t unit) {
    if (count > (std::numeric_limits<std::int64_t>::max() - ticks_) / unit) return false;
    ticks_ += count * unit;
    return true;
  }
  Duration signed_by(bool negative) const { return Duration(negative ? -ticks_ : ticks_); }

 private:
  std::int64_t ticks_ = 0;
};

// [d.]hh:mm:ss[.fffffff]
std::optional<Duration> parse_time_span(std::string_view text, bool negative) {
  Digits in(text);
  Sum sum;
  auto first = in.number();
  if (!first) return {};
  if (in.take('.')) {
    if (!sum.add(*first, day)) return {};
    first = in.number();
    if (!first) return {};
  }
  const bool hours_ok = in.last_width() == 2 && *first < 24;
  if (!hours_ok || !sum.add(*first, hour)) return {};
  for (const std::int64_t unit : {minute, second}) {
    if (!in.take(':')) return {};
    const auto count = in.number();
    if (!count || in.last_width() != 2 || *count > 59 || !sum.add(*count, unit)) return {};
  }
  if (in.take('.')) {
    const auto fraction = in.fraction_ticks();
    if (!fraction || !sum.add(*fraction, 1)) return {};
  }
  if (!in.at_end()) return {};
  return sum.signed_by(negative);
}

// PnDTnHnMn.nS, each part optional, at least one present; weeks (PnW) too.
std::optional<Duration> parse_iso(std::string_view text, bool negative) {
  Digits in(text);
  if (!in.take('P')) return {};
  struct Part {
    char letter;
    std::int64_t unit;
  };
  constexpr Part date_parts[] = {{'W', 7 * day}, {'D', day}};
  constexpr Part time_parts[] = {{'H', hour}, {'M', minute}, {'S', second}};
  Sum sum;
  bool in_time = false;
  bool any = false;
  std::size_t next = 0;
  while (!in.at_end()) {
    if (!in_time && in.take('T')) {
      in_time = true;
      next = 0;
      if (in.at_end()) return {};
    }
    const auto count = in.number();
    if (!count) return {};
    std::optional<std::int64_t> fraction;
    if (in.take('.')) {
      fraction = in.fraction_ticks();
      if (!fraction) return {};
    }
    const Part* parts = in_time ? time_parts : date_parts;
    const std::size_t size = in_time ? std::size(time_parts) : std::size(date_parts);
    while (next < size && !in.take(parts[next].letter)) ++next;
    if (next == size) return {};
    const std::int64_t unit = parts[next++].unit;
    if (fraction && unit != second) return {};
    if (!sum.add(*count, unit) || !sum.add(fraction.value_or(0), 1)) return {};
    any = true;
  }
  if (!any) return {};
  return sum.signed_by(negative);
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (!text.empty() && text.front() == 'P') return parse_iso(text, negative);
  return parse_time_span(text, negative);
}

}  // namespace abj::decode
