// What views tell of changes: ends, places in the order, and nothing where nothing has changed. Their rows are held to the plainest way in job_table_test.cpp.
#include "store/job_view.h"

#include <gtest/gtest.h>

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
