// Text without case, for search; and the order in which people expect names.
#pragma once

#include <string>
#include <string_view>

namespace abj::store {

// UTF-8 by Unicode's simple case folding, code point by code point. Bytes that are no UTF-8 stay as they are.
std::string folded(std::string_view text);

// Whether `a` comes before (< 0) or after (> 0) `b`, both folded: by code points, runs of ASCII digits by their number ("vm-9" before "vm-10").
int compare_names(std::string_view a, std::string_view b);

}  // namespace abj::store
