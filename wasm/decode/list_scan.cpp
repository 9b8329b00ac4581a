#include "decode/list_scan.h"

#include <cstring>
#include <utility>

namespace abj::decode {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Where the next quote is, or where the text ends. Strings are short: eight bytes at a time, without a call for each.
std::size_t find_quote(std::string_view text, std::size_t at) {
  constexpr std::uint64_t ones = 0x0101010101010101u, highs = ones << 7, quotes = ones * '"';
  for (; at + sizeof ones <= text.size(); at += sizeof ones) {
    std::uint64_t bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    bytes ^= quotes;
    // The lowest bit is that of the first byte which is zero now.
    if (const std::uint64_t found = (bytes - ones) & ~bytes & highs) return at + static_cast<std::size_t>(__builtin_ctzll(found)) / 8;
  }
  while (at < text.size() && text[at] != '"') ++at;
  return at;
}

// Where the string that opens at `at` has its closing quote; npos where it has none.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at;; ++at) {
    const std::size_t begin = at;
    at = find_quote(text, at);
    if (at == text.size()) return std::string_view::npos;
    std::size_t backslashes = 0;
    while (at - backslashes > begin && text[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at;
  }
}

bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }

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
  // The commonest first: processors guess such branches better than a jump by a table.
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      if (at == std::string_view::npos) return at;
    } else if (c == ',') {
      if (depth > 0) continue;
      if (!take(at, false)) return std::string_view::npos;
      begin = at + 1;
    } else if (opens(c)) {
      ++depth;
    } else if (closes(c)) {
      if (depth == 0) return take(at, elements.empty()) ? at : std::string_view::npos;
      --depth;
    }
  }
  return std::string_view::npos;
}

}  // namespace

// Not a part of whoever calls it, which is compiled for size.
[[gnu::noinline]] std::optional<ListScan> scan_list(std::string_view page) {
  ListScan found;
  bool has_list = false;
  std::size_t depth = 0, kept = 0;
  std::string_view key;
  for (std::size_t at = 0; at < page.size(); ++at) {
    const char c = page[at];
    if (c == '"') {
      const std::size_t end = end_of_string(page, at);
      if (end == std::string_view::npos) return {};
      // Of the root's own members, the one that a colon follows is the key.
      std::size_t next = end + 1;
      while (next < page.size() && is_space(page[next])) ++next;
      if (depth == 1 && next < page.size() && page[next] == ':') key = page.substr(at + 1, end - at - 1);
      at = end;
    } else if (opens(c)) {
      const bool is_list = c == '[' && depth == 1 && (key == "value" || key == "data");
      ++depth;
      if (!is_list) continue;
      if (std::exchange(has_list, true)) return {};
      const std::size_t end = take_elements(page, at + 1, found.elements);
      if (end == std::string_view::npos) return {};
      found.rest += page.substr(kept, at + 1 - kept);
      kept = end;
      at = end - 1;
    } else if (closes(c)) {
      if (depth == 0) return {};
      --depth;
    } else if (c == ',' && depth == 1) {
      key = {};
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
