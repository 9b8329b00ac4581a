// A vault with its protected items and their jobs, for tests of what is made of them.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "store/item_board.h"

namespace abj::store::test {

using namespace std::chrono_literals;
using std::chrono::hours;

inline constexpr Instant now{Duration(17'900'000'000'000'000)};
inline const std::string vault = "/vaults/v";

// A board whose rows outlive the next question.
struct ToldBoard {
  std::vector<BoardRow> rows;
  std::size_t counted, overdue, unknown;
  std::vector<BoardKind> kinds;
};

inline ToldBoard copied(const Board& board) {
  ToldBoard told{{}, board.counted, board.overdue, board.unknown, board.kinds};
  for (const BoardRow* row : board.rows) told.rows.push_back(*row);
  return told;
}

struct ItemWorld {
  JobTable table;
  ItemIndex index{table};
  ItemBoard asked{table, index};
  std::uint32_t revision = 0;
  std::vector<ProtectedItem> items_then;
  std::vector<ProtectedItem> items;
  std::optional<Instant> covered_from = now - hours(24 * 14);
  bool is_listed = true;
  BoardQuestion question{.days = even_days(14, now + 1h), .now = now};
  int last = 0;

  Job backup(std::string item, Duration ago, std::string status = "Completed", Duration took = 30min) {
    Job job;
    job.name = "job-" + std::to_string(++last);
    job.id = vault + "/backupJobs/" + job.name;
    job.item = item;
    job.management_type = "AzureIaasVM";
    job.container_name = "iaasvmcontainerv2;rg;" + item;
    job.operation = "Backup";
    job.status = to_job_status(status);
    job.start = now - ago;
    job.duration = took;
    if (is_terminal(job.status.state)) job.end = *job.start + took;
    return job;
  }
  RowId put(const Job& job) { return table.put(vault, job).row; }
  ProtectedItem& machine(std::string name) {
    items.push_back({.id = vault + "/protectedItems/" + name, .name = name, .management_type = "AzureIaasVM", .workload_type = "VM", .container = "IaasVMContainerV2;RG;" + name, .protection = "Protected"});
    return items.back();
  }
  std::optional<Instant> covered_to = now;
  VaultOfItems known() const { return {vault, is_listed ? &items : nullptr, covered_from, covered_to}; }
  // Of one that is asked again and again.
  ToldBoard board() {
    index.refresh();
    if (items != items_then) items_then = items, ++revision;
    return copied(asked.ask({known()}, revision, question));
  }
  RowDetail detail(std::string_view name) { return detail_of(table, index, row(name), known(), question); }
  BoardRow row(std::string_view name) {
    for (const BoardRow& row : board().rows)
      if (name_of_item(table, row) == name) return row;
    ADD_FAILURE() << name << " is not there";
    return {};
  }
};

}  // namespace abj::store::test
