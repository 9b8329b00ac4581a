#include "decode/job_decoder.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace abj::decode {
namespace {

using test::seconds;
using test::ticks;

Job decoded(const std::string& json) {
  auto job = decode_job(json);
  EXPECT_TRUE(job) << (job ? "" : job.error().detail);
  return job ? *job : Job{};
}

Job with_properties(const std::string& properties) { return decoded(R"({"id":"i","name":"n","type":"t","properties":{"jobType":"AzureIaaSVMJob","status":"InProgress",)" + properties + "}}"); }

TEST(JobDecoder, TheDocumentationsJob) {
  const Job job = decoded(test::documentation_job());
  EXPECT_EQ(job.name, "7ddead57-bcb9-4269-ac31-6a1b57588700");
  EXPECT_EQ(job.id,
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/Default-RecoveryServices-ResourceGroup-centralindia/providers/microsoft.recoveryservices/vaults/abdemovault/backupJobs/"
            "7ddead57-bcb9-4269-ac31-6a1b57588700");
  EXPECT_EQ(job.job_type, "AzureIaaSVMJob");
  EXPECT_EQ(job.duration, ticks(20 * 60 * 10'000'000LL + 230896697));
  EXPECT_TRUE(job.cancellable);
  EXPECT_FALSE(job.can_cancel());  // it says Cancellable, but it has ended
  EXPECT_EQ(job.actions, std::vector<std::string>{"1"});
  EXPECT_EQ(job.machine_version, "Compute");
  ASSERT_EQ(job.tasks.size(), 2u);
  EXPECT_EQ(job.tasks[0].id, "Take Snapshot");
  EXPECT_EQ(job.tasks[1].id, "Transfer data to vault");
  EXPECT_EQ(job.tasks[1].status.state, JobState::completed);
  EXPECT_EQ(job.tasks[1].duration, seconds(0));
  EXPECT_EQ(job.properties, (std::vector<Property>{{"VM Name", "uttestvmub1"}, {"Backup Size", "2332 MB"}}));
  EXPECT_EQ(job.item, "uttestvmub1");
  EXPECT_EQ(job.management_type, "AzureIaasVM");
  EXPECT_EQ(job.operation, "Backup");
  EXPECT_EQ(job.status.state, JobState::completed);
  EXPECT_EQ(*job.end - *job.start, ticks(20 * 60 * 10'000'000LL + 230896697));
  EXPECT_EQ(job.activity_id, "7df8e874-1d66-4f81-8e91-da2fe054811d");
  EXPECT_TRUE(job.other.empty());
}

TEST(JobDecoder, TheDocumentationsBraceTooManyIsAnError) {
  const auto job = decode_job(test::fixture("documentation/job_as_published.json"));
  ASSERT_FALSE(job);
  EXPECT_EQ(job.error().code, ErrorCode::not_json);
}

TEST(JobDecoder, ActionsAsNumbersAndAsWords) {
  EXPECT_TRUE(with_properties(R"("actionsInfo":[1])").can_cancel());
  EXPECT_TRUE(with_properties(R"("actionsInfo":["Cancellable"])").can_cancel());
  EXPECT_TRUE(with_properties(R"("actionsInfo":["1"])").can_cancel());
  EXPECT_TRUE(with_properties(R"("actionsInfo":[2])").retriable);
  EXPECT_TRUE(with_properties(R"("actionsInfo":["Retriable"])").retriable);
  for (const std::string none : {R"("actionsInfo":[])", R"("actionsInfo":null)", R"("actionsInfo":[0])", R"("actionsInfo":[""])", R"("actionsInfo":[null])", R"("actionsInfo":[3])", R"("x":1)"}) {
    const Job job = with_properties(none);
    EXPECT_FALSE(job.can_cancel()) << none;
    EXPECT_FALSE(job.retriable) << none;
  }
}

TEST(JobDecoder, SentinelAndNullTimesAreAbsent) {
  const Job job = with_properties(
      R"("endTime":"2001-01-01T00:00:00Z","startTime":null,"extendedInfo":{"tasksList":[{"taskId":"T","startTime":"0001-01-01T00:00:00","endTime":null,"duration":null,"status":null}]})");
  EXPECT_FALSE(job.start);
  EXPECT_FALSE(job.end);
  ASSERT_EQ(job.tasks.size(), 1u);
  EXPECT_FALSE(job.tasks[0].start);
  EXPECT_FALSE(job.tasks[0].end);
  EXPECT_EQ(job.tasks[0].status.state, JobState::unknown);
  EXPECT_TRUE(job.other.empty());
}

TEST(JobDecoder, ErrorsWithRecommendations) {
  const Job job = with_properties(
      R"("errorDetails":[{"errorCode":400158,"errorTitle":"","errorString":"Cancelled.\r\nAs asked.","recommendations":["One","Two\r\nthree"]},{"errorCode":"UserErrorX","errorString":null,"recommendations":null,"additionalDetails":"more"}])");
  ASSERT_EQ(job.errors.size(), 2u);
  EXPECT_EQ(job.errors[0], (JobError{"400158", "", "Cancelled.\r\nAs asked.", "", {"One", "Two\r\nthree"}}));
  EXPECT_EQ(job.errors[1], (JobError{"UserErrorX", "", "", "more", {}}));
}

TEST(JobDecoder, ProgressAndEstimateAsNumbersOrText) {
  const Job number = with_properties(R"("extendedInfo":{"progressPercentage":50.5,"estimatedRemainingDuration":"PT9M"})");
  EXPECT_EQ(number.progress, 50.5);
  EXPECT_EQ(number.estimated_remaining, seconds(540));
  EXPECT_TRUE(number.detailed);
  EXPECT_EQ(with_properties(R"("extendedInfo":{"progressPercentage":"50.5"})").progress, 50.5);
  EXPECT_EQ(with_properties(R"("extendedInfo":{"progressPercentage":null})").progress, std::nullopt);
}

TEST(JobDecoder, NullsAndEmptyContainers) {
  const Job job = with_properties(R"("errorDetails":null,"extendedInfo":null,"isUserTriggered":null,"duration":null,"containerName":null)");
  EXPECT_TRUE(job.errors.empty());
  EXPECT_FALSE(job.detailed);
  EXPECT_TRUE(job.other.empty());
  const Job empty = with_properties(R"("extendedInfo":{"tasksList":[],"propertyBag":{},"internalPropertyBag":null,"dynamicErrorMessage":null})");
  EXPECT_TRUE(empty.detailed);
  EXPECT_TRUE(empty.other.empty());
}

TEST(JobDecoder, PropertyBagsKeepOrderOddNamesAndNulls) {
  const Job job = with_properties(R"j("extendedInfo":{"propertyBag":{"Recovery point time ":"8/16/2026 8:03:31 AM","Data (in MB)":null,"a.b":"","n":5},"internalPropertyBag":{"AdHoc":"True"}})j");
  EXPECT_EQ(job.properties, (std::vector<Property>{{"Recovery point time ", "8/16/2026 8:03:31 AM"}, {"Data (in MB)", std::nullopt}, {"a.b", ""}, {"n", "5"}}));
  EXPECT_EQ(job.internal_properties, (std::vector<Property>{{"AdHoc", "True"}}));
}

TEST(JobDecoder, WhatTheModelHasNoNameForIsKept) {
  const Job job = with_properties(
      R"("newField":7,"extendedInfo":{"tasksList":[{"taskId":"T","taskType":"Normal","extra":{"deep":[true]}}],"more":"m"},"duration":"soon","tags":{"a":"b"})");
  EXPECT_EQ(job.other, (std::vector<OtherProperty>{{"/properties/newField", "7"},
                                                   {"/properties/extendedInfo/tasksList/0/taskType", "Normal"},
                                                   {"/properties/extendedInfo/tasksList/0/extra/deep/0", "true"},
                                                   {"/properties/extendedInfo/more", "m"},
                                                   {"/properties/duration", "soon"},
                                                   {"/properties/tags/a", "b"}}));
}

TEST(JobDecoder, SecretsAreMarked) {
  const Job job = with_properties(R"("blobSasKey":"sv=1&sig=abc","link":"https://x.blob.core.windows.net/c?sv=1&sig=abc","plain":"https://aka.ms/help?id=1")");
  ASSERT_EQ(job.other.size(), 3u);
  EXPECT_TRUE(job.other[0].secret);
  EXPECT_TRUE(job.other[1].secret);
  EXPECT_FALSE(job.other[2].secret);
}

TEST(JobDecoder, AnyJobTypeByItsCommonFields) {
  const Job job = decoded(R"j({"name":"n","properties":{"jobType":"BrandNewJob","entityFriendlyName":"x","status":"Paused","operation":"Backup (Full)"}})j");
  EXPECT_EQ(job.job_type, "BrandNewJob");
  EXPECT_EQ(job.status.state, JobState::unknown);
  EXPECT_EQ(job.status.text, "Paused");
  EXPECT_EQ(job.item, "x");
}

TEST(JobDecoder, OwnFieldsOfTheOtherTypes) {
  const Job mab = with_properties(R"("mabServerName":"srv","mabServerType":"Windows","workloadType":"FileFolder")");
  EXPECT_EQ(mab.server_name, "srv");
  EXPECT_EQ(mab.server_type, "Windows");
  EXPECT_EQ(mab.workload_type, "FileFolder");
  const Job dpm = with_properties(R"("dpmServerName":"dpm","containerName":"c","containerType":"DPM")");
  EXPECT_EQ(dpm.server_name, "dpm");
  EXPECT_EQ(dpm.container_name, "c");
  EXPECT_EQ(dpm.container_type, "DPM");
  const Job storage = with_properties(R"("storageAccountName":"acc","storageAccountVersion":"Storage","isUserTriggered":false)");
  EXPECT_EQ(storage.storage_account, "acc");
  EXPECT_EQ(storage.machine_version, "Storage");
  EXPECT_EQ(storage.user_triggered, false);
}

TEST(JobDecoder, TheDialectOfBackupVaults) {
  const Job job = decoded(
      R"j({"properties":{"activityID":"a","backupInstanceId":"/b","dataSourceName":"disk-01","dataSourceSetName":null,"dataSourceType":"Microsoft.Compute/disks","endTime":"2022-04-21T07:04:21.6093555Z",
      "operation":"Backup","operationCategory":"Backup","status":"SuccessWithWarning","isUserTriggered":true,"supportedActions":[""],"duration":"00:02:37.8114063",
      "errorDetails":[{"code":"UserErrorX","message":"No.","target":"","isRetryable":false,"recommendedAction":["Do this"]}],
      "extendedInfo":{"backupInstanceState":null,"subTasks":[{"taskId":1,"taskName":"Trigger Backup","taskStatus":"Completed","taskProgress":"50","additionalDetails":{"TaskId":"x"}}],"additionalDetails":{"RetentionTag":"Default"}}},
      "id":"/i","name":"n","type":"Microsoft.DataProtection/backupVaults/backupJobs"})j");
  EXPECT_EQ(job.activity_id, "a");
  EXPECT_EQ(job.item, "disk-01");
  EXPECT_EQ(job.workload_type, "Microsoft.Compute/disks");
  EXPECT_EQ(job.status.state, JobState::completed_with_warnings);
  EXPECT_EQ(job.duration, ticks(1578114063));
  EXPECT_EQ(job.user_triggered, true);
  EXPECT_TRUE(job.actions.empty());
  ASSERT_EQ(job.tasks.size(), 1u);
  EXPECT_EQ(job.tasks[0].id, "Trigger Backup");
  EXPECT_EQ(job.tasks[0].instance_id, "1");
  EXPECT_EQ(job.tasks[0].status.state, JobState::completed);
  EXPECT_EQ(job.tasks[0].progress, 50.0);
  EXPECT_EQ(job.errors, (std::vector<JobError>{{"UserErrorX", "", "No.", "", {"Do this"}}}));
  EXPECT_EQ(job.properties, (std::vector<Property>{{"RetentionTag", "Default"}}));
  EXPECT_EQ(job.other, (std::vector<OtherProperty>{{"/properties/backupInstanceId", "/b"},
                                                   {"/properties/dataSourceSetName", "null"},
                                                   {"/properties/operationCategory", "Backup"},
                                                   {"/properties/errorDetails/0/target", ""},
                                                   {"/properties/errorDetails/0/isRetryable", "false"},
                                                   {"/properties/extendedInfo/backupInstanceState", "null"},
                                                   {"/properties/extendedInfo/subTasks/0/additionalDetails/TaskId", "x"}}));
}

