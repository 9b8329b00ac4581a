// What views tell of changes: ends, places in the order, and nothing where nothing has changed. Their rows are held to the plainest way in job_table_test.cpp.
#include "store/job_view.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace abj::store {
namespace {

Job some_job() {
  Job job;
  job.name = "a";
  job.id = "/vaults/v/backupJobs/a";
  job.status = to_job_status("InProgress");
  return job;
}

TEST(JobView, ATextThatWasKnownOfSomethingElseHasItsPlaceInTheOrder) {
  JobTable table;
  Job job = some_job();
  const auto put = [&](std::string_view name, std::string_view item, std::string_view operation) {
    job.name = name, job.item = item, job.operation = operation;
    return table.put("v", job).row;
  };
  const RowId b = put("1", "b", "z"), a = put("2", "a", "c");
  JobView view(table, {.sort = Column::item, .descending = false});
  EXPECT_EQ(view.rows(), (std::vector<RowId>{a, b}));
  const RowId z = put("3", "z", "z"), c = put("4", "c", "b");
  view.refresh();
  EXPECT_EQ(view.rows(), (std::vector<RowId>{a, b, c, z}));
  EXPECT_EQ(JobView(table, {.sort = Column::item, .descending = false}).rows(), view.rows());
  EXPECT_EQ(JobView(table, {.sort = Column::operation, .descending = false}).rows(), (std::vector<RowId>{c, a, b, z}));
}

// Every part of a name, and the same with a digit or a dash that is not there.
TEST(JobView, FindsEveryPartOfANameAndNothingElse) {
  JobTable table;
  std::vector<std::string> names{"01234567-89ab-cdef-0123-456789abcdef", "ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000", "deadbeef-0000-1111-2222-333344445555"};
  Job job = some_job();
  for (const std::string& name : names) {
    job.name = name;
    job.id = "/vaults/v/backupJobs/" + name;
    table.put("v", job);
  }
  const auto holds = [&](const std::string& needle) {
    std::string lower;
    for (const char c : needle) lower += static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c);
    std::vector<RowId> expected;
    for (RowId id = 0; id < names.size(); ++id)
      if (names[id].find(lower) != std::string::npos) expected.push_back(id);
    auto found = JobView(table, {.search = needle}).rows();
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected) << needle;
  };
  for (const std::string& name : names) {
    for (std::size_t from = 0; from < name.size(); ++from) {
      for (std::size_t size = 1; from + size <= name.size(); ++size) {
        std::string part = name.substr(from, size);
        // What else the rows say is found, too.
        if (size == 1 && part[0] >= 'a') continue;
        holds(part);
        part[size / 2] = part[size / 2] == '-' ? '0' : '-';
        holds(part);
        part[size / 2] = '7';
        holds(part);
      }
    }
  }
  for (const char* odd : {"-", "--", "DEADBEEF-0", "0123456789abc", "0-0", "f-ffff-ffff-ffff-f", "0-1111-2222-3333444455555"}) holds(odd);
}

TEST(JobView, TellsOnceWhatWasSeenToEnd) {
  JobTable table;
  JobView view(table, {.item = "no such item"});
  Job job = some_job();
  const auto put = [&](std::string_view name, std::string_view status) {
    job.name = name;
    job.status = to_job_status(status);
    return table.put("v", job).row;
  };
  put("a", "InProgress");
  put("b", "Failed");
  view.refresh();
  EXPECT_TRUE(view.ended().empty()) << "what had ended before it was seen is no news";
  const RowId a = put("a", "Completed");
  put("b", "Failed");
  view.refresh(true);
  EXPECT_EQ(view.ended(), std::vector<RowId>{a});
  view.refresh();
  EXPECT_TRUE(view.ended().empty());
  // However much comes between: the latest is not lost.
  for (int i = 0; i < 6000; ++i) put("job " + std::to_string(i), "InProgress");
  const RowId last = put("job 5999", "Cancelled");
  view.refresh();
  EXPECT_EQ(view.ended(), std::vector<RowId>{last});
}

TEST(JobView, WhatIsPutInUnchangedIsNoChange) {
  JobTable table;
  const Job job = some_job();
  table.put("v", job);
  JobView view(table, {});
  const auto end = table.journal_end();
  EXPECT_EQ(table.put("v", job, 5).change, Change::none);
  EXPECT_EQ(table.journal_end(), end);
  EXPECT_FALSE(view.refresh());
  EXPECT_EQ(table.find_raw(5), 0u);
}

}  // namespace
}  // namespace abj::store
