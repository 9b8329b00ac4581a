// What the service says beyond the model.
#pragma once

#include <string>

namespace abj {

// A JSON leaf that the model has no name for: kept, in order, and shown as it came (DESIGN.md, rule 4).
struct OtherProperty {
  std::string path;   // JSON Pointer (RFC 6901) within the resource
  std::string value;  // the leaf's text; "null" for null
  bool secret = false;  // must be masked wherever it is shown (rule 5)
  bool operator==(const OtherProperty&) const = default;
};

}  // namespace abj
