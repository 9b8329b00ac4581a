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
      is_cross_region |= is_job && step["method"] == "POST";
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
  bool is_cross_region = false;

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

  // The job as a list would have it, if it was seen by then: without what only a single read brings.
  std::optional<json> listed(Milliseconds at) const {
    for (const auto& key : jobs_) {
      const Answer* found = nullptr;
      for (const Answer& answer : answers_.at(key))
        if (answer.at <= at && answer.response.status == 200) found = &answer;
      json job = found ? json::parse(found->response.body, nullptr, false) : json();
      if (job.is_object()) return job["properties"].erase("extendedInfo"), job;
    }
    return {};
  }
  bool has(const std::string& path) const { return answers_.contains(path); }
  std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const auto& [path, answers] : answers_) paths.push_back(path);
    return paths;
  }
  static std::string key(std::string_view url) { return lower_cased(arm::percent_decoded(arm::path_of(url))); }

  std::size_t jobs() const { return jobs_.size(); }
  // Of the job that was asked for.
  std::string last_status() const { return status_of(asked_job_); }
  // Of the only one.
  std::string recorded_status() const { return status_of(*jobs_.begin()); }

 private:
  struct Answer {
    Milliseconds at;
    arm::Response response;
  };
  std::string status_of(const std::string& job) const {
    const auto read = decode::decode_job(answers_.at(job).back().response.body);
    return read ? read->status.text : "";
  }

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

// The conversations of one vault, as if they had begun at the same moment: its list is made of their job bodies.
class VaultReplayer final : public Service {
 public:
  explicit VaultReplayer(std::vector<Replayer*> players) : players_(std::move(players)) {}
  int lists = 0;

  arm::Response answer(const arm::Request& request, Milliseconds at) override {
    const std::string path = Replayer::key(request.url);
    if (path.ends_with("/backupjobs")) {
      ++lists;
      json page{{"value", json::array()}};
      for (const Replayer* player : players_)
        if (auto job = player->listed(at)) page["value"].push_back(std::move(*job));
      return {.status = 200, .body = page.dump()};
    }
    for (Replayer* player : players_)
      if (player->has(path)) return player->answer(request, at);
    return {.status = 404};
  }

 private:
  std::vector<Replayer*> players_;
};

TEST(Replay, EveryVaultsSequencesTogetherThroughItsList) {
  std::map<std::string, std::vector<std::unique_ptr<Replayer>>> vaults;
  std::map<std::string, int> steps;
  std::set<std::string> taken;
  for (const auto& file : sequences()) {
    std::ifstream stream(file);
    const json record = json::parse(stream);
    auto player = std::make_unique<Replayer>(record);
    const auto vault = arm::parse_vault_id(player->vault);
    if (!vault || record["finalStatus"].is_null() || player->jobs() != 1 || player->is_cross_region) continue;
    // Recordings have made-up names: where two say different things of one URL, one is played.
    const auto paths = player->paths();
    if (std::any_of(paths.begin(), paths.end(), [&](const auto& path) { return taken.contains(path); })) continue;
    taken.insert(paths.begin(), paths.end());
    steps[vault->key()] += static_cast<int>(record["steps"].size());
    vaults[vault->key()].push_back(std::move(player));
  }
  if (vaults.empty()) GTEST_SKIP() << "recorded traffic is absent: " << corpus();
  int together = 0, ended = 0, ours = 0, theirs = 0, lists = 0;
  double our_delay = 0;
  for (auto& [key, players] : vaults) {
    if (players.size() < 2) continue;
    SCOPED_TRACE(key);
    std::vector<Replayer*> all;
    Milliseconds last{};
    for (const auto& player : players) all.push_back(player.get()), last = std::max(last, player->last);
    VaultReplayer service(all);
    Loop loop({players[0]->origin.empty() ? "https://management.azure.com" : players[0]->origin}, service, {}, 1);
    std::vector<tracking::WatchId> watches;
    for (const Replayer* player : all) watches.push_back(loop.follow(player->operation_path, player->vault));
    std::vector<std::optional<Milliseconds>> shown_at(all.size());
    loop.run(last + 40min, [&] {
      for (std::size_t i = 0; i < all.size(); ++i)
        if (!shown_at[i] && loop.tracker.view(watches[i], loop.now())->stage == tracking::Stage::ended_jobs) shown_at[i] = loop.elapsed();
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto view = *loop.tracker.view(watches[i], loop.now());
      ASSERT_EQ(view.jobs.size(), 1u) << all[i]->operation_path;
      ASSERT_NE(view.jobs[0].job, nullptr) << all[i]->operation_path;
      EXPECT_EQ(view.jobs[0].job->status.text, all[i]->recorded_status());
      if (!all[i]->ended_at || !shown_at[i]) continue;
      ++ended;
      our_delay += static_cast<double>((*shown_at[i] - *all[i]->ended_at).count()) / 1000;
    }
    together += static_cast<int>(all.size());
    ours += loop.requests;
    theirs += steps[key];
    lists += service.lists;
  }
  std::printf("together: %d conversations in their vaults, %d ended; requests: ours %d, of which %d lists, the recording clients' %d; mean delay %.1f s\n", together, ended, ours, lists, theirs, our_delay / ended);
  EXPECT_GT(together, 40);
  EXPECT_GT(lists, 20);
  EXPECT_LT(ours, theirs);
}

}  // namespace
}  // namespace abj::simulation
