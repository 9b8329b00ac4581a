#include "arm/throttling.h"

#include <algorithm>

#include "model/text.h"
#include "model/utc.h"

namespace abj::arm {
namespace {

// A run of digits; anything too long for an int saturates.
std::optional<std::int64_t> digits(std::string_view text) {
  if (text.empty()) return {};
  std::int64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return {};
    value = std::min<std::int64_t>(value * 10 + (c - '0'), 1'000'000'000);
  }
  return value;
}

Milliseconds bounded(std::int64_t seconds) {
  return std::clamp<Milliseconds>(std::chrono::seconds(seconds), shortest_wait, longest_wait);
}

// The text between single quotes after `mark`.
std::string_view quoted_after(std::string_view text, std::string_view mark) {
  const auto at = find_ignoring_case(text, mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  const auto open = text.find('\'');
  if (open == std::string_view::npos || open > 4) return {};
  text.remove_prefix(open + 1);
  const auto close = text.find('\'');
  return close == std::string_view::npos ? std::string_view() : text.substr(0, close);
}

}  // namespace

std::optional<Milliseconds> parse_http_date(std::string_view text) {
  using namespace std::chrono;
  // Only the preferred form of RFC 9110: "Mon, 21 May 2018 10:23:17 GMT".
  if (text.size() != 29 || text.substr(3, 2) != ", " || !text.ends_with(" GMT") || text[19] != ':' || text[22] != ':') return {};
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto month_at = months.find(text.substr(8, 3));
  const auto d = digits(text.substr(5, 2)), y = digits(text.substr(12, 4));
  const auto h = digits(text.substr(17, 2)), mi = digits(text.substr(20, 2)), s = digits(text.substr(23, 2));
  if (month_at == std::string_view::npos || month_at % 3 != 0 || !d || !y || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 60) return {};
  const auto date = day_of_date(*y, static_cast<std::int64_t>(month_at / 3 + 1), *d);
  if (!date) return {};
  return duration_cast<Milliseconds>(date->time_since_epoch() + hours(*h) + minutes(*mi) + seconds(*s));
}

std::optional<Milliseconds> parse_retry_after(std::string_view text, Milliseconds now) {
  text = trimmed(text);
  if (const auto seconds = digits(text)) return bounded(*seconds);
  if (const auto date = parse_http_date(text)) return std::clamp(*date - now, shortest_wait, longest_wait);
  return {};
}

Throttle parse_throttle_message(std::string_view message) {
  Throttle found;
  found.action = quoted_after(message, "for action");
  if (const auto limit = digits(quoted_after(message, "limit of"))) found.limit = static_cast<int>(*limit);
  const std::string_view interval = quoted_after(message, "time interval");
  if (interval.size() == 8 && interval[2] == ':' && interval[5] == ':') {
    const auto h = digits(interval.substr(0, 2)), m = digits(interval.substr(3, 2)), s = digits(interval.substr(6, 2));
    if (h && m && s) found.interval = std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*s);
  }
  if (const auto seconds = digits(quoted_after(message, "try again after"))) found.wait = bounded(*seconds);
  return found;
}

}  // namespace abj::arm
