// How long the corpus's jobs took: every recorded job with an end, by its kind, decoded as the product decodes it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "decode/job_decoder.h"
#include "model/text.h"

namespace abj::bench {

inline std::filesystem::path corpus() {
  const char* named = std::getenv("CORPUS");
  return named ? std::filesystem::path(named) : std::filesystem::path(ABJ_ROOT) / ".." / "shared" / "corpus";
}

inline void note_jobs(const nlohmann::json& value, std::map<std::string, Job>& ended) {
  if (value.is_array())
    for (const auto& item : value) note_jobs(item, ended);
  if (!value.is_object()) return;
  const auto properties = value.find("properties");
  if (properties != value.end() && properties->is_object() && properties->contains("status") && properties->contains("duration")) {
    const auto job = decode::decode_job(value.dump());
    if (job && is_terminal(job->status.state) && job->duration && *job->duration > Duration::zero() && !job->operation.empty()) {
      // Every recording its own item: names were replaced by their recorders, and would join strangers.
      Job kept = *job;
      kept.item = kept.name;
      kept.container_name.clear();
      ended.insert_or_assign(lower_cased(kept.name), std::move(kept));
    }
  }
  for (const auto& item : value) note_jobs(item, ended);
}

// In the order of their names; empty where the corpus is absent.
inline std::vector<Job> recorded_jobs() {
  using nlohmann::json;
  std::map<std::string, Job> ended;
  const auto read = [](const std::filesystem::path& file) {
    std::ifstream stream(file);
    return json::parse(stream, nullptr, false);
  };
  const auto note_text = [&](const json& holder) {
    const auto text = holder.find("bodyText");
    if (text != holder.end() && text->is_string()) note_jobs(json::parse(std::string(*text), nullptr, false), ended);
  };
  const json index = read(corpus() / "index.json");
  if (!index.is_array()) return {};
  for (const auto& row : index) {
    const std::string kind = row.value("kind", "");
    if (kind.find("jobs") == std::string::npos && kind.find("arg") == std::string::npos) continue;
    const json exchange = read(corpus() / std::string(row["file"]));
    if (exchange.contains("response")) note_text(exchange["response"]);
  }
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(corpus() / "sequences", none))
    for (const auto& step : read(entry.path())["steps"]) note_text(step);
  std::vector<Job> jobs;
  for (auto& [name, job] : ended) jobs.push_back(std::move(job));
  return jobs;
}

}  // namespace abj::bench
