// Sends requests through emscripten_fetch and hands back what came, token left behind.
#pragma once

#include <emscripten/fetch.h>
#include <emscripten/val.h>

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "arm/exchange.h"

namespace abj::browser {

class Fetcher {
 public:
  using OnResponse = std::function<void(arm::Response)>;

  // `timeout` is the longest wait for a whole answer.
  Fetcher(Milliseconds timeout, OnResponse on_response) : timeout_(timeout), on_response_(std::move(on_response)) {}
  ~Fetcher() { abort_all(); }
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Sends the request with the token, a JavaScript string; nothing returned means that it is on its way and OnResponse will be called, later.
  // Else how it ended at once: token_invalid, and nothing sent, where the token cannot be a header's value; network_failed.
  // Every copy of the token in this heap is gone when this returns.
  std::optional<arm::Response::Outcome> send(const arm::Request& request, const emscripten::val& token);

  // No answer to this request is wanted any more. Unknown ids are fine.
  void abort(arm::RequestId request);
  void abort_all();

  std::size_t in_flight() const { return flights_.size(); }

 private:
  struct Flight {
    emscripten_fetch_t* fetch;
    double started;  // performance.now(), ms
  };
  struct Ticket {
    Fetcher* fetcher;
    arm::RequestId request;
  };

  static void on_done(emscripten_fetch_t* fetch);
  void finish(arm::RequestId request, emscripten_fetch_t* fetch);

  Milliseconds timeout_;
  OnResponse on_response_;
  std::map<arm::RequestId, Flight> flights_;
  bool failed_in_send_ = false;
};

}  // namespace abj::browser
