// The operation a trigger answers with; at its end it names the job or jobs it became (AZURE.md §2.2, §3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/error.h"
#include "model/job.h"
#include "model/status.h"
#include "model/time.h"

namespace abj {

struct FailedJob {
  std::string job;  // a job's name
  std::string error_code;
  bool operator==(const FailedJob&) const = default;
};

struct Operation {
  std::string id{};    // a bare GUID or a full resource id (§3)
  std::string name{};  // a GUID or base64 of `number;guid`
  OperationStatus status{};
  std::optional<Instant> start{};
  std::optional<Instant> end{};  // empty for the sentinel that running operations carry
  std::optional<double> percent_complete{};
  ServiceError error{};
  std::string object_type{};
  std::vector<std::string> jobs{};  // job names or full resource ids; may be empty even on success (§2.2)
  std::vector<FailedJob> failed_jobs{};
  std::vector<OtherProperty> other{};
  bool operator==(const Operation&) const = default;
};

}  // namespace abj
