// A cursor over the digits and marks that durations and timestamps are made of.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "model/text.h"

namespace abj::decode {

class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}

  bool at_end() const { return position_ == text_.size(); }
  std::size_t last_width() const { return last_width_; }

  bool take(char mark) {
    if (at_end() || text_[position_] != mark) return false;
    ++position_;
    return true;
  }

  // One or more digits as a number; nothing where there is no digit or it does not fit.
  std::optional<std::int64_t> number() {
    const std::size_t start = position_;
    std::int64_t value = 0;
    for (; !at_end() && is_digit(text_[position_]); ++position_) {
      const std::int64_t digit = text_[position_] - '0';
      if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10) return {};
      value = value * 10 + digit;
    }
    last_width_ = position_ - start;
    if (last_width_ == 0) return {};
    return value;
  }

  // Exactly `width` digits.
  std::optional<std::int64_t> number(std::size_t width) {
    const auto value = number();
    if (last_width_ != width) return {};
    return value;
  }

  // One or more digits after a point, as ticks of 100 ns; what is finer than that is cut.
  std::optional<std::int64_t> fraction_ticks() {
    std::int64_t ticks = 0;
    std::int64_t scale = 1'000'000;
    const std::size_t start = position_;
    for (; !at_end() && is_digit(text_[position_]); ++position_) {
      ticks += (text_[position_] - '0') * scale;
      scale /= 10;
    }
    if (position_ == start) return {};
    return ticks;
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t last_width_ = 0;
};

}  // namespace abj::decode
