// The service's own secrets: item-level-recovery scripts, SAS keys and URLs, signed queries (DESIGN.md, rule 5).
#pragma once

#include <string>
#include <string_view>

namespace abj::decode {

// True where a leaf must be masked wherever it is shown, judged by its key and by its text.
bool is_secret(std::string_view path, std::string_view value);

// `text` with the signatures of URLs in it replaced by "…": messages quote URLs too, and all but the signature is worth reading.
std::string masked(std::string_view text);

}  // namespace abj::decode
