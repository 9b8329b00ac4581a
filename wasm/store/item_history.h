// What earlier backups of one item came to, and how long they usually take.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "model/text.h"
#include "store/item_index.h"

namespace abj::store {

// Most of the good backups took from `low` to `high`.
struct Usual {
  Duration low, high, median;
};

// Of backups of the same operation as the last one that ended, itself left out: full ones take longer than the others. Nothing where too few are known.
std::optional<Usual> usual_of(const JobTable& table, const ItemIndex& index, const Runs& runs);

// Its backups in the table, the newest first.
std::vector<RowId> backups_of(const ItemIndex& index, const Runs& runs);

// What jobs' details told of their sizes: lists do not, and none is read for it.
class Sizes {
 public:
  void note(std::string_view vault, std::string_view job, double bytes) { bytes_[key_of(vault, job)] = bytes; }
  std::optional<double> find(std::string_view vault, std::string_view job) const {
    const auto at = bytes_.find(key_of(vault, job));
    return at == bytes_.end() ? std::nullopt : std::optional(at->second);
  }
  void clear() { bytes_.clear(); }

 private:
  static Hash key_of(std::string_view vault, std::string_view job) { return hash_ignoring_case(job, hash_of(vault)); }

  std::map<Hash, double> bytes_;
};

}  // namespace abj::store
