// A job's JSON, in either provider's dialect and any api-version's form (AZURE.md §4, §12), and pages of jobs (§2).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/job.h"

namespace abj::decode {

// More tasks than any job has: the largest recorded one has a dozen.
constexpr std::size_t max_tasks = 10'000;

// The answer to GET or POST of one job. Errors: those of read_json, too_large (max_tasks), and wrong_shape where there is no properties.status.
Result<Job> decode_job(std::string_view json);

// One page of a list, in the service's order. Items are jobs without details; one without a status has an unknown one.
struct JobPage {
  std::vector<Job> jobs;
  std::string next_link;   // as it came: to be pinned before it is followed; empty on the last page
  std::string skip_token;  // of Resource Graph, in its place
  std::vector<OtherProperty> other;  // of the page, not of its jobs
};

// A vault's answer has them in `value`, Resource Graph's in `data` (AZURE.md §13). Errors: those of read_json, too_large (max_tasks), and
// wrong_shape where there is neither.
Result<JobPage> decode_job_page(std::string_view json);

}  // namespace abj::decode
