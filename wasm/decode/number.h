// JSON numbers as doubles, for percentages and the like. Numbers that are ids or codes stay text.
#pragma once

#include <optional>
#include <string_view>

namespace abj::decode {

// Reads `[-]digits[.digits][(e|E)[±]digits]`. Within a few units in the last place; nothing for other
// texts, nor for what does not fit a double (the last few ulps below its maximum count as not fitting).
std::optional<double> parse_number(std::string_view text);

}  // namespace abj::decode
