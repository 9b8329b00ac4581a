#include "store/job_store.h"

#include <utility>

namespace abj::store {

namespace {

void swap_details(Job& a, Job& b) {
  std::swap(a.detailed, b.detailed);
  a.tasks.swap(b.tasks);
  a.properties.swap(b.properties);
  a.internal_properties.swap(b.internal_properties);
  std::swap(a.progress, b.progress);
  std::swap(a.estimated_remaining, b.estimated_remaining);
  a.dynamic_error_message.swap(b.dynamic_error_message);
}

}  // namespace

Change JobStore::put(const std::string& key, Job&& job) {
  const auto [at, is_new] = jobs_.try_emplace(key);
  Job& known = at->second;
  Job details;
  const bool keep_details = known.detailed && !job.detailed;
  if (keep_details) {
    for (auto& other : known.other) {
      bool is_there = false;
      for (const auto& now : job.other) is_there |= now.path == other.path;
      if (!is_there) job.other.push_back(other);
    }
    swap_details(known, details);
  }
  const bool same = !is_new && known == job;
  if (keep_details) swap_details(same ? known : job, details);
  if (same) return Change::none;
  known = std::move(job);
  return is_new ? Change::added : Change::updated;
}

bool JobStore::add_details(const std::string& key, Job&& job) {
  const auto at = jobs_.find(key);
  if (at == jobs_.end() || at->second.detailed || !job.detailed) return false;
  swap_details(at->second, job);
  return true;
}

const Job* JobStore::find(const std::string& key) const {
  const auto at = jobs_.find(key);
  return at == jobs_.end() ? nullptr : &at->second;
}

void JobStore::erase(const std::string& key) { jobs_.erase(key); }

}  // namespace abj::store
