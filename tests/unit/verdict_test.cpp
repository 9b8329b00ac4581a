#include "tracking/verdict.h"

#include <gtest/gtest.h>

namespace abj::tracking {
namespace {

using std::chrono::seconds;

Verdict judged(int status, std::string headers = {}, std::string body = {}) {
  return judge({.id = 1, .status = status, .headers = std::move(headers), .body = std::move(body)}, {Milliseconds(0), seconds(1'526'898'197)});
}

TEST(Verdict, ByStatus) {
  struct Case {
    int status;
    Advice advice;
    ErrorCode code;
  };
  const Case cases[] = {
      {400, Advice::stop, ErrorCode::request_refused}, {401, Advice::renew_token, ErrorCode::sign_in_needed}, {403, Advice::stop, ErrorCode::forbidden},
      {404, Advice::stop, ErrorCode::not_found},       {405, Advice::stop, ErrorCode::request_refused},       {408, Advice::retry, ErrorCode::service_failed},
      {409, Advice::stop, ErrorCode::request_refused}, {429, Advice::wait, ErrorCode::throttled},             {500, Advice::retry, ErrorCode::service_failed},
      {502, Advice::retry, ErrorCode::service_failed}, {503, Advice::retry, ErrorCode::service_failed},       {504, Advice::retry, ErrorCode::service_failed},
      {302, Advice::stop, ErrorCode::request_refused}, {100, Advice::stop, ErrorCode::request_refused},
  };
  for (const auto& [status, advice, code] : cases) {
    const Verdict verdict = judged(status);
    EXPECT_EQ(verdict.advice, advice) << status;
    EXPECT_EQ(verdict.error.code, code) << status;
    EXPECT_EQ(verdict.error.http_status, status);
  }
  for (const int status : {200, 202, 204, 304}) EXPECT_EQ(judged(status).advice, Advice::take) << status;
}

TEST(Verdict, ByOutcome) {
  using Outcome = arm::Response::Outcome;
  const auto of = [](Outcome outcome) { return judge({.id = 1, .outcome = outcome, .detail = "why"}, {}); };
  EXPECT_EQ(of(Outcome::network_failed).error.code, ErrorCode::network);
  EXPECT_EQ(of(Outcome::timed_out).error.code, ErrorCode::timed_out);
  EXPECT_EQ(of(Outcome::token_failed).error.code, ErrorCode::token_failed);
  EXPECT_EQ(of(Outcome::token_failed).error.detail, "why");
  EXPECT_EQ(of(Outcome::token_failed).advice, Advice::retry);
  EXPECT_EQ(of(Outcome::token_invalid).advice, Advice::stop);
  EXPECT_EQ(of(Outcome::redirected).error.code, ErrorCode::redirected);
  EXPECT_EQ(of(Outcome::redirected).advice, Advice::stop);
}

TEST(Verdict, ThrottledByHeaderElseByWordsElseAMinute) {
  const std::string body =
      R"({"error":{"code":"ResourceRequestsThrottled","message":"Number of requests for action 'a' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '324' seconds."}})";
  EXPECT_EQ(judged(429, "Retry-After: 17\r\n", body).not_before, Milliseconds(seconds(17)));
  EXPECT_EQ(judged(429, "", body).not_before, Milliseconds(seconds(324)));
  EXPECT_EQ(judged(429, "retry-after: -5\r\n", body).not_before, Milliseconds(seconds(324)));
  EXPECT_EQ(judged(429, "", "<html>").not_before, Milliseconds(seconds(60)));
  EXPECT_EQ(judged(429, "", body).error.service.code, "ResourceRequestsThrottled");
}

TEST(Verdict, DatesAreComparedWithTheServersOwnClock) {
  // The client's clock is an hour off; the answer's Date is readable.
  const Verdict verdict = judged(503, "Date: Mon, 21 May 2018 09:00:00 GMT\r\nRetry-After: Mon, 21 May 2018 09:00:40 GMT\r\n");
  EXPECT_EQ(verdict.not_before, Milliseconds(seconds(40)));
}

TEST(Verdict, ARetryAfterInvitesButNotWherePermissionIsMissing) {
  for (const int status : {400, 404, 409}) EXPECT_EQ(judged(status, "Retry-After: 5\r\n").advice, Advice::retry) << status;
  EXPECT_EQ(judged(403, "Retry-After: 5\r\n").advice, Advice::stop);
}

TEST(Verdict, AReadableChallengeGivesItsClaims) {
  EXPECT_EQ(judged(401, "WWW-Authenticate: Bearer error=\"invalid_token\", claims=\"abc\"\r\n").claims, "abc");
  EXPECT_EQ(judged(401).claims, "");
}

TEST(Verdict, KeepsTheCorrelationId) { EXPECT_EQ(judged(500, "x-ms-correlation-request-id: c\r\n").error.correlation_id, "c"); }

}  // namespace
}  // namespace abj::tracking
