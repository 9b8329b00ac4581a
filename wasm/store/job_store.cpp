#include "store/job_store.h"

#include <utility>

namespace abj::store {

Change JobStore::put(const std::string& key, Job job) {
  const auto [at, is_new] = jobs_.try_emplace(key);
  if (!is_new && at->second == job) return Change::none;
  at->second = std::move(job);
  return is_new ? Change::added : Change::updated;
}

const Job* JobStore::find(const std::string& key) const {
  const auto at = jobs_.find(key);
  return at == jobs_.end() ? nullptr : &at->second;
}

void JobStore::erase(const std::string& key) { jobs_.erase(key); }

}  // namespace abj::store
