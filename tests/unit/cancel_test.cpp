// Cancelling a job, and following it to its real end (AZURE.md §5).
#include <gtest/gtest.h>

#include <string>

#include "driver.h"

namespace abj::tracking {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Outcome = arm::Response::Outcome;

std::string cancellable_json(std::string_view status, std::string_view more = {}) {
  return R"({"name":"j","properties":{"jobType":"AzureIaaSVMJob","actionsInfo":["Cancellable"],"status":")" + std::string(status) + '"' + std::string(more) + "}}";
}

class Cancelling : public testing::Test {
 protected:
  void SetUp() override {
    watch = driver.follow(test::job_path());
    driver.answer(200, cancellable_json("InProgress"));
  }

  void cancel() {
    EXPECT_FALSE(driver.tracker.cancel(watch, 0, driver.now));
    driver.step();
  }
  const Cancel* state() { return driver.view(watch).jobs[0].cancel; }

  Driver driver;
  WatchId watch = 0;
};

TEST_F(Cancelling, APostWithoutABodyThenTheJobTellsItsEnd) {
  EXPECT_TRUE(driver.view(watch).jobs[0].can_cancel);
  EXPECT_EQ(state(), nullptr);
  cancel();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].method, arm::Method::post);
  EXPECT_EQ(driver.open[0].url, "https://management.azure.com" + test::job_path() + "/cancel?api-version=2025-02-01");
  EXPECT_EQ(driver.open[0].body, "");
  EXPECT_EQ(state()->state, Cancel::State::asking);
  EXPECT_FALSE(driver.view(watch).jobs[0].can_cancel);
  driver.answer(202);  // no header is readable
  EXPECT_EQ(state()->state, Cancel::State::accepted);
  EXPECT_EQ(driver.view(watch).jobs[0].job->status.state, JobState::in_progress);  // accepted is not cancelled
  EXPECT_LE(driver.sleep(), seconds(2));
  driver.answer(200, cancellable_json("Cancelling"));
  EXPECT_EQ(driver.view(watch).stage, Stage::jobs);
  EXPECT_EQ(state()->state, Cancel::State::accepted);
  driver.sleep();
  // What users call cancelled may end so (AZURE.md §4.3.12).
  driver.answer(200, cancellable_json("CompletedWithWarnings", R"(,"errorDetails":[{"errorCode":400158,"errorTitle":"UserErrorJobSuccessfullyCancelled"}])"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
  EXPECT_EQ(driver.view(watch).jobs[0].job->errors[0].code, "400158");
  EXPECT_EQ(state(), nullptr);
  EXPECT_FALSE(driver.wake);
}

TEST_F(Cancelling, A204IsAcceptedToo) {
  cancel();
  driver.answer(204);
  EXPECT_EQ(state()->state, Cancel::State::accepted);
}

TEST_F(Cancelling, ASecondClickAsksOnce) {
  cancel();
  cancel();
  EXPECT_EQ(driver.open.size(), 1u);
  driver.answer(202);
  cancel();
  EXPECT_TRUE(driver.open.empty());
}

TEST_F(Cancelling, AnAcceptedOneThatNeverShowsCanBeAskedForAgain) {
  cancel();
  driver.answer(202);
  for (int i = 0; i < 30 && !driver.view(watch).jobs[0].can_cancel; ++i) {
    driver.sleep();
    driver.answer(200, cancellable_json("InProgress"));
  }
  EXPECT_TRUE(driver.view(watch).jobs[0].can_cancel);
  EXPECT_EQ(state()->state, Cancel::State::accepted);  // it was, and nothing else is known
  cancel();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].method, arm::Method::post);
}

TEST_F(Cancelling, ARefusalIsExplainedAndTheJobRunsOn) {
  cancel();
  driver.answer(400, R"({"error":{"code":"BMSUserErrorJobCannotBeCancelled","message":"Transferring."}})");
  EXPECT_EQ(state()->state, Cancel::State::refused);
  EXPECT_EQ(state()->error->code, ErrorCode::request_refused);
  EXPECT_EQ(state()->error->service.code, "BMSUserErrorJobCannotBeCancelled");
  EXPECT_EQ(driver.contact(watch), Contact::fresh);  // the asking for the job is in no trouble
  EXPECT_TRUE(driver.view(watch).jobs[0].can_cancel);
  EXPECT_LE(driver.sleep(), seconds(2));
  driver.answer(200, cancellable_json("InProgress"));
  EXPECT_EQ(state()->state, Cancel::State::refused);
  cancel();  // the user may try again
  ASSERT_EQ(driver.open.size(), 1u);
  driver.answer(409);
  EXPECT_EQ(state()->error->http_status, 409);
  driver.sleep();
  driver.answer(200, cancellable_json("Completed"));
  EXPECT_EQ(state(), nullptr);
  EXPECT_FALSE(driver.view(watch).jobs[0].can_cancel);  // it still lists the action, but it has ended
}

TEST_F(Cancelling, A404IsNoEndOfTheJob) {
  cancel();
  driver.answer(404);
  EXPECT_EQ(state()->error->code, ErrorCode::not_found);
  EXPECT_FALSE(driver.view(watch).halted);
}

TEST_F(Cancelling, WhatMayNotHaveArrivedIsNotSentAgainByItself) {
  cancel();
  driver.fail(Outcome::network_failed);
  EXPECT_EQ(state()->error->code, ErrorCode::network);
  for (int i = 0; i < 5; ++i) {
    driver.sleep();
    for (const auto& request : driver.open) EXPECT_EQ(request.method, arm::Method::get);
    driver.answer(200, cancellable_json("InProgress"));
  }
}

