// How long an item may be without a good backup: one limit for all, and others for kinds of items and for sorts of backups.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/time.h"

namespace abj::store {

struct KindLimit {
  std::string kind;  // of items: a workload type or a management type, in any case; of backups: an operation, as the service spells it
  Duration limit;
};

// A line each, whole hours and the kind: "168 AzureStorage". What is no such line counts for nothing.
std::vector<KindLimit> limits_in(std::string_view lines);

// What people call a kind of items: that of virtual machines, of shares and of agents the management type says, of all others the workload type.
std::string_view kind_of(std::string_view management_type, std::string_view workload_type);

// That of its workload type, else that of its management type, else the one for all.
Duration limit_for(const std::vector<KindLimit>& limits, std::string_view management_type, std::string_view workload_type, Duration for_all);

// Clamped to what anybody can mean.
Duration limit_of_hours(double hours);

}  // namespace abj::store
