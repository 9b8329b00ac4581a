#include "model/utc.h"

namespace abj {

std::optional<std::chrono::sys_days> day_of_date(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < -9'999 || year > 9'999) return {};
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day)));
  const std::chrono::sys_days days(date);
  // The 31st of a month of thirty days is the first of the next. (date.ok() would bring a table of months.)
  return std::chrono::year_month_day(days) == date ? std::optional(days) : std::nullopt;
}

std::string utc_text(Instant at, std::string_view pattern) {
  using namespace std::chrono;
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(floor<seconds>(at - day));
  std::string text(pattern);
  // Each number by its last digit.
  const auto put = [&](std::size_t end, int value) {
    for (; value > 0; value /= 10) text[end--] = static_cast<char>('0' + value % 10);
  };
  put(3, static_cast<int>(date.year()) % 10'000);
  put(6, static_cast<int>(static_cast<unsigned>(date.month())));
  put(9, static_cast<int>(static_cast<unsigned>(date.day())));
  put(12, static_cast<int>(time.hours().count()));
  put(15, static_cast<int>(time.minutes().count()));
  put(18, static_cast<int>(time.seconds().count()));
  return text;
}

}  // namespace abj
