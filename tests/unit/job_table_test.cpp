// The table and its views, after random updates, against the plainest thing that does the same.
#include "store/job_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "model/text.h"
#include "store/fold.h"
#include "store/job_view.h"

namespace abj::store {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view guid = "41f3e94b-ae6b-4a20-b422-65abfcaf03e5";

Job full_job() {
  Job job;
  job.id = "/Subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/" + std::string(guid);
  job.name = guid;
  job.type = "Microsoft.RecoveryServices/vaults/backupJobs";
  job.job_type = "AzureIaaSVMJob";
  job.item = "vm-Wéb-01";
  job.management_type = "AzureIaasVM";
  job.operation = "Backup";
  job.status = to_job_status("CompletedWithWarnings");
  job.start = Instant(Duration(17'951'328'001'234'567));
  job.end = *job.start + 20min;
  job.duration = Duration(12'230'896'697);
  job.activity_id = "7df8e874-1d66-4f81-8e91-da2fe054811d-2019-10-12T10:22:43Z-Ibz";
  job.cancellable = job.retriable = true;
  job.actions = {"1", "Retriable"};
  job.container_name = "c", job.container_type = "ct", job.workload_type = "w", job.machine_version = "Compute", job.server_name = "sn", job.server_type = "st", job.storage_account = "sa";
  job.user_triggered = false;
  job.errors = {{"400001", "t", "Command\r\nexecution failed.", "d", {"Try again.", ""}}, {"UserErrorX", "", std::string("a\0b", 3), "", {}}};
  job.other = {{"/properties/new", "7", false}, {"/properties/url", "https://x/?sig=z", true}};
  return job;
}

TEST(JobTable, WhatIsOlderChangesNothingUnlessItIsTheEnd) {
  JobTable table;
  Job job = full_job();
  const auto put = [&](std::string_view status, int asked_at) {
    job.status = to_job_status(status);
    return table.put("v", job, 0, std::chrono::seconds(asked_at));
  };
  put("InProgress", 10);
  EXPECT_EQ(put("Paused", 5).change, Change::none);
  EXPECT_EQ(table.job(0).status.text, "InProgress");
  const Put end = put("Failed", 5);
  EXPECT_EQ(end.change, Change::updated);
  EXPECT_TRUE(end.has_ended);
  EXPECT_EQ(table.said_at(0), std::chrono::seconds(10));
  EXPECT_EQ(put("InProgress", 20).change, Change::none);
  EXPECT_EQ(table.job(0).status.text, "Failed");
  const Put again = put("Failed", 30);
  EXPECT_EQ(again.change, Change::none);
  EXPECT_FALSE(again.has_ended);
  table.confirm(0, std::chrono::seconds(40));
  EXPECT_EQ(table.said_at(0), std::chrono::seconds(40));
}

TEST(JobTable, KeepsEveryFieldOfAListItem) {
  JobTable table;
  Job job = full_job();
  job.status = to_job_status("InProgress");
  EXPECT_EQ(table.put("v", job).change, Change::added);
  EXPECT_EQ(table.job(0), job);
  for (auto change : {+[](Job& j) { j.id = "something else"; }, +[](Job& j) { j.id.clear(); }, +[](Job& j) { j.activity_id = guid; }, +[](Job& j) { j.activity_id.clear(); }, +[](Job& j) { j.user_triggered.reset(); },
                      +[](Job& j) { j.user_triggered = true; }, +[](Job& j) { j.errors.clear(); }, +[](Job& j) { j.errors[0].recommendations.clear(); }, +[](Job& j) { j.start.reset(); }, +[](Job& j) { j.end.reset(); },
                      +[](Job& j) { j.duration = Duration(-1); }, +[](Job& j) { j.other[0].value = "8"; }, +[](Job& j) { j.status = to_job_status("Paused"); }, +[](Job& j) { j.actions.clear(); },
                      +[](Job& j) { j.item = std::string(300, 'x'); }}) {
    Job other = job;
    change(other);
    table.put("v", job);
    EXPECT_EQ(table.put("v", other).change, Change::updated);
    EXPECT_EQ(table.job(0), other);
    EXPECT_EQ(table.put("v", other).change, Change::none);
  }
  EXPECT_EQ(table.size(), 1u);
}

TEST(JobTable, NamesAreTheVaultsOwnAndKnowNoCase) {
  JobTable table;
  Job job = full_job();
  table.put("v", job);
  table.put("w", job);
  EXPECT_EQ(table.size(), 2u);
  job.name = "41F3E94B-AE6B-4A20-B422-65ABFCAF03E5";
  EXPECT_EQ(table.put("v", job).row, 0u);
  EXPECT_EQ(table.job(0).name, job.name) << "as it came";
  job.name = "Job of my own";
  const auto put = table.put("v", job);
  EXPECT_EQ(put.change, Change::added);
  EXPECT_EQ(table.find("v", "JOB of my own"), put.row);
  EXPECT_FALSE(table.find("w", "Job of my own"));
  EXPECT_FALSE(table.find("x", guid));
}

TEST(JobTable, RecognisesWhatItWasReadFrom) {
  JobTable table;
  Job job = full_job();
  table.put("v", job, 77);
  EXPECT_EQ(table.find_raw(77), 0u);
  EXPECT_FALSE(table.find_raw(78));
  EXPECT_FALSE(table.find_raw(0));
  job.status = to_job_status("Failed");
  table.put("v", job, 78);
  EXPECT_FALSE(table.find_raw(77)) << "it says something else now";
  EXPECT_EQ(table.find_raw(78), 0u);
}

// Random jobs of a few vaults, and what a vector of them says.
class Naive {
 public:
  std::vector<std::pair<std::string, Job>> jobs;  // as they were first put in

  void put(const std::string& vault, const Job& job) {
    for (auto& [v, known] : jobs)
      if (v == vault && equals_ignoring_case(known.name, job.name)) {
        // What has ended runs no more.
        if (!is_terminal(known.status.state) || is_terminal(job.status.state)) known = job;
        return;
      }
    jobs.emplace_back(vault, job);
  }
  void forget(const std::string& vault) {
    std::erase_if(jobs, [&](const auto& job) { return job.first == vault; });
  }

  static std::string word(const std::string& vault, const Job& job, Column column) {
    switch (column) {
      case Column::operation: return job.operation;
      case Column::type: return job.job_type;
      case Column::item: return job.item;
      case Column::vault: return vault;
      case Column::error: return job.errors.empty() ? "" : job.errors[0].code;
      default: return std::string(name_of(job.status.state));
    }
  }
  static bool takes(const std::string& vault, const Job& job, const Query& query) {
    if (query.states && !(query.states >> static_cast<unsigned>(job.status.state) & 1)) return false;
    const std::pair<const std::string&, Column> words[] = {{query.operation, Column::operation}, {query.type, Column::type}, {query.item, Column::item}, {query.vault, Column::vault}, {query.error, Column::error}};
    for (const auto& [wanted, column] : words)
      if (!wanted.empty() && !equals_ignoring_case(wanted, word(vault, job, column))) return false;
    if (query.from && (!job.start || *job.start < *query.from)) return false;
    if (query.to && job.start && *job.start > *query.to) return false;
    if (query.search.empty()) return true;
    const std::string needle = folded(query.search);
    const auto has = [&](const std::string& text) { return folded(text).find(needle) != std::string::npos; };
    if (has(job.item) || has(job.id)) return true;
    return std::any_of(job.errors.begin(), job.errors.end(), [&](const JobError& error) { return has(error.code) || has(error.message) || has(error.title); });
  }
  static int compare(const std::string& va, const Job& a, const std::string& vb, const Job& b, Column column) {
    const auto times = [](auto x, auto y) { return x == y ? 0 : !x ? -1 : !y ? 1 : *x < *y ? -1 : 1; };
    static const JobState order[] = {JobState::failed, JobState::completed_with_warnings, JobState::unknown, JobState::cancelling, JobState::in_progress, JobState::not_started, JobState::cancelled, JobState::completed};
    switch (column) {
      case Column::start: return times(a.start, b.start);
      case Column::end: return times(a.end, b.end);
      case Column::duration: return times(a.duration, b.duration);
      case Column::status: return static_cast<int>(std::find(std::begin(order), std::end(order), a.status.state) - std::find(std::begin(order), std::end(order), b.status.state));
      default: {
        const std::string x = word(va, a, column), y = word(vb, b, column);
        const int names = compare_names(folded(x), folded(y));
        return names ? names : x.compare(y);
      }
    }
  }
  std::vector<std::size_t> rows(const Query& query) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < jobs.size(); ++i)
      if (takes(jobs[i].first, jobs[i].second, query)) found.push_back(i);
    std::stable_sort(found.begin(), found.end(), [&](std::size_t x, std::size_t y) {
      const auto& [va, a] = jobs[x];
      const auto& [vb, b] = jobs[y];
      const int order = compare(va, a, vb, b, query.sort) * (query.descending ? -1 : 1);
      if (order) return order < 0;
      return compare(va, a, vb, b, Column::start) > 0;
    });
    return found;
  }
};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned below(unsigned bound) { return static_cast<unsigned>(engine_() % bound); }
  template <class Range>
  auto one_of(const Range& range) { return std::data(range)[below(static_cast<unsigned>(std::size(range)))]; }

 private:
  std::mt19937 engine_;
};

constexpr const char* items[] = {"", "vm-1", "vm-01", "VM-10", "vm-9", "ÄPFEL", "äpfel", "備份", "ledger [sql-01]", "a.very.long.item.name.that.does.not.end"};
constexpr const char* operations[] = {"Backup", "Restore", "Backup (Full)", "ConfigureBackup"};
constexpr const char* statuses[] = {"InProgress", "Completed", "Failed", "CompletedWithWarnings", "Cancelled", "Cancelling", "Paused"};
constexpr const char* codes[] = {"400001", "UserErrorÄ", "CloudInternalError"};
constexpr const char* searches[] = {"", "vm", "V", "äPF", "備", "absent-term", "4000", "failed at", "e", "a-b", "/backupjobs/0000", "Job X", "vaults/w/", "-"};
constexpr const char* vaults[] = {"v", "w", "x"};

Job random_job(Random& random) {
  Job job;
  char name[40];
  std::snprintf(name, sizeof name, random.below(9) ? "%08x-aaaa-b%03x-cccc-00000000000e" : "Job x %08x %03x", random.below(40), random.below(4));
  job.name = name;
  job.id = "/subscriptions/s/vaults/" + std::string(random.one_of(vaults)) + "/backupJobs/" + job.name;
  job.item = random.one_of(items);
  job.operation = random.one_of(operations);
  job.job_type = random.below(2) ? "AzureIaaSVMJob" : "AzureStorageJob";
  job.status = to_job_status(random.one_of(statuses));
  if (random.below(10)) job.start = Instant(Duration(random.below(20) * 200'000'000'000LL - 50'000'000));
  if (random.below(2)) job.end = Instant(Duration(random.below(20)));
  if (random.below(3)) job.duration = Duration(random.below(5));
  job.activity_id = random.below(3) ? std::string(guid) : "";
  if (!random.below(3)) job.errors.push_back({random.one_of(codes), "", random.below(2) ? "It FAILED at noon." : "no", "", {}});
  return job;
}

Query random_query(Random& random) {
  Query query;
  if (!random.below(3)) query.states = random.below(256);
  if (!random.below(4)) query.operation = random.below(2) ? "backup" : "Backup (full)";
  if (!random.below(6)) query.type = "azureStorageJob";
  if (!random.below(6)) query.item = random.one_of(items);
  if (!random.below(5)) query.vault = random.one_of(vaults);
  if (!random.below(6)) query.error = random.one_of(codes);
  if (!random.below(4)) query.from = Instant(Duration(random.below(10) * 200'000'000'000LL));
  if (!random.below(4)) query.to = Instant(Duration(random.below(20) * 200'000'000'000LL));
  if (random.below(2)) query.search = random.one_of(searches);
  query.sort = static_cast<Column>(random.below(9));
  query.descending = random.below(2);
  if (random.below(2)) query.group = static_cast<Column>(3 + random.below(6));
  query.counts_only = query.group && !random.below(3);
  return query;
}

void expect_same(const JobView& view, const JobTable& table, const Naive& naive) {
  const auto wanted = naive.rows(view.query());
  ASSERT_EQ(view.rows().size(), view.query().counts_only ? 0 : wanted.size());
  for (std::size_t i = 0; i < view.rows().size(); ++i) ASSERT_EQ(table.job(view.rows()[i]), naive.jobs[wanted[i]].second) << i;
  if (!view.query().group) return;
  std::map<std::string, std::uint32_t> counts;
  for (const std::size_t row : wanted) ++counts[Naive::word(naive.jobs[row].first, naive.jobs[row].second, *view.query().group)];
  const auto groups = view.groups();
  ASSERT_EQ(groups.size(), counts.size());
  for (const auto& group : groups) EXPECT_EQ(group.count, counts[group.label]) << group.label;
  EXPECT_TRUE(std::is_sorted(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.count > b.count; }));
}

// Held, the rows are what they were, and what the query takes besides is counted.
void expect_held(JobView& view, const JobTable& table, const Naive& naive) {
  if (view.query().counts_only) return;
  const auto before = view.rows();
  view.refresh(true);
  ASSERT_EQ(view.rows(), before);
  std::set<std::pair<TextId, std::string>> shown;
  for (const RowId row : before) shown.emplace(table.row(row).vault, table.job(row).name);
  std::size_t others = 0;
  for (const std::size_t row : naive.rows(view.query())) {
    const auto& [vault, job] = naive.jobs[row];
    others += !shown.contains({table.row(*table.find(vault, job.name)).vault, job.name});
  }
  EXPECT_EQ(view.waiting(), others);
}

TEST(JobView, EveryQueryAfterRandomUpdatesIsWhatThePlainestWayFinds) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    JobTable table;
    Naive naive;
    std::vector<std::unique_ptr<JobView>> views;
    std::map<const JobView*, std::uint32_t> numberings;  // of the table, when they were refreshed
    for (int i = 0; i < 4; ++i) views.push_back(std::make_unique<JobView>(table, random_query(random)));
    for (int round = 0; round < 25; ++round) {
      const unsigned count = random.below(4) ? random.below(6) : random.below(400);
      for (unsigned i = 0; i < count; ++i) {
        const std::string vault = random.one_of(vaults);
        const Job job = random_job(random);
        table.put(vault, job, random.below(3) ? hash_of(job.name) + i + 1 : 0);
        naive.put(vault, job);
      }
      if (!random.below(12)) {
        const std::string vault = random.one_of(vaults);
        table.forget({std::string(vault)});
        naive.forget(vault);
      }
      ASSERT_EQ(table.size(), naive.jobs.size());
      std::array<std::uint32_t, 8> counts{};
      for (const auto& [vault, job] : naive.jobs) ++counts[static_cast<std::size_t>(job.status.state)];
      ASSERT_EQ(table.counts(), counts);
      std::map<std::string, std::uint32_t> errors;
      std::map<std::tuple<std::string, std::string, std::int32_t>, std::array<std::uint16_t, 8>> days;
      for (const auto& [vault, job] : naive.jobs) {
        if (!job.errors.empty()) ++errors[job.errors.front().code];
        if (job.start) ++days[{vault, job.item, day_of(job.start->time_since_epoch().count())}][static_cast<std::size_t>(job.status.state)];
      }
      for (const auto& [code, count] : errors) ASSERT_EQ(table.with_error(code), count) << code;
      EXPECT_EQ(table.with_error("no such code"), 0u);
      for (const auto& [key, states] : days) {
        const auto* day = table.on_day(std::get<0>(key), std::get<1>(key), std::get<2>(key));
        ASSERT_TRUE(day);
        ASSERT_EQ(day->states, states);
      }
      EXPECT_FALSE(table.on_day("v", "no such item", 5));
      if (random.below(3) == 0) {
        auto& view = views[random.below(4)];
        view = std::make_unique<JobView>(table, random_query(random));
        numberings[view.get()] = table.numbering();
      }
      for (const auto& view : views) {
        if (random.below(4) == 0) continue;  // and what it missed it takes in later
        if (random.below(4) == 0 && numberings[view.get()] == table.numbering()) {
          expect_held(*view, table, naive);
          if (testing::Test::HasFatalFailure()) return;
          continue;
        }
        view->refresh();
        EXPECT_EQ(view->waiting(), 0u);
        numberings[view.get()] = table.numbering();
        expect_same(*view, table, naive);
        if (testing::Test::HasFatalFailure()) return;
        EXPECT_FALSE(view->refresh()) << "nothing has changed since";
      }
    }
  }
}

TEST(JobTable, MemoryIsGivenBack) {
  JobTable table;
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    Job job = random_job(random);
    job.name = "job " + std::to_string(i);
    job.item = "item " + std::to_string(i % 1000);
    table.put(i % 2 ? "v" : "w", job, static_cast<Hash>(i + 1));
  }
  EXPECT_EQ(table.size(), 20'000u);
  const std::size_t full = table.bytes();
  table.forget({"v"});
  EXPECT_LT(table.bytes(), full * 2 / 3);
  EXPECT_TRUE(table.find("w", "job 4"));
  EXPECT_FALSE(table.find("v", "job 5"));
  table.forget({"w"});
  EXPECT_EQ(table.size(), 0u);
  EXPECT_LT(table.bytes(), 40'000u) << "but for the journal";
}

}  // namespace
}  // namespace abj::store
