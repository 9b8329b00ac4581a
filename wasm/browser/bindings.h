// What both modules bind: following operations and jobs.
#pragma once

#include <emscripten/bind.h>

#include "browser/engine.h"

namespace abj::browser {

inline emscripten::class_<Engine> bind_engine() {
  return emscripten::class_<Engine>("Engine")
      .class_function("endpointError", &Engine::endpoint_error)
      .function("follow", &Engine::follow)
      .function("act", &Engine::act)
      .function("view", &Engine::view)
      .function("saved", &Engine::saved)
      .function("setEnvironment", &Engine::set_environment)
      .function("answerToken", &Engine::answer_token)
      .function("usage", &Engine::usage);
}

}  // namespace abj::browser
