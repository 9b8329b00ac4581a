#include "decode/error_decoder.h"

#include "decode/fields.h"
#include "decode/json_reader.h"
#include "decode/secrets.h"

namespace abj::decode {
namespace {

enum Scope : Visitor::Scope { root, error, second_message };


class ErrorVisitor final : public Visitor {
 public:
  ServiceError found;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    if (parent == root && key == "error") return error;
    if (parent == root && key == "Message") return second_message;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    switch (static_cast<Scope>(scope)) {
      case root:
        if (key == "ErrorCode") return take(found.code, value);
        // Some gateways leave the envelope out.
        return take_text(service_error_fields, found, key, value);
      case error: return take_text(service_error_fields, found, key, value);
      case second_message: return key == "Value" && take(found.message, value);
    }
    return false;
  }

  void unknown(std::string path, const Scalar& value) override {
    const bool secret = is_secret(path, value.text);
    found.other.push_back({std::move(path), std::string(value.text), secret});
  }
};

// The words of an HTML page: tags, scripts and styles out, blanks folded.
std::string words_of(std::string_view text) {
  constexpr std::size_t longest = 500;
  std::string words;
  for (std::size_t i = 0; i < text.size() && words.size() < longest; ++i) {
    char c = text[i];
    if (c == '<') {
      for (const std::string_view block : {"script", "style"}) {
        if (!starts_with_ignoring_case(text.substr(i + 1), block)) continue;
        const auto end = find_ignoring_case(text, std::string("</") + std::string(block), i);
        if (end != std::string_view::npos) i = end;
      }
      const auto end = text.find('>', i);
      if (end == std::string_view::npos) break;
      i = end;
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    if (c == ' ' && (words.empty() || words.back() == ' ')) continue;
    words += c;
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  // Do not cut a character in two.
  if (words.size() == longest)
    while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0x80) words.pop_back();
  if (!words.empty() && static_cast<unsigned char>(words.back()) >= 0xC0) words.pop_back();
  return words;
}

}  // namespace

ServiceError decode_service_error(std::string_view body) {
  const auto text = trimmed(body);
  if (text.empty()) return {};
  ErrorVisitor visitor;
  const bool is_json = !read_json(body, visitor, root);
  // JSON of a form nobody has seen is still worth its words.
  if (is_json && (!visitor.found.code.empty() || !visitor.found.message.empty() || text == "{}")) return std::move(visitor.found);
  ServiceError result;
  result.text = words_of(text);
  return result;
}

}  // namespace abj::decode
