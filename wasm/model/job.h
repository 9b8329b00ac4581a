// What a backup job is: the values of AZURE.md §4, whichever job type, api-version or dialect they came in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/other.h"
#include "model/status.h"
#include "model/time.h"

namespace abj {

// One entry of a property bag. Names are the service's own and may hold blanks, dots, even a trailing space (§4.3.15).
struct Property {
  std::string name;
  std::optional<std::string> value;  // empty where the service sent null
  bool operator==(const Property&) const = default;
};

// errorDetails[] of any job type (§4.2). Texts are plain text and may hold \r\n.
struct JobError {
  std::string code;  // the number's digits, or the service's symbolic code
  std::string title;
  std::string message;
  std::string details;  // additionalDetails, workloads only
  std::vector<std::string> recommendations;
  bool operator==(const JobError&) const = default;
};

// tasksList[] of any job type. The id is a display name ("Take Snapshot"), possibly in the caller's language (§4.3.14).
struct Task {
  std::string id;
  std::string instance_id;
  JobStatus status;
  std::optional<Instant> start;  // empty for absent, null and the sentinels of §4.3.5
  std::optional<Instant> end;
  std::optional<Duration> duration;
  std::optional<double> progress;  // percent
  std::string execution_details;   // free text about bytes moved (§4.5)
  bool operator==(const Task&) const = default;
};

struct Job {
  std::string id;    // resource id, as the service spelled it
  std::string name;  // the job's own id within its vault
  std::string type;
  std::string job_type;
  std::string item;  // entityFriendlyName
  std::string management_type;
  std::string operation;
  JobStatus status;
  std::optional<Instant> start;
  std::optional<Instant> end;  // may be set while running: never a sign that the job ended (§4.3.10)
  std::optional<Duration> duration;
  std::string activity_id;  // to quote to support
  bool cancellable = false;  // the service lists the action; it is not cleared at the end (§4.3.3): see can_cancel()
  bool retriable = false;
  std::vector<std::string> actions;  // as the service wrote them
  std::string container_name;
  std::string container_type;
  std::string workload_type;
  std::string machine_version;  // virtualMachineVersion or storageAccountVersion
  std::string server_name;      // mabServerName or dpmServerName
  std::string server_type;      // mabServerType
  std::string storage_account;
  std::optional<bool> user_triggered;  // not informative for some types (§4.3.8)
  std::vector<Task> tasks;
  std::vector<Property> properties;           // propertyBag
  std::vector<Property> internal_properties;  // internalPropertyBag
  std::vector<JobError> errors;
  std::optional<double> progress;             // percent; only some operations have one (§4.5)
  std::optional<Duration> estimated_remaining;  // the service's own, far too optimistic (§4.5)
  std::string dynamic_error_message;
  bool detailed = false;  // true where extendedInfo came along: list items have none (§2.1)
  std::vector<OtherProperty> other;
  bool operator==(const Job&) const = default;

  // The service keeps "Cancellable" on ended jobs, so the status decides too.
  bool can_cancel() const { return cancellable && status.state == JobState::in_progress; }
};

}  // namespace abj
