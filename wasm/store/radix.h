// Sorting many things by a number each.
#pragma once

#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace abj::store {

struct Keyed {
  std::uint64_t key;
  std::uint32_t value;
};

// In the order of signed numbers.
inline std::uint64_t ordered(std::int64_t number) { return static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63); }

// Stable, by digits of the key from the last to the first, as few as their size allows; what is the same in all costs nothing.
inline void radix_sort(std::vector<Keyed>& items) {
  std::uint64_t all = ~std::uint64_t{0}, any = 0;
  for (const Keyed& item : items) all &= item.key, any |= item.key;
  if (all == any || items.empty()) return;
  const int first = std::countr_zero(all ^ any), width = 64 - std::countl_zero((all ^ any) >> first);
  constexpr int most_bits = 13;  // counts that stay in a processor's nearest memory
  const int digits = (width + most_bits - 1) / most_bits, bits = (width + digits - 1) / digits;
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::vector<Keyed> other(items.size());
  for (int digit = 0; digit < digits; ++digit) {
    const int shift = first + digit * bits;
    std::vector<std::uint32_t> begins(std::size_t{1} << bits);
    const auto place = [&](const Keyed& item) -> std::uint32_t& { return begins[static_cast<std::size_t>((item.key >> shift) & mask)]; };
    for (const Keyed& item : items) ++place(item);
    std::uint32_t before = 0;
    for (std::uint32_t& count : begins) before += std::exchange(count, before);
    for (const Keyed& item : items) other[place(item)++] = item;
    items.swap(other);
  }
}

}  // namespace abj::store
