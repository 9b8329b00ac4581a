// A short version of `npm run simulate`: what it checks is in world.h.
#include <gtest/gtest.h>

#include "world.h"

namespace abj::simulation {
namespace {

TEST(Month, EverythingHoldsUnderRandomFaults) {
  int ended = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    World world(seed, 24h * 6);
    for (const auto& violation : world.run()) ADD_FAILURE() << "seed " << seed << " (npm run simulate -- --days 6 --seed " << seed << "): " << violation;
    ended += world.jobs_ended();
  }
  EXPECT_GT(ended, 100);
}

TEST(Month, ASeedTellsTheSameStoryTwice) {
  const auto story = [] {
    World world(3, 24h * 4);
    const auto violations = world.run();
    return std::tuple(violations, world.requests(), world.jobs_ended());
  };
  EXPECT_EQ(story(), story());
}

}  // namespace
}  // namespace abj::simulation
