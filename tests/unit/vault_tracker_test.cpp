// A vault that is watched as a whole: which lists are asked for, what the table then holds, and what is known of what it covers.
#include "tracking/vault_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "vault_of_many.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;
using test::vault_id;
using test::vault_path;
using test::VaultOfMany;
using test::Watching;

TEST(VaultTracker, RunningRowsHaveAForecastFromTheRunsThatAreListed) {
  Watching w;
  w.vault.add(40, 8h);
  w.vault.jobs.push_back({"running", w.vault.now - 5min, 21min});
  w.follow();
  w.answer_all();
  const auto row = w.tracker.table().find(vault_id().key(), "running");
  ASSERT_TRUE(row);
  const auto forecast = w.tracker.forecast_of(w.tracker.table().job(*row));
  ASSERT_TRUE(forecast);
  EXPECT_LE(forecast->low, 15min);
  EXPECT_GE(forecast->high, 15min);
  EXPECT_LT(forecast->high, 40min);
  for (const auto& job : w.vault.jobs) {
    const auto other = w.tracker.table().find(vault_id().key(), job.name);
    if (other && job.name != "running") {
      EXPECT_FALSE(w.tracker.forecast_of(w.tracker.table().job(*other))) << "it has ended";
    }
  }
}

TEST(VaultTracker, AListTellsOfAClockThatIsBehindAndOfNoneThatIsAhead) {
  for (const auto ahead : {-24h, -1h, 0h, 24h}) {
    Watching w;
    w.vault.add(40, 8h);
    w.vault.jobs.push_back({"running", w.vault.now - 5min, 21min});
    w.now.wall += ahead;
    w.follow();
    w.answer_all();
    const auto skew = w.tracker.clock_skew();
    EXPECT_EQ(skew.has_value(), ahead < 0h) << ahead.count();
    if (skew) {
      EXPECT_LT(std::chrono::abs(*skew - ahead), 1min);
    }
  }
}

TEST(VaultTracker, ASmallVaultTakesTwoRequestsAndIsCoveredForTwoWeeks) {
  Watching w;
  w.vault.add(40, 8h);
  const WatchId watch = w.follow();
  ASSERT_EQ(w.open.size(), 1u);
  EXPECT_EQ(w.open[0].url, "https://management.azure.com" + std::string(vault_path) + "/backupJobs?api-version=2025-02-01") << "the first needs no clock";
  w.answer_all();
  EXPECT_EQ(w.sent, 2u);
  w.expect_all(default_history - 1h);
  const auto view = w.tracker.vault_view(watch, w.now);
  EXPECT_TRUE(view->is_listed);
  EXPECT_EQ(view->loading, 0u);
  ASSERT_TRUE(view->covered_from);
  EXPECT_LE(*view->covered_from, *view->wanted_from);
}

TEST(VaultTracker, WhatIsReadAgainCostsOneRequestAndTellsOfEndsAndBeginnings) {
  Watching w;
  w.vault.add(300, 1h);
  w.vault.jobs.push_back({"running", w.vault.now - 10min, 30min});
  w.vault.jobs.push_back({"later", w.vault.now + 25min, 2h});
  w.follow();
  w.answer_all();
  EXPECT_EQ(w.tracker.table().row(*w.tracker.table().find(vault_id().key(), "running")).state, JobState::in_progress);
  const auto before = w.sent;
  for (int i = 0; i < 20; ++i) {
    w.pass(2min);
    w.answer_all();
  }
  EXPECT_LE(w.sent - before, 25u);
  EXPECT_EQ(w.tracker.table().row(*w.tracker.table().find(vault_id().key(), "running")).state, JobState::completed);
  EXPECT_EQ(w.tracker.table().row(*w.tracker.table().find(vault_id().key(), "later")).state, JobState::in_progress);
}

TEST(VaultTracker, AnUnchangedListChangesNothing) {
  Watching w;
  w.vault.add(30, 30min, 5min);
  const WatchId watch = w.follow();
  w.answer_all();
  const auto journal = w.tracker.table().journal_end();
  const auto revision = w.tracker.vault_view(watch, w.now)->revision;
  w.pass(3min);
  ASSERT_FALSE(w.open.empty());
  w.answer_all();
  EXPECT_EQ(w.tracker.table().journal_end(), journal);
  EXPECT_EQ(w.tracker.vault_view(watch, w.now)->revision, revision);
}

