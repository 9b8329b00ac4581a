// What earlier backups of an item came to, and sizes that details told.
#include "store/item_history.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "decode/job_size.h"
#include "item_world.h"

namespace abj::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using test::now;
using test::vault;
using World = test::ItemWorld;

TEST(ItemHistory, HasBackupsAloneTheNewestFirst) {
  World w;
  w.machine("vm");
  const RowId old = w.put(w.backup("vm", 50h));
  const RowId running = w.put(w.backup("vm", 1h, "InProgress"));
  const RowId failed = w.put(w.backup("vm", 26h, "Failed"));
  Job restore = w.backup("vm", 2h);
  restore.operation = "Restore";
  w.put(restore);
  w.put(w.backup("other", 3h));
  const BoardRow row = w.row("vm");
  ASSERT_TRUE(row.runs);
  EXPECT_EQ(backups_of(w.index, *row.runs), (std::vector<RowId>{running, failed, old}));
  // It follows the table.
  const RowId fresh = w.put(w.backup("vm", 5min, "InProgress"));
  EXPECT_EQ(backups_of(w.index, *w.row("vm").runs).front(), fresh);
}

TEST(ItemHistory, TheUsualIsThatOfTheLastOnesOperation) {
  World w;
  w.machine("vm");
  for (int day = 1; day <= 9; ++day) {
    w.put(w.backup("vm", hours(24 * day), "Completed", std::chrono::minutes(10 * day)));
    Job full = w.backup("vm", hours(24 * day + 12), "Completed", std::chrono::hours(day));
    full.operation = "Backup (Full)";
    w.put(full);
  }
  w.put(w.backup("vm", 30min, "InProgress"));
  const auto usual = usual_of(w.table, w.index, *w.row("vm").runs);
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->low, Duration(20min)) << "of the nine plain ones without the last";
  EXPECT_EQ(usual->median, Duration(50min));
  EXPECT_EQ(usual->high, Duration(80min));
  EXPECT_EQ(w.detail("vm").strayed, 10.0 / 50);
  // The last one is a full one now, which failed: there is nothing to be strayed from.
  Job full = w.backup("vm", 1h, "Failed");
  full.operation = "Backup (Full)";
  w.put(full);
  EXPECT_EQ(usual_of(w.table, w.index, *w.row("vm").runs)->median, Duration(5h));
  EXPECT_FALSE(w.detail("vm").strayed);
}

TEST(ItemHistory, AnItemIsFoundAgainByItsKey) {
  World w;
  w.machine("vm");
  w.put(w.backup("vm", 2h));
  w.put(w.backup("gone", 2h));
  w.index.refresh();
  const std::vector<VaultOfItems> vaults{w.known()};
  std::vector<std::string> keys;
  for (const JoinedItem& row : joined_items(w.table, w.index, vaults)) keys.push_back(key_of(row, vaults));
  EXPECT_EQ(keys, (std::vector<std::string>{vault + "/" + vault + "/protecteditems/vm", vault + "/ciaasvmcontainerv2;rg;gone"}));
  std::vector<std::string> on_board;
  for (const BoardRow& row : w.board().rows) on_board.push_back(key_of(row, vaults));
  std::sort(keys.begin(), keys.end());
  std::sort(on_board.begin(), on_board.end());
  EXPECT_EQ(on_board, keys);
}

TEST(Sizes, AreOfAVaultsJobInAnyCase) {
  Sizes sizes;
  sizes.note("/v", "Job-1", 5);
  EXPECT_EQ(sizes.find("/v", "job-1"), 5.0);
  EXPECT_FALSE(sizes.find("/w", "job-1"));
  sizes.note("/v", "job-1", 7);
  EXPECT_EQ(sizes.find("/v", "job-1"), 7.0);
  sizes.clear();
  EXPECT_FALSE(sizes.find("/v", "job-1"));
}

std::optional<double> size(std::string name, std::optional<std::string> value) {
  Job job;
  job.properties = {{"VM Name", "9 MB"}, {std::move(name), std::move(value)}};
  return decode::size_in(job);
}

TEST(JobSize, IsReadWhereItIsCertain) {
  constexpr double mb = 1'048'576;
  EXPECT_EQ(size("Backup Size", "2332 MB"), 2332 * mb);
  EXPECT_EQ(size("Backup Size", " 2 GB "), 2048 * mb);
  EXPECT_EQ(size("Backup Size", "0 MB"), 0.0);
  EXPECT_NEAR(size("Data Transferred (in MB)", "20.1147").value_or(0), 20.1147 * mb, 1);
  for (const char* text : {"", "MB", "x MB", "-1 MB", "1,5 MB", "2.332 MB", "2332 Mo", "1 2 MB", "1e999 MB"}) EXPECT_FALSE(size("Backup Size", text)) << text;
  EXPECT_FALSE(size("Backup Size", {}));
  EXPECT_FALSE(size("Size", "5 MB"));
  Job job;
  for (const char* path : {"/properties/extendedInfo/dataTransferredInBytes", "/properties/extendedInfo/dataTransferedInBytes"}) {
    job.other = {{path, "8442527"}};
    EXPECT_EQ(decode::size_in(job), 8442527.0);
    job.other = {{path, "null"}};
    EXPECT_FALSE(decode::size_in(job));
  }
  // What was backed up says more than what was moved.
  job.other = {{"/properties/extendedInfo/dataTransferredInBytes", "5"}};
  job.properties = {{"Data Transferred (in MB)", "1"}, {"Backup Size", "3 MB"}};
  EXPECT_EQ(decode::size_in(job), 3 * mb);
}

}  // namespace
}  // namespace abj::store
