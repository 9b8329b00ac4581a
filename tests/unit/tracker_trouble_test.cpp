// What a tracker makes of refusals, failures, silence, absent networks and pages that nobody looks at.
#include "tracking/tracker.h"

#include <gtest/gtest.h>

#include <string>

#include "driver.h"

namespace abj::tracking {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Outcome = arm::Response::Outcome;

TEST(TrackerTrouble, ClaimsOutliveATroubleOnTheWay) {
  Driver driver;
  driver.follow(test::job_path());
  driver.answer(401, "", "WWW-Authenticate: Bearer claims=\"abc\"\r\n");
  driver.fail(Outcome::token_failed);
  driver.sleep();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_TRUE(driver.open[0].force_refresh);
  EXPECT_EQ(driver.open[0].claims, "abc");
}

TEST(TrackerTrouble, RepeatedThrottlingBacksOffFurther) {
  Driver driver;
  driver.follow(test::job_path());
  Milliseconds longest{};
  for (int tries = 0; tries < 12; ++tries) {
    driver.answer(429, "", "Retry-After: 0\r\n");
    Milliseconds wait{};
    while (driver.open.empty()) wait += driver.sleep();
    EXPECT_GE(wait, seconds(1));
    longest = std::max(longest, wait);
  }
  EXPECT_GT(longest, seconds(10));
}

TEST(TrackerTrouble, WhateverCarriesARetryAfterIsTriedAgain) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(409, "", "Retry-After: 30\r\n");
  EXPECT_EQ(driver.contact(watch), Contact::retrying);
  EXPECT_GE(driver.sleep(), seconds(30));
}

TEST(TrackerTrouble, ComingBackSoonDoesNotLeaveAHiddenPagesWait) {
  Driver driver;
  driver.follow(test::job_path());
  driver.tracker.set_environment({.visible = false, .online = true}, driver.now);
  driver.answer(200, job_json("InProgress"));
  driver.advance(seconds(4));
  driver.tracker.set_environment({.visible = true, .online = true}, driver.now);
  driver.step();
  EXPECT_LE(driver.sleep(), seconds(6));
  EXPECT_EQ(driver.sent, 2);
}

TEST(TrackerTrouble, WhatWasPlannedIsPutOffWhenNobodyLooksAnyMore) {
  Driver driver;
  driver.follow(test::job_path());
  driver.answer(200, job_json("InProgress"));
  driver.tracker.set_environment({.visible = false, .online = true}, driver.now);
  driver.step();
  EXPECT_EQ(driver.sleep(), minutes(5));
}

TEST(TrackerTrouble, AHiddenPageRetriesRarelyToo) {
  Driver driver;
  driver.follow(test::job_path());
  driver.tracker.set_environment({.visible = false, .online = true}, driver.now);
  driver.answer(503);
  EXPECT_EQ(driver.sleep(), minutes(5));
}

TEST(TrackerTrouble, TroubleLosesNothingAndIsNotTheJobs) {
  struct Case {
    int status;
    Contact contact;
    ErrorCode code;
  };
  for (const auto& [status, contact, code] :
       {Case{500, Contact::retrying, ErrorCode::service_failed}, Case{408, Contact::retrying, ErrorCode::service_failed}, Case{429, Contact::throttled, ErrorCode::throttled}, Case{403, Contact::stopped, ErrorCode::forbidden},
        Case{404, Contact::stopped, ErrorCode::not_found}, Case{409, Contact::stopped, ErrorCode::request_refused}, Case{200, Contact::retrying, ErrorCode::answer_unreadable}}) {
    Driver driver;
    const WatchId watch = driver.follow(test::job_path());
    driver.answer(200, job_json("InProgress"));
    driver.sleep();
    driver.answer(status, "<html>");
    EXPECT_EQ(driver.contact(watch), contact) << status;
    EXPECT_EQ(driver.view(watch).contact.error->code, code) << status;
    EXPECT_EQ(driver.view(watch).stage, Stage::jobs) << status;
    EXPECT_EQ(driver.view(watch).jobs[0].job->status.state, JobState::in_progress) << status;
    // The user asks again, and all is well.
    driver.tracker.refresh(watch, driver.now);
    driver.advance(minutes(61));
    ASSERT_EQ(driver.open.size(), 1u) << status;
    driver.answer(200, job_json("Completed"));
    EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs) << status;
    EXPECT_EQ(driver.view(watch).contact.error, nullptr) << status;
  }
}

TEST(TrackerTrouble, ThrottlingIsObeyedEvenWhenTheUserIsImpatient) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(429, R"({"error":{"code":"ResourceRequestsThrottled","message":"… Please try again after '324' seconds."}})");
  for (int tries = 0; tries < 10; ++tries) {
    driver.tracker.refresh(watch, driver.now);
    driver.advance(seconds(30));
  }
  EXPECT_EQ(driver.sent, 1);
  driver.advance(seconds(23));
  EXPECT_EQ(driver.sent, 1);
  driver.advance(seconds(1));
  EXPECT_LE(driver.sent, 2);
  driver.advance(seconds(33));
  EXPECT_EQ(driver.sent, 2);
}

TEST(TrackerTrouble, RetryAfterOfAGoodAnswerIsObeyed) {
  Driver driver;
  driver.follow(operation_url);
  driver.answer(200, operation_json("InProgress"), "Retry-After: 60\r\n");
  EXPECT_EQ(driver.sleep(), seconds(60));
}

