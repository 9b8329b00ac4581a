// The elements of a page's list, found without reading them: between two polls of a vault nearly all are the same bytes as before (DESIGN.md, "Skip what
// did not change"). It knows strings and brackets and nothing else; what a job is, the decoder alone knows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/text.h"

namespace abj::decode {

struct ListScan {
  std::vector<std::string_view> elements;  // of `value` or `data`, in order, without white space around them; within the page's bytes
  std::string rest;                        // the page with that list emptied
};

// The page is valid JSON, and says the same, exactly if `rest` is and every element is where a list has one: list_of() makes pages of them. Nothing where the
// page has to be read whole: it is not an object with one such list, or an element is missing.
std::optional<ListScan> scan_list(std::string_view page);

// A page of these elements alone.
std::string list_of(const std::vector<std::string_view>& elements);

// Of the element's bytes; never 0. Not for keys that an adversary may choose.
Hash hash_of_element(std::string_view element);

}  // namespace abj::decode
