// A vault with many jobs that answers lists as the service does, and a tracker that watches it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "driver.h"
#include "model/utc.h"
#include "tracking/vault_tracker.h"

namespace abj::test {

using namespace std::chrono_literals;
using namespace tracking;

inline arm::VaultId vault_id(std::string_view path = vault_path) { return *arm::parse_vault_id(path); }

// A vault with many jobs that answers lists as the service does: by time, newest first, so many a page.
struct VaultOfMany {
  struct One {
    std::string name;
    Instant start;
    Duration length;
    std::string outcome = "Completed";
  };
  std::vector<One> jobs;
  Instant now;
  std::size_t page_size = 200;
  bool ignores_filter = false;
  std::string path{vault_path};
  bool has_graph = false;
  bool graph_is_empty = false;

  void add(int count, Duration every, Duration length = 20min) {
    for (int i = 0; i < count; ++i) {
      const auto number = jobs.size();
      jobs.push_back({"00000000-aaaa-bbbb-cccc-" + std::to_string(100'000'000'000 + number), now - every * i - every / 2, length});
    }
  }
  std::string json(const One& job) const {
    const bool runs = job.start + job.length > now;
    const auto time = [](Instant at) { return '"' + utc_text(at, "0000-00-00T00:00:00Z") + '"'; };
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(runs ? now - job.start : job.length).count();
    return R"({"id":")" + path + "/backupJobs/" + job.name + R"(","name":")" + job.name + R"(","properties":{"jobType":"AzureIaaSVMJob","operation":"Backup","entityFriendlyName":"vm-)" +
           job.name.substr(std::min<std::size_t>(job.name.size(), 35)) + R"(","startTime":)" + time(job.start) + (runs ? std::string() : R"(,"endTime":)" + time(job.start + job.length)) + R"(,"duration":"PT)" + std::to_string(seconds) +
           R"(S","status":")" + (runs ? "InProgress" : job.outcome) + "\"}}";
  }
  static std::optional<Instant> time_in(std::string_view url, std::string_view field) {
    const auto at = url.find(field);
    if (at == std::string_view::npos) return {};
    // startTime%20eq%20'2026-11-20%2010%3A00%3A00%20AM'
    std::string text;
    for (std::size_t i = at; i < url.size() && text.size() < 60; ++i) {
      if (url[i] != '%') text += url[i];
      else text += static_cast<char>(std::stoi(std::string(url.substr(i + 1, 2)), nullptr, 16)), i += 2;
    }
    text = text.substr(text.find('\'') + 1, 22);
    int hour = std::stoi(text.substr(11, 2)) % 12 + (text.substr(20, 2) == "PM" ? 12 : 0);
    return std::chrono::sys_days(std::chrono::year(std::stoi(text.substr(0, 4))) / std::stoi(text.substr(5, 2)) / std::stoi(text.substr(8, 2))) + std::chrono::hours(hour) +
           std::chrono::minutes(std::stoi(text.substr(14, 2))) + std::chrono::seconds(std::stoi(text.substr(17, 2)));
  }
  std::string answer(const std::string& url) const {
    auto from = time_in(url, "startTime"), to = time_in(url, "endTime");
    if (ignores_filter || !from) from = now - std::chrono::hours(24), to = {};
    std::vector<const One*> listed;
    for (const One& job : jobs)
      if (job.start <= now && job.start + job.length >= *from && (!to || job.start <= *to)) listed.push_back(&job);
    std::sort(listed.begin(), listed.end(), [](const One* a, const One* b) { return a->start > b->start; });
    const auto at = url.find("skip=");
    const std::size_t first = at == std::string::npos ? 0 : std::stoul(url.substr(at + 5));
    std::string page = R"({"value":[)";
    for (std::size_t i = first; i < std::min(listed.size(), first + page_size); ++i) page += (i > first ? "," : "") + json(*listed[i]);
    page += "]";
    if (first + page_size < listed.size()) page += R"(,"nextLink":")" + url.substr(0, at == std::string::npos ? at : at - 1) + "&skip=" + std::to_string(first + page_size) + '"';
    return page + "}";
  }
};

// As much of Resource Graph as is asked of it: { status, body }.
inline std::pair<int, std::string> graph_of(const VaultOfMany& vault, const std::string& question) {
  if (!vault.has_graph) return {403, R"({"error":{"code":"AuthorizationFailed"}})"};
  const auto text_after = [&](std::string_view mark, char end) {
    const auto at = question.find(mark);
    return at == std::string::npos ? std::string() : question.substr(at + mark.size(), question.find(end, at + mark.size()) - at - mark.size());
  };
  const std::string from = text_after(">= datetime(", ')'), to = text_after("<= datetime(", ')'), token = text_after(R"("$skipToken":")", '"');
  EXPECT_EQ(text_after("startswith '", '\''), lower_cased(vault.path) + "/");
  std::vector<const VaultOfMany::One*> listed;
  for (const auto& job : vault.jobs)
    if (const std::string start = utc_text(job.start, "0000-00-00T00:00:00Z"); !vault.graph_is_empty && job.start <= vault.now && start >= from && start <= to) listed.push_back(&job);
  std::sort(listed.begin(), listed.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  const std::size_t first = token.empty() ? 0 : std::stoul(token), last = std::min(listed.size(), first + 1000);
  std::string page = R"({"totalRecords":1,"count":1,"resultTruncated":"false","facets":[],"data":[)";
  for (std::size_t i = first; i < last; ++i) page += (i > first ? "," : "") + vault.json(*listed[i]);
  return {200, page + "]" + (last < listed.size() ? R"(,"$skipToken":")" + std::to_string(last) + '"' : "") + "}"};
}

inline bool is_graph(const arm::Request& request) { return request.url.find("Microsoft.ResourceGraph") != std::string::npos; }

struct Watching {
  VaultOfMany vault;
  VaultTracker tracker;
  Now now{1000ms, std::chrono::seconds(1'800'000'000)};
  std::vector<arm::Request> open;
  std::set<WatchId> changed;
  std::optional<Milliseconds> wake;
  std::size_t sent = 0, most_open = 0, aborted = 0;

  explicit Watching(double requests_per_hour = 10'000) : tracker({"https://management.azure.com"}, make_adaptive_schedule({}), 7, requests_per_hour) { vault.now = Instant(now.wall); }

  void step() {
    Step next = tracker.step(now);
    aborted += next.abort.size();
    for (const auto id : next.abort) std::erase_if(open, [&](const auto& request) { return request.id == id; });
    for (auto& request : next.send) {
      ++sent;
      tracker.sent(request.id);
      open.push_back(std::move(request));
    }
    most_open = std::max(most_open, open.size());
    changed = {next.changed.begin(), next.changed.end()};
    wake = next.wake;
  }
  void pass(Milliseconds by) {
    now.monotonic += by, now.wall += by, vault.now += by;
    step();
  }
  void answer(std::size_t index, int status, std::string body) {
    const arm::Request request = open[index];
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(index));
    if (is_graph(request) && status == 200) std::tie(status, body) = graph_of(vault, request.body);
    tracker.receive({.id = request.id, .status = status, .body = std::move(body)}, now);
    step();
  }
  // Everything that is asked for, answered after a moment, until nothing is.
  void answer_all() {
    while (!open.empty()) {
      pass(50ms);
      answer(0, 200, vault.answer(open.front().url));
    }
  }
  WatchId follow() {
    const WatchId watch = tracker.follow_vault(vault_id(), now);
    step();
    return watch;
  }
  void expect_all(Duration back) {
    std::size_t expected = 0;
    for (const auto& job : vault.jobs) {
      if (job.start < vault.now - back || job.start > vault.now) continue;
      ++expected;
      const auto row = tracker.table().find(vault_id().key(), job.name);
      ASSERT_TRUE(row) << job.name << " is missing";
      EXPECT_EQ(tracker.table().row(*row).state, job.start + job.length > vault.now ? JobState::in_progress : JobState::completed);
    }
    EXPECT_GE(tracker.table().size(), expected);
  }
};

}  // namespace abj::test
