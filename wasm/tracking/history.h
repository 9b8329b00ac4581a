// How long jobs took: durations and nothing else, to expect the next ones by.
#pragma once

#include <map>
#include <vector>

#include "model/job.h"
#include "model/text.h"
#include "tracking/outlook.h"

namespace abj::tracking {

class History {
 public:
  // Remembers how long a job took that has ended. The same job counts once: the caller sees to that.
  void note(const Job& job);

  // What earlier runs like this one say: those of the same item and operation first, then of the operation. Valid until a job is noted.
  const Outlook& outlook(const Job& job) const;

 private:
  struct Runs {
    std::vector<float> lengths;  // seconds, oldest first
    mutable std::optional<Outlook> outlook;
  };
  std::map<Hash, Runs> runs_;  // by kind, and by kind and item: names are not kept
  Outlook none_;
};

}  // namespace abj::tracking
