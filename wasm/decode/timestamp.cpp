#include "decode/timestamp.h"

#include "decode/digits.h"
#include "model/utc.h"

namespace abj::decode {

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  using namespace std::chrono;
  Digits in(text);
  const auto y = in.number(4);
  if (!y || !in.take('-')) return {};
  const auto mo = in.number(2);
  if (!mo || !in.take('-')) return {};
  const auto d = in.number(2);
  if (!d || !in.take('T')) return {};
  const auto h = in.number(2);
  if (!h || !in.take(':')) return {};
  const auto mi = in.number(2);
  if (!mi || !in.take(':')) return {};
  const auto s = in.number(2);
  if (!s || *h > 23 || *mi > 59 || *s > 59) return {};
  std::int64_t fraction = 0;
  if (in.take('.')) {
    const auto ticks = in.fraction_ticks();
    if (!ticks) return {};
    fraction = *ticks;
  }
  std::int64_t offset_minutes = 0;
  if (!in.take('Z')) {
    const bool east = in.take('+');
    if (east || in.take('-')) {
      const auto oh = in.number(2);
      if (!oh || !in.take(':')) return {};
      const auto om = in.number(2);
      if (!om || *oh > 14 || *om > 59) return {};
      offset_minutes = (*oh * 60 + *om) * (east ? 1 : -1);
    }
  }
  if (!in.at_end()) return {};

  const auto date = day_of_date(*y, *mo, *d);
  if (!date || *y < 1) return {};
  const Instant instant = Instant(*date) + hours(*h) + minutes(*mi - offset_minutes) + seconds(*s) + Duration(fraction);

  const bool midnight = *h == 0 && *mi == 0 && *s == 0 && fraction == 0;
  const bool first_of_january = *mo == 1 && *d == 1 && midnight;
  return Timestamp{first_of_january && (*y == 1 || *y == 2001), instant};
}

}  // namespace abj::decode
