#include "tracking/verdict.h"

#include "arm/headers.h"
#include "arm/throttling.h"
#include "decode/error_decoder.h"

namespace abj::tracking {
namespace {

constexpr Milliseconds default_throttle_wait = std::chrono::seconds(60);

std::optional<Milliseconds> asked_wait(const arm::Response& response, Now now) {
  const auto text = arm::header(response.headers, "retry-after");
  if (!text) return {};
  // The client's clock is not trusted: a date is compared with the answer's own Date where that can be read.
  const auto date = arm::header(response.headers, "date");
  const auto server_now = date ? arm::parse_http_date(*date) : std::nullopt;
  return arm::parse_retry_after(*text, server_now.value_or(now.wall));
}

ErrorCode code_for(int status) {
  switch (status) {
    case 401: return ErrorCode::sign_in_needed;
    case 403: return ErrorCode::forbidden;
    case 404: return ErrorCode::not_found;
    case 429: return ErrorCode::throttled;
    default: return status >= 500 || status == 408 ? ErrorCode::service_failed : ErrorCode::request_refused;
  }
}

Verdict judge_status(const arm::Response& response, Now now) {
  Verdict verdict;
  verdict.not_before = asked_wait(response, now);
  if ((response.status >= 200 && response.status < 300) || response.status == 304) return verdict;

  Error& error = verdict.error;
  error.code = code_for(response.status);
  error.http_status = response.status;
  error.service = decode::decode_service_error(response.body);
  error.correlation_id = arm::correlation_id_of(response.headers);
  switch (error.code) {
    case ErrorCode::sign_in_needed:
      verdict.advice = Advice::renew_token;
      if (const auto challenge = arm::header(response.headers, "www-authenticate")) verdict.claims = arm::claims_of(*challenge);
      break;
    case ErrorCode::throttled:
      verdict.advice = Advice::wait;
      // Where CORS hides the header, the words still tell (AZURE.md §7).
      if (!verdict.not_before) verdict.not_before = arm::parse_throttle_message(error.service.message).wait.value_or(default_throttle_wait);
      break;
    case ErrorCode::service_failed: verdict.advice = Advice::retry; break;
    case ErrorCode::forbidden: verdict.advice = Advice::stop; break;
    default: verdict.advice = verdict.not_before ? Advice::retry : Advice::stop;
  }
  return verdict;
}

}  // namespace

Verdict judge(const arm::Response& response, Now now) {
  using Outcome = arm::Response::Outcome;
  const auto failure = [&](Advice advice, ErrorCode code) { return Verdict{advice, Error{code, response.detail}}; };
  switch (response.outcome) {
    case Outcome::answered: return judge_status(response, now);
    case Outcome::network_failed: return failure(Advice::retry, ErrorCode::network);
    case Outcome::timed_out: return failure(Advice::retry, ErrorCode::timed_out);
    case Outcome::token_failed: return failure(Advice::retry, ErrorCode::token_failed);
    case Outcome::token_invalid: return failure(Advice::stop, ErrorCode::token_invalid);
    case Outcome::redirected: return failure(Advice::stop, ErrorCode::redirected);
  }
  return failure(Advice::retry, ErrorCode::network);
}

}  // namespace abj::tracking
