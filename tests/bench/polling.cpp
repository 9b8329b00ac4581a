// npm run bench -- polling: what following jobs costs in requests and how late an end is shown, for our schedule and for what people use today
// (PEERS.md). Rows 5, 6 and 6b of the targets. One line of JSON a result; tests/bench/bench.mjs makes the table and the picture.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numbers>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "durations.h"
#include "simulation/arm.h"
#include "tracking/schedule.h"
#include "tracking/tracker.h"

namespace abj::bench {
namespace {

using namespace std::chrono_literals;
using tracking::Schedule;

struct Cost {
  double polls = 0;  // reads after the first one, which everybody makes
  double delay = 0;  // seconds from the end to the poll that sees it
};

struct Summary {
  double polls = 0, delay = 0, late = 0;  // means; the 95th percentile of the delay
};

Summary summary(std::vector<Cost> costs) {
  Summary result;
  for (const Cost& cost : costs) result.polls += cost.polls, result.delay += cost.delay;
  std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.delay < b.delay; });
  const auto count = static_cast<double>(costs.size());
  return {result.polls / count, result.delay / count, costs[costs.size() * 95 / 100].delay};
}

Milliseconds milliseconds(double seconds) { return Milliseconds(static_cast<std::int64_t>(seconds * 1000)); }

Job job_of(double length) {
  Job job;
  job.job_type = "AzureIaaSVMJob";
  job.operation = "Backup";
  job.duration = std::chrono::duration_cast<Duration>(milliseconds(length));
  return job;
}

// One run of that length, polled by the schedule.
Cost follow(const Schedule& schedule, const Job& job, double length, std::mt19937& random) {
  Cost cost;
  double at = 0;
  for (int answers = 1;; ++answers) {
    const tracking::PollFacts facts{.jobs = {{&job, milliseconds(at)}}, .answers = answers};
    at += std::chrono::duration<double>(schedule.next(facts, std::uniform_real_distribution<double>(0, 1)(random))).count();
    ++cost.polls;
    if (at >= length) return {cost.polls, at - length};
  }
}

Cost fixed(double length, double interval, double extra = 0) {
  const double polls = std::max(1.0, std::ceil(length / interval));
  return {polls + (extra > 0 ? 1 : 0), polls * interval - length + extra};
}

std::vector<Cost> each(const std::vector<double>& lengths, const std::function<Cost(double)>& policy) {
  std::vector<Cost> costs;
  for (const double length : lengths) costs.push_back(policy(length));
  return costs;
}

// The fixed interval that makes as many requests: what its mean delay is.
Summary fixed_with_as_many(const std::vector<double>& lengths, double polls) {
  double low = 0.01, high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double middle = std::sqrt(low * high);
    (summary(each(lengths, [&](double length) { return fixed(length, middle); })).polls > polls ? low : high) = middle;
  }
  return summary(each(lengths, [&](double length) { return fixed(length, high); }));
}

void print(const std::string& on, const std::string& policy, const Summary& result) {
  std::printf(R"({"on":"%s","policy":"%s","polls":%.2f,"delay":%.2f,"late":%.2f})" "\n", on.c_str(), policy.c_str(), result.polls, result.delay, result.late);
}

void print_peers(const std::string& on, const std::vector<double>& lengths, const Summary& ours) {
  print(on, "ours", ours);
  print(on, "fixed, as many requests", fixed_with_as_many(lengths, ours.polls));
  print(on, "fixed 30 s", summary(each(lengths, [](double length) { return fixed(length, 30); })));
  print(on, "az wait", summary(each(lengths, [](double length) { return fixed(length, 30, 30); })));
  print(on, "2 s poller", summary(each(lengths, [](double length) { return fixed(length, 2); })));
}

std::string kind_of(const Job& job) {
  std::string type = job.job_type;
  if (type.ends_with("V2")) type.resize(type.size() - 2);
  return type + "/" + job.workload_type + "/" + job.operation;
}

double seconds_of(const Job& job) { return std::chrono::duration<double>(*job.duration).count(); }

// Row 6, first half: every recording followed by a schedule that has learned from all the others.
void corpus_row(const std::vector<Job>& jobs, tracking::PollBounds bounds, const std::string& on) {
  std::mt19937 random(1);
  std::vector<Cost> costs;
  std::vector<double> lengths;
  std::map<std::string, std::vector<const Job*>> kinds;
  for (const Job& job : jobs) kinds[kind_of(job)].push_back(&job);
  for (auto& [kind, same] : kinds) {
    std::shuffle(same.begin(), same.end(), random);
    for (const Job* job : same) {
      const auto schedule = tracking::make_adaptive_schedule(bounds);
      for (const Job* other : same)
        if (other != job) schedule->ended(*other);
      lengths.push_back(seconds_of(*job));
      costs.push_back(follow(*schedule, *job, lengths.back(), random));
    }
  }
  print_peers(on, lengths, summary(costs));
}

