// Jobs as a file: every field of every row, for spreadsheets and for programs.
#pragma once

#include <string>
#include <vector>

#include "store/job_table.h"

namespace abj::store {

// csv: RFC 4180, with a byte order mark; no cell can be taken for a formula. json: an array of objects.
enum class FileFormat { csv, json };

// A part of the file: `count` of the rows from `first` on. The parts of all rows, one after another, are the file; the first part of none is that of no rows.
// Secrets that a job has as such are left out (a marked null in JSON); those in URLs are masked by whoever passes the text on.
std::string exported(const JobTable& table, const std::vector<RowId>& rows, std::size_t first, std::size_t count, FileFormat format);

}  // namespace abj::store
