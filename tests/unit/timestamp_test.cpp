#include "decode/timestamp.h"

#include <gtest/gtest.h>

#include <string>

namespace abj::decode {
namespace {

std::int64_t ticks_of(std::string_view text) {
  const auto stamp = parse_timestamp(text);
  EXPECT_TRUE(stamp.has_value()) << text;
  return stamp ? stamp->instant.time_since_epoch().count() : -1;
}

TEST(Timestamp, ReadsNoneToSevenFractionalDigits) {
  constexpr std::int64_t whole = 1'526'891'740 * 10'000'000LL;  // 2018-05-21T08:35:40Z
  EXPECT_EQ(ticks_of("2018-05-21T08:35:40Z"), whole);
  const std::string digits = "9488967";
  std::int64_t fraction = 0;
  std::int64_t scale = 1'000'000;
  for (std::size_t count = 1; count <= digits.size(); ++count, scale /= 10) {
    fraction += (digits[count - 1] - '0') * scale;
    EXPECT_EQ(ticks_of("2018-05-21T08:35:40." + digits.substr(0, count) + "Z"), whole + fraction) << count;
  }
  EXPECT_EQ(ticks_of("2018-05-21T08:35:40.948896799Z"), whole + 9488967);
}

TEST(Timestamp, Zones) {
  EXPECT_EQ(ticks_of("2018-05-21T08:35:40"), ticks_of("2018-05-21T08:35:40Z"));
  EXPECT_EQ(ticks_of("2018-05-21T10:35:40+02:00"), ticks_of("2018-05-21T08:35:40Z"));
  EXPECT_EQ(ticks_of("2018-05-21T03:05:40-05:30"), ticks_of("2018-05-21T08:35:40Z"));
  EXPECT_EQ(ticks_of("1970-01-01T00:00:00Z"), 0);
  EXPECT_LT(ticks_of("1969-12-31T23:59:59Z"), 0);
  EXPECT_EQ(ticks_of("2024-02-29T00:00:00Z"), 1'709'164'800 * 10'000'000LL);
}

TEST(Timestamp, SentinelsMeanNotYet) {
  for (const auto* text : {"0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z", "2001-01-01T00:00:00Z"}) {
    const auto stamp = parse_timestamp(text);
    ASSERT_TRUE(stamp.has_value()) << text;
    EXPECT_TRUE(stamp->unset) << text;
  }
  for (const auto* text : {"2001-01-01T00:00:01Z", "2001-01-02T00:00:00Z", "2001-01-01T00:00:00.1Z"}) EXPECT_FALSE(parse_timestamp(text)->unset) << text;
}

TEST(Timestamp, RefusesEverythingElse) {
  for (const auto* text : {"", "2018", "2018-05-21", "2018-05-21 08:35:40Z", "2018-5-21T08:35:40Z", "2018-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2018-13-01T00:00:00Z", "0000-01-01T00:00:00Z",
                           "2018-05-21T24:00:00Z", "2018-05-21T08:60:00Z", "2018-05-21T08:35:60Z", "2018-05-21T08:35:40.Z", "2018-05-21T08:35:40ZZ", "2018-05-21T08:35:40+15:00", "2018-05-21T08:35:40+0200",
                           "8/16/2026 8:03:31 AM", "20185-05-21T08:35:40Z", "2018-05-21T08:35:40z"})
    EXPECT_FALSE(parse_timestamp(text).has_value()) << text;
}

}  // namespace
}  // namespace abj::decode
