// Sorting many rows by a number each.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "store/row_index.h"

namespace abj::store {

// In the order of signed numbers.
inline std::uint64_t ordered(std::int64_t number) { return static_cast<std::uint64_t>(number) ^ (std::uint64_t{1} << 63); }

// By keys[row], stable. Two digits at most, of the first bits in which the keys differ: of a hundred thousand times that is nearly their order, and few of
// what is the same there have to be sorted by the bits that follow.
inline void radix_sort(RowId* begin, RowId* end, const std::vector<std::uint64_t>& keys) {
  const auto size = static_cast<std::size_t>(end - begin);
  if (size <= 16) {
    for (RowId* at = begin; at < end; ++at)
      for (RowId* to = at; to > begin && keys[to[0]] < keys[to[-1]]; --to) std::swap(to[0], to[-1]);
    return;
  }
  std::uint64_t all = ~std::uint64_t{0}, any = 0;
  for (const RowId* row = begin; row < end; ++row) all &= keys[*row], any |= keys[*row];
  if (all == any) return;
  constexpr int most_bits = 13;  // counts that stay in a processor's nearest memory
  const int bits = std::min(64 - std::countl_zero(std::uint64_t{size}), most_bits), last = 64 - std::countl_zero(all ^ any), first = std::countr_zero(all ^ any), shift = std::max(first, last - 2 * bits);
  struct Item {
    std::uint32_t key;
    RowId row;
  };
  std::vector<Item> items(size), other(size);
  for (std::size_t i = 0; i < size; ++i) items[i] = {static_cast<std::uint32_t>((keys[begin[i]] & (all ^ any)) >> shift), begin[i]};
  const std::uint32_t mask = (std::uint32_t{1} << bits) - 1;
  for (int digit = 0; digit < last - shift; digit += bits) {
    std::vector<std::uint32_t> places(std::size_t{1} << bits);
    for (const Item& item : items) ++places[item.key >> digit & mask];
    std::uint32_t before = 0;
    for (std::uint32_t& place : places) before += std::exchange(place, before);
    for (const Item& item : items) other[places[item.key >> digit & mask]++] = item;
    items.swap(other);
  }
  for (std::size_t i = 0; i < size; ++i) begin[i] = items[i].row;
  if (shift == first) return;
  for (std::size_t from = 0, to = 0; from < size; from = to) {
    while (to < size && items[to].key == items[from].key) ++to;
    radix_sort(begin + from, begin + to, keys);
  }
}

}  // namespace abj::store
