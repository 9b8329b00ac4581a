#include "decode/list_scan.h"

#include <cstring>

namespace abj::decode {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Where the string that opens at `at` has its closing quote; npos where it has none.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at;; ++at) {
    const void* quote = at < text.size() ? std::memchr(text.data() + at, '"', text.size() - at) : nullptr;
    if (!quote) return std::string_view::npos;
    const std::size_t begin = at;
    at = static_cast<std::size_t>(static_cast<const char*>(quote) - text.data());
    std::size_t backslashes = 0;
    while (at - backslashes > begin && text[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
}

// Moves on to the next byte that matters: a quote, a bracket or brace, or a comma.
enum Kind : unsigned char { other, quote, open, close, comma };
struct Kinds {
  Kind of[256]{};
  constexpr Kinds() {
    of[static_cast<unsigned char>('"')] = quote;
    of[static_cast<unsigned char>('{')] = of[static_cast<unsigned char>('[')] = open;
    of[static_cast<unsigned char>('}')] = of[static_cast<unsigned char>(']')] = close;
    of[static_cast<unsigned char>(',')] = comma;
  }
};
constexpr Kinds kinds;

// The elements of the list that opens before `at`, up to its closing bracket: where that is, npos where there is none or an element is missing.
std::size_t take_elements(std::string_view text, std::size_t at, std::vector<std::string_view>& elements) {
  std::size_t depth = 0, begin = at;
  const auto take = [&](std::size_t end, bool may_be_none) {
    std::size_t from = begin;
    while (from < end && is_space(text[from])) ++from;
    while (end > from && is_space(text[end - 1])) --end;
    if (from == end) return may_be_none;
    elements.push_back(text.substr(from, end - from));
    return true;
  };
  for (; at < text.size(); ++at) {
    switch (kinds.of[static_cast<unsigned char>(text[at])]) {
      case other: break;
      case quote:
        at = end_of_string(text, at);
        if (at == std::string_view::npos) return at;
        break;
      case open: ++depth; break;
      case close:
        if (depth > 0) {
          --depth;
          break;
        }
        return take(at, elements.empty()) ? at : std::string_view::npos;
      case comma:
        if (depth > 0) break;
        if (!take(at, false)) return std::string_view::npos;
        begin = at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<ListScan> scan_list(std::string_view page) {
  ListScan found;
  bool has_list = false;
  std::size_t depth = 0, kept = 0;
  std::string_view key;
  for (std::size_t at = 0; at < page.size(); ++at) {
    switch (kinds.of[static_cast<unsigned char>(page[at])]) {
      case quote: {
        const std::size_t end = end_of_string(page, at);
        if (end == std::string_view::npos) return {};
        // Of the root's own members, the one that a colon follows is the key.
        std::size_t next = end + 1;
        while (next < page.size() && is_space(page[next])) ++next;
        if (depth == 1 && next < page.size() && page[next] == ':') key = page.substr(at + 1, end - at - 1);
        at = end;
        break;
      }
      case open: {
        const bool is_list = page[at] == '[' && depth == 1 && (key == "value" || key == "data");
        ++depth;
        if (!is_list) break;
        if (has_list) return {};
        has_list = true;
        const std::size_t end = take_elements(page, at + 1, found.elements);
        if (end == std::string_view::npos) return {};
        found.rest += page.substr(kept, at + 1 - kept);
        kept = end;
        at = end - 1;
        break;
      }
      case close:
        if (depth == 0) return {};
        --depth;
        break;
      case comma:
        if (depth == 1) key = {};
        break;
      case other: break;
    }
  }
  if (!has_list) return {};
  found.rest += page.substr(kept);
  return found;
}

std::string list_of(const std::vector<std::string_view>& elements) {
  std::string page = "{\"value\":[";
  for (const auto& element : elements) {
    if (page.back() != '[') page += ',';
    page += element;
  }
  return page += "]}";
}

Hash hash_of_element(std::string_view element) {
  constexpr Hash factor = 0x9E3779B97F4A7C15u;
  Hash hash = element.size() * factor;
  const auto mix = [&](Hash word) {
    hash = (hash ^ word) * factor;
    hash ^= hash >> 29;
  };
  for (; element.size() >= 8; element.remove_prefix(8)) {
    Hash word;
    std::memcpy(&word, element.data(), 8);
    mix(word);
  }
  Hash last = 0;
  std::memcpy(&last, element.data(), element.size());
  mix(last);
  return hash ? hash : 1;
}

}  // namespace abj::decode
