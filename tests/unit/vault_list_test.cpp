// Several jobs of one vault: followed by the vault's list.
#include <gtest/gtest.h>

#include <algorithm>

#include "driver.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;

std::string name_of_job(int index) { return "0000000" + std::to_string(index % 10) + "-aaaa-bbbb-cccc-" + std::to_string(100'000'000'000 + index); }
std::string path_of_job(int index) { return std::string(test::vault_path) + "/backupJobs/" + name_of_job(index); }

// A job as a list has it; with details where `tasks`.
std::string listed(int index, std::string_view status, std::string_view duration = "PT1M", bool tasks = false) {
  return R"({"id":")" + path_of_job(index) + R"(","name":")" + name_of_job(index) + R"(","properties":{"jobType":"AzureIaaSVMJob","operation":"Backup","entityFriendlyName":"vm-)" + std::to_string(index) +
         R"(","startTime":"2026-11-20T10:00:00Z","duration":")" + std::string(duration) + R"(","status":")" + std::string(status) + R"(")" +
         (tasks ? R"(,"extendedInfo":{"tasksList":[{"taskId":"Take Snapshot","status":"InProgress"}]})" : "") + "}}";
}

std::string page(const std::vector<std::string>& jobs, std::string_view next = {}) {
  std::string text = R"({"value":[)";
  for (std::size_t i = 0; i < jobs.size(); ++i) text += (i ? "," : "") + jobs[i];
  return text + "]" + (next.empty() ? "" : R"(,"nextLink":")" + std::string(next) + R"(")") + "}";
}

bool is_list(const arm::Request& request) { return request.url.find("/backupJobs?") != std::string::npos; }
int lists(const std::vector<arm::Request>& requests) { return static_cast<int>(std::count_if(requests.begin(), requests.end(), is_list)); }

// Answers every open request: jobs one by one with details, lists with `jobs`.
void answer_all(Driver& driver, const std::vector<std::string>& jobs, std::string_view status = "InProgress") {
  while (!driver.open.empty()) {
    const auto& url = driver.open.front().url;
    if (is_list(driver.open.front())) {
      driver.answer(200, page(jobs));
      continue;
    }
    int index = 0;
    while (url.find(name_of_job(index)) == std::string::npos) ++index;
    driver.answer(200, listed(index, status, "PT1M", true));
  }
}

TEST(VaultList, OneJobNeedsNone) {
  Driver driver;
  driver.follow(path_of_job(1));
  answer_all(driver, {});
  for (int i = 0; i < 20; ++i) {
    driver.sleep();
    EXPECT_EQ(lists(driver.open), 0);
    answer_all(driver, {});
  }
}

TEST(VaultList, FromTheSecondJobOnOneListTellsOfBothAndOfTheirEnds) {
  Driver driver;
  const WatchId a = driver.follow(path_of_job(1)), b = driver.follow(path_of_job(2));
  for (int i = 0; i < 2; ++i) driver.answer(200, listed(i + 1, "InProgress", "PT1M", true));
  driver.step();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_TRUE(is_list(driver.open[0]));
  EXPECT_NE(driver.open[0].url.find("startTime"), std::string::npos) << "the window begins with the oldest running start";
  EXPECT_EQ(driver.open[0].url.find("status"), std::string::npos) << "without a status filter, or ends would not be seen";
  EXPECT_EQ(driver.open[0].url.find("endTime"), std::string::npos) << "the newest window has no end";
  driver.answer(200, page({listed(1, "Completed", "PT2M"), listed(2, "InProgress", "PT2M")}));
  EXPECT_EQ(driver.view(a).stage, Stage::ended_jobs);
  EXPECT_EQ(driver.view(b).stage, Stage::jobs);
  EXPECT_EQ(driver.view(b).jobs[0].job->duration, Duration(2min));
  EXPECT_EQ(driver.view(b).jobs[0].job->tasks.size(), 1u) << "what only a single read brings stays shown";
}

TEST(VaultList, AnEndedJobThatIsLookedAtIsReadOnceMoreAndNeverAgain) {
  Driver driver;
  driver.follow(path_of_job(1)), driver.follow(path_of_job(2)), driver.follow(path_of_job(3));
  for (int i = 1; i <= 3; ++i) driver.answer(200, listed(i, "InProgress", "PT1M", true));
  driver.step();
  driver.answer(200, page({listed(1, "Failed", "PT2M"), listed(2, "InProgress", "PT2M"), listed(3, "InProgress")}));
  int reads = 0;
  for (int i = 0; i < 200 && driver.wake; ++i) {
    for (const auto& request : driver.open) reads += request.url.find(name_of_job(1)) != std::string::npos;
    while (!driver.open.empty()) {
      if (is_list(driver.open[0])) driver.answer(200, page({listed(1, "Failed", "PT2M"), listed(2, "InProgress"), listed(3, "InProgress")}));
      else driver.answer(200, listed(driver.open[0].url.find(name_of_job(1)) != std::string::npos ? 1 : driver.open[0].url.find(name_of_job(2)) != std::string::npos ? 2 : 3,
                                     driver.open[0].url.find(name_of_job(1)) != std::string::npos ? "Failed" : "InProgress", "PT2M", true));
    }
    driver.sleep();
  }
  EXPECT_EQ(reads, 1);
}

