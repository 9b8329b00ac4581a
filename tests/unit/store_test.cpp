#include "store/job_store.h"

#include <gtest/gtest.h>

namespace abj::store {
namespace {

TEST(JobStore, SaysWhatChanged) {
  JobStore store;
  Job job;
  job.item = "vm";
  EXPECT_EQ(store.find("k"), nullptr);
  EXPECT_EQ(store.put("k", Job(job)), Change::added);
  EXPECT_EQ(store.put("k", Job(job)), Change::none);
  job.status = to_job_status("Completed");
  EXPECT_EQ(store.put("k", Job(job)), Change::updated);
  EXPECT_EQ(store.find("k")->status.state, JobState::completed);
  EXPECT_EQ(store.size(), 1u);
  store.erase("k");
  store.erase("k");
  EXPECT_EQ(store.size(), 0u);
}

TEST(JobStore, AListItemKeepsTheDetailsOfTheLastSingleRead) {
  JobStore store;
  Job read;
  read.status = to_job_status("InProgress");
  read.detailed = true;
  read.tasks.resize(2);
  read.progress = 40;
  read.other = {{"/properties/extendedInfo/new", "1"}, {"/properties/both", "old"}};
  EXPECT_EQ(store.put("a", Job(read)), Change::added);
  Job listed;
  listed.status = to_job_status("InProgress");
  listed.other = {{"/properties/both", "old"}};
  Job again = listed;
  store.put("a", std::move(listed));
  EXPECT_EQ(store.find("a")->tasks.size(), 2u);
  EXPECT_EQ(store.find("a")->progress, 40);
  EXPECT_TRUE(store.find("a")->detailed);
  EXPECT_EQ(store.find("a")->other.size(), 2u);
  Job ended = again;
  EXPECT_NE(store.put("a", std::move(again)), Change::added);
  ended.status = to_job_status("Failed");
  EXPECT_EQ(store.put("a", std::move(ended)), Change::updated);
  EXPECT_EQ(store.find("a")->status.text, "Failed");
  EXPECT_EQ(store.find("a")->tasks.size(), 2u);
}

}  // namespace
}  // namespace abj::store
