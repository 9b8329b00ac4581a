#include "decode/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

namespace abj::decode {
namespace {

TEST(Number, IsWithinAFewUlpsOfTheRightOne) {
  for (const auto* text : {"0", "-0", "1", "1.0", "99.0", "50.5", "63.5", "0.1", "0.000001", "123456789.123456789", "1e5", "1E+5", "1e-5", "1.79e308", "2.2250738585072014e-308", "5e-300",
                           "9007199254740993", "12345678901234567890", "0.30000000000000004", "100.0", "-12.5e-3"}) {
    const auto number = parse_number(text);
    ASSERT_TRUE(number.has_value()) << text;
    const double right = std::strtod(text, nullptr);
    EXPECT_LE(std::abs(*number - right), std::abs(right) * 2e-15 + 1e-320) << text;
  }
}

TEST(Number, RefusesWhatIsNone) {
  for (const std::string text : {"", "-", "+1", ".5", "1.", "1e", "1e+", "1e5x", " 1", "1 ", "0x10", "NaN", "Infinity", "1e400", "-1e400"}) EXPECT_FALSE(parse_number(text).has_value()) << text;
  EXPECT_FALSE(parse_number(std::string(400, '9')).has_value());
  EXPECT_EQ(parse_number("1e-400"), 0.0);
  EXPECT_EQ(parse_number("0e999999"), 0.0);
}

}  // namespace
}  // namespace abj::decode
