// Protected items in both providers' dialects (ESTATE.md §2).
#include "decode/item_decoder.h"

#include <gtest/gtest.h>

#include "decode/timestamp.h"

namespace abj::decode {
namespace {

Instant at(std::string_view text) { return parse_timestamp(text)->instant; }

TEST(ItemDecoder, ItemsOfARecoveryServicesVault) {
  const auto page = decode_item_page(R"({"value":[
    {"id":"/v/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg;vm1/protectedItems/VM;iaasvmcontainerv2;rg;vm1","name":"VM;iaasvmcontainerv2;rg;vm1","type":"t",
     "properties":{"friendlyName":"vm1","backupManagementType":"AzureIaasVM","workloadType":"VM","containerName":"iaasvmcontainerv2;rg;vm1","sourceResourceId":"/s/vm1","policyId":"/p/backupPolicies/Nightly",
     "policyName":"Nightly","protectionState":"Protected","lastBackupStatus":"Completed","lastBackupTime":"2026-11-20T01:02:03.456Z","kpisHealths":{"a":{"b":1}},"sourceSideScanning":{"x":[1,2]}}},
    {"id":"/v/2","name":"SQLDataBase;mssqlserver;msdb","properties":{"friendlyName":"msdb","backupManagementType":"AzureWorkload","workloadType":"SQLDataBase","serverName":"sql-1","parentName":"MSSQLSERVER",
     "policyId":"/p/backupPolicies/Hourly","protectionState":"ProtectionStopped","isScheduledForDeferredDelete":true,"deferredDeleteTimeInUTC":"2026-12-01T00:00:00Z","lastBackupStatus":"IRPending"}},
    {"id":"/v/3","name":"only a name","properties":{"computerName":"srv-1","lastBackupStatus":"","lastBackupTime":"2001-01-01T00:00:00Z","policyName":null,"friendlyName":null}},
    {"id":"/v/4","properties":null}],
    "nextLink":"https://management.azure.com/next"})");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->items.size(), 4u);
  EXPECT_EQ(page->next_link, "https://management.azure.com/next");
  const ProtectedItem& vm = page->items[0];
  EXPECT_EQ(vm.name, "vm1");
  EXPECT_EQ(vm.management_type, "AzureIaasVM");
  EXPECT_EQ(vm.workload_type, "VM");
  EXPECT_EQ(vm.container, "iaasvmcontainerv2;rg;vm1");
  EXPECT_EQ(vm.source, "/s/vm1");
  EXPECT_EQ(vm.policy, "Nightly");
  EXPECT_EQ(vm.protection, "Protected");
  EXPECT_EQ(vm.last_status, "Completed");
  EXPECT_EQ(vm.last_backup, at("2026-11-20T01:02:03.456Z"));
  EXPECT_FALSE(vm.is_deleted);
  const ProtectedItem& database = page->items[1];
  EXPECT_EQ(database.server, "sql-1");
  EXPECT_EQ(database.parent, "MSSQLSERVER");
  EXPECT_EQ(database.policy, "Hourly") << "the last of its id";
  EXPECT_TRUE(database.is_deleted);
  EXPECT_EQ(database.deleted_until, at("2026-12-15T00:00:00Z")) << "two weeks after it was deleted";
  EXPECT_EQ(page->items[2].name, "only a name");
  EXPECT_EQ(page->items[2].server, "srv-1");
  EXPECT_FALSE(page->items[2].last_backup) << "2001 is the service's word for never";
  EXPECT_EQ(page->items[3].id, "/v/4");
}

TEST(ItemDecoder, InstancesOfABackupVault) {
  const auto page = decode_item_page(R"({"value":[{"id":"/s/backupVaults/v/backupInstances/i1","name":"i1","properties":{"friendlyName":"server\\db","dataSourceInfo":{"resourceID":"/s/disks/d","datasourceType":"Microsoft.Compute/disks",
    "resourceName":"d","objectType":"Datasource"},"policyInfo":{"policyId":"/s/backupPolicies/Daily","policyVersion":"1"},"protectionStatus":{"status":"ProtectionConfigured"},"currentProtectionState":"SoftDeleted",
    "dataSourceSetInfo":{"resourceID":"/s/other","datasourceType":"other"}}}],"nextLink":null})");
  ASSERT_TRUE(page);
  const ProtectedItem& instance = page->items.at(0);
  EXPECT_EQ(instance.name, "server\\db");
  EXPECT_EQ(instance.source, "/s/disks/d");
  EXPECT_EQ(instance.workload_type, "Microsoft.Compute/disks");
  EXPECT_EQ(instance.policy, "Daily");
  EXPECT_EQ(instance.protection, "SoftDeleted");
  EXPECT_TRUE(instance.is_deleted);
  EXPECT_EQ(page->next_link, "");
}

TEST(ItemDecoder, WhatIsNoListIsAnError) {
  EXPECT_EQ(decode_item_page("").error().code, ErrorCode::not_json);
  EXPECT_EQ(decode_item_page("<html>").error().code, ErrorCode::not_json);
  EXPECT_EQ(decode_item_page("{}").error().code, ErrorCode::wrong_shape);
  EXPECT_EQ(decode_item_page(R"({"items":[]})").error().code, ErrorCode::wrong_shape);
  EXPECT_TRUE(decode_item_page(R"({"value":[]})"));
  EXPECT_TRUE(decode_item_page(R"({"value":null})"));
  // Odd, but nothing to refuse a page for.
  const auto odd = decode_item_page(R"({"value":[1,"x",[{"name":"deep"}],{"properties":{"lastBackupTime":"soon","isScheduledForDeferredDelete":"maybe","friendlyName":7}}]})");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->items.back().name, "7");
}

}  // namespace
}  // namespace abj::decode