TEST(JobDecoder, RefusesWhatIsNoJob) {
  EXPECT_EQ(decode_job("{}").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_job(R"({"status":"InProgress"})").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_job(R"({"properties":{"status":null}})").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_job(R"({"properties":[]})").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_job("").error().code, ErrorCode::not_json);
}

std::string with_tasks(const std::string& list, std::size_t count) {
  std::string text = R"({"properties":{"status":"InProgress","extendedInfo":{")" + list + R"(":[)";
  for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "{}" : ",{}";
  return text + "]}}}";
}

TEST(JobDecoder, SoManyTasksAndNotOneMore) {
  for (const std::string list : {"tasksList", "subTasks"}) {
    EXPECT_EQ(decoded(with_tasks(list, max_tasks)).tasks.size(), max_tasks);
    const auto over = decode_job(with_tasks(list, max_tasks + 1));
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, ErrorCode::too_large);
  }
}

TEST(JobPage, JobsInOrderAndWhatElseThePageSays) {
  const auto page = decode_job_page(R"({"count":2,"value":[{"name":"a","properties":{"status":"Failed","strange":{"x":1}},"odd":true},{"name":"b"}],"nextLink":"https://x/","after":[null]})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->jobs.size(), 2u);
  EXPECT_EQ(page->jobs[0].name, "a");
  EXPECT_EQ(page->jobs[0].status.state, JobState::failed);
  EXPECT_FALSE(page->jobs[0].detailed);
  EXPECT_EQ(page->jobs[0].other, (std::vector<OtherProperty>{{"/properties/strange/x", "1"}, {"/odd", "true"}}));
  EXPECT_EQ(page->jobs[1].status.state, JobState::unknown);  // an item without a status is kept
  EXPECT_EQ(page->next_link, "https://x/");
  EXPECT_EQ(page->other, (std::vector<OtherProperty>{{"/count", "2"}, {"/after/0", "null"}}));
}

TEST(JobPage, StrangeItemsAreKeptAsTheyCame) {
  const auto page = decode_job_page(R"({"value":[7,[8],{"name":"a"}]})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->other, (std::vector<OtherProperty>{{"/value/0", "7"}}));
  ASSERT_EQ(page->jobs.size(), 2u);
  EXPECT_EQ(page->jobs[0].other, (std::vector<OtherProperty>{{"/0", "8"}}));
}

TEST(JobPage, WhatIsNoPage) {
  for (const std::string text : {"{}", R"({"properties":{"status":"InProgress"}})", R"({"error":{"code":"x"}})"}) {
    const auto page = decode_job_page(text);
    ASSERT_FALSE(page) << text;
    EXPECT_EQ(page.error().code, ErrorCode::wrong_shape);
  }
  EXPECT_EQ(decode_job_page(R"({"value":[{)").error().code, ErrorCode::not_json);
  EXPECT_EQ(decode_job_page(R"({"value":[)" + with_tasks("tasksList", max_tasks + 1) + "]}").error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace abj::decode
