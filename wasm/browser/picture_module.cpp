// The module of the static page, and of whoever shows items and failures: it knows what vaults protect, too.
#include "browser/bindings.h"
#include "browser/picture_engine.h"

EMSCRIPTEN_BINDINGS(azure_backup_jobs) {
  using abj::browser::ListEngine;
  using abj::browser::PictureEngine;
  abj::browser::bind_engine()
      .constructor(&PictureEngine::make)
      .function("query", &ListEngine::query)
      .function("rows", &ListEngine::rows)
      .function("close", &ListEngine::close)
      .function("picture", &PictureEngine::picture);
}
