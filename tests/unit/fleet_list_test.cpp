// Jobs of many vaults: followed through Resource Graph, in one question.
#include <gtest/gtest.h>

#include <algorithm>

#include "arm/resource_graph.h"
#include "decode/timestamp.h"
#include "driver.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view subscription = "11111111-2222-3333-4444-555555555555";

std::string vault(int index) { return "/subscriptions/" + std::string(subscription) + "/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv-" + std::to_string(index); }
std::string path(int vault_index, int job = 0) { return vault(vault_index) + "/backupJobs/0000000" + std::to_string(job) + "-aaaa-bbbb-cccc-000000000000"; }

// A row as Resource Graph has it: ids in lower case, the rest as the vault says it.
std::string row(const std::string& path, std::string_view status) {
  const std::string id = lower_cased(path);
  return R"({"id":")" + id + R"(","name":")" + id.substr(id.rfind('/') + 1) +
         R"(","type":"microsoft.recoveryservices/vaults/backupjobs","properties":{"jobType":"AzureIaaSVMJob","operation":"Backup","startTime":"2026-11-20T10:00:00Z","duration":"PT1M","status":")" + std::string(status) + R"("}})";
}

std::string answer_of(const std::vector<std::string>& rows, std::string_view token = {}) {
  std::string text = R"({"totalRecords":9,"count":9,"resultTruncated":"false","facets":[],"data":[)";
  for (std::size_t i = 0; i < rows.size(); ++i) text += (i ? "," : "") + rows[i];
  return text + "]" + (token.empty() ? "" : R"(,"$skipToken":")" + std::string(token) + '"') + "}";
}

bool is_question(const arm::Request& request) { return request.url.find("Microsoft.ResourceGraph") != std::string::npos; }
bool is_list(const arm::Request& request) { return request.url.find("/backupJobs?") != std::string::npos; }

// Three running jobs in three vaults, each read once: the question is asked.
struct Fleet {
  Driver driver;
  std::vector<WatchId> watches;
  explicit Fleet(int vaults = 3, int jobs = 1) {
    for (int v = 0; v < vaults; ++v)
      for (int j = 0; j < jobs; ++j) {
        watches.push_back(driver.follow(path(v, j)));
        driver.tracker.set_attention(watches.back(), Attention::background, driver.now);
      }
    while (!driver.open.empty() && !is_question(driver.open.front())) {
      if (is_list(driver.open.front())) {
        std::vector<std::string> listed;
        for (int j = 0; j < jobs; ++j) listed.push_back(row(path(driver.open.front().url.find("rsv-0") != std::string::npos ? 0 : driver.open.front().url.find("rsv-1") != std::string::npos ? 1 : 2, j), "InProgress"));
        driver.answer(200, R"({"value":[)" + listed[0] + (jobs > 1 ? "," + listed[1] : "") + "]}");
      } else {
        const auto& url = driver.open.front().url;
        driver.answer(200, row(std::string(arm::path_of(url)), "InProgress"));
      }
    }
  }
  bool asks() const { return driver.open.size() == 1 && is_question(driver.open.front()); }
};

TEST(FleetList, QueriesBothKindsOfVaultOfTheSubscriptionsAndCarryTheToken) {
  EXPECT_EQ(arm::jobs_query({.subscriptions = {"a", "b"}}),
            R"({"subscriptions":["a","b"],"query":"recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs','microsoft.dataprotection/backupvaults/backupjobs'))"
            R"( | project id,name,type,properties | order by id asc","options":{"$top":1000,"resultFormat":"objectArray"}})");
  const std::string later = arm::jobs_query({.subscriptions = {"a"}, .from = decode::parse_timestamp("2026-11-20T21:00:00.9Z")->instant}, "x\"\\\n\x01y");
  EXPECT_NE(later.find("todatetime(properties.startTime) >= datetime(2026-11-20T21:00:00Z)"), std::string::npos);
  const std::string bounded = arm::jobs_query({.subscriptions = {"a"}, .to = decode::parse_timestamp("2026-11-20T21:00:00Z")->instant, .vault = "/x/\"y"});
  EXPECT_NE(bounded.find(R"(bs') and todatetime(properties.startTime) <= datetime(2026-11-20T21:00:00Z) and id startswith '/x/\u0022y/' | project)"), std::string::npos) << bounded;
  EXPECT_NE(later.find(R"("$skipToken":"x\u0022\u005c\u000a\u0001y")"), std::string::npos) << later;
}

