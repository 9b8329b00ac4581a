// When to ask next, if nothing stands in the way. One replaceable unit: the tracker knows only this interface.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/job.h"
#include "model/time.h"
#include "tracking/outlook.h"

namespace abj::tracking {

// A job that still runs, as last read.
struct RunningJob {
  const Job* job;        // valid during the call only
  Milliseconds elapsed;  // the service's duration, and the time since
};

// What is known of what is asked for: a job, all the jobs that a vault's list tells of, or (no jobs) an operation.
struct PollFacts {
  std::vector<RunningJob> jobs{};
  bool is_unknown = false;   // its status is a word we do not know
  bool is_quiet = false;     // a vault's list, and nothing runs: only what begins can be new
  int answers = 0;           // good ones so far, this one included
  std::size_t requests = 1;  // that one poll takes: the pages of a list
  bool visible = true;       // someone looks at the page
};

class Schedule {
 public:
  virtual ~Schedule() = default;
  // The wait before the next poll. `random` is uniform in [0, 1).
  virtual Milliseconds next(const PollFacts& facts, double random) const = 0;
  // A job has ended: for schedules that learn from it. Each job is told of once.
  virtual void ended(const Job&) {}
  // When the job may end; nothing where too little is known.
  virtual std::optional<Forecast> forecast(const RunningJob&) const { return {}; }
};

// A page that nobody looks at asks no more often than this, failures included (TARGETS.md, invariants).
constexpr Milliseconds hidden_wait = std::chrono::minutes(5);

struct PollBounds {
  Milliseconds floor = std::chrono::seconds(2);
  Milliseconds ceiling = std::chrono::minutes(2);  // how old a running state may be that someone looks at
};

// Jobs are asked for when they are likely to have ended: tracking/outlook.h says what that assumes. Operations at 1, 2, 4 … 15 s, since they
// name their job within seconds (AZURE.md §2.2). Unknown statuses half as often. All with a little jitter, within the bounds.
// It remembers durations of the jobs that ended, nothing else.
std::unique_ptr<Schedule> make_adaptive_schedule(PollBounds bounds);

// The wait after `failures` failed attempts in a row: exponential with full jitter, 1 s … 60 s before the jitter, never under half a second.
Milliseconds retry_wait(int failures, double random);

}  // namespace abj::tracking
