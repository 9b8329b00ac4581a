// The body of an answer that is an error → ServiceError, in each of the forms that were recorded (AZURE.md §8).
#pragma once

#include <string_view>

#include "model/error.h"

namespace abj::decode {

// ARM's envelope, the RP's second envelope, HTML or plain text (kept as text), or nothing. Never fails: what cannot be read is kept as text.
ServiceError decode_service_error(std::string_view body);

}  // namespace abj::decode
