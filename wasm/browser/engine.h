// The one class that crosses to JavaScript: tracker and fetcher on the browser's clock and timers.
#pragma once

#include <emscripten/val.h>

#include <optional>
#include <string>

#include "browser/fetcher.h"
#include "tracking/tracker.h"

namespace abj::browser {

// The host is a JavaScript object with `requestToken(request, claims, forceRefresh)` and `changed(watch)`. It must not call back
// into the engine before the call that reached it has returned.
class Engine {
 public:
  // Floor, ceiling and timeout are ms. Check the endpoint with endpoint_error first.
  Engine(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, emscripten::val host);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Null where `endpoint` can be used, else the error.
  static emscripten::val endpoint_error(std::string endpoint);

  // What a user holds (tracking::parse_start) → { watch }, or the error.
  emscripten::val follow(std::string text, std::string vault);
  void unfollow(tracking::WatchId watch);
  void refresh(tracking::WatchId watch);
  // Cancels the watch's job of that index → null, or why nothing was sent.
  emscripten::val cancel(tracking::WatchId watch, unsigned job);
  // The state of a watch, or null.
  emscripten::val view(tracking::WatchId watch);

  void set_environment(bool visible, bool online);
  // 0 paused, 1 background, 2 watched (tracking::Attention).
  void set_attention(tracking::WatchId watch, unsigned attention);
  // Ids of everything that is followed: an array of { text, vault } for follow.
  emscripten::val saved();
  void provide_token(arm::RequestId request, emscripten::val token);
  void refuse_token(arm::RequestId request, std::string reason);

  // { feeds, jobs, requests, timer }: what is alive, for tests of leaks.
  emscripten::val usage();

 private:
  static void on_timer(void* engine);
  static void on_response(void* engine, arm::Response&& response);
  void receive(const arm::Response& response);
  void pump();

  emscripten::val host_;
  tracking::Tracker tracker_;
  Fetcher fetcher_;
  std::optional<int> timer_;
};

}  // namespace abj::browser
