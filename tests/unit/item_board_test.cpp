// How protected items stand: the join with their jobs, what is flagged and what is not, and causes of failures. After random changes the index is held to
// the plainest way.
#include "store/item_board.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "item_world.h"
#include "store/causes.h"

namespace abj::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using test::now;
using test::vault;
using test::ToldBoard;
using World = test::ItemWorld;

TEST(ItemBoard, FlagsWhatHasNoGoodBackupWithinTheLimit) {
  World w;
  for (const char* name : {"good", "late", "failing", "never", "warned", "cancelled"}) w.machine(name);
  w.put(w.backup("good", 5h));
  w.put(w.backup("late", 27h));
  w.put(w.backup("failing", 5h, "Failed"));
  w.put(w.backup("failing", 29h));
  w.put(w.backup("warned", 5h, "CompletedWithWarnings"));
  w.put(w.backup("cancelled", 5h, "Cancelled"));
  EXPECT_EQ(w.row("good").state, ItemState::fine);
  EXPECT_EQ(w.row("late").state, ItemState::overdue);
  EXPECT_EQ(w.row("failing").state, ItemState::overdue);
  EXPECT_EQ(w.row("failing").last_good, now - 29h + 30min);
  EXPECT_EQ(w.row("never").state, ItemState::overdue);
  EXPECT_FALSE(w.row("never").last_good);
  EXPECT_EQ(w.row("warned").state, ItemState::fine);
  EXPECT_EQ(w.row("cancelled").state, ItemState::overdue);
  const ToldBoard board = w.board();
  EXPECT_EQ(board.counted, 6u);
  EXPECT_EQ(board.overdue, 4u);
  EXPECT_EQ(name_of_item(w.table, board.rows[0]), "failing") << "what failed last comes first";
  w.question.limit = hours(24 * 7);
  EXPECT_EQ(w.board().overdue, 2u);
  w.question.only_overdue = true;
  EXPECT_EQ(w.board().rows.size(), 2u);
  EXPECT_EQ(w.board().counted, 6u);
}

TEST(ItemBoard, SetUpsAndRestoresAreNoBackups) {
  World w;
  w.machine("vm");
  for (const char* operation : {"ConfigureBackup", "Restore", "DisableBackup"}) {
    Job job = w.backup("vm", 1h);
    job.operation = operation;
    w.put(job);
  }
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  EXPECT_FALSE(w.row("vm").last);
  Job full = w.backup("vm", 1h);
  full.operation = "Backup (Full)";
  w.put(full);
  EXPECT_EQ(w.row("vm").state, ItemState::fine);
}

TEST(ItemBoard, WhatWasNotReadIsNotCalledMissing) {
  World w;
  w.machine("vm");
  w.covered_from = now - 20h;
  EXPECT_EQ(w.row("vm").state, ItemState::unread);
  w.covered_from = {};
  EXPECT_EQ(w.row("vm").state, ItemState::unread);
  w.covered_from = now - 26h;
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  // The service's own word for the last backup needs no job.
  w.covered_from = now - 1h;
  w.items[0].last_backup = now - 30h;
  w.items[0].last_status = "Completed";
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  w.items[0].last_backup = now - 3h;
  EXPECT_EQ(w.row("vm").state, ItemState::fine);
  w.items[0].last_status = "Failed";
  EXPECT_EQ(w.row("vm").state, ItemState::unread) << "it failed then; what was before that is not known";
  w.covered_from = now - 26h;
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  w.items[0].last_status = "CompletedWithWarnings";
  EXPECT_EQ(w.row("vm").state, ItemState::fine);
}

