// Vaults and windows of their jobs as JavaScript objects; web/src/engine/list_boundary.ts is their TypeScript twin.
#pragma once

#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "browser/value.h"
#include "store/job_view.h"
#include "tracking/vault_tracker.h"

namespace abj::browser {

struct ListView {
  store::JobView view;
  // What JavaScript was given last, and what the table's journal was then: it keeps these rows.
  std::vector<store::RowId> given{};
  std::uint64_t given_at = 0;
};

// A time that came from JavaScript; NaN for none.
std::optional<Instant> instant(double ms);
Value value_of_row(const tracking::VaultTracker& vaults, store::RowId id);
emscripten::val to_value(const tracking::VaultView& view, std::optional<Milliseconds> clock_skew);
// So many rows of a view from `first` on; brings the view up to date.
emscripten::val to_value(ListView& asked, const tracking::VaultTracker& vaults, std::size_t first, std::size_t count, bool hold);

}  // namespace abj::browser
