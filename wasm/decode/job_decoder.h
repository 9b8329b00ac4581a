// A job resource's JSON → Job: of Recovery Services vaults (AZURE.md §4) and, as a second dialect, of Backup vaults (§12).
#pragma once

#include <string_view>

#include "model/error.h"
#include "model/job.h"

namespace abj::decode {

// Reads one job, of any job type. Fields the model does not name go to Job::other.
// Errors: those of read_json; wrong_shape where there is no `properties.status` at all, that is, where this is no job.
Result<Job> decode_job(std::string_view json);

}  // namespace abj::decode
