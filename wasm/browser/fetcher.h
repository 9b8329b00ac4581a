// Sends requests through emscripten_fetch and hands back what came, token left behind.
#pragma once

#include <emscripten/fetch.h>
#include <emscripten/val.h>

#include <map>
#include <optional>
#include <string>

#include "arm/exchange.h"

namespace abj::browser {

class Fetcher {
 public:
  using OnResponse = void (*)(void* owner, arm::Response&& response);

  // `timeout` is the longest wait for a whole answer.
  Fetcher(Milliseconds timeout, OnResponse on_response, void* owner) : timeout_(timeout), on_response_(on_response), owner_(owner) {}
  ~Fetcher() { abort_all(); }
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Keeps a request until its token comes.
  void keep(arm::Request&& request);
  // Whether it is still waiting for its token.
  bool awaits_token(arm::RequestId request) const;

  // Sends a kept request with the token, a JavaScript string; nothing returned means that it is on its way and OnResponse will be called, later.
  // Else how it ended at once: token_invalid, and nothing sent, where the token cannot be a header's value; network_failed.
  // Every copy of the token in this heap is gone when this returns.
  std::optional<arm::Response::Outcome> send(arm::RequestId request, const emscripten::val& token);

  // No answer to this request is wanted any more. Unknown ids are fine.
  void abort(arm::RequestId request);
  void abort_all();

  std::size_t in_flight() const { return flights_.size(); }

 private:
  struct Flight {
    arm::Request request;
    emscripten_fetch_t* fetch = nullptr;  // none while the token is awaited
    double started = 0;                   // performance.now(), ms
  };
  struct Ticket {
    Fetcher* fetcher;
    arm::RequestId request;
  };

  static void on_done(emscripten_fetch_t* fetch);
  void finish(arm::RequestId request, emscripten_fetch_t* fetch);

  Milliseconds timeout_;
  OnResponse on_response_;
  void* owner_;
  std::map<arm::RequestId, Flight> flights_;
  bool failed_in_send_ = false;
};

}  // namespace abj::browser