TEST(VaultList, AThousandJobsCostAnHourItsBudget) {
  Driver driver;
  std::vector<std::string> jobs;
  for (int i = 0; i < 1000; ++i) jobs.push_back(listed(i, "InProgress"));
  for (int i = 0; i < 1000; ++i) {
    auto start = parse_start(driver.tracker.endpoint(), path_of_job(i), {});
    driver.tracker.follow(std::move(*start), driver.now);
  }
  driver.step();
  EXPECT_LE(driver.open.size(), 30u);
  EXPECT_EQ(lists(driver.open), 1) << "the list comes first";
  const Milliseconds end = driver.now.monotonic + 1h;
  while (driver.now.monotonic < end) {
    answer_all(driver, jobs);
    driver.sleep();
  }
  EXPECT_LE(driver.sent, 121);
  for (WatchId watch = 1; watch <= 1000; ++watch) {
    ASSERT_NE(driver.view(watch).jobs[0].job, nullptr) << watch;
    EXPECT_GE(driver.view(watch).contact.answered_at, driver.now.monotonic - 3min);
  }
}

TEST(VaultList, WhatItDoesNotTellOfIsAskedForByItself) {
  Driver driver;
  const WatchId lost = driver.follow(path_of_job(1));
  driver.follow(path_of_job(2)), driver.follow(path_of_job(3));
  for (int i = 1; i <= 3; ++i) driver.answer(200, listed(i, "InProgress"));
  driver.step();
  bool asked = false;
  for (int i = 0; i < 30 && !asked; ++i) {
    while (!driver.open.empty()) {
      if (driver.open[0].url.find(name_of_job(1)) != std::string::npos) {
        asked = true;
        driver.answer(404, R"({"error":{"code":"ResourceNotFound","message":"gone"}})");
      } else if (is_list(driver.open[0])) {
        driver.answer(200, page({listed(2, "InProgress"), listed(3, "InProgress")}));
      } else {
        driver.answer(200, listed(2, "InProgress"));
      }
    }
    driver.sleep();
  }
  EXPECT_TRUE(asked);
  EXPECT_EQ(driver.contact(lost), Contact::stopped);
  EXPECT_NE(driver.view(lost).jobs[0].job, nullptr) << "what was shown stays shown";
}

TEST(VaultList, AJobWithoutDetailsIsNotAskedForThemAgainAndAgain) {
  Driver driver;
  driver.follow(path_of_job(1)), driver.follow(path_of_job(2));
  const std::vector<std::string> jobs{listed(1, "InProgress"), listed(2, "InProgress")};
  int reads = 0;
  const Milliseconds end = driver.now.monotonic + 14min;
  while (driver.now.monotonic < end) {
    while (!driver.open.empty()) {
      if (is_list(driver.open[0])) driver.answer(200, page(jobs));
      else ++reads, driver.answer(200, listed(driver.open[0].url.find(name_of_job(1)) != std::string::npos ? 1 : 2, "InProgress"));
    }
    driver.sleep();
  }
  EXPECT_LE(reads, 6) << "at first, and every five minutes";
}

TEST(VaultList, ALateListDoesNotOverwriteANewerAnswer) {
  Driver driver;
  const WatchId a = driver.follow(path_of_job(1));
  driver.follow(path_of_job(2));
  for (int i = 1; i <= 2; ++i) driver.answer(200, listed(i, "InProgress"));
  driver.step();
  const arm::Request list = driver.open[0];
  driver.advance(5s);
  driver.tracker.refresh(a, driver.now);
  driver.step();
  ASSERT_EQ(driver.open.size(), 2u);
  std::swap(driver.open[0], driver.open[1]);
  driver.answer(200, listed(1, "Cancelling", "PT9M", true));
  driver.answer(200, page({listed(1, "InProgress", "PT5M"), listed(2, "InProgress")}));
  EXPECT_EQ(driver.view(a).jobs[0].job->status.text, "Cancelling");
}

