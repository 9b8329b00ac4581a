// An engine that follows whole vaults, and answers questions about all their jobs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "browser/engine.h"
#include "browser/list_value.h"
#include "store/job_view.h"
#include "tracking/vault_tracker.h"

namespace abj::browser {

class ListEngine : public Engine {
 public:
  ~ListEngine() override;

  // As Engine's constructor.
  static Engine* make(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, emscripten::val host);

  // A vault's resource id begins a watch of the whole vault.
  emscripten::val follow(std::string text, std::string vault) override;
  emscripten::val act(tracking::WatchId watch, unsigned action, unsigned which) override;
  emscripten::val view(tracking::WatchId watch) override;

  // Opens a view of the jobs, or (where `id` is one) asks it something else. `states`: a bit for each JobState, in its order; `words`: operation, type,
  // item, vault, error code and search, one a line; `from` and `to` in ms, NaN for none; `order`: twice the Column, one for descending, and 32 where no rows are wanted; `group`: a
  // Column, or any larger number for none. → its id.
  static unsigned query(Engine& engine, unsigned id, unsigned states, std::string words, double from, double to, unsigned order, unsigned group);
  // So many rows of a view from `first` on, with what is known of all: list_boundary.ts has its shape. `hold`: as JobView::refresh.
  static emscripten::val rows(Engine& engine, unsigned id, unsigned first, unsigned count, bool hold);
  static void close(Engine& engine, unsigned id);

 protected:
  ListEngine(tracking::VaultTracker& vaults, std::unique_ptr<tracking::Tracker> tracker, double timeout, emscripten::val host)
      : Engine(std::move(tracker), timeout, std::move(host)), vaults_(vaults) {}

  // What can be read ahead of an answer is in the table.
  virtual void was_read() {}

 private:
  void arrived(arm::Response&& response) override;
  void read();
  void read_soon();

  tracking::VaultTracker& vaults_;  // the engine's tracker
  std::vector<std::unique_ptr<arm::Response>> arrived_;  // not read to their ends
  std::optional<int> reading_;                           // the timer, while there are any
  std::map<unsigned, ListView> views_;
  unsigned last_view_ = 0;
};

}  // namespace abj::browser
