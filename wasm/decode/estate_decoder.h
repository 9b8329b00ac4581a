// Pages of the lists of subscriptions and of vaults, by ARM or by Azure Resource Graph (ESTATE.md §1, §3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/estate.h"

namespace abj::decode {

// Of either: the one that was asked for has entries.
struct EstatePage {
  std::vector<Subscription> subscriptions{};
  std::vector<Vault> vaults{};
  std::string next_link{};   // as it came: to be pinned before it is followed; empty on the last page
  std::string skip_token{};  // of Resource Graph, in its place
};

// Properties that nobody shows are not kept. Errors: those of read_json, and wrong_shape where there is no list.
Result<EstatePage> decode_subscription_page(std::string_view json);
Result<EstatePage> decode_vault_page(std::string_view json);

// One vault by itself, and the regions of a subscription. Errors: as above.
Result<Vault> decode_vault(std::string_view json);
Result<std::vector<RegionPair>> decode_regions(std::string_view json);

}  // namespace abj::decode
