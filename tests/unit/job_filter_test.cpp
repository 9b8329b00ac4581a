#include "arm/job_filter.h"

#include <gtest/gtest.h>

#include "decode/timestamp.h"

namespace abj::arm {
namespace {

Instant at(std::string_view text) { return decode::parse_timestamp(text)->instant; }

TEST(JobFilter, TheServicesGrammar) {
  const struct {
    JobFilter filter;
    std::string_view text;
  } rows[] = {
      {{}, ""},
      {{.status = "InProgress"}, "status eq 'InProgress'"},
      {{.status = "Failed", .operation = "Backup"}, "status eq 'Failed' and operation eq 'Backup'"},
      {{.operation = "Restore", .management_type = "AzureIaasVM", .job_id = "41f3e94b-ae6b-4a20-b422-65abfcaf03e5"},
       "operation eq 'Restore' and backupManagementType eq 'AzureIaasVM' and jobId eq '41f3e94b-ae6b-4a20-b422-65abfcaf03e5'"},
      {{.operation = "Backup (Full)"}, "operation eq 'Backup (Full)'"},
      {{.from = at("2017-10-20T09:00:00Z"), .to = at("2017-10-20T21:00:00Z")}, "startTime eq '2017-10-20 09:00:00 AM' and endTime eq '2017-10-20 09:00:00 PM'"},
      // Midnight and noon on a clock of twelve hours; the newest window has no end.
      {{.from = at("2024-02-29T00:00:00Z")}, "startTime eq '2024-02-29 12:00:00 AM'"},
      {{.from = at("2024-12-31T12:05:09Z")}, "startTime eq '2024-12-31 12:05:09 PM'"},
      // Nothing of the window is lost to whole seconds.
      {{.from = at("2024-01-01T01:02:03.9999999Z"), .to = at("2024-01-01T01:02:04.0000001Z")}, "startTime eq '2024-01-01 01:02:03 AM' and endTime eq '2024-01-01 01:02:05 AM'"},
  };
  for (const auto& row : rows) {
    const auto text = filter_text(row.filter);
    ASSERT_TRUE(text) << row.text;
    EXPECT_EQ(*text, row.text);
  }
}

TEST(JobFilter, WhatCannotBeAskedIsRefused) {
  const Instant start = at("2024-01-01T00:00:00Z");
  const Duration tick(1);
  const JobFilter refused[] = {
      {.status = "Failed' or '1' eq '1"},
      {.operation = "Back\"up"},
      {.management_type = "A\nB"},
      {.job_id = std::string(101, 'a')},
      {.to = start},
      {.from = start, .to = start - tick},
      {.from = start, .to = start + longest_window + tick},
  };
  for (const auto& filter : refused) {
    const auto text = filter_text(filter);
    ASSERT_FALSE(text) << (text ? *text : "");
    EXPECT_EQ(text.error().code, ErrorCode::filter_refused);
  }
  EXPECT_TRUE(filter_text({.job_id = std::string(100, 'a')}));
  EXPECT_TRUE(filter_text({.from = start, .to = start}));
  EXPECT_TRUE(filter_text({.from = start, .to = start + longest_window}));
}

TEST(JobFilter, TellsWhatTheServiceMayList) {
  Job job;
  job.name = "j";
  job.status = to_job_status("Failed");
  job.operation = "Backup (Full)";
  job.management_type = "AzureWorkload";
  job.start = at("2024-01-01T10:00:00Z");
  job.end = at("2024-01-01T11:00:00Z");
  EXPECT_TRUE(may_list({}, job));
  EXPECT_TRUE(may_list({.status = "failed", .operation = "Backup", .management_type = "azureworkload", .job_id = "J"}, job));
  EXPECT_FALSE(may_list({.status = "Completed"}, job));
  EXPECT_FALSE(may_list({.operation = "Back"}, job));
  EXPECT_FALSE(may_list({.operation = "Restore"}, job));
  EXPECT_FALSE(may_list({.management_type = "AzureIaasVM"}, job));
  EXPECT_FALSE(may_list({.job_id = "k"}, job));
  EXPECT_TRUE(may_list({.from = at("2024-01-01T10:30:00Z")}, job));
  EXPECT_FALSE(may_list({.from = at("2024-01-01T11:00:02Z")}, job));
  EXPECT_TRUE(may_list({.from = at("2024-01-01T00:00:00Z"), .to = at("2024-01-01T10:00:00Z")}, job));
  EXPECT_FALSE(may_list({.from = at("2024-01-01T00:00:00Z"), .to = at("2024-01-01T09:59:58Z")}, job));
  job.end.reset();  // it runs, or does not say
  EXPECT_TRUE(may_list({.from = at("2024-06-01T00:00:00Z")}, job));
}

}  // namespace
}  // namespace abj::arm
