#include "arm/job_filter.h"

#include "model/utc.h"
#include "model/text.h"

namespace abj::arm {
namespace {

using std::chrono::seconds;

// "2017-10-20 09:00:00 AM": a clock of twelve hours.
std::string filter_time(Instant at) {
  std::string text = utc_text(at, "0000-00-00 00:00:00 AM");
  const int hour = (text[11] - '0') * 10 + text[12] - '0';
  const int shown = hour % 12 == 0 ? 12 : hour % 12;
  text[11] = static_cast<char>('0' + shown / 10);
  text[12] = static_cast<char>('0' + shown % 10);
  if (hour >= 12) text[20] = 'P';
  return text;
}

// Words of the service's enumerations and ids: nothing that a quote could end, and nothing that needs one doubled.
bool is_word(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c) && (to_lower(c) < 'a' || to_lower(c) > 'z') && c != '-' && c != ' ' && c != '(' && c != ')') return false;
  return text.size() <= 100;
}

Error refused(std::string_view why) { return {ErrorCode::filter_refused, std::string(why)}; }

bool same_operation(std::string_view asked, std::string_view operation) {
  return starts_with_ignoring_case(operation, asked) && (operation.size() == asked.size() || operation.substr(asked.size()).starts_with(" ("));
}

}  // namespace

Result<std::string> filter_text(const JobFilter& filter) {
  std::string text;
  const auto add = [&](std::string_view field, std::string_view value) {
    if (!text.empty()) text += " and ";
    text.append(field).append(" eq '").append(value) += '\'';
  };
  struct Part {
    std::string_view field;
    const std::string& value;
  };
  const Part parts[] = {
      {"status", filter.status}, {"operation", filter.operation}, {"backupManagementType", filter.management_type}, {"jobId", filter.job_id}};
  for (const auto& [field, value] : parts) {
    if (!is_word(value)) return refused(std::string(field) + " is not a word");
    if (!value.empty()) add(field, value);
  }
  if (filter.to && !filter.from) return refused("an end without a start");
  if (filter.to && *filter.to < *filter.from) return refused("an end before its start");
  if (filter.to && *filter.to - *filter.from > longest_window) return refused("a window of over 30 days");
  if (filter.from) (text += text.empty() ? "" : " and ") += window_text(*filter.from, filter.to);
  return text;
}

std::string window_text(Instant from, std::optional<Instant> to) {
  std::string text = "startTime eq '" + filter_time(from) + '\'';
  if (to) text += " and endTime eq '" + filter_time(std::chrono::ceil<seconds>(*to)) + '\'';
  return text;
}

bool may_list(const JobFilter& filter, const Job& job) {
  constexpr seconds slack(1);  // the filter's times are whole seconds
  if (!filter.status.empty() && !equals_ignoring_case(filter.status, job.status.text)) return false;
  if (!filter.operation.empty() && !same_operation(filter.operation, job.operation)) return false;
  if (!filter.management_type.empty() && !equals_ignoring_case(filter.management_type, job.management_type)) return false;
  if (!filter.job_id.empty() && !equals_ignoring_case(filter.job_id, job.name)) return false;
  if (filter.to && job.start && *job.start > *filter.to + slack) return false;
  return !(filter.from && job.end && *job.end < *filter.from - slack);
}

}  // namespace abj::arm
