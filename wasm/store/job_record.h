// What of a job is not in a column of its own, as bytes that equal jobs share: every field of a list item is kept (DESIGN.md, rule 4).
#pragma once

#include <string>
#include <string_view>

#include "model/job.h"

namespace abj::store {

// Everything but id, name, item, operation, job type, status, times, activity id, errors, and what only a single read brings.
std::string packed(const Job& job);
void unpack(std::string_view record, Job& job);

std::string packed(const std::vector<JobError>& errors);
std::vector<JobError> unpacked_errors(std::string_view record);

// A GUID in lower case as sixteen bytes; false where the text is anything else.
bool pack_guid(std::string_view text, unsigned char* bytes);
constexpr std::size_t guid_length = 36;
void write_guid(char* text, const unsigned char* bytes);

}  // namespace abj::store
