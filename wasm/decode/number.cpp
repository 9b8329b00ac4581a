#include "decode/number.h"

#include <algorithm>
#include <cmath>

#include "model/text.h"

namespace abj::decode {
namespace {

// 10^exponent by squaring; good to an ulp or two over the range that is asked for.
double power_of_ten(int exponent) {
  double power = 1;
  double base = exponent < 0 ? 0.1 : 10;
  if (exponent < 0 && exponent >= -22) return 1 / power_of_ten(-exponent);
  for (int left = std::abs(exponent); left > 0; left /= 2) {
    if (left % 2) power *= base;
    base *= base;
  }
  return power;
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

  double result = mantissa;
  if (mantissa != 0 && exponent != 0) {
    exponent = std::clamp(exponent, -400, 400);
    // Two steps where one power would leave the range of a double.
    const int half = exponent / 2;
    result = exponent > -300 && exponent < 300 ? (exponent < 0 && exponent >= -22 ? mantissa / power_of_ten(-exponent) : mantissa * power_of_ten(exponent))
                                               : mantissa * power_of_ten(half) * power_of_ten(exponent - half);
  }
  if (!std::isfinite(result)) return {};
  return negative ? -result : result;
}

}  // namespace abj::decode
