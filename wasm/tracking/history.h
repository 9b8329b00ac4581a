// How long jobs took: durations and nothing else, to expect the next ones by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/job.h"
#include "tracking/outlook.h"

namespace abj::tracking {

class History {
 public:
  // Remembers how long a job took that has ended. The same job counts once: the caller sees to that.
  void note(const Job& job);

  // What earlier runs like this one say: those of the same item and operation first, then of the operation. Valid until a job is noted.
  const Outlook& outlook(const Job& job) const;

 private:
  std::map<std::string, std::vector<float>> runs_;  // seconds, by kind, and by kind and item; oldest first
  mutable std::map<std::string, Outlook> outlooks_;
};

}  // namespace abj::tracking
