// Sorting rows by numbers: the judge is the standard library's stable sort.
#include "store/radix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace abj::store {
namespace {

void expect_sorted(const std::vector<std::uint64_t>& keys) {
  std::vector<RowId> rows(keys.size()), judged;
  std::iota(rows.begin(), rows.end(), 0u);
  std::shuffle(rows.begin(), rows.end(), std::mt19937(7));
  judged = rows;
  std::stable_sort(judged.begin(), judged.end(), [&](RowId a, RowId b) { return keys[a] < keys[b]; });
  radix_sort(rows.data(), rows.data() + rows.size(), keys);
  EXPECT_EQ(rows, judged) << keys.size() << " keys";
}

TEST(Radix, SortsNumbersOfEveryWidthAndCount) {
  std::mt19937_64 random(1);
  for (const std::size_t size : {0u, 1u, 2u, 16u, 17u, 33u, 1000u, 9000u})
    for (int width = 0; width <= 64; width += 4) {
      std::vector<std::uint64_t> keys(size);
      for (auto& key : keys) key = width == 0 ? 5 : random() >> (64 - width);
      expect_sorted(keys);
    }
}

TEST(Radix, SortsWhatLiesCloseTogetherBesideOneFarAway) {
  std::mt19937_64 random(2);
  for (const std::uint64_t far : {std::uint64_t{1} << 40, std::uint64_t{1} << 63, ~std::uint64_t{0}})
    for (const std::uint64_t spread : {std::uint64_t{1}, std::uint64_t{50}, std::uint64_t{1} << 30}) {
      std::vector<std::uint64_t> keys(5000);
      for (auto& key : keys) key = random() % spread;
      keys[17] = far;
      expect_sorted(keys);
    }
}

TEST(Radix, KeepsTheOrderOfWhatIsTheSame) {
  std::mt19937_64 random(3);
  std::vector<std::uint64_t> keys(5000);
  for (auto& key : keys) key = (random() % 3) << 61 | random() % 2;
  expect_sorted(keys);
}

TEST(Radix, OrdersSignedNumbers) {
  const std::int64_t numbers[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
  for (int i = 1; i < 5; ++i) EXPECT_LT(ordered(numbers[i - 1]), ordered(numbers[i]));
}

}  // namespace
}  // namespace abj::store
