// What a user holds after a trigger, read into what to follow.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arm/resource_id.h"
#include "arm/url.h"
#include "model/error.h"
#include "model/operation.h"

namespace abj::tracking {

struct StartJob {
  arm::JobId id;
  std::string api_version;  // of the URL it came in, else the default
};

struct Start {
  std::string operation_url;            // to poll; empty where no operation needs to be asked
  std::optional<Operation> operation;   // as the user gave it
  std::optional<arm::VaultId> vault;    // for operations that name their job without its vault
  std::string region{};                 // of an operation on cross-region jobs (AZURE.md §11)
  std::vector<StartJob> jobs;         // known from the start
};

// Reads one of:
// * the operation's status URL (Azure-AsyncOperation), or the Location beside it, whose id is asked as an operation instead, as the
//   service's own tools do (AZURE.md §6); also as a pasted header block;
// * an operation's answer as JSON, final or not; a job's answer as JSON;
// * a job's resource id or URL (which keeps its api-version); a job's own id, with `vault_text`;
// * of cross-region restores, the operation's or the job's URL in the paired region, with `vault_text`.
// `vault_text` is a vault's resource id or empty.
// Errors: input_empty, input_unrecognised, vault_needed, resource_id_malformed, url_refused, and those of the JSON reader.
Result<Start> parse_start(const arm::Endpoint& endpoint, std::string_view text, std::string_view vault_text);

// The job that an operation calls `name`: a full resource id, or a name within `vault`. Errors: vault_needed, resource_id_malformed.
// With `region`, a cross-region job.
Result<arm::JobId> job_named(std::string_view name, const std::optional<arm::VaultId>& vault, std::string_view region = {});

}  // namespace abj::tracking
