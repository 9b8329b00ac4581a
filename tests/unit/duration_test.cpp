#include "decode/duration.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace abj::decode {
namespace {

struct Case {
  std::string text;
  std::optional<std::int64_t> ticks;  // of 100 ns
};

constexpr std::int64_t s = 10'000'000;

TEST(Duration, ReadsTheFormsOfTheService) {
  const Case cases[] = {
      // The documentation page, and api-versions up to 2016-12-01.
      {"00:20:23.0896697", 20 * 60 * s + 230896697},
      {"00:00:00", 0},
      {"23:59:59", 86399 * s},
      {"00:00:05.5", 5 * s + 5000000},
      // Backup vaults' lists.
      {"1.02:03:04", (86400 + 2 * 3600 + 3 * 60 + 4) * s},
      {"1.02:03:04.0000000", (86400 + 2 * 3600 + 3 * 60 + 4) * s},
      {"-00:00:01", -s},
      // ISO 8601, 2017-07-01 on.
      {"PT20M23.0896697S", 20 * 60 * s + 230896697},
      {"PT9M9.9S", 549 * s + 9000000},
      {"PT9.9S", 9 * s + 9000000},
      {"PT9H9M9.9S", (9 * 3600 + 549) * s + 9000000},
      {"PT9H9.9S", (9 * 3600 + 9) * s + 9000000},
      {"PT0S", 0},
      {"PT9M", 540 * s},
      {"P9DT9H9M9.9S", (9 * 86400 + 9 * 3600 + 549) * s + 9000000},
      {"P1D", 86400 * s},
      {"P2W", 14 * 86400 * s},
      {"-PT1M9.9S", -(69 * s + 9000000)},
      {"-PT9.9S", -(9 * s + 9000000)},
      {"PT0.12345678S", 1234567},  // finer than a tick is cut
      {"PT90M", 5400 * s},         // units may be over their usual size
  };
  for (const auto& [text, expected] : cases) {
    const auto duration = parse_duration(text);
    ASSERT_TRUE(duration.has_value()) << text;
    EXPECT_EQ(duration->count(), *expected) << text;
  }
}

TEST(Duration, RefusesEverythingElse) {
  const std::string cases[] = {
      "", "-", "P", "PT", "-P", "-PT", "PT5", "P5", "5S", "PTS", "P1Y", "P1M", "PT1S1M", "PT1M1M", "P1DT", "PT1.5M", "PT1.S", "PT.5S", "--PT1S", "PT-1S", "pt1s",
      "PT1S ", " PT1S", "00:20", "00:20:23:01", "0:20:23", "00:2:23", "24:00:00", "00:60:00", "00:00:60", "00:00:00.", "1.2.03:04:05", "1.25:00:00", ".01:02:03", "abc", "1,5",
      "PT99999999999999999999S", "PT9223372036854775807S", "P9223372036854775807D", "99999999999999999999.00:00:00", "10675199999.00:00:00", std::string(400, '9'), "PT" + std::string(400, '9') + "S"};
  for (const auto& text : cases) EXPECT_FALSE(parse_duration(text).has_value()) << text;
}

TEST(Duration, LongestThatFits) {
  EXPECT_TRUE(parse_duration("PT922337203685S").has_value());
  EXPECT_FALSE(parse_duration("PT922337203686S").has_value());
}

}  // namespace
}  // namespace abj::decode
