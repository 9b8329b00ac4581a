// JSON numbers as doubles, for percentages and the like. Numbers that are ids or codes stay text.
#pragma once

#include <optional>
#include <string_view>

namespace abj::decode {

// Reads `[-]digits[.digits][(e|E)[±]digits]`. Within one unit in the last place for what has up to 17 digits; nothing for other
// texts, nor for what does not fit a double.
std::optional<double> parse_number(std::string_view text);

}  // namespace abj::decode