TEST_F(Cancelling, NeverSoonerThanTheServiceAsked) {
  cancel();
  driver.answer(429, "", "Retry-After: 40");
  EXPECT_EQ(state()->error->code, ErrorCode::throttled);
  cancel();
  for (const auto& request : driver.open) EXPECT_EQ(request.method, arm::Method::get);
  const auto posts = [&] { return std::count_if(driver.open.begin(), driver.open.end(), [](const auto& request) { return request.method == arm::Method::post; }); };
  driver.advance(seconds(39));
  EXPECT_EQ(posts(), 0);
  driver.advance(seconds(2));
  EXPECT_EQ(posts(), 1);
}

TEST_F(Cancelling, AFreshTokenOnce) {
  cancel();
  driver.answer(401, "", R"(WWW-Authenticate: Bearer claims="e30=")");
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_TRUE(driver.open[0].force_refresh);
  EXPECT_EQ(driver.open[0].claims, "e30=");
  driver.answer(401);
  EXPECT_EQ(state()->error->code, ErrorCode::sign_in_needed);
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
}

TEST_F(Cancelling, WaitsForTheNetwork) {
  driver.tracker.set_environment({true, false}, driver.now);
  cancel();
  EXPECT_TRUE(driver.open.empty());
  driver.tracker.set_environment({true, true}, driver.now);
  driver.step();
  EXPECT_EQ(driver.open.size(), 2u);
}

TEST_F(Cancelling, ATokenThatNeverComesCanBeAskedForAgain) {
  driver.give_tokens = false;
  cancel();
  const auto first = driver.open[0].id;
  cancel();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_NE(driver.open[0].id, first);
  EXPECT_EQ(driver.aborted, std::vector{first});
}

TEST_F(Cancelling, NothingIsLeftBehind) {
  cancel();
  driver.tracker.unfollow(watch);
  driver.step();
  EXPECT_EQ(driver.aborted.size(), 1u);
  EXPECT_TRUE(driver.open.empty());
  EXPECT_EQ(driver.tracker.feed_count(), 0u);
}

TEST_F(Cancelling, TheJobMayEndWhileItIsAsked) {
  cancel();
  driver.advance(minutes(1));
  ASSERT_EQ(driver.open.size(), 2u);
  driver.open.erase(driver.open.begin());
  driver.answer(200, cancellable_json("Completed"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
  EXPECT_EQ(state(), nullptr);
}

TEST(Cancel, OnlyWhatCanBe) {
  Driver driver;
  EXPECT_EQ(driver.tracker.cancel(9, 0, driver.now)->code, ErrorCode::cancel_refused);
  const WatchId watch = driver.follow(test::job_path());
  EXPECT_EQ(driver.tracker.cancel(watch, 0, driver.now)->code, ErrorCode::cancel_refused);  // not read yet
  driver.answer(200, job_json("InProgress"));                                               // does not list the action
  EXPECT_EQ(driver.tracker.cancel(watch, 0, driver.now)->code, ErrorCode::cancel_refused);
  EXPECT_EQ(driver.tracker.cancel(watch, 1, driver.now)->code, ErrorCode::cancel_refused);

  const std::string backup_vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v/backupJobs/j";
  const WatchId other = driver.follow(backup_vault);
  driver.answer(200, R"({"properties":{"status":"InProgress","supportedActions":["Cancellable"]}})");
  EXPECT_FALSE(driver.view(other).jobs[0].can_cancel);
  EXPECT_EQ(driver.tracker.cancel(other, 0, driver.now)->code, ErrorCode::cancel_impossible);
}

// Cross-region restores (AZURE.md §11).
TEST(CrossRegion, TheOperationNamesAJobThatIsReadByPost) {
  Driver driver;
  const std::string region = "/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.RecoveryServices/locations/northeurope";
  const WatchId watch = driver.follow("https://management.azure.com" + region + "/backupCrrOperationsStatus/op", test::vault_path);
  EXPECT_EQ(driver.open.at(0).url, "https://management.azure.com" + region + "/backupCrrOperationsStatus/op?api-version=2023-01-15");
  EXPECT_EQ(driver.open.at(0).method, arm::Method::get);
  driver.answer(200, naming_job(test::job_name));
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].url, "https://management.azure.com" + region + "/backupCrrJob?api-version=2023-01-15");
  EXPECT_EQ(driver.open[0].method, arm::Method::post);
  EXPECT_EQ(driver.open[0].body, R"({"resourceId":")" + std::string(test::vault_path) + R"(","jobName":")" + std::string(test::job_name) + R"("})");
  driver.answer(200, cancellable_json("InProgress"));
  EXPECT_EQ(driver.view(watch).jobs[0].id->region, "northeurope");
  EXPECT_FALSE(driver.view(watch).jobs[0].can_cancel);
  EXPECT_EQ(driver.tracker.cancel(watch, 0, driver.now)->code, ErrorCode::cancel_impossible);
  driver.sleep();
  EXPECT_EQ(driver.open.at(0).method, arm::Method::post);
  driver.answer(200, cancellable_json("Completed"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
}

TEST(CrossRegion, TwoVaultsJobsOfOneNameAreTwo) {
  Driver driver;
  const std::string job = "/subscriptions/s/providers/Microsoft.RecoveryServices/locations/northeurope/backupJobs/j";
  driver.follow(job, "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/a");
  driver.follow(job, "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/b");
  EXPECT_EQ(driver.tracker.feed_count(), 2u);
}

}  // namespace
}  // namespace abj::tracking
