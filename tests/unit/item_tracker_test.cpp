// A watched vault's protected items: read when they are wanted, page by page, and again every hour.
#include "tracking/item_tracker.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "vault_of_many.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;
using test::vault_id;
using test::vault_path;

struct Items {
  ItemTracker tracker{{"https://management.azure.com"}, make_adaptive_schedule({}), 7, 10'000};
  Now now{1000ms, std::chrono::seconds(1'800'000'000)};
  std::vector<arm::Request> asked;  // for items, not answered
  WatchId watch = 0;

  Items() { watch = tracker.follow_vault(vault_id(), now); }
  // Jobs are answered at once: there are none.
  void step() {
    for (bool goes_on = true; goes_on;) {
      goes_on = false;
      for (auto& request : tracker.step(now).send) {
        tracker.sent(request.id);
        if (request.url.find("backupProtectedItems") != std::string::npos || request.url.find("backupInstances") != std::string::npos) {
          asked.push_back(std::move(request));
        } else {
          tracker.receive({.id = request.id, .status = 200, .body = R"({"value":[]})"}, now);
          goes_on = true;
        }
      }
    }
  }
  void pass(Milliseconds by) {
    now.monotonic += by, now.wall += by;
    step();
  }
  void answer(int status, std::string body) {
    ASSERT_EQ(asked.size(), 1u);
    const auto id = asked.front().id;
    asked.clear();
    tracker.receive({.id = id, .status = status, .body = std::move(body)}, now);
    step();
  }
  static std::string page(std::vector<std::string> names, std::string next = {}) {
    std::string value;
    for (const auto& name : names) value += (value.empty() ? "" : ",") + (R"({"id":")" + std::string(vault_path) + "/x/" + name + R"(","name":")" + name + R"(","properties":{}})");
    return R"({"value":[)" + value + "]" + (next.empty() ? "" : R"(,"nextLink":")" + next + '"') + "}";
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    const auto all = tracker.vault_items(now);
    if (!all.empty() && all[0].items)
      for (const auto& item : *all[0].items) names.push_back(item.name);
    return names;
  }
};

const std::string first_url = "https://management.azure.com" + std::string(vault_path) + "/backupProtectedItems?api-version=2024-04-01";

TEST(ItemTracker, AsksForNothingUntilSomebodyWantsToKnow) {
  Items w;
  w.step();
  w.pass(2h);
  EXPECT_TRUE(w.asked.empty());
  w.tracker.want_items(w.now);
  w.tracker.want_items(w.now);
  w.step();
  ASSERT_EQ(w.asked.size(), 1u);
  EXPECT_EQ(w.asked[0].url, first_url);
}

TEST(ItemTracker, ReadsPageByPageAndAgainAfterAnHour) {
  Items w;
  w.tracker.want_items(w.now);
  w.step();
  w.answer(200, Items::page({"a", "b"}, first_url + "&$skipToken=2"));
  EXPECT_FALSE(w.tracker.vault_items(w.now)[0].items) << "not to its end yet";
  ASSERT_EQ(w.asked.size(), 1u);
  EXPECT_EQ(w.asked[0].url, first_url + "&$skipToken=2");
  w.answer(200, Items::page({"c"}));
  EXPECT_EQ(w.names(), (std::vector<std::string>{"a", "b", "c"}));
  const auto revision = w.tracker.items_revision();
  w.pass(59min);
  EXPECT_TRUE(w.asked.empty());
  w.pass(2min);
  ASSERT_EQ(w.asked.size(), 1u);
  EXPECT_EQ(w.asked[0].url, first_url);
  const ProtectedItem* const first = w.tracker.vault_items(w.now)[0].items->data();
  // What is being read anew stays shown until its end.
  w.answer(200, Items::page({"a"}, first_url + "&$skipToken=1"));
  EXPECT_EQ(w.names().size(), 3u);
  w.answer(200, Items::page({"b", "c"}));
  EXPECT_EQ(w.tracker.items_revision(), revision) << "the same";
  EXPECT_EQ(w.tracker.vault_items(w.now)[0].items->data(), first) << "whoever keeps pointers to them is told of nothing";
  w.pass(61min);
  w.answer(200, Items::page({"a"}));
  EXPECT_NE(w.tracker.items_revision(), revision);
  EXPECT_EQ(w.names(), (std::vector<std::string>{"a"}));
}

TEST(ItemTracker, WithoutPermissionItSaysSoAndJobsGoOn) {
  Items w;
  w.tracker.want_items(w.now);
  w.step();
  w.answer(403, R"({"error":{"code":"AuthorizationFailed"}})");
  const auto all = w.tracker.vault_items(w.now);
  ASSERT_EQ(all.size(), 1u);
  ASSERT_TRUE(all[0].problem);
  EXPECT_EQ(all[0].problem->code, ErrorCode::forbidden);
  EXPECT_EQ(w.tracker.vault_view(w.watch, w.now)->contact.state, Contact::fresh);
  w.pass(3h);
  EXPECT_TRUE(w.asked.empty());
  w.tracker.refresh(w.watch, w.now);
  w.step();
  w.answer(200, Items::page({"a"}));
  EXPECT_FALSE(w.tracker.vault_items(w.now)[0].problem);
  EXPECT_EQ(w.names().size(), 1u);
}

TEST(ItemTracker, KeepsTheSizesThatDetailsToldAndAsksForNone) {
  Items w;
  const std::string id = std::string(vault_path) + "/backupJobs/11111111-aaaa-bbbb-cccc-123456789012";
  const std::string body = R"({"id":")" + id + R"(","name":"11111111-aaaa-bbbb-cccc-123456789012","properties":{"jobType":"AzureIaaSVMJob","operation":"Backup","status":"Completed",)"
                           R"("extendedInfo":{"propertyBag":{"Backup Size":"2332 MB"}}}})";
  const auto read = [&] {
    for (auto& request : w.tracker.step(w.now).send) {
      // What is followed, and nothing else.
      const bool is_single = request.url.find("/backupJobs/") != std::string::npos;
      EXPECT_EQ(is_single, request.url.find(id) != std::string::npos);
      w.tracker.sent(request.id);
      w.tracker.receive({.id = request.id, .status = 200, .body = is_single ? body : R"({"value":[]})"}, w.now);
    }
  };
  read();
  EXPECT_FALSE(w.tracker.sizes().find(vault_id().key(), "11111111-aaaa-bbbb-cccc-123456789012"));
  const WatchId job = w.tracker.follow(std::move(*parse_start(w.tracker.endpoint(), id, {})), w.now);
  read();
  EXPECT_EQ(w.tracker.sizes().find(vault_id().key(), "11111111-AAAA-bbbb-cccc-123456789012"), 2332.0 * 1'048'576);
  w.tracker.unfollow(job);
  EXPECT_TRUE(w.tracker.sizes().find(vault_id().key(), "11111111-aaaa-bbbb-cccc-123456789012"));
  w.tracker.unfollow(w.watch);
  EXPECT_FALSE(w.tracker.sizes().find(vault_id().key(), "11111111-aaaa-bbbb-cccc-123456789012"));
}

TEST(ItemTracker, NoPageIsAskedForElsewhereOrTwice) {
  for (const std::string& next : {std::string("https://evil.example/x"), first_url, std::string("https://management.azure.com.evil.example/x")}) {
    Items w;
    w.tracker.want_items(w.now);
    w.step();
    w.answer(200, Items::page({"a"}, next));
    EXPECT_TRUE(w.asked.empty()) << next;
    EXPECT_TRUE(w.tracker.vault_items(w.now)[0].problem) << next;
    EXPECT_FALSE(w.tracker.vault_items(w.now)[0].items);
    // It is tried again from the beginning.
    for (int i = 0; i < 100 && w.asked.empty(); ++i) w.pass(10s);
    ASSERT_EQ(w.asked.size(), 1u);
    EXPECT_EQ(w.asked[0].url, first_url);
    w.answer(200, Items::page({"b"}));
    EXPECT_EQ(w.names(), (std::vector<std::string>{"b"}));
  }
}

TEST(ItemTracker, AnAnswerThatCannotBeReadLosesNothing) {
  Items w;
  w.tracker.want_items(w.now);
  w.step();
  w.answer(200, Items::page({"a"}));
  w.pass(61min);
  w.answer(200, "<html>");
  EXPECT_EQ(w.names(), (std::vector<std::string>{"a"}));
  EXPECT_EQ(w.tracker.vault_items(w.now)[0].problem->code, ErrorCode::answer_unreadable);
}

TEST(ItemTracker, WatchesOfAVaultShareTheListAndTheLastGivesItBack) {
  Items w;
  w.tracker.want_items(w.now);
  const WatchId second = w.tracker.follow_vault(vault_id(), w.now);
  w.step();
  w.answer(200, Items::page({"a"}));
  EXPECT_EQ(w.tracker.vault_items(w.now).size(), 1u);
  w.tracker.unfollow(w.watch);
  EXPECT_EQ(w.names().size(), 1u);
  w.tracker.unfollow(second);
  w.step();
  EXPECT_TRUE(w.tracker.vault_items(w.now).empty());
  EXPECT_EQ(w.tracker.feed_count(), 0u);
  w.pass(3h);
  EXPECT_TRUE(w.asked.empty());
}

TEST(ItemTracker, ABackupVaultsInstances) {
  Items w;
  const std::string path = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b";
  w.tracker.unfollow(w.watch);
  w.tracker.want_items(w.now);
  w.tracker.follow_vault(*arm::parse_vault_id(path), w.now);
  w.step();
  ASSERT_EQ(w.asked.size(), 1u);
  EXPECT_EQ(w.asked[0].url, "https://management.azure.com" + path + "/backupInstances?api-version=2024-04-01");
}

}  // namespace
}  // namespace abj::tracking
