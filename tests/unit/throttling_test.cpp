#include "arm/throttling.h"

#include <gtest/gtest.h>

#include <string>

namespace abj::arm {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Milliseconds now = seconds(1'526'898'197);  // Mon, 21 May 2018 10:23:17 GMT

TEST(RetryAfter, SecondsDatesAndBounds) {
  struct Case {
    std::string text;
    Milliseconds wait;
  };
  const Case cases[] = {
      {"30", seconds(30)},
      {" 60 ", seconds(60)},
      {"0", seconds(1)},
      {"1", seconds(1)},
      {"3600", hours(1)},
      {"3601", hours(1)},
      {"999999999", hours(1)},
      {std::string(400, '9'), hours(1)},
      {"Mon, 21 May 2018 10:24:17 GMT", seconds(60)},
      {"Mon, 21 May 2018 10:23:17 GMT", seconds(1)},
      {"Mon, 21 May 2018 09:00:00 GMT", seconds(1)},  // past
      {"Wed, 31 Dec 9999 23:59:59 GMT", hours(1)},
  };
  for (const auto& [text, wait] : cases) EXPECT_EQ(parse_retry_after(text, now), wait) << text;
  for (const std::string text : {"", "-5", "+5", "1.5", "5 s", "soon", "0x10", "Mon, 32 May 2018 10:23:17 GMT", "Mon, 21 May 2018 25:23:17 GMT", "2018-05-21T10:23:17Z"})
    EXPECT_EQ(parse_retry_after(text, now), std::nullopt) << text;
}

TEST(HttpDate, OnlyThePreferredForm) {
  EXPECT_EQ(parse_http_date("Mon, 21 May 2018 10:23:17 GMT"), now);
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Milliseconds(0));
  for (const std::string text : {"Monday, 21-May-18 10:23:17 GMT", "Mon May 21 10:23:17 2018", "Mon, 21 Mai 2018 10:23:17 GMT", "Mon, 21 ayJ 2018 10:23:17 GMT", "Mon, 30 Feb 2018 10:23:17 GMT"})
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
}

TEST(ThrottleMessage, TellsActionLimitIntervalAndWait) {
  const auto found = parse_throttle_message(
      "Number of requests for action 'Microsoft.RecoveryServices/vaults/backupJobs/read' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '324' seconds.");
  EXPECT_EQ(found.action, "Microsoft.RecoveryServices/vaults/backupJobs/read");
  EXPECT_EQ(found.limit, 150);
  EXPECT_EQ(found.interval, Milliseconds(hours(1)));
  EXPECT_EQ(found.wait, Milliseconds(seconds(324)));
}

TEST(ThrottleMessage, OtherWords) {
  EXPECT_EQ(parse_throttle_message("… Please try again after '1' seconds after additional tokens are available …").wait, Milliseconds(seconds(1)));
  EXPECT_EQ(parse_throttle_message("Please try again after '0' seconds").wait, Milliseconds(seconds(1)));
  EXPECT_EQ(parse_throttle_message("Please try again after '99999999999999999999' seconds").wait, Milliseconds(hours(1)));
  for (const auto* text : {"", "try again after", "try again after '", "try again after 'x' seconds", "limit of ''", "time interval '1:0:0'", "try again after a while, said '5'"}) {
    const auto found = parse_throttle_message(text);
    EXPECT_EQ(found.wait, std::nullopt) << text;
    EXPECT_EQ(found.limit, std::nullopt) << text;
    EXPECT_EQ(found.interval, std::nullopt) << text;
  }
}

}  // namespace
}  // namespace abj::arm
