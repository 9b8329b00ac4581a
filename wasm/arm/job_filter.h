// What a vault's job list is asked for, in the service's own grammar (AZURE.md §2.1): `eq` and `and` only, one value each.
// Everything else (item, type, text, several statuses) is filtered on our side.
#pragma once

#include <optional>
#include <string>

#include "model/error.h"
#include "model/job.h"
#include "model/time.h"

namespace abj::arm {

// The service's tools refuse more; what the service itself would do is not known.
constexpr Duration longest_window = std::chrono::hours(24 * 30);

// Empty and absent parts restrict nothing. Without `from` the service lists about the last day.
struct JobFilter {
  std::string status{};           // InProgress, Completed, Failed, CompletedWithWarnings, Cancelled or Cancelling
  std::string operation{};        // Backup, Restore, ConfigureBackup, …
  std::string management_type{};  // AzureIaasVM, MAB, DPM, AzureBackupServer, AzureSql, AzureStorage, AzureWorkload
  std::string job_id{};           // a job's own id
  std::optional<Instant> from{};
  std::optional<Instant> to{};    // only with `from`; none for the newest window (DESIGN.md, rule 11)
};

// The text of `$filter`, not yet encoded; empty for an empty filter. Times are cut (from) or rounded up (to) to whole seconds.
// Error: filter_refused where a word could not be quoted, `to` stands alone, or the window is upside down or too long.
Result<std::string> filter_text(const JobFilter& filter);

// The same for nothing but times, which cannot be refused; the caller sees to the window's length.
std::string window_text(Instant from, std::optional<Instant> to = {});

// Whether the service, having understood the filter, may list this job. Lenient where its rules are not known: full backups count as
// backups, and a job is in the window if it ran at any time in it.
bool may_list(const JobFilter& filter, const Job& job);

}  // namespace abj::arm
