#include "tracking/start.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace abj::tracking {
namespace {

const arm::Endpoint endpoint{"https://management.azure.com"};
const std::string vault(test::vault_path);
const std::string item = vault + "/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;g;vm/protectedItems/VM;iaasvmcontainerv2;g;vm";

Start started(const std::string& text, const std::string& vault_text = {}) {
  auto start = parse_start(endpoint, text, vault_text);
  EXPECT_TRUE(start) << text << (start ? "" : std::string(name_of(start.error().code)));
  return start ? *start : Start{};
}

ErrorCode refused(const std::string& text, const std::string& vault_text = {}) {
  const auto start = parse_start(endpoint, text, vault_text);
  EXPECT_FALSE(start) << text;
  return start ? ErrorCode::offline : start.error().code;
}

TEST(Start, OperationUrlsAreFollowedVerbatim) {
  const std::string url = "https://management.azure.com" + item + "/operationsStatus/guid?api-version=2024-04-01&t=1&c=MII&s=x&h=y";
  const Start start = started(url);
  EXPECT_EQ(start.operation_url, url);
  ASSERT_TRUE(start.vault);
  EXPECT_EQ(start.vault->name, "rsv-weu");
  EXPECT_EQ(started(vault + "/backupOperations/guid").operation_url, "https://management.azure.com" + vault + "/backupOperations/guid?api-version=2025-02-01");
  EXPECT_EQ(started("  " + url + "\r\n").operation_url, url);
}

TEST(Start, LocationUrlsNameTheirOperation) {
  const std::string asked = "https://management.azure.com" + vault + "/backupOperations/guid?api-version=2025-02-01";
  EXPECT_EQ(started("https://management.azure.com" + item + "/operationResults/guid?fabricName=Azure").operation_url, asked);
  EXPECT_EQ(started("https://management.azure.com" + vault + "/backupOperationResults/guid?api-version=2016-12-01").operation_url, asked);
}

TEST(Start, APastedHeaderBlock) {
  const std::string url = "https://management.azure.com" + item + "/operationsStatus/guid?api-version=2024-04-01";
  EXPECT_EQ(started("HTTP/1.1 202 Accepted\r\nLocation: https://management.azure.com" + item + "/operationResults/guid\r\nAzure-AsyncOperation: " + url + "\r\nRetry-After: 60\r\n").operation_url, url);
  EXPECT_EQ(started("Azure-AsyncOperation: " + url).operation_url, url);
}

TEST(Start, TheDocumentationsOperation) {
  const std::string json = test::fixture("documentation/operation.json");
  EXPECT_EQ(refused(json), ErrorCode::vault_needed);
  const Start start = started(json, vault);
  EXPECT_TRUE(start.operation_url.empty());
  ASSERT_EQ(start.jobs.size(), 1u);
  EXPECT_EQ(start.jobs[0].id.path(), test::job_path());
  EXPECT_EQ(start.operation->name, "cd153561-20d3-467a-b911-cc1de47d4763");
}

TEST(Start, AnOperationThatStillRunsIsAsked) {
  const std::string json = R"({"id":"g","name":"MTIz;x=","status":"InProgress"})";
  EXPECT_EQ(refused(json), ErrorCode::vault_needed);
  EXPECT_EQ(started(json, vault).operation_url, "https://management.azure.com" + vault + "/backupOperations/MTIz;x=?api-version=2025-02-01");
  EXPECT_EQ(started(R"({"id":")" + vault + R"(/operations/1","name":"n","status":"InProgress"})").operation_url, "https://management.azure.com" + vault + "/operations/1?api-version=2025-02-01");
  EXPECT_EQ(started(R"({"id":"/subscriptions/s/providers/Microsoft.DataProtection/locations/l/operationStatus/y","name":"y","status":"Inprogress"})").operation_url,
            "https://management.azure.com/subscriptions/s/providers/Microsoft.DataProtection/locations/l/operationStatus/y?api-version=2024-04-01");
  EXPECT_EQ(refused(R"({"status":"InProgress"})", vault), ErrorCode::wrong_shape);
}

TEST(Start, AnOperationThatNamesJobsInFull) {
  const Start start = started(R"({"status":"Succeeded","properties":{"objectType":"OperationJobExtendedInfo","jobId":")" + test::job_path() + R"("}})");
  ASSERT_EQ(start.jobs.size(), 1u);
  EXPECT_EQ(start.jobs[0].id.key(), arm::parse_job_id(test::job_path())->key());
}

TEST(Start, JobsByIdUrlJsonAndName) {
  const auto key = arm::parse_job_id(test::job_path())->key();
  for (const auto& [text, vault_text] : {std::pair(test::job_path(), std::string()), std::pair("https://management.azure.com" + test::job_path() + "?api-version=2017-07-01", std::string()),
                                         std::pair(std::string(test::job_name), vault), std::pair(R"({"id":")" + test::job_path() + R"(","properties":{"status":"InProgress"}})", std::string()),
                                         std::pair(R"({"name":")" + std::string(test::job_name) + R"(","properties":{"status":"InProgress"}})", vault)}) {
    const Start start = started(text, vault_text);
    ASSERT_EQ(start.jobs.size(), 1u) << text;
    EXPECT_EQ(start.jobs[0].id.key(), key) << text;
    EXPECT_TRUE(start.operation_url.empty());
  }
  EXPECT_EQ(started("\xEF\xBB\xBF" + test::documentation_job()).jobs[0].id.name, "7ddead57-bcb9-4269-ac31-6a1b57588700");
}

TEST(Start, AJobsUrlKeepsItsApiVersion) {
  const std::string url = "https://management.azure.com" + test::job_path();
  EXPECT_EQ(started(url + "?api-version=2017-07-01").jobs[0].api_version, "2017-07-01");
  EXPECT_EQ(started(url + "?x=1&api-version=2024-04-30-preview&y=2").jobs[0].api_version, "2024-04-30-preview");
  for (const auto* query : {"", "?x=1", "?api-version=", "?api-version=1", "?api-version=2017-07-01%26x=1", "?api-version=2017_07_01"}) EXPECT_EQ(started(url + query).jobs[0].api_version, "2025-02-01") << query;
}

TEST(Start, ResourceIdsMayHoldLettersThatUrlsDoNot) {
  const Start start = started("/subscriptions/s/resourceGroups/\xE3\x83\x90/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j");
  ASSERT_EQ(start.jobs.size(), 1u);
  EXPECT_EQ(start.jobs[0].id.path(), "/subscriptions/s/resourceGroups/%E3%83%90/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j");
}

TEST(Start, BadInputIsATypedError) {
  EXPECT_EQ(refused(""), ErrorCode::input_empty);
  EXPECT_EQ(refused(" \n "), ErrorCode::input_empty);
  EXPECT_EQ(refused("what is this"), ErrorCode::input_unrecognised);
  EXPECT_EQ(refused("\xD0\xBF\xD1\x80\xD0\xB8", vault), ErrorCode::input_unrecognised);
  EXPECT_EQ(refused(std::string(test::job_name)), ErrorCode::vault_needed);
  EXPECT_EQ(refused(std::string(test::job_name), "rsv-weu"), ErrorCode::resource_id_malformed);
  EXPECT_EQ(refused(test::job_path(), test::job_path()), ErrorCode::resource_id_malformed);
  EXPECT_EQ(refused("{"), ErrorCode::not_json);
  EXPECT_EQ(refused("[]"), ErrorCode::wrong_shape);
  EXPECT_EQ(refused("{}"), ErrorCode::wrong_shape);
  EXPECT_EQ(refused(test::fixture("documentation/job_as_published.json")), ErrorCode::not_json);
  EXPECT_EQ(refused("https://evil.example" + test::job_path()), ErrorCode::url_refused);
  EXPECT_EQ(refused("//evil.example" + test::job_path()), ErrorCode::url_refused);
  EXPECT_EQ(refused("javascript:alert(1)"), ErrorCode::url_refused);
  EXPECT_EQ(refused("Azure-AsyncOperation: https://evil.example/operations/x"), ErrorCode::url_refused);
  EXPECT_EQ(refused("https://management.azure.com/subscriptions/s/providers/Microsoft.Compute/virtualMachines/x"), ErrorCode::input_unrecognised);
  EXPECT_EQ(refused("https://management.azure.com" + vault + "/backupPolicies/p"), ErrorCode::input_unrecognised);
  EXPECT_EQ(refused("https://management.azure.com" + vault + "/backupJobs/../../x"), ErrorCode::input_unrecognised);
}

TEST(Start, OtherOperationsOfTheService) {
  const std::string dp = "https://management.azure.com/subscriptions/s/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/abc=";
  EXPECT_EQ(started(dp).operation_url, dp + "?api-version=2024-04-01");
  const std::string cancel = "https://management.azure.com" + test::job_path() + "/operationsStatus/guid?api-version=2019-05-13-preview";
  EXPECT_EQ(started(cancel).operation_url, cancel);
  const std::string backup_vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
  EXPECT_EQ(started(R"({"id":")" + backup_vault + R"(/operationStatus/1","name":"n","status":"Inprogress"})").operation_url,
            "https://management.azure.com" + backup_vault + "/operationStatus/1?api-version=2024-04-01");
  EXPECT_EQ(started(R"({"id":"x","name":"n","status":"Inprogress"})", backup_vault).operation_url, "https://management.azure.com" + backup_vault + "/operationStatus/n?api-version=2024-04-01");
}

TEST(Start, JobsAreNamedWithinAVaultOrInFull) {
  EXPECT_EQ(job_named("x", {}).error().code, ErrorCode::vault_needed);
  EXPECT_EQ(job_named("..", *arm::parse_vault_id(vault)).error().code, ErrorCode::resource_id_malformed);
  EXPECT_EQ(job_named("/x/y", *arm::parse_vault_id(vault)).error().code, ErrorCode::resource_id_malformed);
  EXPECT_EQ(job_named("x", *arm::parse_vault_id(vault))->path(), vault + "/backupJobs/x");
}

}  // namespace
}  // namespace abj::tracking