TEST(ItemBoard, WhereNobodyReadsAnyMoreItemsAreJudgedAsOfThen) {
  World w;
  w.machine("vm");
  w.put(w.backup("vm", 20h));
  w.covered_to = now - 18h;
  w.question.now = now + 12h;
  w.question.days = even_days(14, now + 13h);
  EXPECT_EQ(w.row("vm").state, ItemState::fine) << "nothing is known since";
  const auto days = w.detail("vm").days;
  EXPECT_EQ(days.back(), Outcome::unread);
  w.covered_to = w.question.now - 5min;
  EXPECT_EQ(w.row("vm").state, ItemState::overdue);
  EXPECT_EQ(w.detail("vm").days.back(), Outcome::absent);
}

TEST(ItemBoard, OneItemAloneIsNoneOfTwoAndADeletedOneMakesItNone) {
  World w;
  w.items.push_back({.id = vault + "/a", .name = "db", .management_type = "AzureWorkload", .protection = "Protected"});
  Job job = w.backup("db", 2h);
  job.management_type = "AzureWorkload";
  job.container_name.clear();
  w.put(job);
  ASSERT_EQ(w.board().rows.size(), 1u);
  EXPECT_EQ(w.row("db").candidates, 1u);
  EXPECT_EQ(w.row("db").state, ItemState::fine);
  w.items.push_back(w.items[0]);
  w.items[1].id = vault + "/b";
  w.items[1].is_deleted = true;
  for (const BoardRow& row : w.board().rows) EXPECT_EQ(row.state, row.item->is_deleted ? ItemState::deleted : ItemState::fine);
}

TEST(ItemBoard, AnAgentsItemFindsItsJobsByItsComputer) {
  World w;
  w.items.push_back({.id = vault + "/a", .name = "C:\\", .management_type = "MAB", .server = "Srv-1", .protection = "Protected"});
  EXPECT_EQ(w.board().unknown, 1u);
  Job job = w.backup("c:\\", 2h);
  job.management_type = "MAB";
  job.container_name.clear();
  job.server_name = "SRV-1";
  w.put(job);
  ASSERT_EQ(w.board().rows.size(), 1u);
  EXPECT_EQ(w.board().rows[0].state, ItemState::fine);
  EXPECT_EQ(w.board().unknown, 0u);
}

TEST(ItemBoard, ItemsWhoseJobsAreNotListedAreNotFlaggedFromJobs) {
  World w;
  for (const char* management : {"AzureWorkload", "MAB", "DPM", "AzureBackupServer"}) {
    w.items.push_back({.id = vault + "/" + management, .name = management, .management_type = management, .server = "s", .protection = "Protected"});
    EXPECT_EQ(w.row(management).state, ItemState::unjudged);
    w.items.back().last_backup = now - 2h;
    w.items.back().last_status = "Healthy";
    EXPECT_EQ(w.row(management).state, ItemState::fine);
    w.items.back().last_backup = now - 40h;
    EXPECT_EQ(w.row(management).state, ItemState::overdue) << "that is the service's own word";
    w.items.back().last_backup.reset();
    w.items.back().protection = "IRPending";
    EXPECT_EQ(w.row(management).state, ItemState::overdue) << "it waits for its first one";
  }
  w.items.push_back({.id = "/s/backupVaults/v/backupInstances/b", .name = "blobs", .workload_type = "Microsoft.Storage/storageAccounts/blobServices", .protection = "ProtectionConfigured"});
  EXPECT_EQ(w.row("blobs").state, ItemState::unjudged);
}

