// Sorting many things by a number each.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace abj::store {

struct Keyed {
  std::uint64_t key;
  std::uint32_t value;
};

// In the order of signed numbers.
inline std::uint64_t ordered(std::int64_t number) { return static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63); }

// Stable, by digits of the key from the last to the first; those that are the same in all cost nothing.
inline void radix_sort(std::vector<Keyed>& items) {
  std::uint64_t all = ~std::uint64_t{0}, any = 0;
  for (const Keyed& item : items) all &= item.key, any |= item.key;
  std::vector<Keyed> other(items.size());
  constexpr int bits = 11;
  constexpr std::uint64_t mask = (1u << bits) - 1;
  for (int shift = 0; shift < 64; shift += bits) {
    if ((((all ^ any) >> shift) & mask) == 0) continue;
    std::array<std::uint32_t, mask + 2> begins{};
    for (const Keyed& item : items) ++begins[((item.key >> shift) & mask) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    for (const Keyed& item : items) other[begins[(item.key >> shift) & mask]++] = item;
    items.swap(other);
  }
}

}  // namespace abj::store
