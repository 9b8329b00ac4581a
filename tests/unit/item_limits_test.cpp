// Limits for kinds of items and for sorts of backups.
#include "store/item_limits.h"

#include <gtest/gtest.h>

#include "item_world.h"

namespace abj::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using test::now;
using test::vault;
using World = test::ItemWorld;

TEST(ItemLimits, AreLines) {
  const auto limits = limits_in("168 AzureStorage\n24  Backup (Full) \n\nnone\n12\n12 \n-3 x\n0 y\n99999999999999 z\n99999 long");
  ASSERT_EQ(limits.size(), 3u);
  EXPECT_EQ(limits[0].kind, "AzureStorage");
  EXPECT_EQ(limits[0].limit, hours(168));
  EXPECT_EQ(limits[1].kind, "Backup (Full)");
  EXPECT_EQ(limits[2].limit, hours(24 * 366)) << "nobody means more";
  EXPECT_TRUE(limits_in("").empty());
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "1 a\n";
  EXPECT_LE(limits_in(many).size(), 32u);
}

TEST(ItemLimits, OfAWorkloadGoBeforeThoseOfWhatManagesIt) {
  const std::vector<KindLimit> limits{{"azureworkload", 48h}, {"SQLDataBase", 6h}};
  EXPECT_EQ(limit_for(limits, "AzureWorkload", "SQLDataBase", 26h), Duration(6h));
  EXPECT_EQ(limit_for(limits, "AzureWorkload", "SAPHanaDatabase", 26h), Duration(48h));
  EXPECT_EQ(limit_for(limits, "AzureIaasVM", "VM", 26h), Duration(26h));
  EXPECT_EQ(limit_for(limits, "", "", 26h), Duration(26h));
}

TEST(ItemLimits, HoldForKindsOfItems) {
  World w;
  w.machine("vm");
  w.items.push_back({.id = vault + "/share", .name = "files", .management_type = "AzureStorage", .workload_type = "AzureFileShare", .container = "storage;rg;account", .protection = "Protected"});
  w.put(w.backup("vm", 50h));
  Job share = w.backup("files", 50h);
  share.management_type = "AzureStorage";
  share.container_name.clear();
  share.storage_account = "account";
  w.put(share);
  EXPECT_EQ(w.board().overdue, 2u);
  w.question.limits = {{"AzureStorage", hours(168)}};
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  EXPECT_EQ(w.row("files").state, ItemState::fine);
  EXPECT_EQ(w.row("files").limit, Duration(hours(168)));
  EXPECT_EQ(w.board().overdue, 1u);
  w.question.limits = {{"vm", hours(72)}, {"azurefileshare", 2h}};
  EXPECT_EQ(w.row("vm").state, ItemState::fine);
  EXPECT_EQ(w.row("files").state, ItemState::overdue);
  const test::ToldBoard board = w.board();
  ASSERT_EQ(board.kinds.size(), 2u);
  EXPECT_EQ(board.kinds[0].name, "AzureIaasVM");
  EXPECT_EQ(board.kinds[1].name, "AzureStorage");
  EXPECT_EQ(board.kinds[1].items, 1u);
  // Where the list may not be read, jobs say what an item is.
  w.is_listed = false;
  w.question.limits = {{"AzureStorage", hours(168)}};
  EXPECT_EQ(w.row("files").state, ItemState::fine);
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
}

// Databases, whose log backups keep them fine for ever by the service's own word.
struct Databases : World {
  Databases() {
    for (const char* name : {"a", "b"})
      items.push_back({.id = vault + "/" + name, .name = name, .management_type = "AzureWorkload", .workload_type = "SQLDataBase", .server = "sql", .protection = "Protected", .last_status = "Healthy", .last_backup = now - 1h});
  }
  Job full(std::string name, Duration ago, std::string status = "Completed") {
    Job job = backup(name + " [sql]", ago, status);
    job.management_type = "AzureWorkload";
    job.workload_type = "SQLDataBase";
    job.container_name.clear();
    job.operation = "Backup (Full)";
    return job;
  }
};

TEST(ItemLimits, HoldForSortsOfBackups) {
  Databases w;
  w.put(w.full("a", hours(24 * 3)));
  w.put(w.full("b", hours(24 * 9)));
  w.put(w.full("b", hours(24 * 2), "Failed"));
  EXPECT_EQ(w.board().overdue, 0u);
  w.question.limits = {{"Backup (Full)", hours(24 * 7)}};
  EXPECT_EQ(w.row("a").state, ItemState::fine);
  EXPECT_EQ(w.row("b").state, ItemState::overdue);
  EXPECT_EQ(w.row("b").lacking, 0u);
  EXPECT_FALSE(w.row("a").lacking);
  EXPECT_EQ(w.row("b").limit, Duration(26h)) << "that of all backups is another";
  const test::ToldBoard board = w.board();
  EXPECT_EQ(board.overdue, 1u);
  ASSERT_EQ(board.kinds.size(), 2u);
  EXPECT_EQ(board.kinds[0].name, "SQLDataBase");
  EXPECT_EQ(board.kinds[1].name, "Backup (Full)");
  EXPECT_TRUE(board.kinds[1].is_operation);
  EXPECT_EQ(board.kinds[1].items, 2u);
  // What is overdue anyway is not so for want of a full one alone.
  w.items[1].last_backup = now - 40h;
  EXPECT_EQ(w.row("b").state, ItemState::overdue);
  EXPECT_FALSE(w.row("b").lacking);
}

TEST(ItemLimits, OfASortOfBackupsHoldForAllOfAKindThatHasThem) {
  Databases w;
  w.machine("vm");
  w.put(w.backup("vm", 2h));
  w.question.limits = {{"Backup (Full)", hours(24 * 7)}};
  EXPECT_EQ(w.board().overdue, 0u) << "nobody knows of such backups";
  w.put(w.full("a", hours(24 * 3)));
  EXPECT_EQ(w.row("b").state, ItemState::overdue) << "its last one may have been read never";
  EXPECT_EQ(w.row("vm").state, ItemState::fine) << "machines have none";
  // What was not read is not called missing.
  w.covered_from = now - hours(24 * 6);
  EXPECT_EQ(w.row("b").state, ItemState::unread);
  EXPECT_EQ(w.row("a").state, ItemState::fine);
  EXPECT_EQ(w.board().unknown, 1u);
  // A plain one is held to its own limit as well.
  w.question.limits = {{"Backup", 1h}};
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  EXPECT_EQ(w.row("vm").lacking, 0u);
}

}  // namespace
}  // namespace abj::store
