// The model's values as JavaScript objects; their TypeScript twin is web/src/engine/boundary.ts, held to this by a test.
#pragma once

#include <emscripten/val.h>

#include "model/error.h"
#include "tracking/tracker.h"

namespace abj::browser {

emscripten::val to_value(const Error& error);
emscripten::val to_value(const tracking::WatchView& view, std::optional<Milliseconds> clock_skew);

}  // namespace abj::browser