TEST(VaultTracker, TwoWatchesShareOneListAndTheLastGivesEverythingBack) {
  Watching w;
  w.vault.add(100, 1h);
  const WatchId a = w.follow(), b = w.follow();
  w.answer_all();
  EXPECT_EQ(w.sent, 2u);
  w.tracker.unfollow(a);
  w.step();
  EXPECT_GT(w.tracker.table().size(), 0u);
  w.pass(5min);
  EXPECT_EQ(w.open.size(), 1u);
  w.tracker.unfollow(b);
  w.step();
  EXPECT_EQ(w.aborted, 1u);
  EXPECT_EQ(w.tracker.table().size(), 0u);
  EXPECT_EQ(w.tracker.feed_count(), 0u);
  EXPECT_FALSE(w.wake) << "nothing more to do";
}

TEST(VaultTracker, OneThatEndsWhileItsHistoryIsReadLeavesNothing) {
  Watching w;
  w.vault.add(3000, 10min);
  const WatchId watch = w.follow();
  while (w.open.size() < 3) w.answer(0, 200, w.vault.answer(w.open.front().url));
  w.tracker.unfollow(watch);
  w.step();
  EXPECT_TRUE(w.open.empty());
  EXPECT_EQ(w.tracker.feed_count(), 0u);
}

TEST(VaultTracker, AFollowedJobIsToldByTheList) {
  Watching w;
  w.vault.add(20, 1h);
  w.vault.jobs.push_back({"11111111-aaaa-bbbb-cccc-123456789012", w.vault.now - 10min, 30min});
  w.follow();
  w.answer_all();
  auto start = parse_start(w.tracker.endpoint(), std::string(vault_path) + "/backupJobs/11111111-aaaa-bbbb-cccc-123456789012", {});
  const WatchId job = w.tracker.follow(std::move(*start), w.now);
  w.tracker.set_attention(job, Attention::background, w.now);
  w.step();
  std::size_t singles = 0;
  for (int i = 0; i < 30; ++i) {
    while (!w.open.empty()) {
      const std::string url = w.open.front().url;
      const bool single = url.find("/backupJobs/") != std::string::npos;
      singles += single;
      w.answer(0, 200, single ? w.vault.json(w.vault.jobs.back()) : w.vault.answer(url));
    }
    w.pass(1min);
  }
  EXPECT_LE(singles, 2u);
  EXPECT_EQ(w.tracker.view(job, w.now)->jobs[0].job->status.state, JobState::completed);
}

TEST(VaultTracker, AJobThatSomeoneOpensIsReadByItselfThoughTheListHasTakenMostOfTheBudget) {
  Watching w(120);
  w.vault.add(20, 1h);
  w.vault.jobs.push_back({"11111111-aaaa-bbbb-cccc-123456789012", w.vault.now - 10min, 10h});
  const WatchId watch = w.follow();
  w.answer_all();
  // Less than half is left: enough for some, but not for everything that would be nice to know.
  for (int i = 0; i < 60 && w.sent < 20; ++i) {
    w.tracker.refresh(watch, w.now);
    w.pass(1s);
    w.answer_all();
  }
  ASSERT_GE(w.sent, 20u);
  auto start = parse_start(w.tracker.endpoint(), std::string(vault_path) + "/backupJobs/11111111-aaaa-bbbb-cccc-123456789012", {});
  // The list is on its way when someone opens the row, and tells of the job first.
  w.tracker.refresh(watch, w.now);
  w.step();
  ASSERT_EQ(w.open.size(), 1u);
  w.tracker.follow(std::move(*start), w.now);
  w.answer(0, 200, w.vault.answer(w.open.front().url));
  std::size_t singles = 0;
  for (int second = 0; second < 10; ++second) {
    w.pass(1s);
    while (!w.open.empty()) {
      const std::string url = w.open.front().url;
      const bool single = url.find("/backupJobs/") != std::string::npos;
      singles += single;
      w.answer(0, 200, single ? w.vault.json(w.vault.jobs.back()) : w.vault.answer(url));
    }
  }
  EXPECT_EQ(singles, 1u);
}

TEST(VaultTracker, WhatOnlyTheJobItselfTellsIsTakenThoughTheListHasSpokenMeanwhile) {
  Watching w;
  w.vault.add(20, 1h);
  w.vault.jobs.push_back({"11111111-aaaa-bbbb-cccc-123456789012", w.vault.now - 10min, 10h});
  const WatchId vault = w.follow();
  w.answer_all();
  const WatchId watch = w.tracker.follow(std::move(*parse_start(w.tracker.endpoint(), std::string(vault_path) + "/backupJobs/11111111-aaaa-bbbb-cccc-123456789012", {})), w.now);
  w.step();
  ASSERT_EQ(w.open.size(), 1u);
  w.pass(100ms);
  w.tracker.refresh(vault, w.now);
  w.step();
  ASSERT_EQ(w.open.size(), 2u);
  const auto list = static_cast<std::size_t>(w.open[0].url.find("/backupJobs/") != std::string::npos);
  w.pass(100ms);
  w.answer(list, 200, w.vault.answer(w.open[list].url));
  w.pass(100ms);
  std::string detailed = w.vault.json(w.vault.jobs.back());
  detailed.insert(detailed.size() - 2, R"(,"extendedInfo":{"tasksList":[{"taskId":"Take Snapshot","status":"InProgress"}]})");
  w.answer(0, 200, detailed);
  const auto view = w.tracker.view(watch, w.now);
  ASSERT_EQ(view->jobs.size(), 1u);
  ASSERT_TRUE(view->jobs[0].job);
  ASSERT_EQ(view->jobs[0].job->tasks.size(), 1u);
}

