// Recorded conversations, played as the service: every sequence runs through decoder, store and tracker, of Backup vaults and across regions too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "arm/resource_id.h"
#include "arm/url.h"
#include "decode/job_decoder.h"
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
  for (const auto& entry : std::filesystem::directory_iterator(corpus() / "sequences", none)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

Milliseconds milliseconds(double seconds) { return Milliseconds(static_cast<std::int64_t>(seconds * 1000)); }

// Matches by method and path, whatever the api-version; between two recorded answers it gives the earlier one. A job that was seen to have ended
// ends where its own duration says, which is before the recording client looked.
class Replayer final : public Service {
 public:
  explicit Replayer(const json& record) {
    std::optional<std::pair<Milliseconds, Duration>> running;
    for (const json& step : record["steps"]) {
      const std::string url = step["url"], kind = step["kind"], body = step["bodyText"];
      if (origin.empty() && url.find("://") != std::string::npos) origin = url.substr(0, url.find('/', 8));
      for (const auto& [name, value] : step["headers"].items())
        if (origin.empty() && value.is_string() && (equals_ignoring_case(name, "location") || equals_ignoring_case(name, "azure-asyncoperation"))) {
          const std::string link = value;
          origin = link.substr(0, link.find('/', 8));
        }
      if (kind.ends_with("opstatus") && operation_path.empty()) operation_path = arm::path_of(url);
      const bool is_job = kind.find("jobs.get") != std::string::npos;
      if (is_job && step["method"] == "POST") vault = json::parse(std::string(step["requestBody"]), nullptr, false).value("resourceId", "");
      else if (const auto found = arm::find_vault(arm::path_of(url)); found && vault.empty()) vault = found->vault.path();
      if (step["method"] != "GET" && !is_job) continue;
      std::string headers;
      for (const auto& [name, value] : step["headers"].items())
        if (value.is_string()) headers += name + ": " + std::string(value) + "\r\n";
      Milliseconds at = milliseconds(step["t"]);
      if (const auto job = is_job && step["status"] == 200 ? decode::decode_job(body) : Result<Job>(Error{}); job && job->duration) {
        if (!is_terminal(job->status.state)) running = {at, *job->duration};
        else if (!ended_at) {
          ended_at = seen_at = at;
          if (running) ended_at = std::clamp(running->first + std::chrono::duration_cast<Milliseconds>(*job->duration - running->second), running->first + 1ms, at);
          at = *ended_at;
        }
      }
      if (is_job) jobs_.insert(key(url));
      answers_[key(url)].push_back({at, {.status = step["status"], .headers = headers, .body = body}});
    }
    last = milliseconds(record["steps"].back()["t"]);
  }

  std::string origin;
  std::string operation_path;
  std::string vault;
  Milliseconds last{};
  std::optional<Milliseconds> ended_at{};  // of the job
  Milliseconds seen_at{};                  // by the recording client
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
    if (jobs_.contains(found->first)) asked_job_ = found->first;
    return current->response;
  }

  std::size_t jobs() const { return jobs_.size(); }
  // Of the job that was asked for.
  std::string last_status() const {
    const auto job = decode::decode_job(answers_.at(asked_job_).back().response.body);
    return job ? job->status.text : "";
  }

 private:
  struct Answer {
    Milliseconds at;
    arm::Response response;
  };
  static std::string key(std::string_view url) { return lower_cased(arm::percent_decoded(arm::path_of(url))); }

  std::map<std::string, std::vector<Answer>> answers_;
  std::set<std::string> jobs_;  // keys of those that are jobs
  std::string asked_job_;
};

TEST(Replay, EverySequence) {
  const auto files = sequences();
  if (files.empty()) GTEST_SKIP() << "recorded traffic is absent: " << corpus();
  int ended = 0, running = 0, ours = 0, theirs = 0;
  double our_delay = 0, their_delay = 0;
  for (const auto& file : files) {
    SCOPED_TRACE(file.filename().string());
    std::ifstream stream(file);
    const json record = json::parse(stream);
    Replayer replayer(record);
    ASSERT_FALSE(replayer.operation_path.empty());
    Loop loop({replayer.origin}, replayer, {}, 1);
    const auto watch = loop.follow(replayer.operation_path, replayer.vault);
    std::optional<Milliseconds> shown_at;
    loop.run(replayer.last + 2h, [&] {
      if (!shown_at && loop.tracker.view(watch, loop.now())->stage == tracking::Stage::ended_jobs) shown_at = loop.elapsed();
    });
    EXPECT_EQ(replayer.unknown_paths, 0);
    const auto view = *loop.tracker.view(watch, loop.now());
    ASSERT_EQ(view.jobs.size(), 1u);
    ASSERT_NE(view.jobs[0].job, nullptr);
    const Job& job = *view.jobs[0].job;
    EXPECT_EQ(job.name, record["jobId"].get<std::string>());
    // One client turned from the paired region to the primary on the way: we stay with the job that the operation named.
    EXPECT_EQ(job.status.text, replayer.jobs() == 1 ? record["finalStatus"].get<std::string>() : replayer.last_status());
    EXPECT_EQ(job.operation, record["operation"].get<std::string>());
    if (!is_terminal(job.status.state)) {
      ++running;
      EXPECT_EQ(view.stage, tracking::Stage::jobs);
      EXPECT_EQ(view.jobs[0].contact.state, tracking::Contact::fresh);
      EXPECT_TRUE(view.jobs[0].contact.next_at || view.jobs[0].contact.asking) << "it has stopped asking";
      continue;
    }
    ++ended;
    EXPECT_EQ(view.stage, tracking::Stage::ended_jobs);
    EXPECT_LE(loop.elapsed(), replayer.last + 2min);
    const double hours = static_cast<double>(loop.elapsed().count()) / 3.6e6;
    EXPECT_LT(loop.requests, 20 + 75 * hours);
    ours += loop.requests;
    theirs += static_cast<int>(record["steps"].size());
    if (!replayer.ended_at || !shown_at) continue;
    our_delay += static_cast<double>((*shown_at - *replayer.ended_at).count()) / 1000;
    their_delay += static_cast<double>((replayer.seen_at - *replayer.ended_at).count()) / 1000;
  }
  std::printf("replayed %zu conversations: %d ended, %d still running; requests to the end: ours %d, the recording clients' %d; mean delay: ours %.1f s, theirs %.1f s\n", files.size(), ended, running, ours, theirs, our_delay / ended,
              their_delay / ended);
  EXPECT_GT(ended, 30);
  EXPECT_GT(running, 3);
}

}  // namespace
}  // namespace abj::simulation
