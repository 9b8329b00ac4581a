// Failed jobs by what they failed of: fix one cause, clear twenty failures.
#pragma once

#include <optional>
#include <vector>

#include "store/item_index.h"

namespace abj::store {

struct Cause {
  struct Item {
    RowId job;  // the newest of its failures
    bool has_recovered;
  };
  TextId code = 0;  // of the first error; empty where there is none
  std::size_t jobs = 0;
  std::optional<Instant> first{}, last{};  // starts
  RowId sample = 0;                    // the newest
  std::vector<Item> items{};           // those that have not recovered first, and then the newest failure first
  std::size_t failing = 0;             // items on which no run of the same operation has succeeded since
};

// Of jobs that began between these. What most items still suffer from comes first. `index` is up to date.
std::vector<Cause> causes(const JobTable& table, const ItemIndex& index, std::optional<Instant> from, std::optional<Instant> to);

}  // namespace abj::store
