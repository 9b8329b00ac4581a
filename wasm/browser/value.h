// JavaScript objects and arrays, filled from C++ by a handful of imports: emscripten::val would bring a converter for every type it meets.
#pragma once

#include <emscripten/val.h>

#include <limits>
#include <string_view>
#include <utility>

namespace abj::browser {

// An object or array under construction. Fields of an array have a null key: they are appended.
class Value {
 public:
  static Value object() { return Value(emscripten::val::object()); }
  static Value array() { return Value(emscripten::val::array()); }

  // Signatures of URLs in it are masked (DESIGN.md, rule 5): this is the one way of text to JavaScript.
  void text(const char* key, std::string_view value);
  // NaN becomes null.
  void number(const char* key, double value);
  void boolean(const char* key, bool value);
  void null(const char* key) { number(key, std::numeric_limits<double>::quiet_NaN()); }
  void put(const char* key, const Value& value);

  emscripten::val take() { return std::move(value_); }

 private:
  explicit Value(emscripten::val value) : value_(std::move(value)) {}
  emscripten::val value_;
};

}  // namespace abj::browser
