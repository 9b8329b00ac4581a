// `npm run corpus`: every recorded body through its decoder; every leaf of its JSON is looked for in what came out. Prints bodies and leaves by
// kind, job type and status. Fails where a leaf is lost or a body refused.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "corpus/leaves.h"
#include "decode/error_decoder.h"
#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"
#include "model/text.h"

namespace abj::corpus {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Tally {
  int bodies = 0;
  long leaves = 0;
  long other = 0;  // of the leaves, those kept as other properties
  int lost = 0;
  int refused = 0;
};

std::map<std::string, Tally> tallies;
int complaints = 0;

void complain(const std::string& what, const std::string& where) {
  if (++complaints <= 20) std::cout << what << " in " << where << "\n";
}

// Compares a document with what was made of it.
void compare(Tally& tally, const json& document, const Fields& fields, const std::vector<OtherProperty>& other, const std::string& where) {
  std::multimap<std::string, std::string> kept;
  for (const auto& property : other) kept.emplace(property.path, property.value);
  const json flat = document.flatten();
  for (const auto& [pointer, leaf] : flat.items()) {
    if (leaf.is_structured() || pointer.empty()) continue;
    // flatten() writes empty containers as null; they have no leaf to lose.
    if (leaf.is_null() && document.at(json::json_pointer(pointer)).is_structured()) continue;
    ++tally.leaves;
    const auto [first, last] = fields.equal_range(pointer);
    bool found = false;
    for (auto at = first; at != last && !found; ++at) found = holds(at->second, leaf);
    if (!found) {
      const auto [from, to] = kept.equal_range(pointer);
      for (auto at = from; at != to && !found; ++at) found = at->second == text_of(leaf) || (leaf.is_number() && decode::parse_number(at->second) == decode::parse_number(text_of(leaf)));
      tally.other += found;
    }
    // A null is kept by the absence of its field, or of the whole object that it stands for.
    if (!found && !(leaf.is_null() && fields.count(pointer) == 0 && kept.count(pointer) == 0)) {
      ++tally.lost;
      complain("lost " + pointer, where);
    }
  }
}

std::string without_mark(const std::string& text) { return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text; }

void add_job(const std::string& kind, const Job& job, const json& document, const std::string& where) {
  const std::string type = !job.job_type.empty() ? job.job_type : !job.workload_type.empty() ? job.workload_type : "?";
  Tally& tally = tallies[kind + " · " + type + " · " + job.status.text];
  ++tally.bodies;
  compare(tally, document, fields_of(job), job.other, where);
}

void one_job(const std::string& kind, const std::string& text, const std::string& where) {
  const auto job = decode::decode_job(text);
  if (!job) {
    ++tallies[kind].refused;
    return complain("refused (" + std::string(name_of(job.error().code)) + " " + job.error().detail + ")", where);
  }
  add_job(kind, *job, json::parse(without_mark(text)), where);
}

void one_list(const std::string& kind, const std::string& text, const std::string& where) {
  const auto page = decode::decode_job_page(text);
  json document = json::parse(without_mark(text));
  if (!page || page->jobs.size() != document["value"].size()) {
    ++tallies[kind].refused;
    return complain("list refused", where);
  }
  for (std::size_t i = 0; i < page->jobs.size(); ++i) add_job(kind, page->jobs[i], document["value"][i], where);
  document.erase("value");
  Tally& tally = tallies[kind + " · the page itself"];
  ++tally.bodies;
  compare(tally, document, {{"/nextLink", page->next_link}}, page->other, where);
}

void one_operation(const std::string& kind, const std::string& text, const std::string& where) {
  const auto operation = decode::decode_operation(text);
  if (!operation) {
    ++tallies[kind].refused;
    return complain("refused (" + std::string(name_of(operation.error().code)) + ")", where);
  }
  Tally& tally = tallies[kind + " · " + operation->status.text];
  ++tally.bodies;
  compare(tally, json::parse(without_mark(text)), fields_of(*operation), operation->other, where);
}

void one_error(const std::string& kind, const std::string& text, const std::string& where) {
  const ServiceError error = decode::decode_service_error(text);
  Tally& tally = tallies[kind + " · error"];
  ++tally.bodies;
  const json document = json::parse(without_mark(text), nullptr, false);
  if (!document.is_object()) {
    // HTML, plain text or nothing: decoded where its words are kept.
    if (error.text.empty() && !trimmed(text).empty()) {
      ++tally.refused;
      complain("no words kept", where);
    }
    return;
  }
  compare(tally, document, fields_of(error), error.other, where);
}

// A body by the kind of exchange it was recorded in.
void one_body(const std::string& kind, int status, const std::string& text, const std::string& where) {
  const bool has_text = !trimmed(text).empty();
  if (status >= 400) return one_error(kind, text, where);
  if (!has_text) {
    ++tallies[kind + " · empty"].bodies;
    return;
  }
  if (kind.find("jobs.get") != std::string::npos) return one_job(kind, text, where);
  if (kind.find("jobs.list") != std::string::npos) return one_list(kind, text, where);
  if (kind == "arg.query") {
    const json rows = json::parse(without_mark(text));
    for (const json& row : rows["data"])
      if (row.is_object() && row.value("type", "").find("backupjobs") != std::string::npos) one_job(kind, row.dump(), where);
    return;
  }
  // One recording of an operation's status is the body of a backup instance.
  const bool is_instance = text.find("\"objectType\":\"BackupInstance\"") != std::string::npos;
  if (kind.find("opstatus") != std::string::npos && !is_instance) return one_operation(kind, text, where);
  ++tallies["not read by this product: " + kind].bodies;
}

json load(const fs::path& path) {
  std::ifstream stream(path);
  return json::parse(stream);
}

int report(const fs::path& corpus) {
  for (const json& row : load(corpus / "index.json")) {
    const std::string kind = row["kind"];
    const std::string file = row["file"];
    if (kind == "spec-example") continue;
    const json record = load(corpus / file);
    if (kind == "sequence") {
      std::set<std::string> seen;
      for (const json& step : record["steps"]) {
        const std::string body = step["bodyText"].is_string() ? step["bodyText"].get<std::string>() : "";
        if (!seen.insert(body).second) continue;
        one_body("sequence " + step["kind"].get<std::string>(), step["status"], body, file);
      }
      continue;
    }
    const json& response = record["response"];
    one_body(kind, response["status"], response["bodyText"].is_string() ? response["bodyText"].get<std::string>() : "", file);
  }
  Tally all;
  std::cout << "bodies   leaves    other  lost  refused  kind · job type · status\n";
  for (const auto& [name, tally] : tallies) {
    std::printf("%6d %8ld %8ld %5d %8d  %s\n", tally.bodies, tally.leaves, tally.other, tally.lost, tally.refused, name.c_str());
    all.bodies += tally.bodies;
    all.leaves += tally.leaves;
    all.other += tally.other;
    all.lost += tally.lost;
    all.refused += tally.refused;
  }
  std::fflush(stdout);
  std::cout << all.bodies << " bodies, " << all.leaves << " leaves (" << all.other << " as other properties): " << all.lost << " lost, " << all.refused << " refused\n";
  return all.lost + all.refused == 0 && all.bodies > 0 ? 0 : 1;
}

}  // namespace
}  // namespace abj::corpus

int main() {
  const char* named = std::getenv("CORPUS");
  const std::filesystem::path corpus = named ? named : std::string(ABJ_ROOT) + "/../shared/corpus";
  if (!std::filesystem::exists(corpus / "index.json")) {
    std::cout << "recorded traffic is absent: " << corpus.string() << "; 0 lost, 0 refused\n";
    return 0;
  }
  return abj::corpus::report(corpus);
}
