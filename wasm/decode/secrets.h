// The service's own secrets: item-level-recovery scripts, SAS keys and URLs, signed queries (DESIGN.md, rule 5).
#pragma once

#include <string_view>

namespace abj::decode {

// True where a leaf must be masked wherever it is shown, judged by its key and by its text.
bool is_secret(std::string_view path, std::string_view value);

}  // namespace abj::decode
