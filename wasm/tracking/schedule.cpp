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
    const bool is_operation = facts.job == nullptr;
    const double growing = is_operation ? std::min(first_operation_wait * std::pow(2, steps), longest_operation_wait) : first_job_wait * std::pow(job_growth, steps);
    // Operations end within seconds, whatever the floor for jobs.
    const double floor = std::min(static_cast<double>(bounds_.floor.count()), is_operation ? first_operation_wait : HUGE_VAL);
    const double slower = facts.is_unknown ? 2 : 1;
    const double ceiling = std::max(floor, static_cast<double>(bounds_.ceiling.count()) * slower);
    const double wait = std::min(growing * slower, ceiling) * (1 - jitter + 2 * jitter * random);
    const Milliseconds held(static_cast<std::int64_t>(std::clamp(wait, floor, ceiling)));
    return facts.visible ? held : std::max(held, hidden_wait);
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
