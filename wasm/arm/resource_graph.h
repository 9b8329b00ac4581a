// Azure Resource Graph: the jobs of all vaults in one question (AZURE.md §13, ESTATE.md §3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/time.h"

namespace abj::arm {

inline constexpr std::string_view resource_graph_path = "/providers/Microsoft.ResourceGraph/resources";
inline constexpr std::string_view resource_graph_api_version = "2022-10-01";

// What the POST says: all jobs of these subscriptions, both kinds of vault, that began since then (without a time: all that there are), a page at a
// time. `skip_token` as the page before said it. Rows have an id, so that there is a next page, and a stable order.
std::string jobs_query(const std::vector<std::string>& subscriptions, std::optional<Instant> from, std::string_view skip_token = {});

}  // namespace abj::arm