TEST(VaultTracker, WhatTheListHasToldOfAJobIsKnownAtOnceAndStaysWhereTheJobItselfCannotBeHad) {
  for (const bool has_ended : {false, true}) {
    Watching w;
    w.vault.add(20, 1h);
    w.vault.jobs.push_back({"11111111-aaaa-bbbb-cccc-123456789012", w.vault.now - 50min, has_ended ? Duration(30min) : Duration(10h)});
    w.follow();
    w.answer_all();
    const Now listed = w.now;
    w.pass(30s);
    const WatchId watch = w.tracker.follow(std::move(*parse_start(w.tracker.endpoint(), std::string(vault_path) + "/backupJobs/11111111-aaaa-bbbb-cccc-123456789012", {})), w.now);
    auto view = w.tracker.view(watch, w.now);
    ASSERT_EQ(view->jobs.size(), 1u);
    ASSERT_TRUE(view->jobs[0].job) << "before it was asked for";
    EXPECT_EQ(view->jobs[0].job->status.state, has_ended ? JobState::completed : JobState::in_progress);
    EXPECT_LE(view->jobs[0].contact.answered_at, listed.monotonic) << "as of then";
    EXPECT_FALSE(w.tracker.clock_skew());
    w.step();
    ASSERT_EQ(w.open.size(), 1u) << "what only the job itself tells is wanted";
    ASSERT_NE(w.open[0].url.find("/backupJobs/11111111"), std::string::npos);
    w.answer(0, 404, R"({"error":{"code":"BMSUserErrorObjectNotFound"}})");
    view = w.tracker.view(watch, w.now);
    ASSERT_TRUE(view->jobs[0].job);
    EXPECT_EQ(view->jobs[0].contact.state, Contact::stopped);
    ASSERT_TRUE(view->jobs[0].contact.error);
    EXPECT_EQ(view->jobs[0].contact.error->code, ErrorCode::not_found);
    // Asked again, it may be there.
    w.tracker.refresh(watch, w.now);
    w.step();
    ASSERT_EQ(w.open.size(), 1u);
    w.answer(0, 200, w.vault.json(w.vault.jobs.back()));
    EXPECT_FALSE(w.tracker.view(watch, w.now)->jobs[0].contact.error);
  }
}

TEST(VaultTracker, AWindowThatMayNotBeReadIsSaidAndTheRestStays) {
  Watching w;
  w.vault.add(100, 3h);
  const WatchId watch = w.follow();
  w.answer(0, 200, w.vault.answer(w.open.front().url));
  ASSERT_EQ(w.open.size(), 1u);
  w.answer(0, 403, R"({"error":{"code":"AuthorizationFailed","message":"no"}})");
  auto view = w.tracker.vault_view(watch, w.now);
  ASSERT_TRUE(view->missing);
  EXPECT_EQ(view->missing->http_status, 403);
  EXPECT_EQ(view->loading, 0u);
  EXPECT_GT(*view->covered_from, *view->wanted_from);
  EXPECT_GT(w.tracker.table().size(), 0u);
  w.tracker.refresh(watch, w.now);
  w.step();
  w.answer_all();
  view = w.tracker.vault_view(watch, w.now);
  EXPECT_FALSE(view->missing);
  EXPECT_LE(*view->covered_from, *view->wanted_from);
}

TEST(VaultTracker, AFilterThatTheServiceIgnoresIsNoCoverage) {
  Watching w;
  w.vault.add(100, 3h);
  w.vault.ignores_filter = true;
  const WatchId watch = w.follow();
  w.answer_all();
  const auto view = w.tracker.vault_view(watch, w.now);
  ASSERT_TRUE(view->missing);
  EXPECT_EQ(view->missing->code, ErrorCode::filter_refused);
  EXPECT_GT(*view->covered_from, *view->wanted_from);
}

