#include "tracking/budget.h"

#include <algorithm>

namespace abj::tracking {

void Budget::Pot::refill(Milliseconds now) {
  if (now < at) return;
  tokens = std::min(size(), tokens + per_ms() * static_cast<double>((now - at).count()));
  at = now;
}

Budget::Pot Budget::pot_at(Hash name, Milliseconds now) const {
  const auto found = pots_.find(name);
  if (found == pots_.end()) return first_;
  Pot pot = found->second;
  pot.refill(now);
  return pot;
}

Budget::Pot& Budget::pot(Hash name, Milliseconds now) {
  const auto [at, is_new] = pots_.try_emplace(name, first_);
  if (is_new) at->second.at = now;
  at->second.refill(now);
  return at->second;
}

Milliseconds Budget::free_at(Hash name, bool spare, Milliseconds now) const {
  const Pot pot = pot_at(name, now);
  const double missing = (spare ? std::max(1.0, pot.size() / 2) : 1.0) - pot.tokens;
  Milliseconds free = now;
  if (missing > 0) free += Milliseconds(static_cast<std::int64_t>(missing / pot.per_ms()) + 1);
  return std::max(free, pot.not_before);
}

void Budget::set_limit(Hash name, double limit, Milliseconds interval) {
  const auto [at, is_new] = pots_.try_emplace(name);
  if (is_new) at->second.is_fixed = true, at->second.limit = limit, at->second.interval = interval, at->second.tokens = at->second.size();
}

void Budget::spend(Hash name, Milliseconds now) {
  Pot& pot = this->pot(name, now);
  pot.tokens -= 1;
  if (pot.left) *pot.left -= 1;
}

Milliseconds Budget::interval_of(Hash name) const {
  return Milliseconds(static_cast<std::int64_t>(1 / pot_at(name, Milliseconds(0)).per_ms()));
}

void Budget::refused(Hash name, const arm::Throttle& throttle, Milliseconds wait, Milliseconds now) {
  Pot& pot = this->pot(name, now);
  if (!pot.is_fixed && throttle.limit && *throttle.limit > 0) pot.limit = *throttle.limit;
  if (!pot.is_fixed && throttle.interval && *throttle.interval > Milliseconds(0)) pot.interval = *throttle.interval;
  pot.tokens = std::min(pot.tokens, 1.0);
  pot.not_before = std::max(pot.not_before, now + wait);
  pot.left.reset();
}

void Budget::remaining(Hash name, double count, Milliseconds now) {
  Pot& pot = this->pot(name, now);
  if (pot.is_fixed) return;
  pot.left = count;
  // What is left is never more than the limit; whether it is the whole limit cannot be told.
  pot.limit = std::max(pot.limit, count);
  pot.tokens = std::min(pot.tokens, std::max(count, 0.0));
}

std::optional<double> Budget::left(Hash name) const {
  const auto pot = pots_.find(name);
  return pot == pots_.end() ? std::nullopt : pot->second.left;
}

Milliseconds Budget::refused_until(Hash name) const {
  const auto pot = pots_.find(name);
  return pot == pots_.end() ? Milliseconds(0) : pot->second.not_before;
}

}  // namespace abj::tracking
