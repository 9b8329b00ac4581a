// When a running job may end: a distribution learned from earlier runs, whatever its shape, and what follows from it: the moment
// of the next poll, and a forecast.
//
// What is assumed:
// * The next run ends like one of the earlier ones, give or take: each earlier run spreads over its neighbourhood, narrowly where ends
//   cluster (they fall on grids, AZURE.md §15) and widely where they do not. Half of its weight spreads narrowly, half widely.
// * It may also take a length never seen: a heavy tail without scale, worth one earlier run, stands beside them. Without any history it is
//   all there is, and polls spread out as the square root of time.
// * A request is worth a fixed number of seconds of delay. The cheapest sequence of polls under that price is found by dynamic
//   programming, since polls between clusters of ends are wasted and a rate alone cannot say "just after the cluster".
#pragma once

#include <optional>
#include <vector>

#include "model/time.h"

namespace abj::tracking {

// A length of earlier runs, in seconds, and how much it says of the run in question.
struct Sample {
  double length = 0;
  double weight = 1;
  bool operator<(const Sample& other) const { return length < other.length; }
};

// The distribution of a job's whole length, in seconds.
class Outlook {
 public:
  explicit Outlook(std::vector<Sample> samples = {});

  // The share of runs that are over by `length`.
  double over_by(double length) const;
  // How many of the samples are longer than that.
  std::size_t longer_than(double length) const;

 private:
  struct Spread {
    double length, width, weight;
  };
  std::vector<Sample> samples_;  // shortest first
  std::vector<Spread> spreads_;
  double total_ = 0;
};

// What is running: its outlook, how long it has run, and for how many jobs it stands.
struct Runner {
  const Outlook* outlook;
  double elapsed;  // seconds
  double count = 1;
};

struct PlanBounds {
  double shortest, longest;  // seconds until the next poll
};

// The wait until the next poll of what tells of all these runners at once, in seconds. `price` is what a poll is worth in seconds of one job's delay.
double plan_next(const std::vector<Runner>& runners, PlanBounds bounds, double price);

// The rest of a job's run: with an even chance it is over before `middle`, and with four chances in five between the other two.
struct Forecast {
  Milliseconds low{}, middle{}, high{};
};

// Nothing where fewer than five earlier runs took longer than this one has, or their range would say nothing.
std::optional<Forecast> forecast(const Outlook& outlook, double elapsed);

}  // namespace abj::tracking
