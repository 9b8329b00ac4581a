// One request to ARM and how it went. Values only: sending is the business of the room that includes Emscripten.
#pragma once

#include <cstdint>
#include <string>

#include "model/time.h"

namespace abj::arm {

using RequestId = std::uint32_t;  // never 0, never used twice

enum class Method { get, post };

struct Request {
  RequestId id = 0;
  std::string url{};     // on the endpoint's origin
  std::string claims{};  // of a challenge, for the host's getToken
  bool force_refresh = false;
  std::string body{};  // JSON; of a POST, and there it may be empty
  Method method = Method::get;
};

struct Response {
  enum class Outcome {
    answered,         // by HTTP, whatever the status
    network_failed,   // no answer: offline, DNS, TLS, CORS; a browser does not say which
    timed_out,
    token_failed,     // the host's getToken rejected; `detail` has its words
    token_invalid,    // the host's token cannot be a header's value
    redirected,       // the answer came from another origin: it is not believed
  };
  RequestId id = 0;
  Outcome outcome = Outcome::answered;
  int status = 0;
  std::string headers{};  // "name: value" lines, what the browser lets us read
  std::string body{};
  std::string detail{};
};

}  // namespace abj::arm
