// What a user may look at: subscriptions, and the vaults in them (ESTATE.md §1).
#pragma once

#include <string>

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
  bool operator==(const Vault&) const = default;
};

}  // namespace abj