TEST(ItemBoard, DatabasesOfOneNameAreToldApartByTheirServersAndNotGuessed) {
  World w;
  const auto database = [&](std::string server) { w.items.push_back({.id = vault + "/" + server, .name = "msdb", .management_type = "AzureWorkload", .workload_type = "SQLDataBase", .server = server, .protection = "Protected"}); };
  database("sql-1");
  database("sql-2");
  Job job = w.backup("msdb [SQL-1]", 2h);
  job.management_type = "AzureWorkload";
  job.container_name.clear();
  w.put(job);
  auto board = w.board();
  ASSERT_EQ(board.rows.size(), 2u);
  for (const BoardRow& row : board.rows) EXPECT_EQ(row.state, row.item->server == "sql-1" ? ItemState::fine : ItemState::unjudged) << row.item->server;
  // A job that names no server may be of either.
  Job other = w.backup("msdb", 1h);
  other.management_type = "AzureWorkload";
  other.container_name.clear();
  w.put(other);
  board = w.board();
  ASSERT_EQ(board.rows.size(), 2u) << "it is none of its own";
  for (const BoardRow& row : board.rows)
    if (row.item->server == "sql-2") {
      EXPECT_EQ(row.candidates, 2u);
      EXPECT_FALSE(row.runs);
      EXPECT_EQ(detail_of(w.table, w.index, row, w.known(), w.question).days, std::vector<Outcome>(14, Outcome::unread)) << "unknown is not none";
    }
  // An instance's name before it (§2.3), in another case.
  Job named = w.backup("MSSQLSERVER/msdb [sql-2]", 30min);
  named.management_type = "AzureWorkload";
  named.container_name.clear();
  w.put(named);
  for (const BoardRow& row : w.board().rows) EXPECT_EQ(row.state, ItemState::fine);
}

TEST(ItemBoard, SharesAndInstancesFindTheirJobs) {
  World w;
  w.items.push_back({.id = vault + "/share", .name = "Files", .management_type = "AzureStorage", .container = "storage;rg;Account1", .protection = "Protected"});
  Job share = w.backup("files", 1h);
  share.management_type = "AzureStorage";
  share.container_name.clear();
  share.storage_account = "account1";
  w.put(share);
  w.items.push_back({.id = "/s/backupVaults/v/backupInstances/Instance-1", .name = "disk", .workload_type = "Microsoft.Compute/disks", .protection = "ProtectionConfigured"});
  Job disk = w.backup("disk", 1h);
  disk.container_name.clear();
  disk.management_type.clear();
  disk.operation = "Incremental";
  disk.other = {{"/properties/backupInstanceId", "/s/backupvaults/v/backupinstances/instance-1"}, {"/properties/operationCategory", "Backup"}};
  w.put(disk);
  EXPECT_EQ(w.board().rows.size(), 2u);
  EXPECT_EQ(w.row("Files").state, ItemState::fine);
  EXPECT_EQ(place_of_item(w.table, w.row("Files")), "Account1");
  EXPECT_EQ(w.row("disk").state, ItemState::fine);
}

TEST(ItemBoard, WhatTheVaultListsNoMoreIsGoneAndWhatIsDeletedIsNotCounted) {
  World w;
  w.put(w.backup("former", 2h));
  ProtectedItem& deleted = w.machine("deleted");
  deleted.is_deleted = true;
  EXPECT_EQ(w.row("former").state, ItemState::gone);
  EXPECT_EQ(w.row("deleted").state, ItemState::deleted);
  EXPECT_EQ(w.board().counted, 0u);
  // Where the list may not be read, jobs are all there is.
  w.is_listed = false;
  EXPECT_EQ(w.row("former").state, ItemState::fine);
  EXPECT_EQ(w.board().counted, 1u);
  EXPECT_EQ(place_of_item(w.table, w.row("former")), "rg");
}

TEST(ItemBoard, UsualDurationsOfTheSameOperationAndHowFarTheLastOneStrayed) {
  World w;
  w.machine("vm");
  for (int day = 1; day <= 10; ++day) w.put(w.backup("vm", hours(24 * day), "Completed", std::chrono::minutes(28 + day % 3)));
  w.put(w.backup("vm", 50h, "Failed", 10h));
  Job full = w.backup("vm", 60h, "Completed", 20h);
  full.operation = "Backup (Full)";
  w.put(full);
  w.put(w.backup("vm", 2h, "Completed", 58min));
  const RowDetail row = w.detail("vm");
  ASSERT_TRUE(row.usual && row.strayed);
  EXPECT_EQ(row.usual->low, 28min);
  EXPECT_EQ(row.usual->high, 30min);
  EXPECT_NEAR(*row.strayed, 2.0, 1e-9);
  World few;
  few.machine("vm");
  for (int day = 1; day <= 4; ++day) few.put(few.backup("vm", hours(24 * day)));
  EXPECT_FALSE(few.detail("vm").usual) << "three earlier ones say nothing";
}

