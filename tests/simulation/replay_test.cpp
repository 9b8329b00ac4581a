// Recorded conversations, played as the service: every sequence of a VM's Backup and Restore runs through decoder, store and tracker.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "arm/url.h"
#include "loop.h"
#include "model/text.h"

namespace abj::simulation {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

std::filesystem::path corpus() {
  const char* named = std::getenv("CORPUS");
  return named ? std::filesystem::path(named) : std::filesystem::path(ABJ_ROOT) / ".." / "shared" / "corpus";
}

std::vector<std::filesystem::path> sequences() {
  std::vector<std::filesystem::path> found;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(corpus() / "sequences", none)) {
    const std::string name = entry.path().filename().string();
    if (name.find("__AzureIaaSVMJob__Backup__") != std::string::npos || name.find("__AzureIaaSVMJob__Restore__") != std::string::npos) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Matches by method and path, whatever the api-version; between two recorded answers it gives the earlier one.
class Replayer final : public Service {
 public:
  explicit Replayer(const json& record) {
    for (const json& step : record["steps"]) {
      const std::string url = step["url"];
      if (origin.empty() && url.find("://") != std::string::npos) origin = url.substr(0, url.find('/', 8));
      for (const auto& [name, value] : step["headers"].items())
        if (origin.empty() && value.is_string() && (equals_ignoring_case(name, "location") || equals_ignoring_case(name, "azure-asyncoperation"))) {
          const std::string link = value;
          origin = link.substr(0, link.find('/', 8));
        }
      const std::string kind = step["kind"];
      if (kind == "rsv.opstatus" && operation_path.empty()) operation_path = arm::path_of(url);
      if (step["method"] != "GET") continue;
      std::string headers;
      for (const auto& [name, value] : step["headers"].items())
        if (value.is_string()) headers += name + ": " + std::string(value) + "\r\n";
      answers_[key(url)].push_back({Milliseconds(static_cast<std::int64_t>(step["t"].get<double>() * 1000)), {.status = step["status"], .headers = headers, .body = step["bodyText"]}});
    }
    // An api-version in the link would be theirs; the tracker brings its own.
    last = Milliseconds(static_cast<std::int64_t>(record["steps"].back()["t"].get<double>() * 1000));
  }

  std::string origin;
  std::string operation_path;
  Milliseconds last{};
  int unknown_paths = 0;

  arm::Response answer(const arm::Request& request, Milliseconds at) override {
    const auto found = answers_.find(key(request.url));
    if (found == answers_.end()) {
      ++unknown_paths;
      return {.status = 404};
    }
    const Answer* current = &found->second.front();
    for (const Answer& answer : found->second)
      if (answer.at <= at) current = &answer;
    return current->response;
  }

 private:
  struct Answer {
    Milliseconds at;
    arm::Response response;
  };
  static std::string key(std::string_view url) { return lower_cased(arm::percent_decoded(arm::path_of(url))); }

  std::map<std::string, std::vector<Answer>> answers_;
};

TEST(Replay, EveryVmBackupAndRestore) {
  const auto files = sequences();
  if (files.empty()) GTEST_SKIP() << "recorded traffic is absent: " << corpus();
  int ended = 0, running = 0, ours = 0, theirs = 0;
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    std::ifstream stream(file);
    const json record = json::parse(stream);
    Replayer replayer(record);
    ASSERT_FALSE(replayer.operation_path.empty());
    Loop loop({replayer.origin}, replayer, {}, 1);
    const auto watch = loop.follow(replayer.operation_path);
    loop.run(replayer.last + 2h);
    EXPECT_EQ(replayer.unknown_paths, 0);
    const auto view = *loop.tracker.view(watch, loop.now());
    ASSERT_EQ(view.jobs.size(), 1u);
    ASSERT_NE(view.jobs[0].job, nullptr);
    const Job& job = *view.jobs[0].job;
    EXPECT_EQ(job.name, record["jobId"].get<std::string>());
    EXPECT_EQ(job.status.text, record["finalStatus"].get<std::string>());
    EXPECT_EQ(job.operation, record["operation"].get<std::string>());
    if (is_terminal(job.status.state)) {
      ++ended;
      EXPECT_EQ(view.stage, tracking::Stage::ended_jobs);
      EXPECT_LE(loop.elapsed(), replayer.last + 2min);
      const double hours = static_cast<double>(loop.elapsed().count()) / 3.6e6;
      EXPECT_LT(loop.requests, 20 + 75 * hours);
    } else {
      ++running;
      EXPECT_EQ(view.stage, tracking::Stage::jobs);
      EXPECT_EQ(view.jobs[0].contact.state, tracking::Contact::fresh);
      EXPECT_TRUE(view.jobs[0].contact.next_at || view.jobs[0].contact.asking) << "it has stopped asking";
    }
    if (is_terminal(job.status.state)) {
      ours += loop.requests;
      theirs += static_cast<int>(record["steps"].size());
    }
  }
  std::cout << "replayed " << files.size() << " conversations: " << ended << " ended, " << running << " still running; requests to the end: ours " << ours << ", the recording clients' " << theirs << "\n";
  EXPECT_GT(ended, 30);
  EXPECT_GT(running, 3);
}

}  // namespace
}  // namespace abj::simulation
