// An engine of lists that also knows what their vaults protect, why jobs fail, and what there is to watch.
#pragma once

#include <string>
#include <utility>

#include "browser/list_engine.h"
#include "store/causes.h"
#include "store/item_board.h"
#include "tracking/estate_tracker.h"

namespace abj::browser {

class PictureEngine final : public ListEngine {
 public:
  // As Engine's constructor.
  static Engine* make(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, emscripten::val host);

  // Besides what lists follow: the path of all subscriptions follows what there is to watch, Resource Graph's the jobs of all of it, and "cross-region" a vault's
  // jobs in its paired region.
  emscripten::val follow(std::string text, std::string vault) override;
  emscripten::val view(tracking::WatchId watch) override;

  // One of Picture; its shape is in picture_boundary.ts. `words`: what is searched for; of items the first line is that, the second when each day begins
  // (store/item_days.h), and each other one a limit (store/item_limits.h). `from`, `to`, in ms: of causes' jobs, NaN for none; of items, `to` is when the last day ends. `limit` in hours; of cross-region jobs it is the watch.
  static emscripten::val picture(Engine& engine, unsigned which, std::string words, double from, double to, double limit, unsigned first, unsigned count);

 private:
  // Page by page: of a hundred thousand jobs at once the page would notice.
  void was_read() override { index_.refresh(); }

  // picture_boundary.ts has the same numbers.
  enum class Picture : unsigned { items, items_in_trouble, causes, vaults, cross_region, history };

  PictureEngine(tracking::EstateTracker& estate, std::unique_ptr<tracking::Tracker> tracker, double timeout, emscripten::val host)
      : ListEngine(estate, std::move(tracker), timeout, std::move(host)), estate_(estate), index_(estate.table()), board_(estate.table(), index_) {}

  emscripten::val items(const store::BoardQuestion& question, std::size_t first, std::size_t count);
  // `key`: the item's, as items() has it.
  emscripten::val history(const std::string& key, std::size_t count);
  emscripten::val causes(std::optional<Instant> from, std::optional<Instant> to);

  emscripten::val vaults(std::string_view search, std::size_t first, std::size_t count);
  emscripten::val cross_region(double watch, std::size_t first, std::size_t count);

  tracking::EstateTracker& estate_;  // the engine's tracker
  store::ItemIndex index_;
  // What the last board was made of: as long as that is the same, so is the board.
  std::string board_of_;
  store::ItemBoard board_;
  const store::Board* answer_ = nullptr;  // its last answer
  std::uint64_t causes_of_ = ~std::uint64_t{0};  // the table's journal, at the last causes()
};

}  // namespace abj::browser
