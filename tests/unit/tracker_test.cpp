#include "tracking/tracker.h"

#include <gtest/gtest.h>

#include <string>

#include "driver.h"

namespace abj::tracking {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Outcome = arm::Response::Outcome;

TEST(Tracker, TheJourneyFromOperationToEnd) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].url, operation_url);
  EXPECT_EQ(driver.view(watch).stage, Stage::operation);
  driver.answer(200, operation_json("InProgress"));
  EXPECT_EQ(driver.view(watch).operation->status.state, OperationState::in_progress);
  EXPECT_TRUE(driver.open.empty());
  driver.sleep();
  driver.answer(200, naming_job(test::job_name));
  // The job is asked for at once.
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].url, "https://management.azure.com" + test::job_path() + "?api-version=2025-02-01");
  EXPECT_EQ(driver.view(watch).stage, Stage::jobs);
  EXPECT_EQ(driver.view(watch).jobs[0].job, nullptr);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.view(watch).jobs[0].job->item, "vm-web-01");
  driver.sleep();
  driver.answer(200, job_json("Completed"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
  EXPECT_EQ(driver.contact(watch), Contact::ended);
  EXPECT_FALSE(driver.wake);
  driver.advance(minutes(1000));
  EXPECT_EQ(driver.sent, 4);
}

TEST(Tracker, WhichStatusesEndIt) {
  struct Case {
    const char* status;
    bool ends;
  };
  for (const auto& [status, ends] : {Case{"Completed", true}, Case{"CompletedWithWarnings", true}, Case{"Failed", true}, Case{"Cancelled", true}, Case{"InProgress", false}, Case{"Cancelling", false}, Case{"Paused", false},
                                     Case{"Invalid", false}, Case{"", false}}) {
    Driver driver;
    const WatchId watch = driver.follow(test::job_path());
    driver.answer(200, job_json(status));
    EXPECT_EQ(driver.view(watch).stage == Stage::ended_jobs, ends) << status;
    EXPECT_EQ(driver.wake.has_value(), !ends) << status;
  }
}

TEST(Tracker, UnknownStatusesArePolledMoreSlowly) {
  Driver known, unknown;
  known.follow(test::job_path());
  unknown.follow(test::job_path());
  known.answer(200, job_json("InProgress"));
  unknown.answer(200, job_json("Paused"));
  EXPECT_GT(unknown.sleep(), known.sleep() * 3 / 2);
}

TEST(Tracker, OperationsThatEndWithoutAJob) {
  Driver failed;
  WatchId watch = failed.follow(operation_url);
  failed.answer(200, R"({"status":"Failed","error":{"code":"UserErrorX","message":"No."}})");
  EXPECT_EQ(failed.view(watch).stage, Stage::ended_operation);
  EXPECT_EQ(failed.view(watch).operation->error.code, "UserErrorX");
  EXPECT_FALSE(failed.wake);

  Driver canceled;
  watch = canceled.follow(operation_url);
  canceled.answer(200, operation_json("Canceled"));
  EXPECT_EQ(canceled.view(watch).stage, Stage::ended_operation);

  Driver none;
  watch = none.follow(operation_url);
  none.answer(200, operation_json("Succeeded"));
  EXPECT_EQ(none.view(watch).stage, Stage::ended_without_job);
  EXPECT_FALSE(none.wake);
}

TEST(Tracker, AGivenOperationIsNotAsked) {
  Driver driver;
  const WatchId watch = driver.follow(test::fixture("documentation/operation.json"), test::vault_path);
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_EQ(driver.open[0].url, "https://management.azure.com" + test::job_path() + "?api-version=2025-02-01");
  EXPECT_EQ(driver.view(watch).operation->name, "cd153561-20d3-467a-b911-cc1de47d4763");

  Driver failed;
  const WatchId other = failed.follow(R"({"name":"n","status":"Failed","error":{"code":"c","message":"m"}})");
  EXPECT_EQ(failed.view(other).stage, Stage::ended_operation);
  EXPECT_EQ(failed.sent, 0);
}

TEST(Tracker, AnOperationOfSeveralJobsEndsWithTheLast) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(200, operation_json("Succeeded", R"({"jobIds":["a","b"],"failedJobsError":{"c":"Code"}})"));
  ASSERT_EQ(driver.open.size(), 2u);
  driver.answer(200, job_json("Failed", "PT1M", "a"));
  EXPECT_EQ(driver.view(watch).stage, Stage::jobs);
  driver.answer(200, job_json("Completed", "PT1M", "b"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
}

TEST(Tracker, TheLocationTwinAnswersByStatus) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(202);
  EXPECT_EQ(driver.view(watch).stage, Stage::operation);
  driver.sleep();
  driver.answer(204);
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_without_job);
}

