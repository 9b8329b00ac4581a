// A fuzz target for the door that DOOR names: whatever comes in, nothing crashes, and what is promised of the result holds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "arm/job_filter.h"
#include "arm/resource_id.h"
#include "arm/throttling.h"
#include "arm/url.h"
#include "decode/duration.h"
#include "decode/error_decoder.h"
#include "decode/estate_decoder.h"
#include "decode/item_decoder.h"
#include "decode/job_decoder.h"
#include "decode/list_scan.h"
#include "decode/number.h"
#include "decode/operation_decoder.h"
#include "decode/secrets.h"
#include "decode/timestamp.h"
#include "tracking/job_list.h"
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

[[maybe_unused]] void list(std::string_view text) {
  const arm::Endpoint endpoint{"https://management.azure.com"};
  const auto vault = arm::parse_vault_id("/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v");
  auto walk = tracking::JobList::open(endpoint, *vault, {.status = "Failed"});
  walk->take(text);
  walk->take(text);
  const auto next = walk->next();
  if (next) require(next->url.starts_with("https://management.azure.com/"));
  require(next || walk->is_complete() || walk->problem());
  require(!(walk->is_complete() && walk->problem()));
  for (const auto& job : walk->jobs()) require(job.status.state == JobState::failed);
}

[[maybe_unused]] void items(std::string_view text) {
  const auto page = decode::decode_item_page(text);
  if (!page) return require(!page.error().detail.empty());
  for (const auto& item : page->items) {
    require(item.policy.find('/') == std::string::npos);
    require(!item.last_backup || *item.last_backup > Instant(std::chrono::sys_days(std::chrono::year(2001) / 1 / 1)));
  }
}

[[maybe_unused]] void estate(std::string_view text) {
  for (const auto& page : {decode::decode_vault_page(text), decode::decode_subscription_page(text)}) {
    if (!page) require(!page.error().detail.empty());
    else require(page->vaults.empty() || page->subscriptions.empty());
  }
}

// nlohmann is the judge: part by part or whole, the same jobs or none.
[[maybe_unused]] void scan(std::string_view text) {
  const auto parts = decode::scan_list(text);
  if (!parts) return;
  const auto whole = decode::decode_job_page(text), rest = decode::decode_job_page(parts->rest);
  bool readable = static_cast<bool>(rest);
  std::vector<Job> jobs;
  for (const auto& element : parts->elements) {
    auto part = decode::decode_job_page(decode::list_of({element}));
    readable = readable && part;
    if (part) jobs.insert(jobs.end(), part->jobs.begin(), part->jobs.end());
  }
  require(readable == static_cast<bool>(whole));
  if (!whole) return;
  require(jobs.size() + rest->jobs.size() == whole->jobs.size());
  if (rest->jobs.empty()) require(jobs == whole->jobs);
  if (const auto together = decode::decode_job_page(decode::list_of(parts->elements))) require(together->jobs == jobs);
}

// Fields by line: status, operation, type, job id, and the window's bounds in ticks.
[[maybe_unused]] void filter(std::string_view text) {
  std::string lines[6];
  for (auto& line : lines) {
    const auto end = text.find('\n');
    line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  arm::JobFilter filter{lines[0], lines[1], lines[2], lines[3]};
  const auto at = [](const std::string& line) { return line.empty() ? std::optional<Instant>() : Instant(Duration(std::atoll(line.c_str()) % 100'000'000'000'000'000)); };
  filter.from = at(lines[4]);
  filter.to = at(lines[5]);
  const auto written = arm::filter_text(filter);
  if (!written) return require(written.error().code == ErrorCode::filter_refused);
  // As many clauses as values, and no quote but theirs.
  long quotes = 0, values = 0;
  for (const char c : *written) quotes += c == '\'';
  for (int i = 0; i < 4; ++i) values += !lines[i].empty();
  values += filter.from.has_value() + filter.to.has_value();
  require(quotes == 2 * values);
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
  // Masking twice changes nothing more, and leaves no signature.
  require(decode::masked(decode::masked(text)) == decode::masked(text));
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
