// One pass over a JSON text, told to a visitor in order. The only header of the only place that knows nlohmann/json.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/error.h"

namespace abj::decode {

// Limits on what is read at all. The largest recorded body is 60 KB; a page of 200 jobs is about 200 KB.
constexpr std::size_t max_bytes = 32u << 20;
constexpr std::size_t max_depth = 64;
constexpr std::size_t max_string = 1u << 20;

struct Scalar {
  enum class Kind { null, boolean, number, string };
  Kind kind = Kind::null;
  std::string_view text;  // "null", "true", "false", the number as written, or the string's UTF-8; valid during the call only

  bool is_null() const { return kind == Kind::null; }
};

// A decoder of one kind of document. Containers it knows have a scope, a number of its own; leaves of the others are handed
// to unknown() with their path, so that nothing is lost.
class Visitor {
 public:
  using Scope = int;
  static constexpr Scope no_scope = -1;

  virtual ~Visitor() = default;
  // An object or array opens under `parent`: at `key` of an object, or at `index` of an array.
  virtual Scope enter(Scope parent, std::string_view key, std::size_t index) = 0;
  // A leaf in a scope of the visitor's own; false where it has no name for it, or cannot read it as what it should be.
  virtual bool leaf(Scope scope, std::string_view key, std::size_t index, const Scalar& value) = 0;
  // A leaf nobody took, with its JSON Pointer from the root.
  virtual void unknown(std::string path, const Scalar& value) = 0;
};

// Reads `text`, whose root must be an object that opens in `root`. A UTF-8 byte order mark is skipped.
// Errors: too_large, too_deep, not_json (with the byte position), wrong_shape. What was told before an error was found stays told.
std::optional<Error> read_json(std::string_view text, Visitor& visitor, Visitor::Scope root);

}  // namespace abj::decode
