// Pages of protected items: a vault's, in either provider's dialect, or everybody's from Azure Resource Graph (ESTATE.md §2, §3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/protected_item.h"

namespace abj::decode {

struct ItemPage {
  std::vector<ProtectedItem> items;
  std::string next_link;   // as it came: to be pinned before it is followed; empty on the last page
  std::string skip_token;  // of Resource Graph, in its place
};

// Properties that no view shows are not kept. Errors: those of read_json, and wrong_shape where there is no list.
Result<ItemPage> decode_item_page(std::string_view json);

}  // namespace abj::decode
