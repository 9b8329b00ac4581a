#include "decode/number.h"

#include <algorithm>
#include <cmath>

#include "model/text.h"

namespace abj::decode {
namespace {

// 10^exponent, for 0 … 308, by squaring.
double power_of_ten(int exponent) {
  double power = 1;
  double base = 10;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2) power *= base;
    base *= base;
  }
  return power;
}

// value · 10^exponent, in two steps where one power would leave the range of a double.
double scaled(double value, int exponent) {
  constexpr int largest_step = 300;
  for (; exponent > largest_step; exponent -= largest_step) value *= power_of_ten(largest_step);
  for (; exponent < -largest_step; exponent += largest_step) value /= power_of_ten(largest_step);
  return exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::size_t at = 0;
  const auto peek = [&] { return at < text.size() ? text[at] : '\0'; };
  const bool negative = peek() == '-';
  if (negative) ++at;

  double mantissa = 0;
  int exponent = 0;
  int significant = 0;
  const auto digits = [&](bool fraction) {
    const std::size_t start = at;
    for (; is_digit(peek()); ++at) {
      if (significant < 17) {
        mantissa = mantissa * 10 + (peek() - '0');
        if (mantissa != 0) ++significant;
        if (fraction) --exponent;
      } else if (!fraction) {
        ++exponent;
      }
    }
    return at > start;
  };
  if (!digits(false)) return {};
  if (peek() == '.') {
    ++at;
    if (!digits(true)) return {};
  }
  if (to_lower(peek()) == 'e') {
    ++at;
    const bool minus = peek() == '-';
    if (minus || peek() == '+') ++at;
    int value = 0;
    const std::size_t start = at;
    for (; is_digit(peek()); ++at) value = std::min(value * 10 + (peek() - '0'), 100'000);
    if (at == start) return {};
    exponent += minus ? -value : value;
  }
  if (at != text.size()) return {};

  const double result = mantissa == 0 ? 0 : scaled(mantissa, std::clamp(exponent, -1000, 1000));
  if (!std::isfinite(result)) return {};
  return negative ? -result : result;
}

}  // namespace abj::decode
