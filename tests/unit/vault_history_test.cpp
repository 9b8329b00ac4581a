// The past of a vault that is watched: from Resource Graph in a few pages, or from the parts of its list.
#include <gtest/gtest.h>

#include "vault_of_many.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;
using test::is_graph;
using test::Watching;

TEST(VaultHistory, ALongHistoryIsReadSideBySideAndWithFewerWaits) {
  Watching w;
  w.vault.add(10'000, Duration(std::chrono::hours(24 * 14)) / 10'000, 5min);
  const WatchId watch = w.follow();
  w.answer_all();
  w.expect_all(default_history - 1h);
  EXPECT_GE(w.most_open, 6u);
  EXPECT_LE(w.sent, 50u + 8u + 1u) << "and one question to Resource Graph, which may not be asked";
  EXPECT_LE(*w.tracker.vault_view(watch, w.now)->covered_from, *w.tracker.vault_view(watch, w.now)->wanted_from);
}

TEST(VaultHistory, ALongHistoryComesFromResourceGraphInFewPages) {
  Watching w;
  w.vault.has_graph = true;
  w.vault.add(10'000, Duration(std::chrono::hours(24 * 14)) / 10'000, 5min);
  const WatchId watch = w.follow();
  w.answer_all();
  for (int i = 0; i < 10; ++i) w.pass(1s), w.answer_all();
  w.expect_all(default_history - 1h);
  EXPECT_LE(w.sent, 14u);
  EXPECT_EQ(w.most_open, 1u) << "never two questions at one address";
  const auto view = w.tracker.vault_view(watch, w.now);
  EXPECT_EQ(view->loading, 0u);
  EXPECT_LE(*view->covered_from, *view->wanted_from);
}

TEST(VaultHistory, WhereResourceGraphKnowsNothingTheListIsRead) {
  Watching w;
  w.vault.has_graph = w.vault.graph_is_empty = true;
  w.vault.add(2000, 10min);
  const WatchId watch = w.follow();
  w.answer_all();
  w.expect_all(default_history - 1h);
  EXPECT_FALSE(w.tracker.vault_view(watch, w.now)->missing);
  EXPECT_LE(*w.tracker.vault_view(watch, w.now)->covered_from, *w.tracker.vault_view(watch, w.now)->wanted_from);
}

TEST(VaultHistory, WhereResourceGraphFailsOnTheWayTheListIsRead) {
  for (const auto& [status, body] : {std::pair{500, "{}"}, {400, R"({"error":{"code":"BadRequest"}})"}, {429, R"({"error":{"code":"RateLimiting"}})"}, {202, "<html>"}}) {
    Watching w;
    w.vault.has_graph = true;
    w.vault.add(4000, 5min);
    const WatchId watch = w.follow();
    w.answer(0, 200, w.vault.answer(w.open.front().url));
    ASSERT_TRUE(is_graph(w.open.front()));
    w.answer(0, 200, {});
    ASSERT_TRUE(is_graph(w.open.front())) << "there is a second page";
    w.answer(0, status, body);
    for (const auto& request : w.open) EXPECT_FALSE(is_graph(request)) << status;
    w.answer_all();
    w.expect_all(default_history - 1h);
    EXPECT_FALSE(w.tracker.vault_view(watch, w.now)->missing) << status;
  }
}

TEST(VaultHistory, WhatResourceGraphKnewOnceIsNoWordForWhatItIsAskedLater) {
  Watching w;
  w.vault.has_graph = true;
  for (int i = 0; i < 600; ++i) w.vault.jobs.push_back({"quiet-" + std::to_string(1000 + i), w.vault.now - 26h - i * 30min, 20min});
  const WatchId watch = w.follow();
  w.answer_all();
  w.expect_all(std::chrono::hours(24 * 13));
  w.tracker.set_attention(watch, Attention::paused, w.now);
  for (int i = 0; i < 300; ++i) w.vault.jobs.push_back({"later-" + std::to_string(1000 + i), w.vault.now + i * 1min, 1min});
  w.vault.graph_is_empty = true;
  for (int i = 0; i < 3; ++i) w.pass(12h);
  w.tracker.set_attention(watch, Attention::watched, w.now);
  w.step();
  w.answer_all();
  w.expect_all(std::chrono::hours(24 * 13));
}

TEST(VaultHistory, AnOlderPastThanResourceGraphKeepsIsReadFromTheList) {
  Watching w;
  w.vault.has_graph = true;
  w.vault.add(4000, 15min);
  const WatchId watch = w.follow();
  w.answer_all();
  for (int i = 0; i < 5; ++i) w.pass(1s), w.answer_all();
  w.expect_all(default_history - 1h);
  const auto before = w.sent;
  w.tracker.reach_back(watch, std::chrono::hours(24 * 14), w.now);
  w.step();
  ASSERT_FALSE(w.open.empty());
  for (const auto& request : w.open) EXPECT_FALSE(is_graph(request));
  w.answer_all();
  EXPECT_GT(w.sent, before + 2);
  w.expect_all(std::chrono::hours(24 * 27));
}

}  // namespace
}  // namespace abj::tracking
