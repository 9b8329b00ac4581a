// What can go wrong, as values: one code a reason, and what the service itself said of it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/other.h"

namespace abj {

enum class ErrorCode {
  // What the user or host gave us; nothing was asked of the service.
  input_empty,
  input_unrecognised,
  vault_needed,
  resource_id_malformed,
  url_refused,
  endpoint_refused,
  filter_refused,
  cancel_impossible,  // this kind of job cannot be cancelled through the service's interface
  cancel_refused,     // the job has ended, or the service does not list the action
  // A text that is not what it should be.
  not_json,
  too_deep,
  too_large,
  wrong_shape,
  // The service could not be asked. None of these says anything about a job.
  offline,
  network,
  timed_out,
  token_failed,
  token_invalid,
  sign_in_needed,
  // The service answered, but not with what was asked for.
  forbidden,
  not_found,
  throttled,
  service_failed,
  request_refused,
  answer_unreadable,
  redirected,
  list_unending,
};

// Stable names for the boundary to TypeScript, e.g. "sign-in-needed".
std::string_view name_of(ErrorCode code);

// ARM's error envelope, whichever of its forms it came in (AZURE.md §8).
struct ServiceError {
  std::string code;
  std::string message;
  std::string target;
  std::string text;  // of an HTML or plain-text answer, without tags, cut to 500 bytes
  std::vector<OtherProperty> other{};  // details, inner errors, recommended actions, whatever else the envelope holds
  bool operator==(const ServiceError&) const = default;
};

struct Error {
  ErrorCode code{};
  std::string detail{};  // for developers: what and where, never the text that was read
  int http_status = 0;   // 0 where there was no answer
  ServiceError service{};
  std::string correlation_id{};  // where the browser lets us read it
  bool operator==(const Error&) const = default;
};

// A value or why there is none. The module is built without exceptions.
template <class T>
class Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace abj
