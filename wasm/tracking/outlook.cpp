#include "tracking/outlook.h"

#include <algorithm>
#include <cmath>

#include "model/text.h"

namespace abj::tracking {
namespace {

constexpr double narrowest = 1.5;  // seconds: how exactly lengths are measured and polls are placed
constexpr double tail_scale = 60;  // seconds
constexpr double tail_weight = 0.25;  // of earlier runs
// A forecast leaves so much out on each side. Spreading widens what the earlier runs were, so a little more than a tenth.
constexpr double outside = 0.115;
constexpr std::size_t fewest_runs = 5;

// The Epanechnikov kernel's distribution over [-1, 1]: smooth enough, and no exponential.
double kernel_by(double x) {
  if (x <= -1) return 0;
  if (x >= 1) return 1;
  return 0.5 + 0.75 * x - 0.25 * x * x * x;
}

double tail_by(double length) {
  if (length <= 0) return 0;
  const double left = tail_scale / (length + tail_scale);
  return 1 - left * left;
}

double kernel_at(double x) { return x <= -1 || x >= 1 ? 0 : 0.75 * (1 - x * x); }

// How far each length spreads: narrowly (to its nearest neighbour), as widely as a smooth distribution would want (Silverman's rule, by the
// quartiles, since outliers are common), or to half and one and a half times itself.
constexpr std::size_t spreads = 3;

}  // namespace

Outlook::Outlook(std::vector<Sample> samples) : samples_(std::move(samples)), total_(tail_weight) {
  const std::size_t n = samples_.size();
  if (n == 0) return;
  insertion_sort(samples_);
  const double quartiles = samples_[3 * n / 4].length - samples_[n / 4].length;
  const double shrink = 1 / std::sqrt(std::sqrt(static_cast<double>(n)));
  std::vector<double> widths(n * spreads);
  for (std::size_t i = 0; i < n; ++i) {
    const double length = samples_[i].length;
    const double broad = std::max(narrowest, 0.5 * length);
    const double below = i > 0 ? length - samples_[i - 1].length : broad;
    const double above = i + 1 < n ? samples_[i + 1].length - length : broad;
    double* width = &widths[i * spreads];
    width[0] = std::clamp(std::min(below, above), narrowest, broad);
    width[1] = std::clamp(quartiles * 1.9 * shrink, width[0], std::max(width[0], broad));
    width[2] = broad;
  }
  // How much of each: what would have foretold every length best from the others (expectation and maximisation).
  std::vector<double> density(n * spreads);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; i != j && k < spreads; ++k) {
        const double width = widths[j * spreads + k];
        density[i * spreads + k] += samples_[j].weight * kernel_at((samples_[i].length - samples_[j].length) / width) / width;
      }
  double share[spreads] = {0.3, 0.4, 0.3};
  for (int round = 0; round < 12; ++round) {
    double next[spreads] = {0.02, 0.02, 0.02};  // nothing is ruled out
    double sum = 0.06;
    for (std::size_t i = 0; i < n; ++i) {
      double whole = 0;
      for (std::size_t k = 0; k < spreads; ++k) whole += share[k] * density[i * spreads + k];
      if (whole <= 0) continue;
      for (std::size_t k = 0; k < spreads; ++k) next[k] += share[k] * density[i * spreads + k] / whole;
      sum += 1;
    }
    for (std::size_t k = 0; k < spreads; ++k) share[k] = next[k] / sum;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < spreads; ++k)
      if (share[k] > 0.02) spreads_.push_back({samples_[i].length, widths[i * spreads + k], samples_[i].weight * share[k]});
    total_ += samples_[i].weight;
  }
}

double Outlook::over_by(double length) const {
  double sum = tail_weight * tail_by(length);
  for (const Spread& spread : spreads_) sum += spread.weight * kernel_by((length - spread.length) / spread.width);
  return sum / total_;
}

double plan_next(const std::vector<Runner>& runners, PlanBounds bounds, double price) {
  // Points in time from now on: fine at first, coarser later, up to some polls ahead.
  constexpr double first_step = 0.5, growth = 0.012;
  std::vector<double> at{0};
  while (at.back() < bounds.longest * 6) at.push_back(at.back() + first_step + growth * at.back());
  const std::size_t n = at.size();
  // How many ends are expected by then, the sum of their moments, and what it costs to go on from there.
  std::vector<double> over(n), moment(n), cost(n);
  double count = 0;
  for (const Runner& runner : runners) {
    const double before = runner.outlook->over_by(runner.elapsed);
    const double left = std::max(1 - before, 1e-9);
    for (std::size_t i = 0; i < n; ++i) over[i] += (runner.outlook->over_by(runner.elapsed + at[i]) - before) / left * runner.count;
    count += runner.count;
  }
  for (std::size_t i = 1; i < n; ++i) moment[i] = moment[i - 1] + (at[i] + at[i - 1]) / 2 * (over[i] - over[i - 1]);
  double next = bounds.longest;
  for (std::size_t i = n - 1; i-- > 0;) {
    cost[i] = HUGE_VAL;
    for (std::size_t k = i + 1; k < n; ++k) {
      const double wait = at[k] - at[i];
      if (wait < bounds.shortest && k + 1 < n) continue;
      if (wait > bounds.longest && cost[i] < HUGE_VAL) break;
      const double delay = at[k] * (over[k] - over[i]) - (moment[k] - moment[i]);
      // Polling goes on as long as anything runs.
      const double whole = price * std::min(1.0, count - over[i]) + delay + cost[k];
      if (whole < cost[i]) cost[i] = whole, next = wait;
    }
  }
  // The last one planned was the first.
  return std::clamp(next, bounds.shortest, bounds.longest);
}

std::size_t Outlook::longer_than(double length) const {
  return static_cast<std::size_t>(std::count_if(samples_.begin(), samples_.end(), [&](const Sample& sample) { return sample.length > length; }));
}

std::optional<Forecast> forecast(const Outlook& outlook, double elapsed) {
  if (outlook.longer_than(elapsed) < fewest_runs) return {};
  const double before = outlook.over_by(elapsed);
  const auto after = [&](double share) {
    const double wanted = before + share * (1 - before);
    double low = elapsed, high = elapsed + 1;
    while (outlook.over_by(high) < wanted && high < elapsed + 1e7) high = elapsed + (high - elapsed) * 2;
    // To a part in two thousand: who reads it rounds it further.
    while (high - low > std::max((high - elapsed) / 2000, 1e-3)) {
      const double middle = (low + high) / 2;
      (outlook.over_by(middle) < wanted ? low : high) = middle;
    }
    return Milliseconds(static_cast<std::int64_t>((high - elapsed) * 1000));
  };
  return Forecast{after(outside), after(0.5), after(1 - outside)};
}

}  // namespace abj::tracking
