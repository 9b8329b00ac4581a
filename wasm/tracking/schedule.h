// When to ask next, if nothing stands in the way. One replaceable unit: the tracker knows only this interface.
#pragma once

#include <memory>

#include "model/job.h"
#include "model/time.h"

namespace abj::tracking {

// What is known of a thing that is still running.
struct PollFacts {
  const Job* job = nullptr;  // as last read; null for an operation. Valid during the call only
  bool is_unknown = false;   // its status is a word we do not know
  int answers = 0;           // good ones so far, this one included
  bool visible = true;       // someone looks at the page
};

class Schedule {
 public:
  virtual ~Schedule() = default;
  // The wait before the next poll. `random` is uniform in [0, 1).
  virtual Milliseconds next(const PollFacts& facts, double random) const = 0;
  // A job has ended: for schedules that learn from it.
  virtual void ended(const Job&) {}
};

// A page that nobody looks at asks no more often than this, failures included (TARGETS.md, invariants).
constexpr Milliseconds hidden_wait = std::chrono::minutes(5);

struct PollBounds {
  Milliseconds floor = std::chrono::seconds(2);
  Milliseconds ceiling = std::chrono::seconds(60);
};

// A simple backoff: operations at 1, 2, 4 … 15 s, since they name their job within seconds (AZURE.md §2.2); jobs from 5 s up by half
// each time, up to the ceiling; unknown statuses at twice that; all ± 15 %, within the bounds, so that many pages do not ask at once.
// Assumes nothing about how long jobs take: the adaptive schedule will.
std::unique_ptr<Schedule> make_backoff_schedule(PollBounds bounds);

// The wait after `failures` failed attempts in a row: exponential with full jitter, 1 s … 60 s before the jitter, never under half a second.
Milliseconds retry_wait(int failures, double random);

}  // namespace abj::tracking