TEST(ItemBoard, ADaysOutcome) {
  World w;
  w.machine("vm");
  w.question.days = even_days(8, now);
  w.covered_from = now - hours(24 * 6);
  const auto day = [](int ago, Duration within = 12h) { return hours(24 * ago) + within; };
  w.put(w.backup("vm", day(0)));
  w.put(w.backup("vm", day(1, 20h), "Failed"));
  w.put(w.backup("vm", day(1, 2h)));  // tried again
  w.put(w.backup("vm", day(2, 20h)));
  w.put(w.backup("vm", day(2, 2h), "Failed"));
  w.put(w.backup("vm", day(3, 20h), "CompletedWithWarnings"));
  w.put(w.backup("vm", day(3, 2h), "Cancelled"));
  w.put(w.backup("vm", day(4, 2h), "Cancelled"));
  w.put(w.backup("vm", day(7)));  // told of, though not all of that day was read
  const BoardRow row = w.row("vm");
  const auto days = detail_of(w.table, w.index, row, w.known(), w.question).days;
  EXPECT_EQ(days, (std::vector<Outcome>{Outcome::good, Outcome::unread, Outcome::absent, Outcome::cancelled, Outcome::warned, Outcome::failed, Outcome::good, Outcome::good}));
  w.put(w.backup("vm", 1h, "InProgress"));
  const BoardRow running = w.row("vm");
  EXPECT_TRUE(w.detail("vm").running);
  EXPECT_EQ(detail_of(w.table, w.index, running, w.known(), w.question).days.back(), Outcome::running);
  EXPECT_EQ(detail_of(w.table, w.index, running, {vault, &w.items, {}}, w.question).days[2], Outcome::unread);
}

TEST(ItemBoard, WhatRanAndIsToldOfNoMoreIsNotSaidToRun) {
  World w;
  w.machine("vm");
  w.question.days = even_days(3, now);
  w.put(w.backup("vm", hours(24 + 2)));
  const RowId lost = w.put(w.backup("vm", 24h + 1h, "InProgress"));
  const RowId other = w.put(w.backup("vm", 1h, "InProgress"));
  w.question.is_told = [&](RowId id) { return id != lost && id != other; };
  const auto days = [&] { return w.detail("vm").days; };
  EXPECT_EQ(days(), (std::vector<Outcome>{Outcome::absent, Outcome::good, Outcome::untold})) << "it decides only where nothing else is";
  EXPECT_EQ(w.detail("vm").running, other) << "the newest";
  w.question.is_told = [&](RowId id) { return id == lost; };
  EXPECT_EQ(days(), (std::vector<Outcome>{Outcome::absent, Outcome::running, Outcome::untold}));
  EXPECT_EQ(w.detail("vm").running, lost) << "the one that still does";
  EXPECT_EQ(outcome_of(w.table.row(lost), false), Outcome::untold);
  w.question.is_told = [](RowId) { return false; };
  w.put(w.backup("vm", 2h, "Cancelled"));
  EXPECT_EQ(days().back(), Outcome::cancelled) << "the older one that ended";
  const RowId lately = w.put(w.backup("vm", 30min, "Cancelled"));
  w.put(w.backup("vm", 23h, "InProgress"));
  EXPECT_EQ(days().back(), Outcome::cancelled);
  EXPECT_EQ(w.row("vm").last, lately);
  const RowId ended = w.put(w.backup("vm", 10min, "Failed"));
  EXPECT_EQ(outcome_of(w.table.row(ended), false), Outcome::failed) << "ends stay";
  EXPECT_EQ(days().back(), Outcome::failed);
}

