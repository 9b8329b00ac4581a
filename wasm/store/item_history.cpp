#include "store/item_history.h"

#include <algorithm>

namespace abj::store {
namespace {

// So many of the last good backups say what is usual, and fewer than so few do not.
constexpr std::size_t most_runs = 20, fewest_runs = 4;

}  // namespace

std::optional<Usual> usual_of(const JobTable& table, const ItemIndex& index, const Runs& runs) {
  std::vector<std::int64_t> durations;
  std::optional<TextId> operation;
  for (const RowId id : runs.rows) {
    const Row& job = table.row(id);
    if (!index.is_backup(id) || !is_terminal(job.state)) continue;
    if (!operation) operation = job.operation;
    else if (is_good(job.state) && job.operation == *operation && job.duration != Row::no_time) durations.push_back(job.duration);
    if (durations.size() == most_runs) break;
  }
  if (durations.size() < fewest_runs) return {};
  std::sort(durations.begin(), durations.end());
  const auto at = [&](std::size_t percent) { return Duration(durations[(durations.size() - 1) * percent / 100]); };
  return Usual{at(10), at(90), at(50)};
}

std::vector<RowId> backups_of(const ItemIndex& index, const Runs& runs) {
  std::vector<RowId> backups;
  for (const RowId id : runs.rows)
    if (index.is_backup(id)) backups.push_back(id);
  return backups;
}

}  // namespace abj::store
