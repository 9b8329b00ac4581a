// Response headers as a browser hands them over. Headers help; they are never needed (DESIGN.md, rule 10).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace abj::arm {

// The value of the first header of that name in `block` ("name: value" lines; the text may end in NUL bytes), trimmed.
std::optional<std::string_view> header(std::string_view block, std::string_view name);

// The claims of a `WWW-Authenticate: Bearer …, claims="…"` challenge (AZURE.md §8), as sent (base64); empty where there are none.
std::string claims_of(std::string_view challenge);

// The correlation id to quote to support, else the request id, where readable; empty else.
std::string correlation_id_of(std::string_view block);

}  // namespace abj::arm