// Row 6, second half: log-normal lengths, learned from 64 of them; and the bound that no schedule can pass.
void log_normal_row(double spread, tracking::PollBounds bounds, const std::string& on) {
  constexpr double median = 2400;
  std::mt19937 random(7);
  std::lognormal_distribution<double> length_of(std::log(median), spread);
  std::vector<Cost> costs;
  std::vector<double> lengths;
  for (int world = 0; world < 100; ++world) {
    const auto schedule = tracking::make_adaptive_schedule(bounds);
    for (int i = 0; i < 64; ++i) schedule->ended(job_of(length_of(random)));
    for (int i = 0; i < 10; ++i) {
      lengths.push_back(length_of(random));
      costs.push_back(follow(*schedule, job_of(lengths.back()), lengths.back(), random));
    }
  }
  double integral = 0;
  for (double t = 0.5; t < 20 * median; ++t) {
    const double z = std::log(t / median) / spread;
    integral += std::sqrt(std::exp(-z * z / 2) / (t * spread * std::sqrt(2 * std::numbers::pi)) * std::erfc(z / std::numbers::sqrt2) / 2);
  }
  print_peers(on, lengths, summary(costs));
  std::printf(R"({"on":"%s","bound":%.4f})" "\n", on.c_str(), integral * integral / (median * std::exp(spread * spread / 2)));
}

// Row 6b: each recording's remaining time, forecast from the others at five moments of its life; each job weighs the same.
void forecast_row(const std::vector<Job>& jobs) {
  std::map<std::string, std::vector<const Job*>> kinds;
  for (const Job& job : jobs) kinds[kind_of(job)].push_back(&job);
  std::vector<std::pair<double, double>> ratios;  // and their weights
  double inside = 0;
  int forecast = 0;
  std::mt19937 random(5);
  for (auto& [kind, same] : kinds) {
    std::shuffle(same.begin(), same.end(), random);
    for (const Job* job : same) {
      const auto schedule = tracking::make_adaptive_schedule({});
      for (const Job* other : same)
        if (other != job) schedule->ended(*other);
      std::vector<double> own;
      double covered = 0;
      for (const double share : {0.1, 0.25, 0.5, 0.75, 0.9}) {
        const double length = seconds_of(*job), rest = length * (1 - share) * 1000;
        const auto range = schedule->forecast({job, milliseconds(length * share)});
        if (!range) continue;
        own.push_back(static_cast<double>(range->middle.count()) / rest);
        if (static_cast<double>(range->low.count()) <= rest && rest <= static_cast<double>(range->high.count())) ++covered;
      }
      if (own.empty()) continue;
      ++forecast;
      for (const double ratio : own) ratios.emplace_back(ratio, 1 / static_cast<double>(own.size()));
      inside += covered / static_cast<double>(own.size());
    }
  }
  std::sort(ratios.begin(), ratios.end());
  double weight = 0, median = 0;
  for (const auto& [ratio, share] : ratios)
    if ((weight += share) >= forecast / 2.0) {
      median = ratio;
      break;
    }
  std::printf(R"({"on":"forecast","jobs":%d,"of":%zu,"median":%.3f,"coverage":%.4f})" "\n", forecast, jobs.size(), median, inside / forecast);
}

struct Fleet {
  int vaults = 1, jobs = 1;  // of each vault
  Milliseconds spread = 0ms;  // their starts lie so far apart
};