TEST(Tracker, AJustNamedJobMayNotBeFoundYet) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(200, naming_job(test::job_name));
  driver.answer(404);
  EXPECT_EQ(driver.contact(watch), Contact::retrying);
  driver.sleep();
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
  // From then on, not found is what it says.
  driver.sleep();
  driver.answer(404);
  EXPECT_EQ(driver.contact(watch), Contact::stopped);
}

TEST(Tracker, NotFoundIsBelievedInTheEnd) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(200, naming_job(test::job_name));
  int tries = 0;
  while (driver.contact(watch) != Contact::stopped && tries++ < 1000) {
    driver.answer(404);
    if (driver.wake) driver.sleep();
  }
  EXPECT_GE(driver.now.monotonic, seconds(60));
  EXPECT_LT(driver.now.monotonic, seconds(180));
  EXPECT_FALSE(driver.wake);
  EXPECT_TRUE(driver.view(watch).halted);
}

TEST(Tracker, AJobOfAPastedOperationMayNotBeFoundYetEither) {
  Driver driver;
  const WatchId watch = driver.follow(test::fixture("documentation/operation.json"), test::vault_path);
  driver.answer(404);
  EXPECT_EQ(driver.contact(watch), Contact::retrying);
}

TEST(Tracker, AFailedOperationsJobsAreFollowedToo) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(200, operation_json("Failed", R"({"jobId":"j"})"));
  EXPECT_EQ(driver.view(watch).stage, Stage::jobs);
  EXPECT_EQ(driver.open.size(), 1u);
}

TEST(Tracker, HaltedOnlyWhereNothingMoves) {
  Driver driver;
  const WatchId watch = driver.follow(operation_url);
  driver.answer(200, operation_json("Succeeded", R"({"jobIds":["a","b"]})"));
  driver.answer(403);
  driver.answer(200, job_json("InProgress", "PT1M", "b"));
  EXPECT_EQ(driver.contact(watch), Contact::stopped);
  EXPECT_FALSE(driver.view(watch).halted);
  driver.sleep();
  driver.answer(200, job_json("Completed", "PT1M", "b"));
  EXPECT_TRUE(driver.view(watch).halted);
}

TEST(Tracker, TheVaultIsEachWatchsOwn) {
  const std::string location = "https://management.azure.com/subscriptions/s/providers/Microsoft.DataProtection/locations/l/operationStatus/o";
  Driver driver;
  const WatchId with = driver.follow(location, test::vault_path);
  const WatchId without = driver.follow(location);
  driver.answer(200, naming_job("j"));
  const WatchId late = driver.follow(location);
  EXPECT_EQ(driver.view(with).stage, Stage::jobs);
  EXPECT_FALSE(driver.view(with).halted);
  for (const WatchId watch : {without, late}) {
    EXPECT_EQ(driver.view(watch).stage, Stage::operation);
    EXPECT_EQ(driver.contact(watch), Contact::stopped);
    ASSERT_NE(driver.view(watch).naming, nullptr);
    EXPECT_EQ(driver.view(watch).naming->code, ErrorCode::vault_needed);
    EXPECT_TRUE(driver.view(watch).halted);
  }
}

TEST(Tracker, AnUnchangedPollIsNoNews) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(200, job_json("InProgress"));
  const auto first = driver.view(watch).revision;
  driver.sleep();
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.view(watch).revision, first);
  driver.sleep();
  driver.answer(200, job_json("InProgress", "PT2M"));
  const auto second = driver.view(watch).revision;
  EXPECT_NE(second, first);
  driver.sleep();
  driver.answer(500);
  EXPECT_NE(driver.view(watch).revision, second);
}