TEST(TrackerTrouble, OneFreshTokenThenSignInAgain) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(401, "", "WWW-Authenticate: Bearer claims=\"abc\"\r\n");
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_TRUE(driver.open[0].force_refresh);
  EXPECT_EQ(driver.open[0].claims, "abc");
  driver.answer(401);
  EXPECT_EQ(driver.contact(watch), Contact::sign_in);
  EXPECT_FALSE(driver.wake);
  driver.advance(minutes(60));
  EXPECT_EQ(driver.sent, 2);
  driver.tracker.refresh(watch, driver.now);
  driver.step();
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_FALSE(driver.open[0].force_refresh);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
  // An hour later the next token has expired: again one fresh one.
  driver.sleep();
  driver.answer(401);
  ASSERT_EQ(driver.open.size(), 1u);
  EXPECT_TRUE(driver.open[0].force_refresh);
  EXPECT_EQ(driver.open[0].claims, "");
  driver.answer(200, job_json("Completed"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
}

TEST(TrackerTrouble, ATokenThatFailsOrIsUnusable) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.fail(Outcome::token_failed);
  EXPECT_EQ(driver.contact(watch), Contact::retrying);
  EXPECT_EQ(driver.view(watch).contact.error->code, ErrorCode::token_failed);
  driver.sleep();
  driver.fail(Outcome::token_invalid);
  EXPECT_EQ(driver.contact(watch), Contact::stopped);
}

TEST(TrackerTrouble, AHangingTokenIsToldAndCanBeAskedForAnew) {
  Driver driver;
  driver.give_tokens = false;
  const WatchId watch = driver.follow(test::job_path());
  driver.advance(seconds(9));
  EXPECT_EQ(driver.contact(watch), Contact::none);
  driver.advance(seconds(1));
  EXPECT_EQ(driver.contact(watch), Contact::waiting_for_token);
  EXPECT_EQ(driver.changed, std::vector<WatchId>{watch});
  driver.advance(minutes(60));
  EXPECT_EQ(driver.sent, 1);
  driver.tracker.refresh(watch, driver.now);
  driver.step();
  EXPECT_EQ(driver.aborted.size(), 1u);
  EXPECT_EQ(driver.sent, 2);
  // The token comes at last.
  driver.tracker.sent(driver.open[0].id);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
}

TEST(TrackerTrouble, LateDuplicateAndUnknownAnswersAreDropped) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  const arm::RequestId first = driver.open[0].id;
  driver.answer(200, job_json("InProgress", "PT5M"));
  driver.tracker.receive({.id = first, .status = 200, .body = job_json("Failed")}, driver.now);
  driver.tracker.receive({.id = first + 1000, .status = 200, .body = job_json("Failed")}, driver.now);
  driver.step();
  EXPECT_EQ(driver.view(watch).jobs[0].job->status.state, JobState::in_progress);
  EXPECT_TRUE(driver.open.empty());
}

TEST(TrackerTrouble, OfflinePausesAndComesBackAtOnce) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  driver.answer(200, job_json("InProgress"));
  driver.tracker.set_environment({.visible = true, .online = false}, driver.now);
  driver.step();
  EXPECT_EQ(driver.contact(watch), Contact::offline);
  EXPECT_EQ(driver.changed, std::vector<WatchId>{watch});
  driver.advance(minutes(60));
  EXPECT_EQ(driver.sent, 1);
  EXPECT_FALSE(driver.wake);
  driver.tracker.set_environment({.visible = true, .online = true}, driver.now);
  driver.step();
  EXPECT_EQ(driver.sent, 2);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.contact(watch), Contact::fresh);
}

TEST(TrackerTrouble, HiddenPagesAskRarelyAndCatchUp) {
  Driver driver;
  driver.follow(test::job_path());
  driver.tracker.set_environment({.visible = false, .online = true}, driver.now);
  driver.answer(200, job_json("InProgress"));
  EXPECT_EQ(driver.sleep(), minutes(5));
  driver.answer(200, job_json("InProgress"));
  driver.advance(seconds(30));
  EXPECT_EQ(driver.sent, 2);
  driver.tracker.set_environment({.visible = true, .online = true}, driver.now);
  driver.step();
  EXPECT_EQ(driver.sent, 3);
}

TEST(TrackerTrouble, ComingBackDoesNotBreakTheServicesWait) {
  Driver driver;
  driver.follow(test::job_path());
  driver.answer(429, "", "Retry-After: 100\r\n");
  driver.advance(seconds(20));
  driver.tracker.set_environment({.visible = false, .online = false}, driver.now);
  driver.tracker.set_environment({.visible = true, .online = true}, driver.now);
  driver.step();
  EXPECT_EQ(driver.sent, 1);
  const Milliseconds wait = driver.sleep();
  EXPECT_GE(wait, seconds(80));
  EXPECT_LE(wait, seconds(90));
  EXPECT_EQ(driver.sent, 2);
}

TEST(TrackerTrouble, NetworkFailuresBackOff) {
  Driver driver;
  const WatchId watch = driver.follow(test::job_path());
  Milliseconds total{};
  for (int tries = 0; tries < 12; ++tries) {
    driver.fail(tries % 2 ? Outcome::network_failed : Outcome::timed_out);
    EXPECT_EQ(driver.contact(watch), Contact::retrying);
    const Milliseconds wait = driver.sleep();
    EXPECT_GE(wait, Milliseconds(500));
    EXPECT_LE(wait, seconds(60));
    total += wait;
  }
  EXPECT_GT(total, seconds(30));
  driver.answer(200, job_json("Completed"));
  EXPECT_EQ(driver.view(watch).stage, Stage::ended_jobs);
}

}  // namespace
}  // namespace abj::tracking
