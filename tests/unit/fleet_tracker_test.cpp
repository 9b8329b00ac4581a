// Everybody's jobs in one list: Resource Graph's, of all subscriptions at once.
#include <gtest/gtest.h>

#include "estate_driver.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;
using test::Estate;
using test::vault_in;

std::string number(std::size_t n) { return "00000000-aaaa-bbbb-cccc-" + std::to_string(100'000'000'000 + n); }

// So many jobs over two weeks, in turn in so many vaults of two subscriptions, the last of them running.
struct Fleet : Estate {
  WatchId watch = 0;
  explicit Fleet(std::size_t count, std::size_t vault_count = 10) {
    for (std::size_t i = 0; i < vault_count; ++i) vaults.push_back(vault_in(i % 2 ? "sub-b" : "sub-a", "v" + std::to_string(i), i % 5 == 4));
    for (std::size_t i = 0; i < count; ++i) jobs.push_back({vaults[i % vault_count], number(i), wall() - std::chrono::seconds((1'200'000 / count + 1) * i) - 60s});
  }
  void follow() {
    watch = tracker.follow_fleet(now);
    for (int i = 0; i < 5; ++i) pass(1s);
  }
  VaultView view() { return *tracker.vault_view(watch, now); }
  std::optional<store::RowId> row(std::size_t job) { return tracker.table().find(arm::parse_vault_id(jobs[job].vault)->key(), jobs[job].name); }
};

TEST(FleetTracker, OneListTellsOfEveryVaultAndNoVaultIsAsked) {
  Fleet w(2500);
  w.follow();
  EXPECT_EQ(w.tracker.table().size(), 2500u);
  EXPECT_EQ(w.questions, 3u);
  EXPECT_EQ(w.asked.size(), 3u) << "and nothing else";
  EXPECT_TRUE(w.view().is_listed);
  EXPECT_EQ(w.view().contact.state, Contact::fresh);
  EXPECT_EQ(w.view().vault->name, "");
  EXPECT_EQ(*w.view().covered_from, std::chrono::floor<std::chrono::seconds>(w.jobs.back().start)) << "as far back as it told";
  for (const std::size_t i : {0u, 7u, 2499u}) {
    const auto row = w.row(i);
    ASSERT_TRUE(row) << i;
    const auto* vault = w.tracker.vault_named(w.tracker.table().text(w.tracker.table().row(*row).vault));
    ASSERT_TRUE(vault);
    EXPECT_EQ(vault->path(), w.jobs[i].vault) << "in the case that the service uses";
  }
  EXPECT_EQ(w.tracker.vault_named("/subscriptions/none"), nullptr);
}

TEST(FleetTracker, IsReadAgainFromWhatRunsAndSaysNothingWhereNothingIsNew) {
  Fleet w(1500);
  w.follow();
  const auto said = w.view().revision;
  const auto at = w.questions;
  w.jobs.front().length = 8h;  // one that runs on
  w.wait(10min);
  EXPECT_GT(w.questions, at);
  EXPECT_NE(w.asked.back().find(">= datetime("), std::string::npos) << "not all of it again";
  EXPECT_LE(w.questions - at, 40u);
  // Running jobs tell a longer duration each time; of the others nothing changes.
  EXPECT_GE(w.view().revision, said);
  EXPECT_EQ(w.tracker.table().size(), 1500u);
}

TEST(FleetTracker, WhatEndsIsSeenAndNothingThatRunsIsOlderThanTwoMinutes) {
  Fleet w(300, 100);
  for (std::size_t i = 0; i < 100; ++i) w.jobs[i].length = std::chrono::minutes(10 + i), w.jobs[i].start = w.wall() - 60s;
  w.follow();
  for (int minute = 0; minute < 60; ++minute) {
    w.wait(1min);
    for (std::size_t i = 0; i < 100; ++i) {
      const auto& row = w.tracker.table().row(*w.row(i));
      const bool has_ended = w.jobs[i].start + w.jobs[i].length < w.wall() - 2min;
      if (has_ended) EXPECT_EQ(row.state, JobState::completed) << i << " after " << minute;
      else EXPECT_TRUE(is_terminal(row.state) || w.now.monotonic - w.tracker.table().said_at(*w.row(i)) <= 121s) << i;
    }
  }
  EXPECT_EQ(w.count_asked("/backupJobs?"), 0u) << "the vaults' own budget is not touched";
  EXPECT_TRUE(w.tracker.is_told(*w.row(0)));
}

// A vault's own watch gives its jobs back when it ends: the fleet has to read them again, and a reading that began before that knows nothing of it.
TEST(FleetTracker, AReadingUnderWayDoesNotCountForWhatWasGivenBackMeanwhile) {
  Fleet w(1500);
  const WatchId one = w.tracker.follow_vault(*arm::parse_vault_id(w.vaults[0]), w.now);
  w.follow();
  for (int i = 0; i < 30; ++i) w.pass(1s);
  ASSERT_EQ(w.tracker.table().size(), 1500u);
  const auto covered_from = w.view().covered_from;
  std::vector<arm::Request> pending;
  for (int i = 0; i < 900 && pending.empty(); ++i) {
    w.now.monotonic += 1s, w.now.wall += 1s;
    for (auto& request : w.tracker.step(w.now).send) {
      w.tracker.sent(request.id);
      if (request.url.find("ResourceGraph") != std::string::npos) {
        EXPECT_NE(request.body.find(">= datetime("), std::string::npos);
        pending.push_back(std::move(request));
        continue;
      }
      auto [status, body] = w.answer(request);
      w.tracker.receive({.id = request.id, .status = status, .body = std::move(body)}, w.now);
    }
  }
  ASSERT_EQ(pending.size(), 1u);
  w.tracker.unfollow(one);
  EXPECT_LT(w.tracker.table().size(), 1500u);
  auto [status, body] = w.answer(pending[0]);
  w.tracker.receive({.id = pending[0].id, .status = status, .body = std::move(body)}, w.now);
  EXPECT_EQ(w.view().covered_from, covered_from);
  w.wait(10min);
  EXPECT_EQ(w.tracker.table().size(), 1500u);
  EXPECT_TRUE(w.view().is_listed);
  EXPECT_EQ(w.view().covered_from, covered_from);
}

TEST(FleetTracker, AJobThatIsToldNoMoreIsMarkedSo) {
  Fleet w(10);
  w.jobs[0].length = 5h;
  w.follow();
  const auto name = w.jobs[0];
  w.jobs.erase(w.jobs.begin());
  w.wait(5min);
  const auto row = w.tracker.table().find(arm::parse_vault_id(name.vault)->key(), name.name);
  ASSERT_TRUE(row);
  EXPECT_FALSE(w.tracker.is_told(*row));
}

TEST(FleetTracker, WhereItMayNotBeAskedItSaysSoAndAJobIsStillFollowed) {
  Fleet w(10);
  w.has_graph = false;
  w.jobs[0].length = 2h;
  w.follow();
  EXPECT_EQ(w.view().contact.state, Contact::stopped);
  ASSERT_TRUE(w.view().contact.error);
  EXPECT_EQ(w.view().contact.error->code, ErrorCode::forbidden);
  w.wait(10min);
  EXPECT_EQ(w.asked.size(), 1u) << "asking again by itself cannot help";
  const WatchId job = w.tracker.follow(*parse_start(w.tracker.endpoint(), w.jobs[0].vault + "/backupJobs/" + w.jobs[0].name, {}), w.now);
  w.step();
  EXPECT_EQ(w.count_asked("/backupJobs/"), 1u);
  EXPECT_TRUE(w.tracker.view(job, w.now)->jobs[0].job);
  w.has_graph = true;
  w.tracker.refresh(w.watch, w.now);
  for (int i = 0; i < 5; ++i) w.pass(1s);
  EXPECT_EQ(w.view().contact.state, Contact::fresh);
  EXPECT_EQ(w.tracker.table().size(), 10u);
}

TEST(FleetTracker, AFollowedJobBeginsWithWhatTheFleetTold) {
  Fleet w(10);
  w.jobs[0].length = 2h;
  w.follow();
  const WatchId job = w.tracker.follow(*parse_start(w.tracker.endpoint(), w.jobs[0].vault + "/backupJobs/" + w.jobs[0].name, {}), w.now);
  ASSERT_TRUE(w.tracker.view(job, w.now)->jobs[0].job) << "before anything is asked";
  w.step();
  EXPECT_EQ(w.count_asked("/backupJobs/"), 1u) << "and is read by itself: someone looks at it";
}

TEST(FleetTracker, APageThatFailsLosesNothing) {
  Fleet w(2500);
  w.watch = w.tracker.follow_fleet(w.now);
  int answered = 0;
  for (int i = 0; i < 200 && w.tracker.table().size() < 2500; ++i) {
    for (auto& request : w.tracker.step(w.now).send) {
      w.tracker.sent(request.id);
      auto [status, body] = ++answered == 2 ? std::pair<int, std::string>{503, "{}"} : w.answer(request);
      w.tracker.receive({.id = request.id, .status = status, .body = std::move(body)}, w.now);
      if (answered == 2) {
        EXPECT_EQ(w.tracker.table().size(), 1000u);
        EXPECT_EQ(w.view().contact.state, Contact::retrying);
        EXPECT_FALSE(w.view().is_listed);
      }
    }
    w.now.monotonic += 1s, w.now.wall += 1s;
  }
  EXPECT_EQ(w.tracker.table().size(), 2500u);
  EXPECT_TRUE(w.view().is_listed);
}

TEST(FleetTracker, RowsAreGivenBackButForVaultsThatAreWatchedThemselves) {
  Fleet w(100);
  const WatchId one = w.tracker.follow_vault(*arm::parse_vault_id(w.vaults[0]), w.now);
  w.step();
  w.follow();
  EXPECT_EQ(w.tracker.table().size(), 100u);
  EXPECT_EQ(w.tracker.saved().size(), 1u) << "of the fleet nothing can be saved as an id";
  // The vault's rows go with its watch, and come again from the fleet.
  w.tracker.unfollow(one);
  w.wait(3min);
  EXPECT_EQ(w.tracker.table().size(), 100u);
  const WatchId again = w.tracker.follow_vault(*arm::parse_vault_id(w.vaults[0]), w.now);
  w.step();
  w.tracker.unfollow(w.watch);
  EXPECT_EQ(w.tracker.table().size(), 10u);
  EXPECT_TRUE(w.row(0));
  EXPECT_FALSE(w.row(1));
  w.tracker.unfollow(again);
  EXPECT_EQ(w.tracker.table().size(), 0u);
  w.step();
  EXPECT_EQ(w.tracker.feed_count(), 0u);
}

TEST(FleetTracker, NothingIsSaidOfABackupVaultWhoseJobsMayNotBeRead) {
  Fleet w(8, 4);
  w.vaults.push_back(vault_in("sub-a", "silent", true));
  w.items.emplace_back(w.vaults[0], "one");
  w.items.emplace_back(w.vaults.back(), "two");
  w.follow();
  w.tracker.want_items(w.now);
  for (int i = 0; i < 3; ++i) w.pass(1s);
  int silent = 0;
  for (const auto& vault : w.tracker.vault_items(w.now)) {
    const bool is_silent = vault.vault->name == "silent";
    silent += is_silent;
    EXPECT_EQ(vault.covered_from.has_value(), !is_silent) << vault.vault->name;
  }
  EXPECT_EQ(silent, 1);
}

TEST(FleetTracker, ItsItemsComeInOneListAndAreThoseOfTheirVaults) {
  Fleet w(10, 3);
  for (std::size_t i = 0; i < 2200; ++i) w.items.emplace_back(w.vaults[i % 2], "item-" + std::to_string(i));
  w.follow();
  w.tracker.want_items(w.now);
  EXPECT_EQ(w.tracker.vault_items(w.now).size(), 3u);
  for (const auto& vault : w.tracker.vault_items(w.now)) EXPECT_FALSE(vault.items);
  for (int i = 0; i < 5; ++i) w.pass(1s);
  const auto vaults = w.tracker.vault_items(w.now);
  ASSERT_EQ(vaults.size(), 3u);
  std::map<std::string, std::size_t> counts;
  for (const auto& vault : vaults) {
    ASSERT_TRUE(vault.items);
    EXPECT_TRUE(vault.covered_from);
    counts[vault.vault->path()] = vault.items->size();
  }
  EXPECT_EQ(counts[w.vaults[0]], 1100u);
  EXPECT_EQ(counts[w.vaults[2]], 0u) << "jobs tell of it, items do not";
  EXPECT_EQ(w.count_asked("backupProtectedItems"), 0u);
  const auto before = w.tracker.items_revision();
  w.items.pop_back();
  w.pass(61min);
  for (int i = 0; i < 5; ++i) w.pass(1s);
  EXPECT_NE(w.tracker.items_revision(), before);
  w.tracker.unfollow(w.watch);
  EXPECT_EQ(w.tracker.vault_items(w.now).size(), 0u);
}

}  // namespace
}  // namespace abj::tracking
