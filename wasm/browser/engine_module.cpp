// The module of the headless API: it follows operations and jobs.
#include "browser/bindings.h"

EMSCRIPTEN_BINDINGS(azure_backup_jobs) {
  abj::browser::bind_engine().constructor<std::string, double, double, double, double, double, emscripten::val>();
}
