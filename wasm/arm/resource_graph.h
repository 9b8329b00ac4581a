// Azure Resource Graph: all subscriptions in one question (AZURE.md §13, ESTATE.md §3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/time.h"

namespace abj::arm {

inline constexpr std::string_view resource_graph_path = "/providers/Microsoft.ResourceGraph/resources";
inline constexpr std::string_view resource_graph_api_version = "2022-10-01";

// Jobs older than this are not in it any more.
inline constexpr Duration graph_keeps = std::chrono::hours(24 * 14);

// Which jobs: all of these subscriptions, or where there are none of all that the user may read, both kinds of vault; or of one vault, by its path. That began
// then; without a time, all that there are.
struct GraphQuestion {
  std::vector<std::string> subscriptions{};
  std::optional<Instant> from{}, to{};
  std::string vault{};
};

// What the POST says, a page at a time: `skip_token` as the page before said it. Rows have an id, so that there is a next page, and a stable order.
std::string jobs_query(const GraphQuestion& question, std::string_view skip_token = {});
// All protected items, and all vaults, that the user may read.
std::string items_query(std::string_view skip_token = {});
std::string vaults_query(std::string_view skip_token = {});

}  // namespace abj::arm
