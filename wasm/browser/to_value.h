// The model's values as JavaScript objects; their TypeScript twin is web/src/engine/boundary.ts, held to this by a test.
#pragma once

#include <emscripten/val.h>

#include "browser/value.h"
#include "model/error.h"
#include "model/job.h"
#include "tracking/tracker.h"

namespace abj::browser {

emscripten::val to_value(const Error& error);
emscripten::val to_value(const tracking::WatchView& view, std::optional<Milliseconds> clock_skew);

// Their parts, for other views.
Value value_of(const Job& job);
Value value_of(const arm::VaultId& vault);
Value value_of(const Error& error);
Value value_of(const tracking::ContactView& contact);
void put_forecast(Value& into, const std::optional<tracking::Forecast>& forecast);
// Times are milliseconds, with the service's finer digits as a fraction; NaN for none.
double number_of(std::optional<Instant> value);
double number_of(std::optional<Milliseconds> value);

}  // namespace abj::browser