TEST(VaultTracker, AnEmptyVaultIsCoveredToo) {
  Watching w;
  const WatchId watch = w.follow();
  w.answer_all();
  EXPECT_TRUE(w.tracker.vault_view(watch, w.now)->is_listed);
  EXPECT_EQ(w.tracker.vault_view(watch, w.now)->loading, 0u);
  w.vault.jobs.push_back({"first", w.vault.now + 1min, 30min});
  w.pass(4min);
  w.answer_all();
  EXPECT_TRUE(w.tracker.table().find(vault_id().key(), "first"));
}

TEST(VaultTracker, MoreOfThePastWhenAsked) {
  Watching w;
  w.vault.add(200, 6h);
  const WatchId watch = w.follow();
  w.answer_all();
  const auto covered = *w.tracker.vault_view(watch, w.now)->covered_from;
  w.tracker.reach_back(watch, std::chrono::hours(24 * 30), w.now);
  w.step();
  w.answer_all();
  EXPECT_LT(*w.tracker.vault_view(watch, w.now)->covered_from, covered - std::chrono::hours(24 * 29));
  w.expect_all(std::chrono::hours(24 * 43));
}

TEST(VaultTracker, WhatIsPausedAsksForNothingAndGoesOn) {
  Watching w;
  w.vault.add(50, 6h);
  const WatchId watch = w.follow();
  w.answer_all();
  w.tracker.set_attention(watch, Attention::paused, w.now);
  w.step();
  for (int i = 0; i < 10; ++i) w.pass(10min);
  EXPECT_TRUE(w.open.empty());
  EXPECT_EQ(w.tracker.vault_view(watch, w.now)->contact.state, Contact::paused);
  w.tracker.set_attention(watch, Attention::watched, w.now);
  w.step();
  ASSERT_EQ(w.open.size(), 1u);
  w.answer_all();
  EXPECT_TRUE(w.changed.contains(watch) || w.tracker.vault_view(watch, w.now)->contact.state == Contact::fresh);
}

TEST(VaultTracker, WhatBeganAndEndedInALongPauseOfAQuietVaultIsReadToo) {
  Watching w;
  const WatchId watch = w.follow();
  w.answer_all();
  w.tracker.set_attention(watch, Attention::paused, w.now);
  w.vault.jobs.push_back({"meanwhile", w.vault.now + 1h, 30min});
  for (int i = 0; i < 3; ++i) w.pass(10h);
  w.tracker.set_attention(watch, Attention::watched, w.now);
  w.step();
  w.answer_all();
  EXPECT_TRUE(w.tracker.table().find(vault_id().key(), "meanwhile"));
}

TEST(VaultTracker, AJobThatIsListedNoMoreIsMarked) {
  Watching w;
  w.vault.add(10, 1h);
  w.vault.jobs.push_back({"gone", w.vault.now - 5min, 9h});
  w.follow();
  w.answer_all();
  const auto told = [&] {
    const auto row = *w.tracker.table().find(vault_id().key(), "gone");
    return w.tracker.is_told(row);
  };
  EXPECT_TRUE(told());
  w.vault.jobs.pop_back();
  w.pass(5min);
  w.answer_all();
  EXPECT_FALSE(told());
}

TEST(VaultTracker, ALatePageDoesNotOverwriteWhatIsNewer) {
  Watching w;
  w.vault.add(5, 1h);
  w.vault.jobs.push_back({"x", w.vault.now - 1min, 10h});
  w.follow();
  const std::string old = w.vault.answer(w.open.front().url);
  w.answer_all();
  // A window's page, asked for before; its answer comes after the next list's.
  w.vault.jobs.back().length = 2min;
  w.pass(3min);
  w.answer_all();
  const auto row = *w.tracker.table().find(vault_id().key(), "x");
  ASSERT_EQ(w.tracker.table().row(row).state, JobState::completed);
  const auto journal = w.tracker.table().journal_end();
  w.pass(3min);
  ASSERT_FALSE(w.open.empty());
  w.answer(0, 200, old);
  EXPECT_EQ(w.tracker.table().row(row).state, JobState::completed);
  EXPECT_EQ(w.tracker.table().journal_end(), journal);
}

TEST(VaultTracker, ABackupVaultsListIsAllThereIs) {
  Watching w;
  w.vault.path = "/subscriptions/2f62ab45-5f3e-4ab4-b8c8-2f72b8e93e36/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
  w.vault.add(20, 1h);
  const WatchId watch = w.tracker.follow_vault(vault_id(w.vault.path), w.now);
  w.step();
  w.answer_all();
  EXPECT_EQ(w.sent, 1u);
  EXPECT_EQ(w.tracker.table().size(), 20u);
  EXPECT_TRUE(w.tracker.vault_view(watch, w.now)->is_listed);
}

}  // namespace
}  // namespace abj::tracking