TEST(ItemBoard, ADayInWhichClocksChangeHasAnHourMoreOrLess) {
  World w;
  w.machine("vm");
  // The last but one has 25 hours, the one before it 23.
  w.question.days = {{now - hours(24 + 25 + 23), now - hours(24 + 25), now - hours(24)}, now};
  w.put(w.backup("vm", hours(24 + 25) - 30min));              // just after its midnight
  w.put(w.backup("vm", hours(24 + 25) + 30min, "Failed"));     // just before
  const auto days = w.detail("vm").days;
  EXPECT_EQ(days, (std::vector<Outcome>{Outcome::failed, Outcome::good, Outcome::absent}));
}

TEST(ItemDays, AreTakenAsTheyAreToldOrEven) {
  const auto ms = [](Instant at) { return std::to_string(std::chrono::duration_cast<Milliseconds>(at.time_since_epoch()).count()); };
  const Days days = days_in(ms(now - 49h) + " " + ms(now - 24h), now);
  EXPECT_EQ(days.starts, (std::vector<Instant>{now - 49h, now - 24h}));
  EXPECT_EQ(days.end_of(0), now - 24h);
  EXPECT_EQ(days.end_of(1), now);
  EXPECT_EQ(days.of(now - 24h), 1u);
  EXPECT_EQ(days.of(now - 24h - 1ms), 0u);
  EXPECT_FALSE(days.of(now));
  EXPECT_FALSE(days.of(now - 50h));
  for (const std::string& line : {std::string(), std::string("x"), ms(now), ms(now - 1h) + " " + ms(now - 2h), ms(now - 1h) + " NaN", std::string("-5"), std::string("99999999999999999999")})
    EXPECT_EQ(days_in(line, now).starts, even_days(14, now).starts) << line;
}

TEST(ItemBoard, SearchFindsNamesPlacesAndPolicies) {
  World w;
  w.machine("Straße-01").policy = "Nightly";
  w.machine("vm-02");
  for (const char* text : {"STRASSE", "straße", "nightly", "01"}) {
    w.question.search = text;
    const bool is_fold = std::string_view(text) != "STRASSE";  // simple folding keeps ß
    EXPECT_EQ(w.board().rows.size(), is_fold ? 1u : 0u) << text;
  }
  w.question.search = "rg";
  EXPECT_EQ(w.board().rows.size(), 2u);
  EXPECT_EQ(w.board().counted, 2u) << "the headline speaks of all";
}

// One that is asked again and again, through any changes, against one that is asked for the first time.
TEST(ItemBoard, WhereAllJobsAreGivenBackNoneOfThemIsRemembered) {
  World w;
  w.is_listed = false;
  w.put(w.backup("vm", 2h));
  EXPECT_EQ(w.board().rows.size(), 1u);
  const auto joins = w.index.joins();
  w.table.forget({vault});
  EXPECT_TRUE(w.board().rows.empty());
  EXPECT_NE(w.index.joins(), joins);
  EXPECT_FALSE(w.asked.find({w.known()}, w.revision, vault + "/ciaasvmcontainerv2;rg;vm"));
}

