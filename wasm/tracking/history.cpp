#include "tracking/history.h"

#include <algorithm>

#include "model/text.h"

namespace abj::tracking {
namespace {

constexpr std::size_t most_kinds = 4'096;
constexpr std::size_t most_runs = 64;  // of a kind: the latest
constexpr std::size_t most_own_runs = 12;  // of an item
// All runs of the operation together say about as much as so many of the item itself.
constexpr double others_worth = 2;

// V2 names the same job in another version's words (AZURE.md §4.3.4).
std::string kind_of(const Job& job) {
  std::string_view type = job.job_type;
  if (type.ends_with("V2")) type.remove_suffix(2);
  return lower_cased(std::string(type) + '/' + job.workload_type + '/' + job.operation);
}

std::string own_kind_of(const Job& job) { return kind_of(job) + '/' + lower_cased(job.container_name + '/' + job.item); }

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

void History::note(const Job& job) {
  if (!job.duration || *job.duration <= Duration::zero() || job.operation.empty()) return;
  const auto add = [&](std::string key, std::size_t most) {
    if (runs_.size() >= most_kinds && !runs_.contains(key)) return;
    auto& runs = runs_[std::move(key)];
    if (runs.size() == most) runs.erase(runs.begin());
    runs.push_back(static_cast<float>(seconds(*job.duration)));
  };
  outlooks_.clear();
  add(kind_of(job), most_runs);
  if (!job.item.empty() && runs_.contains(kind_of(job))) add(own_kind_of(job), most_own_runs);
}

const Outlook& History::outlook(const Job& job) const {
  std::string key = own_kind_of(job);
  auto own = runs_.find(key);
  const auto all = runs_.find(kind_of(job));
  if (own == runs_.end()) key = kind_of(job);
  const auto [at, is_new] = outlooks_.try_emplace(std::move(key));
  if (!is_new) return at->second;
  std::vector<Sample> samples;
  double weight = 1;
  if (own != runs_.end()) {
    for (const float run : own->second) samples.push_back({run, 1});
    weight = std::min(1.0, others_worth / static_cast<double>(all->second.size()));
  }
  if (all != runs_.end())
    for (const float run : all->second) samples.push_back({run, weight});
  return at->second = Outlook(std::move(samples));
}

}  // namespace abj::tracking
