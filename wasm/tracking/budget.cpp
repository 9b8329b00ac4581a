#include "tracking/budget.h"

#include <algorithm>

namespace abj::tracking {

void Budget::Pot::refill(Milliseconds now) {
  if (now < at) return;
  tokens = std::min(size(), tokens + per_ms() * static_cast<double>((now - at).count()));
  at = now;
}

Budget::Pot Budget::pot_at(const std::string& name, Milliseconds now) const {
  const auto found = pots_.find(name);
  if (found == pots_.end()) return {};
  Pot pot = found->second;
  pot.refill(now);
  return pot;
}

Milliseconds Budget::free_at(const std::string& name, bool spare, Milliseconds now) const {
  const Pot pot = pot_at(name, now);
  const double missing = (spare ? std::max(1.0, pot.size() / 2) : 1.0) - pot.tokens;
  Milliseconds free = now;
  if (missing > 0) free += Milliseconds(static_cast<std::int64_t>(missing / pot.per_ms()) + 1);
  return std::max(free, pot.not_before);
}

void Budget::spend(const std::string& name, Milliseconds now) {
  Pot& pot = pots_.try_emplace(name, Pot{.at = now}).first->second;
  pot.refill(now);
  pot.tokens -= 1;
  if (pot.left) *pot.left -= 1;
}

Milliseconds Budget::interval_of(const std::string& name) const {
  return Milliseconds(static_cast<std::int64_t>(1 / pot_at(name, Milliseconds(0)).per_ms()));
}

void Budget::refused(const std::string& name, const arm::Throttle& throttle, Milliseconds wait, Milliseconds now) {
  Pot& pot = pots_.try_emplace(name, Pot{.at = now}).first->second;
  pot.refill(now);
  if (throttle.limit && *throttle.limit > 0) pot.limit = *throttle.limit;
  if (throttle.interval && *throttle.interval > Milliseconds(0)) pot.interval = *throttle.interval;
  pot.tokens = std::min(pot.tokens, 1.0);
  pot.not_before = std::max(pot.not_before, now + wait);
  pot.left.reset();
}

void Budget::remaining(const std::string& name, double count, Milliseconds now) {
  Pot& pot = pots_.try_emplace(name, Pot{.at = now}).first->second;
  pot.refill(now);
  pot.left = count;
  // What is left is never more than the limit; whether it is the whole limit cannot be told.
  pot.limit = std::max(pot.limit, count);
  pot.tokens = std::min(pot.tokens, std::max(count, 0.0));
}

std::optional<double> Budget::left(const std::string& name) const {
  const auto pot = pots_.find(name);
  return pot == pots_.end() ? std::nullopt : pot->second.left;
}

Milliseconds Budget::refused_until(const std::string& name) const {
  const auto pot = pots_.find(name);
  return pot == pots_.end() ? Milliseconds(0) : pot->second.not_before;
}

}  // namespace abj::tracking