TEST(ItemBoard, AnswersAsIfItWereAskedForTheFirstTime) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    World w;
    std::vector<Job> jobs;
    w.question.limits = {{"SQLDataBase", 50h}, {"Backup (Full)", 90h}};
    for (int round = 0; round < 40; ++round) {
      for (int n = static_cast<int>(random() % 12); n > 0; --n) {
        const bool is_new = jobs.empty() || random() % 3 == 0;
        if (is_new) jobs.push_back(w.backup("vm" + std::to_string(random() % 9), hours(random() % 300), "InProgress"));
        Job& job = is_new ? jobs.back() : jobs[random() % jobs.size()];
        if (random() % 2) job.status = to_job_status(random() % 2 ? "Completed" : "Failed"), job.end = job.start ? std::optional(*job.start + 30min) : std::nullopt;
        if (random() % 9 == 0) job.start = random() % 4 ? std::optional<Instant>(now - hours(random() % 300)) : std::nullopt;
        if (random() % 9 == 0) job.item = "vm" + std::to_string(random() % 9), job.container_name = random() % 2 ? "" : "iaasvmcontainerv2;rg;" + job.item;
        if (random() % 9 == 0) job.operation = random() % 3 ? random() % 2 ? "Restore" : "Backup (Full)" : "Backup";
        if (random() % 9 == 0) job.management_type = "AzureWorkload", job.workload_type = "SQLDataBase", job.container_name.clear();
        w.table.put(random() % 9 == 0 ? "/vaults/other" : vault, job);
        if (random() % 4 == 0) w.index.refresh();
      }
      if (random() % 9 == 0) w.machine("vm" + std::to_string(random() % 9));
      if (random() % 9 == 0 && !w.items.empty()) w.items.erase(w.items.begin() + static_cast<std::ptrdiff_t>(random() % w.items.size()));
      if (random() % 9 == 0 && !w.items.empty()) w.items.back().last_backup = now - hours(random() % 90), w.items.back().last_status = random() % 2 ? "Completed" : "Failed";
      if (random() % 20 == 0) w.table.forget(random() % 3 ? std::vector<std::string>{"/vaults/other"} : std::vector<std::string>{"/vaults/other", vault});
      if (random() % 9 == 0) w.is_listed = !w.is_listed;
      w.question.search = random() % 3 ? "" : std::to_string(random() % 9);
      w.question.only_overdue = random() % 5 == 0;
      w.question.limit = hours(random() % 60);
      const std::vector<VaultOfItems> vaults = random() % 2 ? std::vector{w.known()} : std::vector{w.known(), VaultOfItems{"/vaults/other", nullptr, w.covered_from}};
      w.index.refresh();
      w.revision += static_cast<std::uint32_t>(w.items != w.items_then);
      w.items_then = w.items;
      const auto told = [&](ItemBoard& board) {
        const Board& answer = board.ask(vaults, w.revision, w.question);
        std::string all = std::to_string(answer.counted) + " " + std::to_string(answer.overdue) + " " + std::to_string(answer.unknown) + "\n";
        for (const BoardKind& kind : answer.kinds) all += kind.name + std::to_string(kind.is_operation) + std::to_string(kind.items) + "\n";
        for (const BoardRow* row : answer.rows) {
          std::string one = key_of(*row, vaults) + " " + std::string(name_of_item(w.table, *row)) + " " + row->kind + " " + std::string(name_of(row->state)) + std::to_string(row->candidates) + " " + std::to_string(row->limit.count());
          one += " " + std::to_string(row->lacking.value_or(99)) + " " + std::to_string(row->last_good.value_or(Instant()).time_since_epoch().count()) + " " + (row->last ? w.table.job(*row->last).name : "-");
          all += one + " of " + std::to_string(row->runs ? row->runs->rows.size() : 0) + "\n";
        }
        return all;
      };
      ItemBoard anew(w.table, w.index);
      ASSERT_EQ(told(w.asked), told(anew)) << "seed " << seed << ", round " << round;
    }
  }
}

