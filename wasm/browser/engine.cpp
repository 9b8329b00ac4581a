#include "browser/engine.h"

#include <emscripten/bind.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <utility>

#include "browser/to_value.h"

namespace abj::browser {
namespace {

using emscripten::val;

// Timers of over 2^31 ms fire at once; nothing here needs to sleep longer than this anyway.
constexpr double longest_sleep = 3'600'000;

Now now() {
  return {Milliseconds(static_cast<std::int64_t>(emscripten_get_now())), Milliseconds(static_cast<std::int64_t>(emscripten_date_now()))};
}

// A checked endpoint; where it cannot be used after all, one that nothing is on.
arm::Endpoint endpoint_of(const val& options) {
  auto endpoint = arm::parse_endpoint(options["endpoint"].as<std::string>());
  return endpoint ? std::move(*endpoint) : arm::Endpoint{"https://invalid.invalid"};
}

Milliseconds milliseconds_of(const val& options, const char* name) { return Milliseconds(static_cast<std::int64_t>(options[name].as<double>())); }

}  // namespace

Engine::Engine(val options, val host)
    : host_(std::move(host)),
      tracker_(endpoint_of(options), tracking::make_backoff_schedule({milliseconds_of(options, "floor"), milliseconds_of(options, "ceiling")}), static_cast<std::uint64_t>(options["seed"].as<double>())),
      fetcher_(milliseconds_of(options, "timeout"), [this](arm::Response response) { receive(std::move(response)); }) {}

Engine::~Engine() {
  if (timer_) emscripten_clear_timeout(*timer_);
}

val Engine::endpoint_error(std::string endpoint) {
  const auto parsed = arm::parse_endpoint(endpoint);
  return parsed ? val::null() : to_value(parsed.error());
}

val Engine::follow(std::string text, std::string vault) {
  val result = val::object();
  auto start = tracking::parse_start(tracker_.endpoint(), text, vault);
  if (!start) {
    result.set("error", to_value(start.error()));
    return result;
  }
  result.set("watch", tracker_.follow(std::move(*start), now()));
  pump();
  return result;
}

void Engine::unfollow(tracking::WatchId watch) {
  tracker_.unfollow(watch);
  pump();
}

void Engine::refresh(tracking::WatchId watch) {
  tracker_.refresh(watch, now());
  pump();
}

val Engine::view(tracking::WatchId watch) {
  const auto view = tracker_.view(watch, now());
  return view ? to_value(*view) : val::null();
}

void Engine::set_environment(bool visible, bool online) {
  tracker_.set_environment({visible, online}, now());
  pump();
}

void Engine::provide_token(arm::RequestId id, val token) {
  const auto at = awaiting_token_.find(id);
  if (at == awaiting_token_.end()) return;  // aborted meanwhile
  const arm::Request request = std::move(at->second);
  awaiting_token_.erase(at);
  if (const auto outcome = fetcher_.send(request, token)) return receive({.id = id, .outcome = *outcome});
  tracker_.sent(id);
  pump();
}

void Engine::refuse_token(arm::RequestId id, std::string reason) {
  if (awaiting_token_.erase(id) == 0) return;
  receive({.id = id, .outcome = arm::Response::Outcome::token_failed, .detail = std::move(reason)});
}

val Engine::usage() {
  val result = val::object();
  result.set("feeds", tracker_.feed_count());
  result.set("jobs", tracker_.store().size());
  result.set("requests", fetcher_.in_flight() + awaiting_token_.size());
  result.set("timer", timer_.has_value());
  return result;
}

void Engine::on_timer(void* engine) {
  auto* self = static_cast<Engine*>(engine);
  self->timer_.reset();
  self->pump();
}

void Engine::receive(arm::Response response) {
  tracker_.receive(response, now());
  pump();
}

// Does what the tracker says is to be done now, and sleeps until it next has something to do.
void Engine::pump() {
  const Now at = now();
  tracking::Step step = tracker_.step(at);
  for (const auto id : step.abort) {
    awaiting_token_.erase(id);
    fetcher_.abort(id);
  }
  for (auto& request : step.send) {
    const auto id = request.id;
    const auto claims = request.claims;
    const bool force_refresh = request.force_refresh;
    awaiting_token_.emplace(id, std::move(request));
    host_.call<void>("requestToken", id, claims, force_refresh);
  }
  if (timer_) emscripten_clear_timeout(*timer_);
  timer_.reset();
  if (step.wake) {
    const double delay = std::clamp(static_cast<double>((*step.wake - at.monotonic).count()) + 1, 1.0, longest_sleep);
    timer_ = static_cast<int>(emscripten_set_timeout(&Engine::on_timer, delay, this));
  }
  for (const auto watch : step.changed) host_.call<void>("changed", watch);
}

}  // namespace abj::browser

EMSCRIPTEN_BINDINGS(azure_backup_jobs) {
  using abj::browser::Engine;
  emscripten::class_<Engine>("Engine")
      .constructor<emscripten::val, emscripten::val>()
      .class_function("endpointError", &Engine::endpoint_error)
      .function("follow", &Engine::follow)
      .function("unfollow", &Engine::unfollow)
      .function("refresh", &Engine::refresh)
      .function("view", &Engine::view)
      .function("setEnvironment", &Engine::set_environment)
      .function("provideToken", &Engine::provide_token)
      .function("refuseToken", &Engine::refuse_token)
      .function("usage", &Engine::usage);
}
