// A fuzz target for the door that DOOR names: whatever comes in, nothing crashes, and what is promised of the result holds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "arm/throttling.h"
#include "arm/url.h"
#include "decode/duration.h"
#include "decode/error_decoder.h"
#include "decode/job_decoder.h"
#include "decode/number.h"
#include "decode/operation_decoder.h"
#include "decode/timestamp.h"
#include "tracking/start.h"

namespace {

using namespace abj;

// A promise that is broken is a finding like a crash.
void require(bool holds) {
  if (!holds) std::abort();
}

[[maybe_unused]] void job(std::string_view text) {
  const auto job = decode::decode_job(text);
  if (job) require(!job->can_cancel() || job->status.state == JobState::in_progress);
  else require(!job.error().detail.empty());
}

[[maybe_unused]] void operation(std::string_view text) {
  const auto operation = decode::decode_operation(text);
  if (!operation) require(!operation.error().detail.empty());
}

[[maybe_unused]] void error(std::string_view text) { require(decode::decode_service_error(text).text.size() <= 500); }

[[maybe_unused]] void duration(std::string_view text) {
  const auto duration = decode::parse_duration(text);
  // A sign turns it round, and nothing else.
  if (duration && !text.starts_with('-')) require(decode::parse_duration("-" + std::string(text)) == -*duration);
}

[[maybe_unused]] void timestamp(std::string_view text) {
  const auto stamp = decode::parse_timestamp(text);
  if (stamp && text.ends_with('Z')) require(decode::parse_timestamp(text.substr(0, text.size() - 1))->instant == stamp->instant);
  decode::parse_number(text);
}

[[maybe_unused]] void retry_after(std::string_view text) {
  const auto in_bounds = [](const std::optional<Milliseconds>& wait) { return !wait || (*wait >= arm::shortest_wait && *wait <= arm::longest_wait); };
  require(in_bounds(arm::parse_retry_after(text, std::chrono::seconds(1'800'000'000))));
  require(in_bounds(arm::parse_throttle_message(text).wait));
}

[[maybe_unused]] void url(std::string_view text) {
  const arm::Endpoint endpoint{"https://management.azure.com"};
  const auto pinned = arm::pin(endpoint, text);
  if (pinned) {
    require(pinned->starts_with("https://management.azure.com/"));
    for (const char c : *pinned) require(c > 0x20 && c < 0x7f && c != '\\' && c != '#');
  }
  if (const auto parsed = arm::parse_endpoint(text)) require(parsed->origin.starts_with("https://") || parsed->origin.starts_with("http://127.0.0.1") || parsed->origin.starts_with("http://localhost"));
}

[[maybe_unused]] void start(std::string_view text) {
  const arm::Endpoint endpoint{"https://management.azure.com"};
  const auto cut = text.find('\n');
  const auto start = tracking::parse_start(endpoint, text.substr(0, cut), cut == std::string_view::npos ? "" : text.substr(cut + 1));
  if (!start) return;
  require(start->operation_url.empty() || start->operation_url.starts_with("https://management.azure.com/"));
  for (const auto& job : start->jobs) require(job.id.path().starts_with("/subscriptions/"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of its exact size, so that a step past its end is seen.
  const std::string text(reinterpret_cast<const char*>(data), size);
  DOOR(text);
  return 0;
}