TEST(Causes, AreGroupedWithWhoStillSuffers) {
  World w;
  const auto failed = [&](std::string item, Duration ago, std::string code) {
    Job job = w.backup(item, ago, "Failed");
    if (!code.empty()) job.errors.emplace_back().code = code;
    return w.put(job);
  };
  failed("a", 50h, "1");
  failed("a", 26h, "1");
  failed("b", 25h, "1");
  w.put(w.backup("b", 2h));
  failed("c", 3h, "2");
  failed("d", 4h, "");
  failed("old", hours(24 * 20), "3");
  Job restore = w.backup("c", 1h);
  restore.operation = "Restore";
  w.put(restore);
  w.index.refresh();
  auto found = causes(w.table, w.index, now - hours(24 * 7), {});
  ASSERT_EQ(found.size(), 3u);
  const auto with = [&](std::string_view code) { return *std::find_if(found.begin(), found.end(), [&](const Cause& cause) { return w.table.text(cause.code) == code; }); };
  const Cause one = with("1");
  EXPECT_EQ(one.jobs, 3u);
  EXPECT_EQ(one.failing, 1u);
  ASSERT_EQ(one.items.size(), 2u);
  EXPECT_EQ(w.table.job(one.items[0].job).item, "a");
  EXPECT_FALSE(one.items[0].has_recovered);
  EXPECT_TRUE(one.items[1].has_recovered);
  EXPECT_EQ(one.first, now - 50h);
  EXPECT_EQ(one.last, now - 25h);
  EXPECT_EQ(w.table.job(one.sample).item, "b");
  EXPECT_EQ(with("2").failing, 1u) << "a restore heals no backup";
  EXPECT_EQ(with("").jobs, 1u);
  EXPECT_EQ(causes(w.table, w.index, {}, {}).size(), 4u);
  EXPECT_EQ(causes(w.table, w.index, {}, now - 24h).size(), 2u);
}

// The index, after any changes, against one that is made anew.
TEST(ItemIndex, IsWhatItWouldBeIfItWereMadeAnew) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    World w;
    std::vector<Job> jobs;
    for (int round = 0; round < 30; ++round) {
      for (int n = static_cast<int>(random() % 40); n > 0; --n) {
        const bool is_new = jobs.empty() || random() % 3 == 0;
        if (is_new) jobs.push_back(w.backup("vm" + std::to_string(random() % 7), hours(random() % 300), "InProgress"));
        Job& job = is_new ? jobs.back() : jobs[random() % jobs.size()];
        if (random() % 2) job.status = to_job_status(random() % 2 ? "Completed" : "Failed");
        if (random() % 9 == 0) job.start = random() % 4 ? std::optional<Instant>(now - hours(random() % 300)) : std::nullopt;
        if (random() % 9 == 0) job.item = "vm" + std::to_string(random() % 7), job.container_name = random() % 2 ? "" : "iaasvmcontainerv2;rg;" + job.item;
        if (random() % 9 == 0) job.operation = random() % 2 ? "Restore" : "Backup";
        w.table.put(random() % 50 == 0 ? "/vaults/other" : vault, job);
      }
      if (random() % 20 == 0) w.table.forget({"/vaults/other"});
      w.index.refresh();
      EXPECT_FALSE(w.index.refresh()) << "nothing new";
      ItemIndex anew(w.table);
      anew.refresh();
      const auto told = [&](const ItemIndex& index) {
        std::set<std::pair<std::string, std::vector<std::int64_t>>> all;
        for (const Runs& runs : index.runs()) {
          if (runs.rows.empty()) continue;
          std::vector<std::int64_t> starts;
          std::multiset<RowId> rows(runs.rows.begin(), runs.rows.end());
          for (const RowId row : runs.rows) {
            starts.push_back(w.table.row(row).start);
            EXPECT_EQ(&index.runs_of(row), &runs);
            EXPECT_EQ(index.is_backup(row), is_backup(w.table.job(row)));
          }
          EXPECT_TRUE(std::is_sorted(starts.rbegin(), starts.rend()));
          for (const RowId row : rows) starts.push_back(row);
          all.insert({std::string(w.table.text(runs.vault)) + runs.key, starts});
        }
        return all;
      };
      ASSERT_EQ(w.index.failures(), anew.failures()) << "seed " << seed << ", round " << round;
      ASSERT_EQ(std::set(anew.failures().begin(), anew.failures().end()).size(), static_cast<std::size_t>(std::count_if(w.table.newest_first().begin(), w.table.newest_first().end(), [&](RowId row) { return w.table.row(row).state == JobState::failed; })));
      ASSERT_EQ(told(w.index), told(anew)) << "seed " << seed << ", round " << round;
    }
  }
}

}  // namespace
}  // namespace abj::store
