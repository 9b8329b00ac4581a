// Vaults and windows of their jobs as JavaScript objects; web/src/engine/list_boundary.ts is their TypeScript twin.
#pragma once

#include <emscripten/val.h>

#include <cstddef>

#include "store/job_view.h"
#include "tracking/vault_tracker.h"

namespace abj::browser {

emscripten::val to_value(const tracking::VaultView& view, std::optional<Milliseconds> clock_skew);
// So many rows of a view from `first` on; brings the view up to date.
emscripten::val to_value(store::JobView& view, const tracking::VaultTracker& vaults, std::size_t first, std::size_t count, bool hold);

}  // namespace abj::browser
