#include "tracking/schedule.h"

#include <gtest/gtest.h>

namespace abj::tracking {
namespace {

using std::chrono::seconds;

using std::chrono::minutes;

Job job_of(std::string operation, std::string item = {}) {
  Job job;
  job.job_type = "AzureIaaSVMJob";
  job.operation = std::move(operation);
  job.item = std::move(item);
  return job;
}

Job ended(std::string operation, Duration length, std::string item = {}) {
  Job job = job_of(std::move(operation), std::move(item));
  job.duration = length;
  return job;
}

PollFacts facts(const Job& job, Milliseconds elapsed) { return {.jobs = {{&job, elapsed}}, .answers = 1}; }

TEST(Adaptive, WithoutHistoryPollsSpreadOutFromFloorToCeiling) {
  const auto schedule = make_adaptive_schedule({});
  const Job job = job_of("Backup");
  Milliseconds elapsed{}, last{};
  for (int polls = 0; polls < 60; ++polls) {
    const Milliseconds wait = schedule->next(facts(job, elapsed), 0);
    EXPECT_GE(wait, last);
    EXPECT_GE(wait, seconds(2));
    EXPECT_LE(wait, minutes(2));
    last = wait;
    elapsed += wait;
  }
  EXPECT_GT(last, seconds(30));
  EXPECT_LT(schedule->next(facts(job, {}), 0), seconds(15)) << "most operations are short";
}

TEST(Adaptive, PollsJustAfterTheMomentWhenSuchJobsEnd) {
  const auto schedule = make_adaptive_schedule({});
  for (int i = 0; i < 20; ++i) schedule->ended(ended("Backup", seconds(300) + std::chrono::milliseconds(100 * i)));
  const Job job = job_of("Backup");
  Milliseconds elapsed{};
  int polls = 0;
  while (elapsed < Milliseconds(301'950)) elapsed += schedule->next(facts(job, elapsed), 0.5), ++polls;
  EXPECT_LE(elapsed, seconds(310));
  EXPECT_LE(polls, 6) << "300 s in steps of at most 120, and one or two that a rare early end is worth";
}

TEST(Adaptive, EndsOnAGridArePolledOnThatGrid) {
  const auto schedule = make_adaptive_schedule({.ceiling = minutes(10)});
  for (int i = 0; i < 40; ++i) schedule->ended(ended("Backup", seconds(75 + 300 * (3 + i % 5)) + std::chrono::milliseconds(37 * i)));
  const Job job = job_of("Backup");
  Milliseconds elapsed = seconds(990);
  int polls = 0;
  while (elapsed < seconds(2100)) {
    elapsed += schedule->next(facts(job, elapsed), 0);
    ++polls;
    EXPECT_LT((elapsed - seconds(75)) % seconds(300), seconds(15)) << elapsed.count();
  }
  EXPECT_LE(polls, 8);
}

TEST(Adaptive, AnItemsOwnRunsCountBeforeThoseOfOthers) {
  const auto schedule = make_adaptive_schedule({.ceiling = minutes(10)});
  for (int i = 0; i < 50; ++i) schedule->ended(ended("Backup", seconds(100 + i % 3), "other"));
  for (int i = 0; i < 10; ++i) schedule->ended(ended("Backup", seconds(3000 + i), "slow"));
  const Job slow = job_of("Backup", "slow"), stranger = job_of("Backup", "stranger");
  const auto own = schedule->forecast({&slow, seconds(500)});
  ASSERT_TRUE(own);
  EXPECT_GT(own->low, seconds(2400));
  EXPECT_LT(own->high, seconds(2600));
  const auto others = schedule->forecast({&stranger, seconds(10)});
  ASSERT_TRUE(others);
  EXPECT_LT(others->middle, seconds(150)) << "most of them were short";
}

TEST(Adaptive, ForecastsNothingFromTooLittle) {
  const auto schedule = make_adaptive_schedule({});
  const Job job = job_of("Backup");
  EXPECT_FALSE(schedule->forecast({&job, seconds(1)}));
  for (int i = 0; i < 4; ++i) schedule->ended(ended("Backup", minutes(40)));
  EXPECT_FALSE(schedule->forecast({&job, seconds(1)}));
  schedule->ended(ended("Backup", minutes(41)));
  EXPECT_TRUE(schedule->forecast({&job, seconds(1)}));
  EXPECT_FALSE(schedule->forecast({&job, minutes(50)})) << "longer than every earlier run";
  const Job restore = job_of("Restore");
  EXPECT_FALSE(schedule->forecast({&restore, seconds(1)}));
}

TEST(Adaptive, ALongListIsAskedForLessOften) {
  const auto schedule = make_adaptive_schedule({});
  for (int i = 0; i < 50; ++i) schedule->ended(ended("Backup", minutes(40) + seconds(13 * i)));
  const Job job = job_of("Backup");
  std::vector<RunningJob> jobs(500, {&job, minutes(42)});
  const auto one_page = schedule->next({.jobs = jobs, .answers = 1}, 0);
  const auto ten_pages = schedule->next({.jobs = jobs, .answers = 1, .requests = 10}, 0);
  EXPECT_GT(ten_pages, one_page);
}

TEST(Adaptive, OperationsAreAskedSoonAndUnknownStatusesSlowly) {
  const auto schedule = make_adaptive_schedule({.ceiling = minutes(1)});
  EXPECT_EQ(schedule->next({.answers = 1}, 0.5), seconds(1));
  EXPECT_EQ(schedule->next({.answers = 20}, 0.5), seconds(15));
  const Job job = job_of("Backup");
  PollFacts unknown = facts(job, std::chrono::hours(20));
  const auto known_wait = schedule->next(unknown, 0);
  unknown.is_unknown = true;
  EXPECT_NEAR(static_cast<double>(schedule->next(unknown, 0).count()), 2.0 * static_cast<double>(known_wait.count()), 2);
}

TEST(Adaptive, WhatIsBeingCancelledIsAskedForSoonHoweverLongSuchJobsTake) {
  const auto schedule = make_adaptive_schedule({});
  for (int i = 0; i < 30; ++i) schedule->ended(ended("Backup", std::chrono::hours(3) + seconds(i)));
  Job job = job_of("Backup");
  EXPECT_GT(schedule->next(facts(job, minutes(30)), 0), minutes(1));
  job.status = to_job_status("Cancelling");
  EXPECT_LT(schedule->next(facts(job, minutes(30)), 0), seconds(20));
}

TEST(Adaptive, HiddenPagesWaitFiveMinutes) {
  const auto schedule = make_adaptive_schedule({});
  const Job job = job_of("Backup");
  PollFacts hidden = facts(job, seconds(1));
  hidden.visible = false;
  EXPECT_GE(schedule->next(hidden, 0), hidden_wait);
  EXPECT_EQ(schedule->next({.answers = 1, .visible = false}, 0.5), hidden_wait);
}

TEST(Adaptive, OddBoundsDoNoHarm) {
  const auto schedule = make_adaptive_schedule({seconds(60), seconds(2)});
  const Job job = job_of("Backup");
  EXPECT_EQ(schedule->next(facts(job, {}), 0.5), seconds(60));
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
