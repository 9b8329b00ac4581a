#include "decode/json_reader.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "model/text.h"

namespace abj::decode {
namespace {

class Sax final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Sax(Visitor& visitor, Visitor::Scope root) : visitor_(visitor), root_(root) {}

  std::optional<Error> error;

  bool null() override { return leaf({Scalar::Kind::null, "null"}); }
  bool boolean(bool value) override { return leaf({Scalar::Kind::boolean, value ? "true" : "false"}); }
  bool number_integer(number_integer_t value) override { return integer(value); }
  bool number_unsigned(number_unsigned_t value) override { return integer(value); }
  bool number_float(number_float_t, const string_t& text) override { return leaf({Scalar::Kind::number, text}); }
  bool string(string_t& text) override { return fits(text) && leaf({Scalar::Kind::string, text}); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& text) override {
    if (!fits(text)) return false;
    frames_.back().key = text;
    return true;
  }

  // Only the position is told: the exception's own words quote the text that was read.
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    if (!error) error = Error{ErrorCode::not_json, "at byte " + decimal(position)};
    return false;
  }

 private:
  struct Frame {
    Visitor::Scope scope;
    bool is_array;
    std::string key{};
    std::size_t index = 0;
  };

  template <class Integer>
  bool integer(Integer value) {
    const auto magnitude = static_cast<std::uint64_t>(value);
    const std::string digits = value < Integer(0) ? '-' + decimal(0 - magnitude) : decimal(magnitude);
    return leaf({Scalar::Kind::number, digits});
  }

  bool refuse(ErrorCode code, std::string detail) {
    error = Error{code, std::move(detail)};
    return false;
  }

  bool fits(const std::string& text) {
    return text.size() <= max_string || refuse(ErrorCode::too_large, "a string of over " + decimal(max_string) + " bytes");
  }

  bool open(bool is_array) {
    if (frames_.size() == max_depth) return refuse(ErrorCode::too_deep, "over " + decimal(max_depth) + " levels");
    Visitor::Scope scope = root_;
    if (frames_.empty()) {
      if (is_array) return refuse(ErrorCode::wrong_shape, "not an object");
    } else {
      const Frame& parent = frames_.back();
      scope = parent.scope == Visitor::no_scope ? Visitor::no_scope : visitor_.enter(parent.scope, parent.key, parent.index);
    }
    frames_.push_back({scope, is_array});
    return true;
  }

  bool close() {
    frames_.pop_back();
    advance();
    return true;
  }

  bool leaf(const Scalar& value) {
    if (frames_.empty()) return refuse(ErrorCode::wrong_shape, "not an object");
    const Frame& frame = frames_.back();
    if (frame.scope == Visitor::no_scope || !visitor_.leaf(frame.scope, frame.key, frame.index, value))
      visitor_.unknown(path(), value);
    advance();
    return true;
  }

  void advance() {
    if (!frames_.empty() && frames_.back().is_array) ++frames_.back().index;
  }

  std::string path() const {
    std::string pointer;
    for (const Frame& frame : frames_) {
      pointer += '/';
      if (frame.is_array) {
        pointer += decimal(frame.index);
        continue;
      }
      for (const char c : frame.key) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
      }
    }
    return pointer;
  }

  Visitor& visitor_;
  Visitor::Scope root_;
  std::vector<Frame> frames_;
};

}  // namespace

std::optional<Error> read_json(std::string_view text, Visitor& visitor, Visitor::Scope root) {
  if (text.size() > max_bytes) return Error{ErrorCode::too_large, decimal(text.size()) + " bytes"};
  Sax sax(visitor, root);
  nlohmann::json::sax_parse(text.begin(), text.end(), &sax);
  return std::move(sax.error);
}

}  // namespace abj::decode