TEST(FleetList, TwoVaultsAreNoFleet) {
  Fleet fleet(2);
  EXPECT_FALSE(fleet.asks());
}

TEST(FleetList, OneQuestionTellsOfAllVaultsAndOfTheirEnds) {
  Fleet fleet;
  ASSERT_TRUE(fleet.asks());
  EXPECT_EQ(fleet.driver.open[0].method, arm::Method::post);
  EXPECT_EQ(fleet.driver.open[0].url, "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01");
  EXPECT_NE(fleet.driver.open[0].body.find(subscription), std::string::npos);
  EXPECT_NE(fleet.driver.open[0].body.find("2026-11-20T09:59:00Z"), std::string::npos) << "from a little before the oldest running start";
  fleet.driver.answer(200, answer_of({row(path(0), "InProgress")}, "next"));
  ASSERT_TRUE(fleet.asks());
  EXPECT_NE(fleet.driver.open[0].body.find(R"("$skipToken":"next")"), std::string::npos);
  fleet.driver.answer(200, answer_of({row(path(1), "Completed"), row(path(2), "InProgress")}));
  EXPECT_EQ(fleet.driver.view(fleet.watches[1]).stage, Stage::ended_jobs);
  EXPECT_EQ(fleet.driver.view(fleet.watches[0]).stage, Stage::jobs);
}

TEST(FleetList, NoVaultsListIsAskedForBesideIt) {
  Fleet fleet(3, 2);
  ASSERT_TRUE(fleet.asks());
  std::vector<std::string> rows;
  for (int v = 0; v < 3; ++v)
    for (int j = 0; j < 2; ++j) rows.push_back(row(path(v, j), "InProgress"));
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(fleet.asks()) << i;
    fleet.driver.answer(200, answer_of(rows));
    while (fleet.driver.open.empty()) fleet.driver.sleep();
  }
}

TEST(FleetList, WhatItDoesNotTellOfItsVaultDoes) {
  Fleet fleet(3, 2);
  ASSERT_TRUE(fleet.asks());
  // The user may not see the third vault through Resource Graph.
  fleet.driver.answer(200, answer_of({row(path(0, 0), "InProgress"), row(path(0, 1), "InProgress"), row(path(1, 0), "InProgress"), row(path(1, 1), "InProgress")}));
  std::vector<std::string> asked;
  for (int i = 0; i < 6; ++i) {
    while (fleet.driver.open.empty()) fleet.driver.sleep();
    const auto request = fleet.driver.open.front();
    asked.push_back(is_question(request) ? "fleet" : is_list(request) && request.url.find("rsv-2") != std::string::npos ? "rsv-2" : request.url);
    if (is_question(request)) fleet.driver.answer(200, answer_of({row(path(0, 0), "InProgress"), row(path(0, 1), "InProgress"), row(path(1, 0), "InProgress"), row(path(1, 1), "InProgress")}));
    else fleet.driver.answer(200, R"({"value":[)" + row(path(2, 0), "InProgress") + "," + row(path(2, 1), "InProgress") + "]}");
  }
  EXPECT_GT(std::count(asked.begin(), asked.end(), "rsv-2"), 0);
  EXPECT_GT(std::count(asked.begin(), asked.end(), "fleet"), 0);
  EXPECT_EQ(std::count(asked.begin(), asked.end(), "rsv-2") + std::count(asked.begin(), asked.end(), "fleet"), 6) << "and nothing else is asked";
}

