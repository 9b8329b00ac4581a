#include "store/item_limits.h"

#include <algorithm>
#include <charconv>

#include "model/text.h"

namespace abj::store {
namespace {

constexpr std::size_t most_limits = 32;

const KindLimit* find(const std::vector<KindLimit>& limits, std::string_view kind) {
  const auto at = std::find_if(limits.begin(), limits.end(), [&](const KindLimit& one) { return equals_ignoring_case(one.kind, kind); });
  return at == limits.end() ? nullptr : &*at;
}

}  // namespace

std::vector<KindLimit> limits_in(std::string_view lines) {
  std::vector<KindLimit> limits;
  while (!lines.empty() && limits.size() < most_limits) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    int hours = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), hours);
    const auto digits = static_cast<std::size_t>(end - line.data());
    if (problem != std::errc() || digits >= line.size() || line[digits] != ' ') continue;
    const std::string_view kind = trimmed(line.substr(digits));
    if (!kind.empty() && hours > 0) limits.push_back({std::string(kind), limit_of_hours(hours)});
  }
  return limits;
}

std::string_view kind_of(std::string_view management_type, std::string_view workload_type) {
  if (management_type.empty() || (equals_ignoring_case(management_type, "AzureWorkload") && !workload_type.empty())) return workload_type;
  return management_type;
}

Duration limit_for(const std::vector<KindLimit>& limits, std::string_view management_type, std::string_view workload_type, Duration for_all) {
  for (const std::string_view kind : {workload_type, management_type})
    if (const KindLimit* its = kind.empty() ? nullptr : find(limits, kind)) return its->limit;
  return for_all;
}

Duration limit_of_hours(double hours) { return std::chrono::duration_cast<Duration>(std::chrono::hours(1) * (hours >= 1 ? std::min(hours, 24.0 * 366) : 1)); }

}  // namespace abj::store
