#include "store/job_export.h"

#include <algorithm>
#include <string_view>

#include "model/text.h"
#include "model/utc.h"

namespace abj::store {
namespace {

std::string time_text(const std::optional<Instant>& at) { return at ? utc_text(*at, "0000-00-00T00:00:00Z") : std::string(); }

std::string seconds_text(const std::optional<Duration>& duration) {
  if (!duration || duration->count() < 0) return {};
  const auto ms = static_cast<std::uint64_t>(duration->count()) / 10'000;
  std::string rest = decimal(1000 + ms % 1000);
  rest[0] = '.';
  return decimal(ms / 1000) + rest;
}

// Of ".../vaults/name/backupJobs/id", the third name from the end.
std::string_view vault_name(std::string_view id) {
  for (int i = 0; i < 2; ++i) id = id.substr(0, std::min(id.rfind('/'), id.size()));
  const auto slash = id.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : id.substr(slash + 1);
}

// What makes a formula of a cell, in ASCII and in the full-width forms that spreadsheets take for the same.
bool begins_formula(std::string_view text) {
  for (const std::string_view sign : {"=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"})
    if (text.starts_with(sign)) return true;
  return false;
}

class Csv {
 public:
  explicit Csv(std::string& file) : file_(file) {}

  // An apostrophe where a formula would begin: at the start, and after what a spreadsheet of another country may take for the end of a cell.
  void cell(std::string_view text) {
    file_ += is_first_ ? "\"" : ",\"";
    is_first_ = false;
    bool may_begin = true;
    if (text.starts_with('\t') || text.starts_with('\r')) file_ += '\'';
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (may_begin && begins_formula(text.substr(i))) file_ += '\'';
      if (c == '"') file_ += '"';
      if (c != '\0') file_ += c;
      may_begin = std::string_view(",;|\"\n\r\t").find(c) != std::string_view::npos;
    }
    file_ += '"';
  }
  void end_line() {
    file_ += "\r\n";
    is_first_ = true;
  }

 private:
  std::string& file_;
  bool is_first_ = true;
};

void append_string(std::string& json, std::string_view text) {
  json += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) {
      json += c;
      continue;
    }
    constexpr std::string_view hex = "0123456789abcdef";
    json += "\\u00";
    json += hex[static_cast<unsigned char>(c) >> 4];
    json += hex[c & 15];
  }
  json += '"';
}

class JsonObject {
 public:
  explicit JsonObject(std::string& json) : json_(json) { json_ += '{'; }
  ~JsonObject() { json_ += '}'; }

  // What is empty is left out.
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    name(key);
    append_string(json_, value);
  }
  void raw(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    name(key);
    json_ += value;
  }
  void name(std::string_view key) {
    if (json_.back() != '{') json_ += ',';
    append_string(json_, key);
    json_ += ':';
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    if (values.empty()) return;
    name(key);
    json_ += '[';
    for (const std::string& value : values) {
      if (json_.back() != '[') json_ += ',';
      append_string(json_, value);
    }
    json_ += ']';
  }

 private:
  std::string& json_;
};

void append_csv(std::string& file, const Job& job) {
  Csv line(file);
  std::string codes, messages, recommendations;
  const auto add = [](std::string& to, std::string_view text) {
    if (!to.empty() && !text.empty()) to += '\n';
    to += text;
  };
  for (const JobError& error : job.errors) {
    add(codes, error.code);
    add(messages, error.message.empty() ? error.title : error.message);
    for (const std::string& recommendation : error.recommendations) add(recommendations, recommendation);
  }
  for (const std::string& cell : {job.status.text, job.item, job.operation, job.job_type, job.management_type, job.workload_type, time_text(job.start), time_text(job.end), seconds_text(job.duration), codes, messages, recommendations,
                                  std::string(vault_name(job.id)), job.activity_id, job.name, job.id})
    line.cell(cell);
  line.end_line();
}

void append_json(std::string& file, const Job& job) {
  JsonObject object(file);
  object.text("id", job.id);
  object.text("name", job.name);
  object.text("item", job.item);
  object.text("operation", job.operation);
  object.text("jobType", job.job_type);
  object.text("managementType", job.management_type);
  object.text("workloadType", job.workload_type);
  object.text("status", job.status.text);
  object.text("startTime", time_text(job.start));
  object.text("endTime", time_text(job.end));
  object.raw("durationSeconds", seconds_text(job.duration));
  object.text("activityId", job.activity_id);
  object.text("containerName", job.container_name);
  object.text("containerType", job.container_type);
  object.text("resourceVersion", job.machine_version);
  object.text("serverName", job.server_name);
  object.text("serverType", job.server_type);
  object.text("storageAccount", job.storage_account);
  if (job.user_triggered) object.raw("userTriggered", *job.user_triggered ? "true" : "false");
  object.texts("actions", job.actions);
  if (!job.errors.empty()) {
    object.name("errors");
    file += '[';
    for (const JobError& error : job.errors) {
      if (file.back() != '[') file += ',';
      JsonObject one(file);
      one.text("code", error.code);
      one.text("title", error.title);
      one.text("message", error.message);
      one.text("details", error.details);
      one.texts("recommendations", error.recommendations);
    }
    file += ']';
  }
  if (!job.other.empty()) {
    object.name("other");
    JsonObject others(file);
    for (const OtherProperty& property : job.other) {
      if (property.secret) others.raw(property.path, "null");
      else others.text(property.path, property.value);
    }
  }
}

}  // namespace

std::string exported(const JobTable& table, const std::vector<RowId>& rows, std::size_t first, std::size_t count, FileFormat format) {
  const bool is_csv = format == FileFormat::csv;
  std::string file;
  if (first == 0) {
    file = is_csv ? "\xEF\xBB\xBFStatus,Item,Operation,Job type,Management type,Workload type,Start (UTC),End (UTC),Duration (s),Error codes,Error messages,Recommendations,Vault,Activity id,Job id,Resource id\r\n" : "[";
  }
  const std::size_t end = std::min(rows.size(), first + count);
  for (std::size_t i = first; i < end; ++i) {
    const Job job = table.job(rows[i]);
    if (is_csv) append_csv(file, job);
    else file += i > 0 ? ",\n" : "\n", append_json(file, job);
  }
  if (!is_csv && end == rows.size()) file += "\n]\n";
  return file;
}

}  // namespace abj::store
