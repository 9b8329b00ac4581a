// Drives a tracker by hand: the test is the network, the token and the clock.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support.h"
#include "tracking/tracker.h"

namespace abj::tracking {

inline const std::string operation_url = "https://management.azure.com" + std::string(test::vault_path) + "/backupOperations/op?api-version=2025-02-01";

inline std::string job_json(std::string_view status, std::string_view duration = "PT1M", std::string_view name = test::job_name) {
  return R"({"id":")" + std::string(test::vault_path) + "/backupJobs/" + std::string(name) + R"(","name":")" + std::string(name) +
         R"(","properties":{"jobType":"AzureIaaSVMJob","entityFriendlyName":"vm-web-01","duration":")" + std::string(duration) + R"(","status":")" + std::string(status) + R"("}})";
}

inline std::string operation_json(std::string_view status, std::string_view properties = "null") {
  return R"({"id":"op","name":"op","status":")" + std::string(status) + R"(","properties":)" + std::string(properties) + "}";
}

inline std::string naming_job(std::string_view job) { return operation_json("Succeeded", R"({"objectType":"OperationStatusJobExtendedInfo","jobId":")" + std::string(job) + R"("})"); }

class Driver {
 public:
  explicit Driver(PollBounds bounds = {}) : tracker({"https://management.azure.com"}, make_adaptive_schedule(bounds), 7) {}

  Tracker tracker;
  Now now{Milliseconds(1000), std::chrono::seconds(1'800'000'000)};
  std::vector<arm::Request> open;       // sent and not yet answered
  std::vector<arm::RequestId> aborted;
  std::vector<WatchId> changed;         // by the last step
  std::optional<Milliseconds> wake;
  int sent = 0;
  bool give_tokens = true;

  WatchId follow(std::string_view text, std::string_view vault = {}) {
    auto start = parse_start(tracker.endpoint(), text, vault);
    EXPECT_TRUE(start);
    const WatchId id = tracker.follow(std::move(*start), now);
    step();
    return id;
  }

  void step() {
    Step next = tracker.step(now);
    for (const auto id : next.abort) {
      aborted.push_back(id);
      std::erase_if(open, [&](const auto& request) { return request.id == id; });
    }
    for (auto& request : next.send) {
      for (const auto& other : open) EXPECT_NE(other.url + other.body, request.url + request.body) << "two requests in flight for one URL";
      ++sent;
      if (give_tokens) tracker.sent(request.id);
      open.push_back(std::move(request));
    }
    changed = next.changed;
    wake = next.wake;
  }

  void advance(Milliseconds by) {
    now.monotonic += by;
    now.wall += by;
    step();
  }

  // Sleeps until the tracker wants to be woken; how long that was.
  Milliseconds sleep() {
    EXPECT_TRUE(wake.has_value()) << "the tracker has nothing more to do";
    const Milliseconds by = std::max(Milliseconds(0), wake.value_or(now.monotonic) - now.monotonic);
    advance(by);
    return by;
  }

  // Answers the oldest open request.
  void answer(int status, std::string body = {}, std::string headers = {}) { respond({.status = status, .headers = std::move(headers), .body = std::move(body)}); }
  void fail(arm::Response::Outcome outcome) { respond({.outcome = outcome, .detail = "why"}); }
  void respond(arm::Response response) {
    ASSERT_FALSE(open.empty());
    response.id = open.front().id;
    open.erase(open.begin());
    tracker.receive(response, now);
    step();
  }

  WatchView view(WatchId id) { return *tracker.view(id, now); }
  Contact contact(WatchId id) { return view(id).contact.state; }
};

}  // namespace abj::tracking
