#include "tracking/history.h"

#include <algorithm>
#include <utility>

namespace abj::tracking {
namespace {

constexpr std::size_t most_kinds = 8'192;
constexpr std::size_t most_runs = 64;  // of a kind: the latest
constexpr std::size_t most_own_runs = 12;  // of an item
// All runs of the operation together say about as much as so many of the item itself.
constexpr double others_worth = 2;

// V2 names the same job in another version's words (AZURE.md §4.3.4).
Hash kind_of(const Job& job) {
  std::string_view type = job.job_type;
  if (type.ends_with("V2")) type.remove_suffix(2);
  return hash_ignoring_case(job.operation, hash_ignoring_case(job.workload_type, hash_ignoring_case(type)));
}

Hash own_kind_of(const Job& job) { return hash_ignoring_case(job.item, hash_ignoring_case(job.container_name, kind_of(job))); }

}  // namespace

void History::note(const Job& job) {
  if (!job.duration || *job.duration <= Duration::zero() || job.operation.empty()) return;
  const auto add = [&](Hash kind, std::size_t most) {
    if (runs_.size() >= most_kinds && !runs_.contains(kind)) return;
    Runs& runs = runs_[kind];
    if (runs.lengths.size() == most) runs.lengths.erase(runs.lengths.begin());
    runs.lengths.push_back(std::chrono::duration<float>(*job.duration).count());
    runs.outlook.reset();
  };
  add(kind_of(job), most_runs);
  if (!job.item.empty()) add(own_kind_of(job), most_own_runs);
}

const Outlook& History::outlook(const Job& job) const {
  const auto all = runs_.find(kind_of(job));
  if (all == runs_.end()) return none_;
  const auto own = runs_.find(own_kind_of(job));
  const Runs& runs = own == runs_.end() ? all->second : own->second;
  if (runs.outlook) return *runs.outlook;
  std::vector<Sample> samples;
  const auto add = [&](const Runs& from, double weight) {
    for (const float length : from.lengths) samples.push_back({length, weight});
  };
  add(runs, 1);
  if (own != runs_.end()) add(all->second, std::min(1.0, others_worth / static_cast<double>(all->second.lengths.size())));
  return runs.outlook.emplace(std::move(samples));
}

}  // namespace abj::tracking
