// What an answer, or its absence, means for asking again. One pure function: nothing here says anything about the job itself.
#pragma once

#include <optional>
#include <string>

#include "arm/exchange.h"
#include "model/error.h"
#include "model/time.h"

namespace abj::tracking {

enum class Advice {
  take,         // read the body
  retry,        // could not ask, or the service failed: ask again by itself, later
  wait,         // throttled: ask again when the service said
  renew_token,  // ask the host for a fresh token, once
  stop,         // asking again by itself cannot help
};

struct Verdict {
  Advice advice = Advice::take;
  Error error{};
  std::optional<Milliseconds> not_before{};  // how long the service asks us to wait, where it says
  std::string claims{};                      // of a readable challenge
};

// AZURE.md §7, §8. 429 without any readable time waits a minute, ARM's own default (§9). Whatever carries a Retry-After is worth another try (§8, D-RPC).
Verdict judge(const arm::Response& response, Now now);

}  // namespace abj::tracking
