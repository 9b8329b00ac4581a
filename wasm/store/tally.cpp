#include "store/tally.h"

#include <algorithm>

#include "store/job_table.h"

namespace abj::store {

std::int32_t day_of(std::int64_t ticks) { return static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(Duration(ticks)).count()); }

// The day's slot, or the free one where it would be.
std::size_t Tally::slot_of(TextId vault, TextId item, std::int32_t day) const {
  const std::uint64_t key = (std::uint64_t{vault} << 40 ^ std::uint64_t{item} << 16 ^ static_cast<std::uint32_t>(day)) * 0x9E3779B97F4A7C15u;
  const std::size_t mask = days_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(key >> 32) & mask;
  while (days_[slot].day != DayTally::no_day && (days_[slot].day != day || days_[slot].item != item || days_[slot].vault != vault)) slot = (slot + 1) & mask;
  return slot;
}

const DayTally* Tally::on_day(TextId vault, TextId item, std::int32_t day) const {
  if (days_.empty()) return nullptr;
  const DayTally& found = days_[slot_of(vault, item, day)];
  return found.day == day ? &found : nullptr;
}

void Tally::count(const Row& row, int by) {
  if (row.errors != 0) {
    if (errors_.size() <= row.error_code) errors_.resize(row.error_code + 1);
    errors_[row.error_code] += static_cast<std::uint32_t>(by);
  }
  if (row.start == Row::no_time) return;
  if (day_count_ * 3 >= days_.size() * 2) {
    std::vector<DayTally> before(std::max<std::size_t>(64, days_.size() * 2));
    before.swap(days_);
    for (const DayTally& day : before)
      if (day.day != DayTally::no_day) days_[slot_of(day.vault, day.item, day.day)] = day;
  }
  const std::int32_t day = day_of(row.start);
  DayTally& found = days_[slot_of(row.vault, row.item, day)];
  if (found.day == DayTally::no_day) ++day_count_, found = {row.vault, row.item, day};
  auto& states = found.states[static_cast<std::size_t>(row.state)];
  states = static_cast<std::uint16_t>(states + by);
}

}  // namespace abj::store
