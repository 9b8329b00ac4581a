// A simulated ARM for native tests: vaults with jobs that start and end on a simulated clock, answered one by one, by lists in pages, and
// through operations; with the service's own budget per subscription and action. A pure function of request and time, but for that budget.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "arm/exchange.h"
#include "arm/job_filter.h"
#include "arm/resource_graph.h"
#include "arm/url.h"
#include "model/text.h"
#include "model/time.h"

namespace abj::simulation {

using namespace std::chrono_literals;

// The service's clock at the simulation's start.
constexpr Milliseconds server_epoch = std::chrono::seconds(1'795'132'800);  // 2026-11-20T00:00:00Z

inline std::string iso(Milliseconds since_start) {
  using namespace std::chrono;
  const auto at = sys_time<Milliseconds>(server_epoch + since_start);
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()), unsigned(date.day()), int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()), int(time.subseconds().count()));
  return text;
}

inline std::string iso_duration(Milliseconds length) {
  char text[40];
  std::snprintf(text, sizeof text, "PT%lld.%03lldS", static_cast<long long>(length.count() / 1000), static_cast<long long>(length.count() % 1000));
  return text;
}

struct SimulatedJob {
  std::string name;
  std::string item;
  std::string operation = "Backup";
  Milliseconds start{};
  Milliseconds end{};
  std::string ending = "Completed";
  std::optional<Milliseconds> cancelled_at{};  // then it ends a minute later, Cancelled
  std::optional<Milliseconds> gone_at{};       // the service forgets it

  Milliseconds ended_at() const { return cancelled_at ? std::min(end, *cancelled_at + 60s) : end; }
  std::string status(Milliseconds at) const {
    if (cancelled_at && *cancelled_at < end) return at < *cancelled_at ? "InProgress" : at < ended_at() ? "Cancelling" : "Cancelled";
    return at < end ? "InProgress" : ending;
  }
  bool is_over(Milliseconds at) const { return at >= ended_at(); }
};

struct SimulatedVault {
  std::string path;  // resource id
  std::map<std::string, SimulatedJob> jobs;  // by name
  std::map<std::string, std::pair<Milliseconds, std::string>> operations;  // when it names which job
};

class SimulatedArm {
 public:
  std::string origin = "https://management.azure.com";
  std::map<std::string, SimulatedVault> vaults;  // by path in lower case
  std::optional<int> limit{};  // requests an hour and action; none: no budget
  std::size_t page_size = 200;
  bool ignores_filter = false;
  bool has_graph = true;  // Resource Graph may be asked
  std::size_t graph_page_size = 1000;
  Milliseconds graph_keeps = 24h * 14;
  std::string late_in_graph;  // a vault, by its path in lower case: Resource Graph knows nothing of its last three days

