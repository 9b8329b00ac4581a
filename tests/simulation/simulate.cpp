// npm run simulate -- --seeds N --days D [--first S] [--seed S [--trace 1]]: weeks of polling under random faults, for many seeds. Prints the first seeds
// that fail; --trace tells what happens in one of them.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "world.h"

int main(int count, char** arguments) {
  unsigned seeds = 1000, days = 30, first = 1;
  bool trace = false, stop = false;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view name = arguments[i];
    const auto value = static_cast<unsigned>(std::strtoul(arguments[i + 1], nullptr, 10));
    if (name == "--seeds") seeds = value;
    else if (name == "--days") days = value;
    else if (name == "--seed") first = value, seeds = 1;
    else if (name == "--first") first = value;
    else if (name == "--trace") trace = value > 0;
    else if (name == "--stop") stop = value > 0;  // at the first seed that fails
    else return std::fprintf(stderr, "unknown option %s\n", arguments[i]), 2;
  }
  if (days < 2) return std::fprintf(stderr, "--days: 2 or more, since the last day is calm\n"), 2;
  unsigned failed = 0;
  long requests = 0, ended = 0;
  for (unsigned seed = first; seed < first + seeds; ++seed) {
    abj::simulation::World world(seed, std::chrono::hours(24) * days, trace);
    const auto violations = world.run();
    requests += world.requests(), ended += world.jobs_ended();
    if (violations.empty()) continue;
    if (++failed > 5) continue;
    std::printf("seed %u (npm run simulate -- --days %u --seed %u):\n", seed, days, seed);
    for (const auto& violation : violations) std::printf("  %s\n", violation.c_str());
    if (stop) break;
  }
  std::printf("%ld requests, %ld ends shown\nsimulate: %u seeds of %u days, %u failed\n", requests, ended, seeds, days, failed);
  return failed == 0 && ended > 0 ? 0 : 1;
}
