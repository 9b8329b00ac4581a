#include "browser/engine.h"

#include <emscripten/bind.h>
#include <emscripten/em_js.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <utility>

#include "browser/to_value.h"
#include "browser/value.h"

namespace abj::browser {
namespace {

using emscripten::val;

// Timers of over 2^31 ms fire at once; nothing here needs to sleep longer than this anyway.
constexpr double longest_sleep = 3'600'000;

Now now() {
  return {Milliseconds(static_cast<std::int64_t>(emscripten_get_now())), Milliseconds(static_cast<std::int64_t>(emscripten_date_now()))};
}

// A checked endpoint; where it cannot be used after all, one that nothing is on.
arm::Endpoint endpoint_of(std::string_view text) {
  auto endpoint = arm::parse_endpoint(text);
  return endpoint ? std::move(*endpoint) : arm::Endpoint{"https://invalid.invalid"};
}

Milliseconds milliseconds(double value) { return Milliseconds(static_cast<std::int64_t>(value)); }

}  // namespace

// The host's two methods.
EM_JS(void, abj_request_token, (emscripten::EM_VAL host, unsigned request, const char* claims, int force_refresh), {
  Emval.toValue(host).requestToken(request, UTF8ToString(claims), force_refresh > 0);
});
EM_JS(void, abj_changed, (emscripten::EM_VAL host, unsigned watch), { Emval.toValue(host).changed(watch); });

Engine::Engine(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, val host)
    : host_(std::move(host)),
      tracker_(endpoint_of(endpoint), tracking::make_adaptive_schedule({milliseconds(floor), milliseconds(ceiling)}), static_cast<std::uint64_t>(seed), requests_per_hour),
      fetcher_(milliseconds(timeout), &Engine::on_response, this) {}

Engine::~Engine() {
  if (timer_) emscripten_clear_timeout(*timer_);
}

val Engine::endpoint_error(std::string endpoint) {
  const auto parsed = arm::parse_endpoint(endpoint);
  return parsed ? val::null() : to_value(parsed.error());
}

val Engine::follow(std::string text, std::string vault) {
  auto start = tracking::parse_start(tracker_.endpoint(), text, vault);
  if (!start) return to_value(start.error());
  Value result = Value::object();
  result.number("watch", tracker_.follow(std::move(*start), now()));
  pump();
  return result.take();
}

void Engine::unfollow(tracking::WatchId watch) {
  tracker_.unfollow(watch);
  pump();
}

void Engine::refresh(tracking::WatchId watch) {
  tracker_.refresh(watch, now());
  pump();
}

val Engine::cancel(tracking::WatchId watch, unsigned job) {
  const auto error = tracker_.cancel(watch, job, now());
  pump();
  return error ? to_value(*error) : val::null();
}

val Engine::view(tracking::WatchId watch) {
  const auto view = tracker_.view(watch, now());
  return view ? to_value(*view, tracker_.clock_skew()) : val::null();
}

void Engine::set_environment(bool visible, bool online) {
  tracker_.set_environment({visible, online}, now());
  pump();
}

void Engine::set_attention(tracking::WatchId watch, unsigned attention) {
  tracker_.set_attention(watch, static_cast<tracking::Attention>(std::min(attention, 2u)), now());
  pump();
}

val Engine::saved() {
  Value result = Value::array();
  for (const auto& watch : tracker_.saved()) {
    Value one = Value::object();
    one.text("text", watch.text);
    one.text("vault", watch.vault);
    result.put(nullptr, one);
  }
  return result.take();
}

void Engine::provide_token(arm::RequestId id, val token) {
  if (!fetcher_.awaits_token(id)) return;  // aborted meanwhile
  if (const auto outcome = fetcher_.send(id, token)) return receive({.id = id, .outcome = *outcome});
  tracker_.sent(id);
  pump();
}

void Engine::refuse_token(arm::RequestId id, std::string reason) {
  if (!fetcher_.awaits_token(id)) return;
  fetcher_.abort(id);
  receive({.id = id, .outcome = arm::Response::Outcome::token_failed, .detail = std::move(reason)});
}

val Engine::usage() {
  Value result = Value::object();
  result.number("feeds", static_cast<double>(tracker_.feed_count()));
  result.number("jobs", static_cast<double>(tracker_.store().size()));
  result.number("requests", static_cast<double>(fetcher_.in_flight()));
  result.boolean("timer", timer_.has_value());
  return result.take();
}

void Engine::on_timer(void* engine) {
  auto* self = static_cast<Engine*>(engine);
  self->timer_.reset();
  self->pump();
}

void Engine::on_response(void* engine, arm::Response&& response) { static_cast<Engine*>(engine)->receive(response); }

void Engine::receive(const arm::Response& response) {
  tracker_.receive(response, now());
  pump();
}

// Does what the tracker says is to be done now, and sleeps until it next has something to do.
void Engine::pump() {
  const Now at = now();
  tracking::Step step = tracker_.step(at);
  for (const auto id : step.abort) {
    fetcher_.abort(id);
  }
  for (auto& request : step.send) {
    const auto id = request.id;
    const auto claims = request.claims;
    const bool force_refresh = request.force_refresh;
    fetcher_.keep(std::move(request));
    abj_request_token(host_.as_handle(), id, claims.c_str(), force_refresh);
  }
  if (timer_) emscripten_clear_timeout(*timer_);
  timer_.reset();
  if (step.wake) {
    const double delay = std::clamp(static_cast<double>((*step.wake - at.monotonic).count()) + 1, 1.0, longest_sleep);
    timer_ = static_cast<int>(emscripten_set_timeout(&Engine::on_timer, delay, this));
  }
  for (const auto watch : step.changed) abj_changed(host_.as_handle(), watch);
}

}  // namespace abj::browser

EMSCRIPTEN_BINDINGS(azure_backup_jobs) {
  using abj::browser::Engine;
  emscripten::class_<Engine>("Engine")
      .constructor<std::string, double, double, double, double, double, emscripten::val>()
      .class_function("endpointError", &Engine::endpoint_error)
      .function("follow", &Engine::follow)
      .function("unfollow", &Engine::unfollow)
      .function("refresh", &Engine::refresh)
      .function("cancel", &Engine::cancel)
      .function("view", &Engine::view)
      .function("setAttention", &Engine::set_attention)
      .function("saved", &Engine::saved)
      .function("setEnvironment", &Engine::set_environment)
      .function("provideToken", &Engine::provide_token)
      .function("refuseToken", &Engine::refuse_token)
      .function("usage", &Engine::usage);
}
