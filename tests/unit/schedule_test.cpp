#include "tracking/schedule.h"

#include <gtest/gtest.h>

namespace abj::tracking {
namespace {

using std::chrono::seconds;

const Job job;

TEST(Backoff, GrowsFromFloorToCeiling) {
  const auto schedule = make_backoff_schedule({seconds(2), seconds(60)});
  Milliseconds last{};
  for (int answers = 1; answers < 50; ++answers) {
    const Milliseconds wait = schedule->next({.job = &job, .answers = answers}, 0.5);
    EXPECT_GE(wait, last);
    EXPECT_GE(wait, seconds(2));
    EXPECT_LE(wait, seconds(60));
    last = wait;
  }
  EXPECT_EQ(last, seconds(60));
}

TEST(Backoff, JitterIsFifteenPercentEitherWayWithinTheBounds) {
  const auto schedule = make_backoff_schedule({seconds(2), seconds(60)});
  EXPECT_EQ(schedule->next({.job = &job, .answers = 40}, 0.0), Milliseconds(51'000));
  EXPECT_EQ(schedule->next({.job = &job, .answers = 40}, 0.999999), seconds(60));
  EXPECT_EQ(schedule->next({.job = &job, .answers = 1}, 0.0), Milliseconds(4'250));
  EXPECT_EQ(schedule->next({.job = &job, .answers = 1}, 0.999999), Milliseconds(5'749));
}

TEST(Backoff, OperationsAreAskedSoonAndUnknownOnesSlowly) {
  const auto schedule = make_backoff_schedule({seconds(2), seconds(60)});
  EXPECT_EQ(schedule->next({.answers = 1}, 0.5), seconds(1));
  EXPECT_EQ(schedule->next({.answers = 20}, 0.5), seconds(15));
  EXPECT_EQ(schedule->next({.job = &job, .is_unknown = true, .answers = 40}, 0.5), seconds(120));
}

TEST(Backoff, HiddenPagesWaitFiveMinutes) {
  const auto schedule = make_backoff_schedule({seconds(2), seconds(60)});
  EXPECT_EQ(schedule->next({.job = &job, .answers = 1, .visible = false}, 0.5), hidden_wait);
  EXPECT_EQ(schedule->next({.answers = 1, .visible = false}, 0.5), hidden_wait);
}

TEST(Backoff, OddBoundsDoNoHarm) {
  const auto schedule = make_backoff_schedule({seconds(60), seconds(2)});
  EXPECT_EQ(schedule->next({.job = &job, .answers = 1}, 0.5), seconds(60));
}

TEST(Retry, IsExponentialWithFullJitterAndAFloor) {
  EXPECT_EQ(retry_wait(0, 0.0), Milliseconds(500));
  EXPECT_EQ(retry_wait(0, 0.999), Milliseconds(999));
  EXPECT_EQ(retry_wait(3, 0.5), Milliseconds(4000));
  EXPECT_EQ(retry_wait(1000, 0.5), Milliseconds(30'000));
  EXPECT_EQ(retry_wait(-5, 0.9), Milliseconds(900));
}

}  // namespace
}  // namespace abj::tracking
