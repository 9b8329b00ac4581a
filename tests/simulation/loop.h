// Runs a tracker against a service on a simulated clock. The wire between them may be faulty: it delays, drops, duplicates, truncates and
// corrupts, by a seed. What must always hold is checked at every step.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "arm/throttling.h"
#include "tracking/tracker.h"
#include "tracking/verdict.h"

namespace abj::simulation {

using namespace std::chrono_literals;

// The far side: what it would answer to a request at a time (since the simulation's start).
class Service {
 public:
  virtual ~Service() = default;
  virtual arm::Response answer(const arm::Request& request, Milliseconds at) = 0;
};

struct Wire {
  double fault_rate = 0;  // share of answers that something happens to
  Milliseconds latency = 80ms;
};

class Loop {
 public:
  Loop(arm::Endpoint endpoint, Service& service, Wire wire, unsigned seed)
      : tracker(std::move(endpoint), tracking::make_adaptive_schedule({}), seed), service_(service), wire_(wire), random_(seed) {}

  tracking::Tracker tracker;
  int requests = 0;

  Now now() const { return {now_, now_ + std::chrono::seconds(1'700'000'000)}; }
  Milliseconds elapsed() const { return now_; }

  tracking::WatchId follow(std::string_view text, std::string_view vault = {}) {
    auto start = tracking::parse_start(tracker.endpoint(), text, vault);
    EXPECT_TRUE(start) << text;
    return tracker.follow(std::move(*start), now());
  }

  // Until the tracker has nothing more to do and nothing is on the wire, or until `end`. `each` is called after every step.
  void run(Milliseconds end, const std::function<void()>& each = [] {}) {
    for (;;) {
      tracking::Step step = tracker.step(now());
      for (auto& request : step.send) send(std::move(request));
      for (const auto id : step.abort) in_flight_.erase(id);
      each();
      Milliseconds next = end;
      if (step.wake) next = std::min(next, *step.wake);
      if (!deliveries_.empty()) next = std::min(next, deliveries_.top().at);
      if (now_ >= end || (!step.wake && deliveries_.empty())) return;
      now_ = std::max(now_, next);
      while (!deliveries_.empty() && deliveries_.top().at <= now_) {
        const Delivery delivery = deliveries_.top();
        deliveries_.pop();
        deliver(delivery);
      }
    }
  }

 private:
  struct Delivery {
    Milliseconds at;
    arm::Response response;
    bool operator<(const Delivery& other) const { return at > other.at; }
  };

  double chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  void send(arm::Request request) {
    ++requests;
    for (const auto& [id, url] : in_flight_) EXPECT_NE(url, request.url) << "two requests in flight for one URL";
    const auto wait = not_before_.find(request.url);
    if (wait != not_before_.end()) {
      EXPECT_GE(now_, wait->second) << "asked sooner than the service wanted";
    }
    EXPECT_TRUE(request.url.starts_with(tracker.endpoint().origin + "/"));
    in_flight_[request.id] = request.url;
    tracker.sent(request.id);

    arm::Response response = service_.answer(request, now_);
    response.id = request.id;
    Milliseconds at = now_ + wire_.latency;
    if (chance() < wire_.fault_rate) {
      switch (random_() % 9) {
        case 0: at += std::chrono::seconds(random_() % 70); break;
        case 1: response = {.id = request.id, .outcome = arm::Response::Outcome::network_failed}; break;
        case 2:
          at += 75s;
          response = {.id = request.id, .outcome = arm::Response::Outcome::timed_out};
          break;
        case 3: response.body.resize(response.body.size() / 2); break;
        case 4: deliveries_.push({at + std::chrono::seconds(random_() % 200), response}); break;  // twice, the second time late
        case 5: response = {.id = request.id, .status = 500 + static_cast<int>(random_() % 5), .body = "<html>busy</html>"}; break;
        case 6:
          response = {.id = request.id,
                      .status = 429,
                      .body = R"({"error":{"code":"ResourceRequestsThrottled","message":"Please try again after ')" + std::to_string(random_() % 400) + R"(' seconds."}})"};
          break;
        case 7:
          if (!response.body.empty()) response.body[random_() % response.body.size()] = static_cast<char>(0xC3);
          break;
        case 8: response.headers = "Retry-After: " + std::to_string(random_() % 200) + "\r\n"; break;
      }
    }
    deliveries_.push({at, std::move(response)});
  }

  void deliver(const Delivery& delivery) {
    const auto at = in_flight_.find(delivery.response.id);
    if (at != in_flight_.end()) {
      // What the service asks for counts from the moment it is known.
      if (const auto verdict = tracking::judge(delivery.response, now()); verdict.not_before) not_before_[at->second] = now_ + *verdict.not_before;
      in_flight_.erase(at);
    }
    tracker.receive(delivery.response, now());
  }

  Service& service_;
  Wire wire_;
  std::mt19937 random_;
  Milliseconds now_{0};
  std::priority_queue<Delivery> deliveries_;
  std::map<arm::RequestId, std::string> in_flight_;
  std::map<std::string, Milliseconds> not_before_;
};

}  // namespace abj::simulation
