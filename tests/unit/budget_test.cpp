#include "tracking/budget.h"

#include <gtest/gtest.h>

#include <deque>
#include <limits>

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;

constexpr Hash pot = 1, another = 2;

// Spends as often as it may; the most requests in any window of that length.
std::size_t most_in(Budget& budget, Milliseconds window, Milliseconds from, Milliseconds until) {
  std::deque<Milliseconds> spent;
  std::size_t most = 0;
  for (Milliseconds now = from; now < until;) {
    const Milliseconds free = budget.free_at(pot, false, now);
    if (free > now) {
      now = free;
      continue;
    }
    budget.spend(pot, now);
    spent.push_back(now);
    while (spent.front() <= now - window) spent.pop_front();
    most = std::max(most, spent.size());
  }
  return most;
}

TEST(Budget, NoHourEverSeesMoreThanItsLimit) {
  Budget budget;
  const auto most = most_in(budget, 1h, 0ms, 100h);
  EXPECT_LE(most, 120u);
  EXPECT_GE(most, 100u) << "it wastes what it has";
}

TEST(Budget, IsLearnedFromTheWordsOfARefusal) {
  for (const int limit : {1, 2, 3, 5, 20, 150, 450}) {
    Budget budget;
    budget.refused(pot, {.limit = limit, .interval = 30min}, 10min, 0ms);
    EXPECT_EQ(budget.free_at(pot, false, 0ms), 10min);
    const auto most = most_in(budget, 30min, 0ms, 50h);
    EXPECT_LE(most, static_cast<std::size_t>(limit)) << limit;
    EXPECT_GE(most, static_cast<std::size_t>(limit) * 2 / 3) << limit;
  }
}

TEST(Budget, ARefusalHoldsForAllOfThePotAndForNoOther) {
  Budget budget;
  budget.refused(pot, {}, 324s, 5s);
  EXPECT_EQ(budget.free_at(pot, false, 6s), 329s);
  EXPECT_EQ(budget.refused_until(pot), 329s);
  EXPECT_EQ(budget.free_at(another, false, 6s), 6s);
}

TEST(Budget, WhatTheServiceSaysIsLeftIsAllThereIs) {
  Budget budget;
  budget.remaining(pot, 2, 0ms);
  budget.spend(pot, 0ms);
  budget.spend(pot, 0ms);
  EXPECT_GT(budget.free_at(pot, false, 0ms), 10s);
  EXPECT_EQ(budget.left(pot), 0);
  budget.remaining(pot, -1, 1s);
  EXPECT_GT(budget.free_at(pot, false, 1s), 10s);
}

TEST(Budget, ALargeRemainderRaisesTheLimit) {
  Budget budget;
  budget.remaining(pot, 449, 0ms);
  const auto most = most_in(budget, 1h, 1s, 30h);
  EXPECT_LE(most, 449u);
  EXPECT_GT(most, 300u);
}

TEST(Budget, NoLimitAtAllIsOne) {
  Budget budget(std::numeric_limits<double>::infinity());
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(budget.free_at(pot, true, 1s), 1s);
    budget.spend(pot, 1s);
  }
}

TEST(Budget, SpareIsTheUpperHalf) {
  Budget budget;
  int spare = 0;
  while (budget.free_at(pot, true, 0ms) == 0ms) budget.spend(pot, 0ms), ++spare;
  EXPECT_EQ(spare, 16);
  EXPECT_EQ(budget.free_at(pot, false, 0ms), 0ms) << "the other half is there for what must be asked";
}

}  // namespace
}  // namespace abj::tracking
