// The module of the elements: it keeps all jobs of whole vaults, too.
#include "browser/bindings.h"
#include "browser/list_engine.h"

EMSCRIPTEN_BINDINGS(azure_backup_jobs) {
  using abj::browser::Engine;
  using abj::browser::ListEngine;
  abj::browser::bind_engine()
      .constructor(&ListEngine::make)
      .function("query", &ListEngine::query)
      .function("rows", &ListEngine::rows)
      .function("close", &ListEngine::close);
}
