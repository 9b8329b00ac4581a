// ASCII text helpers. The service's keywords are ASCII; other bytes pass through untouched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abj {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  return true;
}

constexpr bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

constexpr std::string_view trimmed(std::string_view text) {
  constexpr auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

inline std::string lower_cased(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = to_lower(c);
  return result;
}

// Where `needle` first stands in `text` at or after `from`, without case; npos where it does not.
constexpr std::size_t find_ignoring_case(std::string_view text, std::string_view needle, std::size_t from = 0) {
  if (needle.size() > text.size()) return std::string_view::npos;
  for (std::size_t i = from; i + needle.size() <= text.size(); ++i)
    if (equals_ignoring_case(text.substr(i, needle.size()), needle)) return i;
  return std::string_view::npos;
}

// Like std::to_string, which brings a table of digits.
inline std::string decimal(std::uint64_t value) {
  std::string text;
  do text.insert(text.begin(), static_cast<char>('0' + value % 10));
  while (value /= 10);
  return text;
}

// A short key that stands for a longer one (FNV-1a). `seed` joins several texts to one key.
using Hash = std::uint64_t;
constexpr Hash hash_of(std::string_view text, Hash seed = 0xcbf29ce484222325u) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return seed * 0x100000001b3u;
}
inline Hash hash_ignoring_case(std::string_view text, Hash seed = hash_of({})) { return hash_of(lower_cased(text), seed); }

// For a few dozen items, or nearly sorted ones: std::sort brings a kilobyte for every type.
template <class Item>
void insertion_sort(std::vector<Item>& items) {
  for (std::size_t i = 1; i < items.size(); ++i)
    for (std::size_t k = i; k > 0 && items[k] < items[k - 1]; --k) std::swap(items[k], items[k - 1]);
}

}  // namespace abj
