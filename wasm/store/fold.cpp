#include "store/fold.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "model/text.h"
#include "store/fold_table.h"

namespace abj::store {
namespace {

char32_t fold(char32_t code) {
  const auto range = std::lower_bound(std::begin(fold_ranges), std::end(fold_ranges), code, [](const FoldRange& r, char32_t c) { return r.last < c; });
  if (range == std::end(fold_ranges) || code < range->first || (code - range->first) % range->step != 0) return code;
  return static_cast<char32_t>(static_cast<std::int32_t>(code) + range->delta);
}

void append(std::string& text, char32_t code) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) return byte(0xC0 | code >> 6), byte(0x80 | (code & 63));
  if (code < 0x10000) return byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63));
  byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 63)), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63));
}

// The code point at the front of `text`, and how many bytes it takes; no bytes where there is none.
std::pair<char32_t, std::size_t> front(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (size == 0 || size > text.size()) return {};
  char32_t code = size == 1 ? lead : lead & (0x7F >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return {};
    code = code << 6 | (next & 63);
  }
  return {code, size};
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      result += to_lower(text[0]);
      text.remove_prefix(1);
      continue;
    }
    const auto [code, size] = front(text);
    if (size == 0) result += text[0];
    else append(result, fold(code));
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return result;
}

int compare_names(std::string_view a, std::string_view b) {
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[k])) {
      if (a[i] != b[k]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[k]) ? -1 : 1;
      ++i, ++k;
      continue;
    }
    while (i < a.size() && a[i] == '0') ++i;
    while (k < b.size() && b[k] == '0') ++k;
    const std::size_t from_i = i, from_k = k;
    while (i < a.size() && is_digit(a[i])) ++i;
    while (k < b.size() && is_digit(b[k])) ++k;
    const std::string_view x = a.substr(from_i, i - from_i), y = b.substr(from_k, k - from_k);
    if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
    if (const int order = x.compare(y); order != 0) return order;
  }
  if (i < a.size() || k < b.size()) return i < a.size() ? 1 : -1;
  // The same but for zeros before a number.
  return a.compare(b);
}

}  // namespace abj::store
