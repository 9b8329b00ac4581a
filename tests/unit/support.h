// What several tests share: fixtures and short ways to build values.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "model/time.h"

namespace abj::test {

inline std::string fixture(std::string_view name) {
  std::ifstream file(std::string(ABJ_FIXTURES) + "/" + std::string(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The documentation's job without the brace too many.
inline std::string documentation_job() {
  std::string text = fixture("documentation/job_as_published.json");
  text.resize(text.find_last_of('}'));
  return text;
}

inline constexpr std::string_view vault_path =
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-weu";
inline constexpr std::string_view job_name = "41f3e94b-ae6b-4a20-b422-65abfcaf03e5";
inline std::string job_path() { return std::string(vault_path) + "/backupJobs/" + std::string(job_name); }

constexpr Duration ticks(std::int64_t count) { return Duration(count); }
constexpr Duration seconds(std::int64_t count) { return std::chrono::seconds(count); }

}  // namespace abj::test
