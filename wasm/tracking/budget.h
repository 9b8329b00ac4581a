// How many requests the service will take: it counts them per subscription and action (AZURE.md §7), and others may share the count.
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include "arm/throttling.h"
#include "model/text.h"
#include "model/time.h"

namespace abj::tracking {

// Every request belongs to one pot. A pot holds a quarter of what the interval allows and refills with the rest over the interval: no
// interval ever sees more than its limit, and there is always a little left for what comes next.
// Until a limit is learned it is 120 an hour (DESIGN.md). A 429's words teach it; so does a header with what remains, where readable.
class Budget {
 public:
  static constexpr double first_limit = 120;
  static constexpr Milliseconds first_interval = std::chrono::hours(1);

  // `limit`: an hour, until another is learned.
  explicit Budget(double limit = first_limit) : first_{.limit = limit, .tokens = std::max(1.0, limit / 4)} {}

  // For pots that the service counts differently from the start: what is said of others' limits teaches nothing there.
  void set_limit(Hash pot, double limit, Milliseconds interval);

  // When a request of this pot may go: now, or later. `spare`: only if at least half of the pot is left.
  Milliseconds free_at(Hash pot, bool spare, Milliseconds now) const;
  void spend(Hash pot, Milliseconds now);
  // The time in which the pot refills by one request.
  Milliseconds interval_of(Hash pot) const;

  // The service has refused a request: nothing more of this pot for as long as it says; and it has named its limit, perhaps.
  void refused(Hash pot, const arm::Throttle& throttle, Milliseconds wait, Milliseconds now);
  // What the service says is left.
  void remaining(Hash pot, double count, Milliseconds now);

  // Requests that the service said were left, less those sent since; nothing where it never said.
  std::optional<double> left(Hash pot) const;
  // Until when the service asked to be left alone.
  Milliseconds refused_until(Hash pot) const;

 private:
  struct Pot {
    double limit = first_limit;
    Milliseconds interval = first_interval;
    double tokens = first_limit / 4;
    Milliseconds at{};  // when `tokens` was right
    Milliseconds not_before{};
    std::optional<double> left{};
    bool is_fixed = false;

    // What may go at once: more of a pot that refills within seconds.
    double size() const { return std::max(1.0, limit * (is_fixed ? 0.6 : 0.25)); }
    double per_ms() const { return std::max(limit - size(), limit * 0.4) / static_cast<double>(interval.count()); }
    void refill(Milliseconds now);
  };
  Pot& pot(Hash pot, Milliseconds now);
  Pot pot_at(Hash pot, Milliseconds now) const;
  Pot first_;
  std::map<Hash, Pot> pots_;
};

}  // namespace abj::tracking
