#include "arm/resource_id.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace abj::arm {
namespace {

TEST(ResourceId, VaultsOfBothKinds) {
  const auto vault = parse_vault_id(test::vault_path);
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->subscription, "11111111-2222-3333-4444-555555555555");
  EXPECT_EQ(vault->group, "rg-backup");
  EXPECT_EQ(vault->name, "rsv-weu");
  EXPECT_EQ(vault->provider, Provider::recovery_services);
  EXPECT_EQ(vault->path(), test::vault_path);
  const auto backup_vault = parse_vault_id("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/BackupVaults/v/");
  ASSERT_TRUE(backup_vault);
  EXPECT_EQ(backup_vault->provider, Provider::data_protection);
  EXPECT_EQ(backup_vault->path(), "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v");
}

TEST(ResourceId, KnowsNoCase) {
  const auto one = parse_job_id("/Subscriptions/S/resourcegroups/G/providers/microsoft.recoveryservices/Vaults/V/BACKUPJOBS/J");
  const auto two = parse_job_id("/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j");
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_EQ(one->key(), two->key());
  EXPECT_EQ(one->name, "J");
}

TEST(ResourceId, EscapesAreReadAndWritten) {
  const auto job = parse_job_id("  /subscriptions/s/resourceGroups/g%20h/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/a%3Bb \n");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->vault.group, "g h");
  EXPECT_EQ(job->name, "a;b");
  EXPECT_EQ(job->path(), "/subscriptions/s/resourceGroups/g%20h/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/a;b");
}

TEST(ResourceId, MalformedOnesAreRefused) {
  const std::string vault(test::vault_path);
  for (const std::string& text : {std::string(), std::string("/"), std::string("/subscriptions/s"), vault, vault + "/", vault + "/backupJobs", vault + "/backupJobs/", vault + "/backupJobs/a/b", vault + "/backupJobs/..",
                                 vault + "/backupJobs/%2e%2e", vault + "/backupJobs/a%2Fb", vault + "/backupJobs/a?b", vault + "/backupJobs/a#b", vault + "/backupJobs/a\\b", vault + "/backupJobs/a%00b",
                                 vault + "/backupJobs/" + std::string(261, 'x'), std::string("/subscriptions//resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j"),
                                 std::string("/subscriptions/s/resourceGroups/../providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j"),
                                 std::string("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v/backupJobs/j"), "x" + vault + "/backupJobs/j"}) {
    const auto job = parse_job_id(text);
    EXPECT_FALSE(job) << text;
    EXPECT_EQ(job ? ErrorCode::offline : job.error().code, ErrorCode::resource_id_malformed) << text;
  }
  EXPECT_TRUE(parse_job_id(vault + "/backupJobs/" + std::string(260, 'x')));
  EXPECT_FALSE(parse_vault_id(vault + "/backupJobs/j"));
  EXPECT_FALSE(parse_vault_id(""));
}

TEST(ResourceId, VersionsByProvider) {
  EXPECT_EQ(default_api_version(Provider::recovery_services), "2025-02-01");
  EXPECT_EQ(default_api_version(Provider::data_protection), "2024-04-01");
}

}  // namespace
}  // namespace abj::arm