TEST(FleetList, WithoutPermissionTheVaultsAreAskedAndTheQuestionAnHourLater) {
  Fleet fleet(3, 2);
  ASSERT_TRUE(fleet.asks());
  fleet.driver.answer(403, R"({"error":{"code":"AuthorizationFailed","message":"no"}})");
  int lists = 0;
  const Milliseconds refused_at = fleet.driver.now.monotonic;
  std::optional<Milliseconds> again;
  while (fleet.driver.now.monotonic < refused_at + 70min && !again) {
    for (const WatchId watch : fleet.watches) EXPECT_NE(fleet.driver.contact(watch), Contact::stopped);
    if (fleet.driver.open.empty()) fleet.driver.sleep();
    else if (is_question(fleet.driver.open.front())) again = fleet.driver.now.monotonic;
    else {
      const std::string url = fleet.driver.open.front().url;
      const int v = url[url.find("rsv-") + 4] - '0';
      lists += is_list(fleet.driver.open.front());
      fleet.driver.answer(200, is_list(fleet.driver.open.front()) ? R"({"value":[)" + row(path(v, 0), "InProgress") + "," + row(path(v, 1), "InProgress") + "]}" : row(std::string(arm::path_of(url)), "InProgress"));
    }
  }
  EXPECT_GT(lists, 10);
  ASSERT_TRUE(again);
  EXPECT_GE(*again, refused_at + 1h);
}

TEST(FleetList, TroubleThatPassesIsWaitedFor) {
  Fleet fleet;
  ASSERT_TRUE(fleet.asks());
  fleet.driver.answer(200, answer_of({row(path(0), "InProgress"), row(path(1), "InProgress"), row(path(2), "InProgress")}));
  fleet.driver.sleep();
  ASSERT_TRUE(fleet.asks());
  fleet.driver.answer(503, "");
  EXPECT_EQ(fleet.driver.contact(fleet.watches[0]), Contact::retrying);
  fleet.driver.sleep();
  ASSERT_TRUE(fleet.asks());
  fleet.driver.answer(429, R"({"error":{"code":"RateLimiting","message":"throttled"}})");
  EXPECT_EQ(fleet.driver.contact(fleet.watches[0]), Contact::throttled);
  fleet.driver.sleep();
  ASSERT_TRUE(fleet.asks());
  // Once more, and it is given up for an hour: the jobs are asked for by themselves.
  fleet.driver.answer(500, "");
  while (fleet.driver.open.empty()) fleet.driver.sleep();
  EXPECT_FALSE(is_question(fleet.driver.open.front()));
}

TEST(FleetList, ItIsCountedByItself) {
  Budget budget;
  budget.set_limit(1, 15, 5s);
  // Words about other limits, strayed into an answer, do not change it.
  budget.remaining(1, 11'999, Milliseconds(0));
  int at_once = 0;
  for (; budget.free_at(1, false, 1s) <= 1s; ++at_once) budget.spend(1, 1s);
  EXPECT_EQ(at_once, 9) << "a vault's two weeks are a few pages: more than half of what may be asked within five seconds";
  EXPECT_EQ(budget.free_at(2, false, 1s), 1s) << "another pot is not touched";
  // And however many there are, no five seconds see more than fifteen.
  std::vector<Milliseconds> sent(static_cast<std::size_t>(at_once), Milliseconds(1s));
  while (sent.size() < 60) {
    sent.push_back(std::max(sent.back(), budget.free_at(1, false, sent.back())));
    budget.spend(1, sent.back());
    if (sent.size() > 15) {
      EXPECT_GT(sent.back() - sent[sent.size() - 16], 5s) << sent.size();
    }
  }
  budget.set_limit(1, 15, 5s);
  EXPECT_GT(budget.free_at(1, false, sent.back()), sent.back()) << "what was spent stays spent";
}

}  // namespace
}  // namespace abj::tracking