// Row 5: the tracker itself, for an hour, on a simulated ARM with jobs of about 45 minutes, some of them cancelled.
void fleet_row(const Fleet& fleet) {
  simulation::SimulatedArm arm;
  std::mt19937 random(11);
  std::normal_distribution<double> length_of(45 * 60, 5 * 60);
  tracking::Tracker tracker({arm.origin}, tracking::make_adaptive_schedule({}), 3);
  Milliseconds now = 2h;
  const Milliseconds begin = now, end = now + 1h;
  const auto clocks = [&] { return Now{now, simulation::server_epoch + now}; };
  std::vector<std::pair<tracking::WatchId, simulation::SimulatedJob*>> watches;
  for (int v = 0; v < fleet.vaults; ++v) {
    auto& vault = arm.vault("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv-" + std::to_string(v));
    for (int j = 0; j < fleet.jobs; ++j) {
      simulation::SimulatedJob job;
      char name[40];
      std::snprintf(name, sizeof name, "%08x-0000-4000-8000-%012x", j, v);
      job.name = name;
      job.item = "vm-" + std::to_string(j);
      job.start = begin - milliseconds(std::uniform_real_distribution<double>(0, std::chrono::duration<double>(fleet.spread).count() + 1)(random));
      job.end = job.start + milliseconds(std::max(60.0, length_of(random)));
      if (job.end <= begin) job.end += 30min;
      auto* kept = &(vault.jobs[job.name] = job);
      auto start = tracking::parse_start(tracker.endpoint(), vault.path + "/backupJobs/" + job.name, {});
      watches.emplace_back(tracker.follow(std::move(*start), clocks()), kept);
    }
  }
  // Earlier runs of the same kind are in the vault's list of the last day, as they are in a real one.
  for (auto& [path, vault] : arm.vaults)
    for (int j = 0; j < std::min(60, 6 * fleet.jobs); ++j) {
      simulation::SimulatedJob job;
      job.name = "earlier-" + std::to_string(j);
      job.item = "vm-" + std::to_string(j % fleet.jobs);
      job.start = begin - 100min - std::chrono::minutes(j % 20);
      job.end = job.start + milliseconds(std::max(60.0, length_of(random)));
      if (job.end < begin) vault.jobs[job.name] = job;
    }
  long reads = 0, questions = 0, cancels = 0;
  Milliseconds oldest{};  // that a running job was shown, from the second minute on
  std::multimap<Milliseconds, arm::Response> answers;
  std::vector<double> delays;
  std::set<tracking::WatchId> seen;
  Milliseconds next_cancel = begin + 10min;
  while (now < end) {
    auto step = tracker.step(clocks());
    for (auto& request : step.send) {
      (request.method == arm::Method::get ? reads : arm::path_of(request.url) == arm::resource_graph_path ? questions : cancels) += 1;
      tracker.sent(request.id);
      arm::Response answer = arm.answer(request, now + 50ms);
      answer.id = request.id;
      answers.emplace(now + 100ms, std::move(answer));
    }
    for (const auto id : step.changed) {
      if (seen.contains(id)) continue;
      const auto view = tracker.view(id, clocks());
      const auto* job = watches[id - 1].second;
      if (view->jobs[0].job && is_terminal(view->jobs[0].job->status.state)) {
        seen.insert(id);
        if (job->ended_at() > begin) delays.push_back(std::chrono::duration<double>(now - job->ended_at()).count());
      }
    }
    if (now > begin + 2min)
      for (const auto& [id, job] : watches)
        if (const auto contact = tracker.view(id, clocks())->contact; contact.state == tracking::Contact::fresh) oldest = std::max(oldest, now - contact.answered_at.value_or(begin));
    Milliseconds next = end;
    if (step.wake) next = std::min(next, *step.wake);
    if (!answers.empty()) next = std::min(next, answers.begin()->first);
    if (next_cancel < end) next = std::min(next, next_cancel);
    now = std::max(now, next);
    if (now >= next_cancel) {
      next_cancel += 10min;
      for (const auto& [id, job] : watches)
        if (!seen.contains(id) && !job->is_over(now) && !tracker.cancel(id, 0, clocks())) break;
    }
    while (!answers.empty() && answers.begin()->first <= now) {
      const arm::Response answer = std::move(answers.begin()->second);
      answers.erase(answers.begin());
      tracker.receive(answer, clocks());
    }
  }
  long over = 0;
  for (const auto& [id, job] : watches) over += job->is_over(end) && !seen.contains(id);
  std::sort(delays.begin(), delays.end());
  double mean = 0;
  for (const double delay : delays) mean += delay;
  const auto count = static_cast<double>(delays.size());
  std::printf(R"({"on":"fleet","vaults":%d,"jobs":%d,"reads":%ld,"questions":%ld,"cancels":%ld,"ends":%zu,"unseen":%ld,"delay":%.1f,"late":%.1f,"oldest":%.0f})" "\n", fleet.vaults, fleet.jobs, reads, questions, cancels,
              delays.size(), over, delays.empty() ? 0.0 : mean / count, delays.empty() ? 0.0 : delays[delays.size() * 95 / 100], std::chrono::duration<double>(oldest).count());
}

}  // namespace
}  // namespace abj::bench

int main() {
  using namespace abj;
  using namespace std::chrono_literals;
  const auto jobs = bench::recorded_jobs();
  // How old a running state may become on screen is a promise of its own (two minutes); the policy is measured without it, too.
  const tracking::PollBounds product{}, free{.ceiling = 1h};
  if (jobs.empty()) std::printf(R"({"on":"corpus","absent":true})" "\n");
  else {
    bench::corpus_row(jobs, product, "corpus");
    bench::corpus_row(jobs, free, "corpus, ceiling 1 h");
    bench::forecast_row(jobs);
  }
  for (const double spread : {0.1, 0.3, 0.6}) {
    char on[40];
    std::snprintf(on, sizeof on, "log-normal %.1f", spread);
    bench::log_normal_row(spread, free, std::string(on) + ", ceiling 1 h");
    bench::log_normal_row(spread, product, on);
  }
  for (const int count : {1, 10, 100, 1000}) bench::fleet_row({.jobs = count, .spread = 40min});
  for (const int count : {10, 100}) bench::fleet_row({.vaults = count, .jobs = 3, .spread = 40min});
  return 0;
}
