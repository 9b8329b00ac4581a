// The service's words for how a job, task or operation stands, with the meaning we are sure of.
// The words are kept as they came: a status we do not know is unknown, never success (DESIGN.md, rule 4).
#pragma once

#include <string>
#include <string_view>

namespace abj {

// AZURE.md §4.1 (JobStatus), §4.3.6 (task status) and §12 (Backup vaults). `Invalid` is declared but says nothing: it counts as unknown.
enum class JobState { unknown, not_started, in_progress, cancelling, completed, completed_with_warnings, failed, cancelled };

// AZURE.md §3 and §9: every value but Succeeded, Failed and Canceled means "still running".
enum class OperationState { unknown, in_progress, succeeded, failed, canceled };

struct JobStatus {
  JobState state = JobState::unknown;
  std::string text;  // as the service wrote it
  bool operator==(const JobStatus&) const = default;
};

struct OperationStatus {
  OperationState state = OperationState::unknown;
  std::string text;
  bool operator==(const OperationStatus&) const = default;
};

// Matches without case: `Inprogress` was recorded (AZURE.md §9).
JobStatus to_job_status(std::string_view text);
OperationStatus to_operation_status(std::string_view text);

// True where the service will not change the status any more; unknown words are not terminal (AZURE.md §4.4).
bool is_terminal(JobState state);
bool is_terminal(OperationState state);

// Stable names for the boundary to TypeScript, e.g. "completed-with-warnings".
std::string_view name_of(JobState state);
std::string_view name_of(OperationState state);

}  // namespace abj
