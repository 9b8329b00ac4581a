#include "browser/list_engine.h"

#include <emscripten/html5.h>

#include <algorithm>
#include <utility>

#include "browser/value.h"
#include "model/text.h"

namespace abj::browser {

using emscripten::val;

namespace {

// So long an answer is read before the page may breathe, in ms.
constexpr double long_enough = 8;
constexpr std::size_t large = 256 * 1024;  // bytes

}  // namespace

Engine* ListEngine::make(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, val host) {
  auto tracker = make_tracker<tracking::VaultTracker>(endpoint, seed, floor, ceiling, requests_per_hour);
  auto& vaults = *tracker;
  return new ListEngine(vaults, std::move(tracker), timeout, std::move(host));
}

ListEngine::~ListEngine() {
  if (reading_) emscripten_clear_timeout(*reading_);
}

void ListEngine::arrived(arm::Response&& response) {
  arrived_.push_back(std::make_unique<arm::Response>(std::move(response)));
  if (reading_) return;
  // The browser has had its own work with a large one.
  if (arrived_.back()->body.size() < large) read();
  else read_soon();
}

void ListEngine::read_soon() {
  reading_ = emscripten_set_timeout([](void* engine) { static_cast<ListEngine*>(engine)->read(); }, 0, this);
}

// A long page would keep the main thread for as long as it takes to notice.
void ListEngine::read() {
  reading_.reset();
  const double begin = emscripten_get_now();
  while (!arrived_.empty()) {
    if (emscripten_get_now() > begin + long_enough) return read_soon();
    if (vaults_.read_ahead(*arrived_.front())) continue;
    const auto response = std::move(arrived_.front());
    arrived_.erase(arrived_.begin());
    was_read();
    receive(*response);
  }
}

val ListEngine::follow(std::string text, std::string vault) {
  const auto whole = arm::parse_vault_id(trimmed(text));
  return whole ? begun(vaults_.follow_vault(*whole, now())) : Engine::follow(std::move(text), std::move(vault));
}

val ListEngine::act(tracking::WatchId watch, unsigned action, unsigned which) {
  if (static_cast<Action>(action) != Action::reach_back) return Engine::act(watch, action, which);
  vaults_.reach_back(watch, std::chrono::hours(24 * std::min(which, 3650u)), now());
  pump();
  return val::null();
}

val ListEngine::view(tracking::WatchId watch) {
  const auto view = vaults_.vault_view(watch, now());
  return view ? to_value(*view, vaults_.clock_skew()) : Engine::view(watch);
}

unsigned ListEngine::query(Engine& engine, unsigned id, unsigned states, std::string words, double from, double to, unsigned order, unsigned group) {
  auto& self = static_cast<ListEngine&>(engine);
  store::Query query{.states = states, .from = instant(from), .to = instant(to)};
  std::string_view rest = words;
  for (std::string* word : {&query.operation, &query.type, &query.item, &query.vault, &query.error, &query.search}) {
    const auto end = std::min(rest.find('\n'), rest.size());
    *word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  constexpr auto last = static_cast<unsigned>(store::Column::error);
  query.counts_only = order >= 32;
  query.sort = static_cast<store::Column>(std::min(order % 32 / 2, last));
  query.descending = order % 2 != 0;
  if (group <= last) query.group = static_cast<store::Column>(group);
  self.views_.erase(id);
  if (id == 0) id = ++self.last_view_;
  self.views_.emplace(id, ListView{.view = {self.vaults_.table(), std::move(query)}});
  return id;
}

val ListEngine::rows(Engine& engine, unsigned id, unsigned first, unsigned count, bool hold) {
  auto& self = static_cast<ListEngine&>(engine);
  const auto at = self.views_.find(id);
  if (at == self.views_.end()) return val::null();
  return to_value(at->second, self.vaults_, first, count, hold);
}

void ListEngine::close(Engine& engine, unsigned id) { static_cast<ListEngine&>(engine).views_.erase(id); }

}  // namespace abj::browser
