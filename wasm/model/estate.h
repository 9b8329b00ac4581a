// What a user may look at: subscriptions, and the vaults in them (ESTATE.md §1).
#pragma once

#include <string>
#include <string_view>

#include "model/text.h"

namespace abj {

struct Subscription {
  std::string id{};  // a GUID
  std::string name{};
  std::string state{};  // Enabled, Warned, PastDue, Disabled, Deleted, as it came
  bool operator==(const Subscription&) const = default;
};

struct Vault {
  std::string id{};  // its resource id
  std::string location{};
  std::string cross_region_restore{};  // Enabled or Disabled, where it is told: lists often leave it out
  bool operator==(const Vault&) const = default;
};

// "West Europe" in some answers, "westeurope" in others.
inline std::string region_name(std::string_view location) {
  std::string name = lower_cased(location);
  std::erase(name, ' ');
  return name;
}

struct RegionPair {
  std::string name{};
  std::string pair{};  // the first region that it is paired with; empty where it is with none
  bool operator==(const RegionPair&) const = default;
};

}  // namespace abj
