#include "browser/engine.h"

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

}  // namespace

// The host's two methods.
EM_JS(void, abj_request_token, (emscripten::EM_VAL host, unsigned request, const char* claims, int force_refresh), {
  Emval.toValue(host).requestToken(request, UTF8ToString(claims), force_refresh > 0);
});
EM_JS(void, abj_changed, (emscripten::EM_VAL host, unsigned watch), { Emval.toValue(host).changed(watch); });

Now Engine::now() {
  return {Milliseconds(static_cast<std::int64_t>(emscripten_get_now())), Milliseconds(static_cast<std::int64_t>(emscripten_date_now()))};
}

// A checked endpoint; where it cannot be used after all, one that nothing is on.
arm::Endpoint Engine::endpoint_of(std::string_view text) {
  auto endpoint = arm::parse_endpoint(text);
  return endpoint ? std::move(*endpoint) : arm::Endpoint{"https://invalid.invalid"};
}

Engine::Engine(std::unique_ptr<tracking::Tracker> tracker, double timeout, val host)
    : host_(std::move(host)), tracker_(std::move(tracker)), fetcher_(milliseconds(timeout), &Engine::on_response, this) {}

Engine::Engine(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, val host)
    : Engine(make_tracker<tracking::Tracker>(endpoint, seed, floor, ceiling, requests_per_hour), timeout, std::move(host)) {}

Engine::~Engine() {
  if (timer_) emscripten_clear_timeout(*timer_);
}

val Engine::endpoint_error(std::string endpoint) {
  const auto parsed = arm::parse_endpoint(endpoint);
  return parsed ? val::null() : to_value(parsed.error());
}

val Engine::follow(std::string text, std::string vault) {
  auto start = tracking::parse_start(tracker_->endpoint(), text, vault);
  return start ? begun(tracker_->follow(std::move(*start), now())) : to_value(start.error());
}

val Engine::begun(tracking::WatchId watch) {
  Value result = Value::object();
  result.number("watch", watch);
  pump();
  return result.take();
}

val Engine::act(tracking::WatchId watch, unsigned action, unsigned which) {
  std::optional<Error> error;
  switch (static_cast<Action>(action)) {
    case Action::unfollow: tracker_->unfollow(watch); break;
    case Action::refresh: tracker_->refresh(watch, now()); break;
    case Action::cancel: error = tracker_->cancel(watch, which, now()); break;
    case Action::reach_back: break;  // only whole vaults have a past
    default: tracker_->set_attention(watch, static_cast<tracking::Attention>(std::min(action, 2u)), now());
  }
  pump();
  return error ? to_value(*error) : val::null();
}

val Engine::view(tracking::WatchId watch) {
  const auto view = tracker_->view(watch, now());
  return view ? to_value(*view, tracker_->clock_skew()) : val::null();
}

void Engine::set_environment(bool visible, bool online) {
  tracker_->set_environment({visible, online}, now());
  pump();
}

val Engine::saved() {
  Value result = Value::array();
  for (const auto& watch : tracker_->saved()) {
    Value one = Value::object();
    one.text("text", watch.text);
    one.text("vault", watch.vault);
    result.put(nullptr, one);
  }
  return result.take();
}

void Engine::answer_token(arm::RequestId id, val token, std::string reason) {
  if (!fetcher_.awaits_token(id)) return;  // aborted meanwhile
  arm::Response::Outcome outcome = arm::Response::Outcome::token_failed;
  if (!reason.empty()) {
    fetcher_.abort(id);
  } else if (const auto ended = fetcher_.send(id, token)) {
    outcome = *ended;
  } else {
    tracker_->sent(id);
    return pump();
  }
  receive({.id = id, .outcome = outcome, .detail = std::move(reason)});
}

val Engine::usage() {
  Value result = Value::object();
  result.number("feeds", static_cast<double>(tracker_->feed_count()));
  result.number("jobs", static_cast<double>(tracker_->store().size()));
  result.number("requests", static_cast<double>(fetcher_.in_flight()));
  result.boolean("timer", timer_.has_value());
  return result.take();
}

void Engine::on_timer(void* engine) {
  auto* self = static_cast<Engine*>(engine);
  self->timer_.reset();
  self->pump();
}

void Engine::on_response(void* engine, arm::Response&& response) { static_cast<Engine*>(engine)->arrived(std::move(response)); }

void Engine::receive(const arm::Response& response) {
  tracker_->receive(response, now());
  pump();
}

// Does what the tracker says is to be done now, and sleeps until it next has something to do.
void Engine::pump() {
  const Now at = now();
  tracking::Step step = tracker_->step(at);
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
