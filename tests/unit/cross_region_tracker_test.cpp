// A vault's jobs in its paired region: read when asked for, each page a write.
#include <gtest/gtest.h>

#include "decode/estate_decoder.h"
#include "support.h"
#include "tracking/estate_tracker.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view locations = R"({"value":[{"name":"europe","metadata":{"regionType":"Logical"}},{"name":"polandcentral","metadata":{"pairedRegion":[]}},
  {"metadata":{"pairedRegion":[{"name":"northeurope","id":"x"},{"name":"other"}]},"name":"westeurope"}]})";

struct Region {
  EstateTracker tracker{{"https://management.azure.com"}, make_adaptive_schedule({}), 7, 10'000};
  Now now{1000ms, std::chrono::seconds(1'800'000'000)};
  std::vector<arm::Request> open;
  std::string location = "West Europe", setting = "Enabled", status = "Completed";
  std::size_t pages = 1, posts = 0;
  int refuse = 0;
  WatchId watch = 0;

  std::string job(std::size_t n) const {
    return R"({"id":"/subscriptions/s/providers/Microsoft.RecoveryServices/locations/northeurope/backupJobs/)" + std::to_string(n) + R"(","name":")" + std::to_string(n) +
           R"(","properties":{"jobType":"AzureIaaSVMJob","operation":"CrossRegionRestore","status":")" + status + R"(","duration":"PT1M"}})";
  }
  void step() {
    for (bool goes_on = true; goes_on;) {
      goes_on = false;
      for (auto& request : tracker.step(now).send) {
        open.push_back(request);
        tracker.sent(request.id);
        int code = 200;
        std::string body;
        if (request.url.find("/locations?") != std::string::npos) {
          body = locations;
        } else if (request.method == arm::Method::post) {
          ++posts;
          EXPECT_NE(request.url.find("/locations/northeurope/backupCrrJobs?api-version=2023-01-15"), std::string::npos) << request.url;
          EXPECT_NE(request.body.find(R"("resourceId":"/subscriptions/)"), std::string::npos);
          const auto at = request.url.find("skip=");
          const std::size_t page = at == std::string::npos ? 0 : std::stoul(request.url.substr(at + 5));
          body = R"({"value":[)" + job(page) + "]" + (page + 1 < pages ? R"(,"nextLink":")" + request.url.substr(0, at == std::string::npos ? at : at - 1) + "&skip=" + std::to_string(page + 1) + '"' : "") + "}";
          if (refuse) code = refuse, body = R"({"error":{"code":"AuthorizationFailed"}})";
        } else {
          body = R"({"id":"v","location":")" + location + R"(","properties":{"redundancySettings":{"crossRegionRestore":")" + setting + R"("}}})";
        }
        tracker.receive({.id = request.id, .status = code, .body = body}, now);
        goes_on = true;
      }
    }
  }
  void pass(Milliseconds by) {
    now.monotonic += by, now.wall += by;
    step();
  }
  CrossRegionView follow(std::string_view vault = test::vault_path) {
    watch = tracker.follow_cross_region(*arm::parse_vault_id(vault), now);
    step();
    return view();
  }
  CrossRegionView view() { return *tracker.cross_region_view(watch, now); }
};

TEST(CrossRegionTracker, FindsThePairAndReadsItsPages) {
  Region w;
  w.pages = 3;
  const auto view = w.follow();
  EXPECT_TRUE(view.is_listed);
  EXPECT_EQ(view.region, "northeurope");
  EXPECT_EQ(view.setting, "Enabled");
  ASSERT_EQ(view.jobs->size(), 3u);
  EXPECT_EQ((*view.jobs)[0].operation, "CrossRegionRestore");
  EXPECT_EQ(view.requests, 3u);
  EXPECT_EQ(view.contact.state, Contact::fresh);
  w.pass(2h);
  EXPECT_EQ(w.posts, 3u) << "nothing is read that nobody asked for";
  w.tracker.refresh(w.watch, w.now);
  w.pass(1s);
  EXPECT_EQ(w.posts, 6u) << "and not the region again";
  EXPECT_EQ(w.open.size(), 8u);
}

TEST(CrossRegionTracker, WhileAJobRunsItIsReadAgainSeldom) {
  Region w;
  w.status = "InProgress";
  w.follow();
  for (int minute = 0; minute < 60; ++minute) w.pass(1min);
  EXPECT_GE(w.posts, 10u);
  EXPECT_LE(w.posts, 13u);
  w.status = "Completed";
  w.pass(5min);
  const auto posts = w.posts;
  EXPECT_EQ((*w.view().jobs)[0].status.state, JobState::completed);
  w.pass(3h);
  EXPECT_EQ(w.posts, posts);
}

TEST(CrossRegionTracker, WhereThereCanBeNoneNothingIsPaid) {
  Region unpaired;
  unpaired.location = "polandcentral";
  EXPECT_TRUE(unpaired.follow().is_unpaired);
  EXPECT_EQ(unpaired.posts, 0u);
  Region unheard_of;
  unheard_of.location = "elsewhere";
  EXPECT_TRUE(unheard_of.follow().is_unpaired);
  Region off;
  off.location = "westeurope";
  off.setting = "Disabled";
  EXPECT_TRUE(off.follow().is_listed);
  EXPECT_EQ(off.view().setting, "Disabled");
  EXPECT_EQ(off.posts, 0u);
  Region backup_vault;
  EXPECT_TRUE(backup_vault.follow("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b").is_unpaired);
  EXPECT_TRUE(backup_vault.open.empty());
}

TEST(CrossRegionTracker, ARefusalStopsAndARefreshBeginsAnew) {
  Region w;
  w.refuse = 403;
  w.follow();
  EXPECT_EQ(w.view().contact.state, Contact::stopped);
  EXPECT_EQ(w.view().contact.error->code, ErrorCode::forbidden);
  EXPECT_FALSE(w.view().is_listed);
  w.pass(3h);
  EXPECT_EQ(w.posts, 1u);
  w.refuse = 0;
  w.tracker.refresh(w.watch, w.now);
  w.pass(1s);
  EXPECT_TRUE(w.view().is_listed);
  EXPECT_EQ(w.view().jobs->size(), 1u);
  EXPECT_EQ(w.view().requests, 2u) << "the refused one counts as well";
  w.tracker.unfollow(w.watch);
  EXPECT_FALSE(w.tracker.cross_region_view(w.watch, w.now));
  EXPECT_EQ(w.tracker.feed_count(), 0u);
}

TEST(CrossRegionTracker, WhatIsKnownStaysWhereALaterReadingFails) {
  Region w;
  w.pages = 2;
  w.follow();
  w.refuse = 503;
  w.tracker.refresh(w.watch, w.now);
  w.pass(1s);
  EXPECT_EQ(w.view().contact.state, Contact::retrying);
  EXPECT_EQ(w.view().jobs->size(), 2u);
  w.refuse = 0;
  for (int i = 0; i < 200; ++i) w.pass(1s);
  EXPECT_EQ(w.view().contact.state, Contact::fresh);
  EXPECT_EQ(w.view().jobs->size(), 2u);
}

TEST(EstateDecoder, ReadsAVaultAndTheRegionsOfASubscription) {
  const auto regions = decode::decode_regions(locations);
  ASSERT_TRUE(regions);
  EXPECT_EQ(*regions, (std::vector<RegionPair>{{"europe", ""}, {"polandcentral", ""}, {"westeurope", "northeurope"}}));
  EXPECT_FALSE(decode::decode_regions("{}"));
  EXPECT_FALSE(decode::decode_vault("{}"));
  EXPECT_FALSE(decode::decode_vault("[]"));
  EXPECT_EQ(decode::decode_vault(R"({"location":"x","properties":{"redundancySettings":null}})")->cross_region_restore, "");
}

}  // namespace
}  // namespace abj::tracking
