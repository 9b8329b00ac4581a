// The one class that crosses to JavaScript: tracker and fetcher on the browser's clock and timers.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <optional>
#include <string>

#include "browser/fetcher.h"
#include "tracking/tracker.h"

namespace abj::browser {

// What a host may do with a watch: web/src/engine/boundary.ts has the same numbers.
enum class Action : unsigned { pause, background, watch, unfollow, refresh, cancel, reach_back };

// The host is a JavaScript object with `requestToken(request, claims, forceRefresh)` and `changed(watch)`. It must not call back
// into the engine before the call that reached it has returned.
class Engine {
 public:
  // Floor, ceiling and timeout are ms. Check the endpoint with endpoint_error first.
  Engine(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, emscripten::val host);
  virtual ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Null where `endpoint` can be used, else the error.
  static emscripten::val endpoint_error(std::string endpoint);

  // What a user holds (tracking::parse_start) → { watch }, or the error.
  virtual emscripten::val follow(std::string text, std::string vault);
  // The first three set its attention. `which`: the job to cancel, by its index; the days to reach back. → null, or why nothing was sent.
  virtual emscripten::val act(tracking::WatchId watch, unsigned action, unsigned which);
  // The state of a watch, or null.
  virtual emscripten::val view(tracking::WatchId watch);

  void set_environment(bool visible, bool online);
  // Ids of everything that is followed: an array of { text, vault } for follow.
  emscripten::val saved();
  // The token that was asked for; or, where there is a reason, why there is none.
  void answer_token(arm::RequestId request, emscripten::val token, std::string reason);

  // { feeds, jobs, requests, timer }: what is alive, for tests of leaks.
  emscripten::val usage();

 protected:
  Engine(std::unique_ptr<tracking::Tracker> tracker, double timeout, emscripten::val host);
  template <class SomeTracker>
  static std::unique_ptr<SomeTracker> make_tracker(const std::string& endpoint, double seed, double floor, double ceiling, double requests_per_hour) {
    return std::make_unique<SomeTracker>(endpoint_of(endpoint), tracking::make_adaptive_schedule({milliseconds(floor), milliseconds(ceiling)}), static_cast<std::uint64_t>(seed), requests_per_hour);
  }
  static Now now();
  static Milliseconds milliseconds(double value) { return Milliseconds(static_cast<std::int64_t>(value)); }
  // A new watch → { watch }, and on with it.
  emscripten::val begun(tracking::WatchId watch);
  void pump();
  void receive(const arm::Response& response);
  // An answer came.
  virtual void arrived(arm::Response&& response) { receive(response); }

 private:
  static arm::Endpoint endpoint_of(std::string_view text);
  static void on_timer(void* engine);
  static void on_response(void* engine, arm::Response&& response);

  emscripten::val host_;
  std::unique_ptr<tracking::Tracker> tracker_;
  Fetcher fetcher_;
  std::optional<int> timer_;
};

}  // namespace abj::browser
