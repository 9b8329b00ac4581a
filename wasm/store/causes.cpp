#include "store/causes.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace abj::store {
namespace {

// The newest run of the same operation that has ended decides.
bool has_recovered(const JobTable& table, const Runs& runs, const Row& failure) {
  for (const RowId id : runs.rows) {
    const Row& row = table.row(id);
    if (row.start <= failure.start) return false;
    if (row.operation == failure.operation && is_good(row.state)) return true;
  }
  return false;
}

}  // namespace

std::vector<Cause> causes(const JobTable& table, const ItemIndex& index, std::optional<Instant> from, std::optional<Instant> to) {
  std::vector<Cause> found;
  std::map<TextId, std::size_t> by_code;
  // Items of a cause that were met already; jobs come the newest first.
  std::set<std::pair<std::size_t, const Runs*>> met;
  for (const RowId id : index.failures()) {
    const Row& row = table.row(id);
    const bool has_start = row.start != Row::no_time;
    const Instant start{Duration(has_start ? row.start : 0)};
    if ((from && (!has_start || start < *from)) || (to && (!has_start || start > *to))) continue;
    const auto [at, is_first] = by_code.try_emplace(row.error_code, found.size());
    if (is_first) found.push_back({.code = row.error_code, .sample = id});
    Cause& cause = found[at->second];
    ++cause.jobs;
    if (has_start) {
      cause.first = start;
      if (!cause.last) cause.last = start;
    }
    const Runs& runs = index.runs_of(id);
    if (!met.emplace(at->second, &runs).second) continue;
    const bool recovered = has_recovered(table, runs, row);
    cause.items.push_back({id, recovered});
    cause.failing += !recovered;
  }
  for (Cause& cause : found) std::stable_partition(cause.items.begin(), cause.items.end(), [](const Cause::Item& item) { return !item.has_recovered; });
  std::stable_sort(found.begin(), found.end(), [](const Cause& a, const Cause& b) { return a.failing != b.failing ? a.failing > b.failing : a.jobs > b.jobs; });
  return found;
}

}  // namespace abj::store
