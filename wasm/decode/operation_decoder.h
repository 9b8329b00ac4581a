// An operation status's JSON → Operation (AZURE.md §3, §12).
#pragma once

#include <string_view>

#include "model/error.h"
#include "model/operation.h"

namespace abj::decode {

// Reads every extended-info kind that names jobs; the rest of the properties go to Operation::other, secrets marked.
// Errors: those of read_json; wrong_shape where there is no `status`.
Result<Operation> decode_operation(std::string_view json);

}  // namespace abj::decode
