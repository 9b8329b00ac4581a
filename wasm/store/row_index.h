// Where rows are, by a hash of theirs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/text.h"

namespace abj::store {

using RowId = std::uint32_t;

// Rows may have the same hash, and a row more than one over time: which one is meant, the caller sees. In parts, each of which grows by itself: to make all
// places anew at once would take too long where there are very many.
class RowIndex {
 public:
  // The row's own hash, when its part has to grow; what else it had is forgotten then.
  using HashOf = Hash (*)(const void* table, RowId row);

  void add(Hash hash, RowId row, HashOf hash_of, const void* table) {
    Part& part = parts_[part_of(hash)];
    if ((part.count + 1) * 4 > part.slots.size() * 3) {
      std::vector<RowId> before(part.slots.empty() ? 16 : part.slots.size() * 2);
      before.swap(part.slots);
      part.count = 0;
      for (const RowId known : before)
        if (known != 0)
          if (const Hash its = hash_of(table, known - 1); part_of(its) == part_of(hash)) put(part, its, known - 1);
    }
    put(part, hash, row);
  }

  // Of the rows that may have the hash the first that `is`.
  template <class Is>
  std::optional<RowId> find(Hash hash, Is is) const {
    const auto& slots = parts_[part_of(hash)].slots;
    const std::size_t mask = slots.size() - 1;
    if (!slots.empty())
      for (std::size_t slot = static_cast<std::size_t>(hash) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        if (is(slots[slot] - 1)) return slots[slot] - 1;
    return {};
  }

  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const Part& part : parts_) sum += part.slots.capacity() * sizeof(RowId);
    return sum;
  }

 private:
  struct Part {
    std::vector<RowId> slots;  // open addressing; the row's number plus one, 0: free
    std::size_t count = 0;     // of slots that are taken
  };

  static std::size_t part_of(Hash hash) { return static_cast<std::size_t>(hash >> 60); }
  static void put(Part& part, Hash hash, RowId row) {
    const std::size_t mask = part.slots.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (part.slots[slot] != 0 && part.slots[slot] != row + 1) slot = (slot + 1) & mask;
    part.count += part.slots[slot] == 0;
    part.slots[slot] = row + 1;
  }

  std::array<Part, 16> parts_;
};

}  // namespace abj::store
