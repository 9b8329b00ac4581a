// What a single read of a job tells of its size; lists never do.
#pragma once

#include <optional>

#include "model/job.h"

namespace abj::decode {

// Bytes: what was backed up, else what was moved, as the service tells it. It counts a megabyte as 1,048,576, and so is it counted here. Nothing where it does not tell, or not
// in a way that can be read for certain.
std::optional<double> size_in(const Job& job);

}  // namespace abj::decode
