#include "tracking/schedule.h"

#include <algorithm>
#include <utility>

#include "tracking/history.h"

namespace abj::tracking {
namespace {

constexpr double longest_operation_wait = 15;
// Seconds of one job's delay that a request is worth: polls are 120 an hour, and there are other jobs.
constexpr double price = 2.25;
// Of a long list, so many jobs stand for all: the plan takes as long as their number.
constexpr std::size_t most_runners = 16;

double seconds(Milliseconds value) { return static_cast<double>(value.count()) / 1000; }
Milliseconds milliseconds(double seconds) { return Milliseconds(static_cast<std::int64_t>(seconds * 1000)); }

class Adaptive final : public Schedule {
 public:
  explicit Adaptive(PollBounds bounds) : floor_(seconds(bounds.floor)), ceiling_(std::max(floor_, seconds(bounds.ceiling))) {}

  Milliseconds next(const PollFacts& facts, double random) const override {
    const double wait = facts.is_quiet ? ceiling_ : facts.jobs.empty() ? operation_wait(facts.answers, random) : job_wait(facts, random);
    return facts.visible ? milliseconds(wait) : std::max(milliseconds(wait), hidden_wait);
  }

  void ended(const Job& job) override { history_.note(job); }

  std::optional<Forecast> forecast(const RunningJob& running) const override { return tracking::forecast(history_.outlook(*running.job), seconds(running.elapsed)); }

 private:
  // Operations end within seconds, whatever the floor for jobs.
  double operation_wait(int answers, double random) const {
    const double wait = std::min(static_cast<double>(1u << std::clamp(answers - 1, 0, 8)), longest_operation_wait);
    return std::clamp(wait * (0.85 + 0.3 * random), std::min(floor_, 1.0), std::max(ceiling_, 1.0));
  }

  double job_wait(const PollFacts& facts, double random) const {
    const std::size_t step = (facts.jobs.size() + most_runners - 1) / most_runners;
    std::vector<Runner> runners;
    for (std::size_t i = 0; i < facts.jobs.size(); i += step) {
      const auto& [job, elapsed] = facts.jobs[i];
      // What is being cancelled ends soon, however long earlier runs took.
      const bool cancelling = job->status.state == JobState::cancelling;
      runners.push_back({cancelling ? &unknown_ : &history_.outlook(*job), cancelling ? 0 : seconds(elapsed), static_cast<double>(std::min(step, facts.jobs.size() - i))});
    }
    const double slower = facts.is_unknown ? 2 : 1;
    const double longest = facts.visible ? ceiling_ : std::max(ceiling_, seconds(hidden_wait));
    const double wait = plan_next(runners, {floor_ * slower, longest}, price * static_cast<double>(facts.requests)) * slower;
    // Plans aim just behind the moments when jobs end: jitter only ever adds, and little.
    return std::min(wait * (1 + 0.04 * random), ceiling_ * slower);
  }

  double floor_, ceiling_;  // seconds
  Outlook unknown_;
  History history_;
};

}  // namespace

std::unique_ptr<Schedule> make_adaptive_schedule(PollBounds bounds) { return std::make_unique<Adaptive>(bounds); }

Milliseconds retry_wait(int failures, double random) {
  const double longest = std::min(static_cast<double>(1'000u << std::clamp(failures, 0, 6)), 60'000.0);
  return Milliseconds(std::max<std::int64_t>(500, static_cast<std::int64_t>(longest * random)));
}

}  // namespace abj::tracking