  SimulatedVault& vault(const std::string& path) {
    auto& vault = vaults[lower_cased(path)];
    vault.path = path;
    return vault;
  }
  const SimulatedJob* find(std::string_view path) const {
    for (const auto& [key, vault] : vaults) {
      const std::string prefix = key + "/backupjobs/";
      if (!starts_with_ignoring_case(path, prefix)) continue;
      const auto job = vault.jobs.find(std::string(path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size())));
      if (job != vault.jobs.end()) return &job->second;
    }
    return nullptr;
  }

  arm::Response answer(const arm::Request& request, Milliseconds at) {
    const std::string path = arm::percent_decoded(arm::path_of(request.url));
    if (path == arm::resource_graph_path) return graph(request.body, at);
    SimulatedVault* vault = nullptr;
    for (auto& [key, candidate] : vaults)
      if (starts_with_ignoring_case(path, key + "/")) vault = &candidate;
    if (!vault) return error(404, "ResourceNotFound");
    const std::string rest = path.substr(vault->path.size());
    if (request.method == arm::Method::post) return cancel(rest, *vault, at);
    if (const auto refused = spend(rest.starts_with("/backupJobs") ? "backupJobs" : "backupOperations", at)) return *refused;
    if (rest == "/backupJobs") return list(*vault, request.url, at);
    if (rest.starts_with("/backupJobs/")) {
      const auto job = vault->jobs.find(rest.substr(12));
      if (job == vault->jobs.end() || at < job->second.start || (job->second.gone_at && at >= *job->second.gone_at)) return error(404, "BMSUserErrorObjectNotFound");
      return {.status = 200, .body = body(*vault, job->second, at, true)};
    }
    if (rest.starts_with("/backupOperations/")) {
      const auto operation = vault->operations.find(rest.substr(18));
      if (operation == vault->operations.end()) return error(404, "OperationNotFound");
      const auto& [named_at, job] = operation->second;
      const std::string head = R"({"id":"op","name":"op","status":")";
      if (at < named_at) return {.status = 200, .body = head + R"(InProgress"})"};
      return {.status = 200, .body = head + R"(Succeeded","properties":{"objectType":"OperationStatusJobExtendedInfo","jobId":")" + job + R"("}})"};
    }
    return error(404, "NotFound");
  }

  static arm::Response error(int status, std::string_view code, std::string_view message = "") {
    return {.status = status, .body = R"({"error":{"code":")" + std::string(code) + R"(","message":")" + std::string(message) + R"("}})"};
  }

 private:
  std::string body(const SimulatedVault& vault, const SimulatedJob& job, Milliseconds at, bool detailed) const {
    const bool over = job.is_over(at);
    const Milliseconds length = std::min(at, job.ended_at()) - job.start;
    std::string text = R"({"id":")" + vault.path + "/backupJobs/" + job.name + R"(","name":")" + job.name + R"(","type":"Microsoft.RecoveryServices/vaults/backupJobs","properties":{"jobType":"AzureIaaSVMJob","operation":")" +
                       job.operation + R"(","entityFriendlyName":")" + job.item + R"(","status":")" + job.status(at) + R"(","startTime":")" + iso(job.start) + R"(","duration":")" + iso_duration(length) +
                       R"(","actionsInfo":["Cancellable"])";
    if (over) text += R"(,"endTime":")" + iso(job.ended_at()) + R"(")";
    if (over && job.status(at) == "Failed") text += R"(,"errorDetails":[{"errorCode":400001,"errorString":"Command execution failed.","recommendations":[]}])";
    if (detailed) text += std::string(R"(,"extendedInfo":{"tasksList":[{"taskId":"Take Snapshot","status":")") + (over ? "Completed" : "InProgress") + R"("}]})";
    return text + "}}";
  }

  arm::Response list(const SimulatedVault& vault, const std::string& url, Milliseconds at) const {
    // The window's begin, in the service's own words: '2026-11-20 09:59:00 AM'.
    const std::string decoded = arm::percent_decoded(url);
    std::string from = ignores_filter ? "" : iso(at - 24h).substr(0, 19), to = "9999";
    const auto bound = [&](std::string_view field, std::string& time) {
      const auto found = decoded.find(field);
      if (found == std::string::npos || ignores_filter) return;
      const std::string text = decoded.substr(found + field.size(), 22);
      int hour = std::stoi(text.substr(11, 2)) % 12;
      if (text.substr(20) == "PM") hour += 12;
      time = text.substr(0, 10) + "T" + (hour < 10 ? "0" : "") + std::to_string(hour) + text.substr(13, 6);
    };
    bound("startTime eq '", from);
    bound("endTime eq '", to);
    std::vector<const SimulatedJob*> jobs;
    for (const auto& [name, job] : vault.jobs)
      if (job.start <= at && !(job.gone_at && at >= *job.gone_at) && iso(job.start).substr(0, 19) >= from && iso(job.start).substr(0, 19) <= to) jobs.push_back(&job);
    std::sort(jobs.begin(), jobs.end(), [](const auto* a, const auto* b) { return a->start != b->start ? a->start > b->start : a->name < b->name; });
    std::size_t offset = 0;
    if (const auto found = decoded.find("skipToken="); found != std::string::npos) offset = std::stoul(decoded.substr(found + 10));
    std::string text = R"({"value":[)";
    const std::size_t last = std::min(jobs.size(), offset + page_size);
    for (std::size_t i = offset; i < last; ++i) text += (i > offset ? "," : "") + body(vault, *jobs[i], at, false);
    text += "]";
    if (last < jobs.size()) {
      std::string next = url.substr(0, url.find("&$skipToken="));
      text += R"(,"nextLink":")" + next + "&$skipToken=" + std::to_string(last) + R"(")";
    }
    return {.status = 200, .body = text + "}"};
  }

  arm::Response cancel(const std::string& rest, SimulatedVault& vault, Milliseconds at) {
    const auto job = vault.jobs.find(rest.substr(std::min<std::size_t>(12, rest.size()), rest.find('/', 12) - 12));
    if (job == vault.jobs.end()) return error(404, "NotFound");
    if (job->second.is_over(at)) return error(409, "BMSUserErrorInvalidJobState");
    if (!job->second.cancelled_at) job->second.cancelled_at = at;
    return {.status = 202};
  }

  // The text after a mark, up to an end: of requests that our own code wrote.
  static std::string between(const std::string& text, const std::string& mark, char end) {
    const auto at = text.find(mark);
    if (at == std::string::npos) return {};
    return text.substr(at + mark.size(), text.find(end, at + mark.size()) - at - mark.size());
  }

  // Resource Graph: jobs of all vaults of the subscriptions asked for, or of one, by id; 15 questions in 5 s.
  arm::Response graph(const std::string& query, Milliseconds at) {
    if (!has_graph) return error(403, "AuthorizationFailed");
    while (!graph_spent_.empty() && graph_spent_.front() <= at - 5s) graph_spent_.pop_front();
    if (graph_spent_.size() == 15) return error(429, "RateLimiting", "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed.");
    graph_spent_.push_back(at);
    const std::string subscriptions = lower_cased(between(query, "\"subscriptions\":[", ']')), from = between(query, ">= datetime(", 'Z'), to = between(query, "<= datetime(", 'Z'), only = between(query, "startswith '", '\''), token = between(query, "\"$skipToken\":\"", '"');
    std::vector<std::string> rows;
    for (const auto& [key, vault] : vaults) {
      if (subscriptions.find(key.substr(15, 36)) == std::string::npos || (!only.empty() && !only.starts_with(key + "/"))) continue;
      for (const auto& [name, job] : vault.jobs)
        if (job.start <= at - (key == late_in_graph ? 72h : 0h) && job.start > at - graph_keeps && !(job.gone_at && at >= *job.gone_at) && iso(job.start).substr(0, 19) >= from && (to.empty() || iso(job.start).substr(0, 19) <= to)) rows.push_back(body(vault, job, at, false));
    }
    const std::size_t first = token.empty() ? 0 : std::stoul(token), last = std::min(rows.size(), first + graph_page_size);
    std::string text = R"({"totalRecords":)" + std::to_string(rows.size()) + R"(,"count":)" + std::to_string(last - first) + R"(,"resultTruncated":"false","data":[)";
    for (std::size_t i = first; i < last; ++i) text += (i > first ? "," : "") + rows[i];
    text += "]";
    if (last < rows.size()) text += R"(,"$skipToken":")" + std::to_string(last) + '"';
    return {.status = 200, .body = text + "}"};
  }

  // A sliding hour per action, as recorded in 2021 (AZURE.md §7).
  std::optional<arm::Response> spend(const std::string& action, Milliseconds at) {
    if (!limit) return {};
    auto& spent = spent_[action];
    while (!spent.empty() && spent.front() <= at - 1h) spent.pop_front();
    if (static_cast<int>(spent.size()) < *limit) {
      spent.push_back(at);
      return {};
    }
    const auto wait = std::chrono::ceil<std::chrono::seconds>(spent.front() + 1h - at).count();
    return error(429, "ResourceRequestsThrottled",
                 "Number of requests for action 'Microsoft.RecoveryServices/vaults/" + action + "/read' exceeded the limit of '" + std::to_string(*limit) + "' for time interval '01:00:00'. Please try again after '" +
                     std::to_string(std::max<std::int64_t>(1, wait)) + "' seconds.");
  }
  std::map<std::string, std::deque<Milliseconds>> spent_;
  std::deque<Milliseconds> graph_spent_;
};

}  // namespace abj::simulation
