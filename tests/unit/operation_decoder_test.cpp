#include "decode/operation_decoder.h"

#include <gtest/gtest.h>

#include "support.h"

namespace abj::decode {
namespace {

Operation decoded(std::string_view json) {
  auto operation = decode_operation(json);
  EXPECT_TRUE(operation) << (operation ? "" : operation.error().detail);
  return operation ? *operation : Operation{};
}

TEST(OperationDecoder, TheDocumentationsOperation) {
  const Operation operation = decoded(test::fixture("documentation/operation.json"));
  EXPECT_EQ(operation.id, "cd153561-20d3-467a-b911-cc1de47d4763");
  EXPECT_EQ(operation.status.state, OperationState::succeeded);
  EXPECT_EQ(operation.jobs, std::vector<std::string>{"41f3e94b-ae6b-4a20-b422-65abfcaf03e5"});
  EXPECT_EQ(operation.object_type, "OperationStatusJobExtendedInfo");
  EXPECT_EQ(operation.start, operation.end);
  EXPECT_TRUE(operation.other.empty());
}

TEST(OperationDecoder, RunningWithItsSentinelEnd) {
  const Operation operation = decoded(R"({"id":"g","name":"g","status":"InProgress","startTime":"2016-06-22T19:09:33.9630199Z","endTime":"0001-01-01T00:00:00","error":null,"properties":null})");
  EXPECT_EQ(operation.status.state, OperationState::in_progress);
  EXPECT_TRUE(operation.start);
  EXPECT_FALSE(operation.end);
  EXPECT_TRUE(operation.jobs.empty());
  EXPECT_TRUE(operation.other.empty());
}

TEST(OperationDecoder, VaultLevelFormWithoutTimes) {
  const Operation operation = decoded(R"({"id":"/subscriptions/s","name":"MTIzO2d1aWQ=","status":"InProgress","percentComplete":0.0})");
  EXPECT_EQ(operation.percent_complete, 0.0);
}

TEST(OperationDecoder, SucceededWithoutAJob) {
  EXPECT_TRUE(decoded(R"({"status":"Succeeded"})").jobs.empty());
  EXPECT_TRUE(decoded(R"({"status":"Succeeded","properties":{"objectType":"OperationStatusJobExtendedInfo"}})").jobs.empty());
  EXPECT_TRUE(decoded(R"({"status":"Succeeded","properties":{"objectType":"OperationStatusJobExtendedInfo","jobId":null}})").jobs.empty());
  EXPECT_TRUE(decoded(R"({"status":"Succeeded","properties":{"jobId":""}})").jobs.empty());
}

TEST(OperationDecoder, SeveralJobsWithFailedOnes) {
  const Operation operation = decoded(R"({"status":"Succeeded","properties":{"objectType":"OperationStatusJobsExtendedInfo","jobIds":["a","b","A"],"failedJobsError":{"c":"Code1","d":null}}})");
  EXPECT_EQ(operation.jobs, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(operation.failed_jobs, (std::vector<FailedJob>{{"c", "Code1"}, {"d", ""}}));
}

TEST(OperationDecoder, FailedShowsItsError) {
  const Operation operation = decoded(R"({"status":"Failed","error":{"code":"UserErrorX","message":"No.","target":null,"details":[{"code":"inner"}]}})");
  EXPECT_EQ(operation.error.code, "UserErrorX");
  EXPECT_EQ(operation.error.message, "No.");
  EXPECT_EQ(operation.other, (std::vector<OtherProperty>{{"/error/details/0/code", "inner"}}));
}

TEST(OperationDecoder, RecoveryScriptsAreKeptAsSecrets) {
  const Operation operation = decoded(
      R"({"status":"Succeeded","properties":{"objectType":"OperationStatusProvisionILRExtendedInfo","recoveryTarget":{"clientScripts":[{"scriptContent":"AAAA","scriptExtension":"exe","osType":"Windows"}]}}})");
  ASSERT_EQ(operation.other.size(), 3u);
  for (const auto& other : operation.other) EXPECT_TRUE(other.secret) << other.path;
}

TEST(OperationDecoder, RefusesWhatIsNoOperation) {
  EXPECT_EQ(decode_operation("{}").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_operation(R"({"properties":{"status":"Succeeded"}})").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_operation("<html>").error().code, ErrorCode::not_json);
}

}  // namespace
}  // namespace abj::decode