TEST(VaultList, ItsTroubleIsThatOfItsJobs) {
  Driver driver;
  const WatchId a = driver.follow(path_of_job(1)), b = driver.follow(path_of_job(2));
  for (int i = 1; i <= 2; ++i) driver.answer(200, listed(i, "InProgress", "PT1M", true));
  driver.step();
  driver.answer(200, page({listed(1, "InProgress"), listed(2, "InProgress")}));
  while (driver.open.empty() || !is_list(driver.open[0])) {
    driver.sleep();
    if (!driver.open.empty() && !is_list(driver.open[0])) answer_all(driver, {});
  }
  driver.answer(401);
  driver.answer(401);
  EXPECT_EQ(driver.contact(a), Contact::sign_in);
  EXPECT_TRUE(driver.view(b).halted);
  ASSERT_NE(driver.view(a).contact.error, nullptr);
  driver.tracker.refresh(a, driver.now);
  driver.step();
  ASSERT_EQ(driver.open.size(), 2u) << "the job and the list";
  answer_all(driver, {listed(1, "InProgress"), listed(2, "InProgress")});
  EXPECT_EQ(driver.contact(b), Contact::fresh);
}

TEST(VaultList, ALongWindowWithFewOfOursIsNotWorthIt) {
  Driver driver;
  driver.follow(path_of_job(1)), driver.follow(path_of_job(2));
  for (int i = 1; i <= 2; ++i) driver.answer(200, listed(i, "InProgress"));
  driver.step();
  // It would go on; at the third page for two jobs it is given up.
  for (int pages = 0; pages < 3; ++pages) {
    ASSERT_EQ(lists(driver.open), 1) << pages;
    const std::string next = "https://management.azure.com" + std::string(test::vault_path) + "/backupJobs?page=" + std::to_string(pages);
    driver.answer(200, page(pages == 1 ? std::vector{listed(1, "InProgress"), listed(2, "InProgress")} : std::vector<std::string>{}, next));
  }
  for (int i = 0; i < 30; ++i) {
    driver.sleep();
    EXPECT_EQ(lists(driver.open), 0);
    answer_all(driver, {});
  }
}

TEST(VaultList, PausedJobsAreNotAskedForAndResumedOnesAtOnce) {
  Driver driver;
  const WatchId watch = driver.follow(path_of_job(1));
  answer_all(driver, {});
  driver.tracker.set_attention(watch, Attention::paused, driver.now);
  driver.step();
  EXPECT_FALSE(driver.wake);
  EXPECT_EQ(driver.contact(watch), Contact::paused);
  driver.advance(10min);
  EXPECT_TRUE(driver.open.empty());
  driver.tracker.set_attention(watch, Attention::watched, driver.now);
  driver.step();
  EXPECT_EQ(driver.open.size(), 1u);
}

TEST(VaultList, ASleptLaptopAsksOnce) {
  Driver driver;
  for (int i = 1; i <= 3; ++i) driver.follow(path_of_job(i));
  const std::vector<std::string> jobs{listed(1, "InProgress", "PT50H"), listed(2, "InProgress", "PT50H"), listed(3, "InProgress", "PT50H")};
  for (int i = 0; i < 10 || lists(driver.open) == 0; ++i) answer_all(driver, jobs), driver.sleep();
  answer_all(driver, jobs);
  driver.advance(11s);
  answer_all(driver, jobs);
  const int awake = driver.sent;
  // The monotonic clock of some systems stands still while they sleep.
  driver.now.wall += 8h;
  driver.step();
  EXPECT_EQ(lists(driver.open), 1);
  EXPECT_EQ(driver.sent - awake, 1);
}

TEST(VaultList, AWrongClientClockIsNoticedByTheServicesOwnTimes) {
  Driver driver;
  driver.now.wall = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21).time_since_epoch() + 10h + 1min;
  driver.follow(path_of_job(1));
  driver.answer(200, listed(1, "InProgress", "PT1M"));
  ASSERT_TRUE(driver.tracker.clock_skew());
  EXPECT_EQ(*driver.tracker.clock_skew(), 24h);
}

TEST(Saved, IdsOnlyAndTheSameAgain) {
  Driver driver;
  driver.follow(path_of_job(1));
  driver.follow("https://management.azure.com" + std::string(test::vault_path) + "/backupOperations/op-2?api-version=2024-04-01&t=1&c=certificate&s=signature&h=hash");
  driver.follow("/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.RecoveryServices/locations/northeurope/backupJobs/" + name_of_job(3), test::vault_path);
  const auto saved = driver.tracker.saved();
  ASSERT_EQ(saved.size(), 3u);
  Driver again;
  for (const auto& watch : saved) {
    EXPECT_EQ(watch.text.find("signature"), std::string::npos);
    EXPECT_EQ(watch.text.find('?'), std::string::npos);
    again.follow(watch.text, watch.vault);
  }
  const auto twice = again.tracker.saved();
  ASSERT_EQ(twice.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(twice[i].text, saved[i].text);
    EXPECT_EQ(twice[i].vault, saved[i].vault);
    EXPECT_EQ(again.open[i].url.substr(0, again.open[i].url.find('?')), driver.open[i].url.substr(0, driver.open[i].url.find('?')));
  }
}

}  // namespace
}  // namespace abj::tracking
