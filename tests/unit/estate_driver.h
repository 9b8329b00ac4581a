// An estate that answers as ARM and Resource Graph do, and a tracker that looks at it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/utc.h"
#include "support.h"
#include "tracking/estate_tracker.h"

namespace abj::test {

using namespace std::chrono_literals;
using namespace tracking;

inline std::string vault_in(std::string_view subscription, std::string_view name, bool is_backup_vault = false) {
  return "/subscriptions/" + std::string(subscription) + "/resourceGroups/rg/providers/" + (is_backup_vault ? "Microsoft.DataProtection/backupVaults/" : "Microsoft.RecoveryServices/vaults/") + std::string(name);
}

struct Estate {
  struct One {
    std::string vault, name;
    Instant start;
    Duration length = 20min;
    std::string outcome = "Completed";
  };
  EstateTracker tracker{{"https://management.azure.com"}, make_adaptive_schedule({}), 7, 10'000};
  Now now{1000ms, std::chrono::seconds(1'800'000'000)};
  std::vector<std::pair<std::string, std::string>> subscriptions;  // id, name
  std::vector<std::string> vaults;                                 // resource ids
  std::vector<std::pair<std::string, std::string>> items;          // vault, name
  std::vector<One> jobs;
  bool has_graph = true;
  std::size_t graph_page = 1000;
  std::map<std::string, int> refused;  // a part of the URL: the status it is answered with
  std::vector<std::string> asked;      // URLs and bodies, in order
  std::size_t questions = 0;

  Instant wall() const { return Instant(now.wall); }
  std::string job_json(const One& job) const {
    const bool runs = job.start + job.length > wall();
    const auto time = [](Instant at) { return '"' + utc_text(at, "0000-00-00T00:00:00Z") + '"'; };
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(runs ? wall() - job.start : job.length).count();
    return R"({"id":")" + job.vault + "/backupJobs/" + job.name + R"(","name":")" + job.name + R"(","type":"x","properties":{"jobType":"AzureIaaSVMJob","operation":"Backup","entityFriendlyName":"vm-)" + job.name + R"(","startTime":)" +
           time(job.start) + (runs ? std::string() : R"(,"endTime":)" + time(job.start + job.length)) + R"(,"duration":"PT)" + std::to_string(seconds) + R"(S","status":")" + (runs ? "InProgress" : job.outcome) + "\"}}";
  }
  std::pair<int, std::string> graph(const std::string& question) {
    ++questions;
    if (!has_graph) return {403, R"({"error":{"code":"AuthorizationFailed"}})"};
    const auto after = [&](std::string_view mark, char end) {
      const auto at = question.find(mark);
      return at == std::string::npos ? std::string() : question.substr(at + mark.size(), question.find(end, at + mark.size()) - at - mark.size());
    };
    const std::string from = after(">= datetime(", ')'), token = after(R"("$skipToken":")", '"'), under = after("startswith '", '\'');
    std::vector<std::string> rows;
    if (question.find("backupjobs") != std::string::npos) {
      std::vector<const One*> listed;
      for (const auto& job : jobs)
        if (starts_with_ignoring_case(job.vault + "/", under) && job.start <= wall() && job.start > wall() - arm::graph_keeps && utc_text(job.start, "0000-00-00T00:00:00Z") >= from) listed.push_back(&job);
      std::sort(listed.begin(), listed.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
      for (const auto* job : listed) rows.push_back(job_json(*job));
    } else if (question.find("protecteditems") != std::string::npos) {
      for (const auto& [vault, name] : items) rows.push_back(R"({"id":")" + vault + "/backupFabrics/Azure/protectionContainers/c/protectedItems/" + name + R"(","name":")" + name + R"(","type":"x","properties":{"friendlyName":")" + name + R"("}})");
    } else {
      for (const auto& vault : vaults) rows.push_back(R"({"id":")" + vault + R"(","name":"n","type":"x","location":"West Europe","subscriptionId":"s"})");
    }
    const std::size_t first = token.empty() ? 0 : std::stoul(token), last = std::min(rows.size(), first + graph_page);
    std::string page = R"({"totalRecords":1,"count":1,"resultTruncated":"false","facets":[],"data":[)";
    for (std::size_t i = first; i < last; ++i) page += (i > first ? "," : "") + rows[i];
    return {200, page + "]" + (last < rows.size() ? R"(,"$skipToken":")" + std::to_string(last) + '"' : "") + "}"};
  }
  std::pair<int, std::string> answer(const arm::Request& request) {
    for (const auto& [part, status] : refused)
      if (find_ignoring_case(request.url, part) != std::string::npos) return {status, R"({"error":{"code":"AuthorizationFailed","message":"no"}})"};
    if (request.url.find("ResourceGraph") != std::string::npos) return graph(request.body);
    std::vector<std::string> rows;
    const std::string_view path = arm::path_of(request.url);
    if (path == "/subscriptions") {
      for (const auto& [id, name] : subscriptions) rows.push_back(R"({"id":"/subscriptions/)" + id + R"(","subscriptionId":")" + id + R"(","displayName":")" + name + R"(","state":"Enabled"})");
    } else if (path.ends_with("/vaults") || path.ends_with("/backupVaults")) {
      for (const auto& vault : vaults)
        if (starts_with_ignoring_case(vault, path.substr(0, path.find("/providers"))) && (vault.find("backupVaults") != std::string::npos) == path.ends_with("/backupVaults"))
          rows.push_back(R"({"id":")" + vault + R"(","name":"n","location":"westeurope","properties":{"a":{"id":"not this"}}})");
    } else if (path.find("/backupJobs/") != std::string_view::npos) {
      for (const auto& job : jobs)
        if (path.ends_with(job.name)) return {200, job_json(job)};
      return {404, "{}"};
    } else if (path.ends_with("/backupJobs")) {
      for (const auto& job : jobs)
        if (path.starts_with(job.vault) && job.start <= wall()) rows.push_back(job_json(job));
    } else {
      return {404, "{}"};
    }
    // Pages as uneven as the real ones.
    const auto at = request.url.find("skiptoken=");
    const std::size_t first = at == std::string::npos ? 0 : std::stoul(request.url.substr(at + 10));
    const std::size_t last = std::min(rows.size(), first + 2 + first % 3);
    std::string page = R"({"value":[)";
    for (std::size_t i = first; i < last; ++i) page += (i > first ? "," : "") + rows[i];
    page += "]";
    if (last < rows.size()) page += R"(,"nextLink":")" + request.url.substr(0, at == std::string::npos ? at : at - 2) + "&$skiptoken=" + std::to_string(last) + '"';
    return {200, page + "}"};
  }
  // Everything that is asked for now, answered at once.
  void step() {
    for (bool goes_on = true; goes_on;) {
      goes_on = false;
      for (auto& request : tracker.step(now).send) {
        asked.push_back(request.url + request.body);
        tracker.sent(request.id);
        auto [status, body] = answer(request);
        tracker.receive({.id = request.id, .status = status, .body = std::move(body)}, now);
        goes_on = true;
      }
    }
  }
  void pass(Milliseconds by) {
    now.monotonic += by, now.wall += by;
    step();
  }
  // As time passes where somebody looks: woken every second.
  void wait(Milliseconds by) {
    for (Milliseconds gone{}; gone < by; gone += 1s) pass(1s);
  }
  std::size_t count_asked(std::string_view part) const {
    return static_cast<std::size_t>(std::count_if(asked.begin(), asked.end(), [&](const auto& url) { return find_ignoring_case(url, part) != std::string::npos; }));
  }
};

}  // namespace abj::test