TEST(Tracker, AnEndedJobIsAskedAgainOnlyByTheUserAndDoesNotStartAgain) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(200, job_json("Completed"));
  driver.advance(minutes(600));
  EXPECT_EQ(driver.sent, 1);
  driver.tracker.refresh(watch, driver.now);
  driver.step();
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
  EXPECT_EQ(driver.view(watch).jobs[0].job->status.state, JobState::completed);
  EXPECT_FALSE(driver.wake);
}

TEST(Tracker, TwoWatchesOfOneJobShareItsPoll) {
  Driver driver;
  const WatchId one = driver.follow(test::job_path());
  const WatchId two = driver.follow(test::job_path());
  EXPECT_EQ(driver.sent, 1);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.changed, (std::vector<WatchId>{one, two}));
  driver.tracker.unfollow(one);
  driver.sleep();
  EXPECT_EQ(driver.sent, 2);
  driver.answer(200, job_json("Completed"));
  EXPECT_EQ(driver.view(two).stage, Stage::ended_jobs);
  driver.tracker.unfollow(two);
  driver.step();
  EXPECT_EQ(driver.tracker.feed_count(), 0u);
  EXPECT_EQ(driver.tracker.store().size(), 0u);
}

TEST(Tracker, AWatchOfAnOperationThatIsKnownToHaveEnded) {
  Driver driver;
  driver.follow(operation_url);
  driver.answer(200, naming_job(test::job_name));
  driver.answer(200, job_json("InProgress"));
  const WatchId late = driver.follow(operation_url);
  EXPECT_EQ(driver.view(late).stage, Stage::jobs);
  EXPECT_EQ(driver.view(late).jobs[0].job->status.state, JobState::in_progress);
  EXPECT_EQ(driver.sent, 2);
}

TEST(Tracker, UnfollowingLeavesNothingBehind) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  const arm::RequestId request = driver.open[0].id;
  driver.tracker.unfollow(watch);
  driver.step();
  EXPECT_EQ(driver.aborted, std::vector<arm::RequestId>{request});
  EXPECT_FALSE(driver.wake);
  EXPECT_EQ(driver.tracker.feed_count(), 0u);
  driver.tracker.receive({.id = request, .status = 200, .body = job_json("Completed")}, driver.now);
  driver.tracker.sent(request);
  driver.tracker.unfollow(watch);
  driver.tracker.refresh(watch, driver.now);
  EXPECT_FALSE(driver.tracker.view(watch, driver.now));
}

TEST(Tracker, NotModifiedKeepsWhatIsThere) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(200, job_json("InProgress"));
  driver.sleep();
  driver.answer(304);
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
  EXPECT_TRUE(driver.wake);
  Driver empty;
  const WatchId other = empty.follow(test::job_path());
  empty.answer(304);
  EXPECT_EQ(empty.contact(other), Contact::retrying);
  Driver ended;
  const WatchId done = ended.follow(test::job_path());
  ended.answer(200, job_json("Completed"));
  const auto revision = ended.view(done).revision;
  ended.tracker.refresh(done, ended.now);
  ended.step();
  ended.answer(304);
  EXPECT_EQ(ended.contact(done), Contact::ended);
  EXPECT_FALSE(ended.wake);
  EXPECT_EQ(ended.view(done).revision, revision);
}

TEST(Tracker, NamesAreDistinct) {
  EXPECT_EQ(name_of(Stage::operation), "operation");
  EXPECT_EQ(name_of(Stage::jobs), "jobs");
  EXPECT_EQ(name_of(Stage::ended_jobs), "ended-jobs");
  EXPECT_EQ(name_of(Stage::ended_operation), "ended-operation");
  EXPECT_EQ(name_of(Stage::ended_without_job), "ended-without-job");
  EXPECT_EQ(name_of(Contact::none), "none");
  EXPECT_EQ(name_of(Contact::waiting_for_token), "waiting-for-token");
  EXPECT_EQ(name_of(Contact::sign_in), "sign-in");
}

}  // namespace
}  // namespace abj::tracking
