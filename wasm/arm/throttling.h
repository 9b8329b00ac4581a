// How long the service asks us to wait, from the header or from the words of a 429 (AZURE.md §6, §7).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/time.h"

namespace abj::arm {

// The service sends 0 and absurd values alike; what it asks is held to these bounds.
constexpr Milliseconds shortest_wait = std::chrono::seconds(1);
constexpr Milliseconds longest_wait = std::chrono::hours(1);

// A Retry-After of seconds or of an HTTP date, held to the bounds above; nothing where it is neither.
// `now` is the time the date is compared with, since the Unix epoch: the response's own Date where readable.
std::optional<Milliseconds> parse_retry_after(std::string_view text, Milliseconds now);

// An HTTP date such as "Mon, 21 May 2018 10:23:17 GMT", since the Unix epoch.
std::optional<Milliseconds> parse_http_date(std::string_view text);

// What the words of a throttling message tell, each where they tell it.
struct Throttle {
  std::string action{};  // e.g. "Microsoft.RecoveryServices/vaults/backupJobs/read"
  std::optional<int> limit{};  // requests per interval
  std::optional<Milliseconds> interval{};
  std::optional<Milliseconds> wait{};  // held to the bounds above
};
Throttle parse_throttle_message(std::string_view message);

}  // namespace abj::arm
