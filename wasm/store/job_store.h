// Every job once, by its id; every update says what it changed.
#pragma once

#include <map>
#include <string>

#include "model/job.h"

namespace abj::store {

enum class Change { none, added, updated };

class JobStore {
 public:
  // Puts in what the service now says of the job under `key` (arm::JobId::key()). What only a single read brings (tasks, progress, …) stays where
  // a list item has none.
  Change put(const std::string& key, Job&& job);
  // Takes of an older word only what a single read brings, where nothing of that is known yet. Whether it did.
  bool add_details(const std::string& key, Job&& job);

  // The job, or null. The pointer holds until the job is put again or erased.
  const Job* find(const std::string& key) const;

  void erase(const std::string& key);
  std::size_t size() const { return jobs_.size(); }

 private:
  std::map<std::string, Job> jobs_;
};

}  // namespace abj::store
