#include "store/job_store.h"

#include <gtest/gtest.h>

namespace abj::store {
namespace {

TEST(JobStore, SaysWhatChanged) {
  JobStore store;
  Job job;
  job.item = "vm";
  EXPECT_EQ(store.find("k"), nullptr);
  EXPECT_EQ(store.put("k", job), Change::added);
  EXPECT_EQ(store.put("k", job), Change::none);
  job.status = to_job_status("Completed");
  EXPECT_EQ(store.put("k", job), Change::updated);
  EXPECT_EQ(store.find("k")->status.state, JobState::completed);
  EXPECT_EQ(store.size(), 1u);
  store.erase("k");
  store.erase("k");
  EXPECT_EQ(store.size(), 0u);
}

}  // namespace
}  // namespace abj::store
