#include "tracking/schedule.h"

#include <algorithm>
#include <cmath>

namespace abj::tracking {
namespace {

constexpr double first_operation_wait = 1'000;
constexpr double longest_operation_wait = 15'000;
constexpr double first_job_wait = 5'000;
constexpr double job_growth = 1.5;
constexpr double jitter = 0.15;

class Backoff final : public Schedule {
 public:
  explicit Backoff(PollBounds bounds) : bounds_(bounds) {}

  Milliseconds next(const PollFacts& facts, double random) const override {
    const int steps = std::clamp(facts.answers - 1, 0, 30);
    double wait = facts.is_operation ? std::min(first_operation_wait * std::pow(2, steps), longest_operation_wait)
                                     : first_job_wait * std::pow(job_growth, steps);
    const auto floor = static_cast<double>(facts.is_operation ? std::min(bounds_.floor.count(), std::int64_t{1'000}) : bounds_.floor.count());
    wait = std::clamp(wait, floor, std::max(floor, static_cast<double>(bounds_.ceiling.count())));
    if (facts.is_unknown) wait *= 2;
    return Milliseconds(static_cast<std::int64_t>(wait * (1 - jitter + 2 * jitter * random)));
  }

 private:
  PollBounds bounds_;
};

}  // namespace

std::unique_ptr<Schedule> make_backoff_schedule(PollBounds bounds) { return std::make_unique<Backoff>(bounds); }

Milliseconds retry_wait(int failures, double random) {
  const double longest = std::min(1'000.0 * std::pow(2, std::clamp(failures, 0, 10)), 60'000.0);
  return Milliseconds(std::max<std::int64_t>(500, static_cast<std::int64_t>(longest * random)));
}

}  // namespace abj::tracking
