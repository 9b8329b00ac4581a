// The store's rows of TARGETS.md, natively: a list read again with little changed (3), queries over 100,000 jobs (7), bytes a job (8). One JSON object a line;
// with a folder as argument it also writes there the page it reads, so that others can be measured on the same bytes.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "decode/job_decoder.h"
#include "decode/list_scan.h"
#include "store/causes.h"
#include "store/item_board.h"
#include "store/job_table.h"
#include "store/job_view.h"

namespace abj::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view vault = "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-contoso-weu";

// A list item as the service sends it, of 5,000 items over two weeks; one in twenty failed. `turn`: what it says the next time.
std::string item(unsigned index, unsigned turn = 0) {
  const auto hash = [&](unsigned salt) { return (index * 2654435761u + salt * 40503u) ^ (index >> 7); };
  char name[40], text[1200];
  std::snprintf(name, sizeof name, "%08x-%04x-4%03x-8%03x-%012x", index, hash(1) & 0xffff, hash(2) & 0xfff, hash(3) & 0xfff, hash(4));
  const bool failed = hash(5) % 20 == 0;
  const unsigned minutes = hash(6) % 20160, length = 600 + hash(7) % 3000 + turn;
  std::snprintf(text, sizeof text,
                R"({"id":"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-contoso-weu/backupJobs/%s","name":"%s","type":"Microsoft.RecoveryServices/vaults/backupJobs","properties":{"jobType":"AzureIaaSVMJob","duration":"00:%02u:%02u.%07u","virtualMachineVersion":"Compute","extendedInfo":null,"containerName":"iaasvmcontainerv2;rg-%u;vm-branch-%04u","isUserTriggered":false,%s"entityFriendlyName":"vm-branch-%04u","backupManagementType":"AzureIaasVM","operation":"%s","status":"%s","startTime":"2026-11-%02uT%02u:%02u:40.%07uZ","endTime":"2026-11-%02uT%02u:%02u:04.0385664Z","activityId":"%08x-1d66-4f81-8e91-%012x"}})",
                name, name, length / 60 % 60, length % 60, hash(8) % 10'000'000, index % 40, index % 5000,
                failed ? R"("errorDetails":[{"errorCode":400001,"errorTitle":"CommandExecutionFailed","errorString":"Command execution failed. Another operation is currently in progress on this item.","recommendations":["Please wait until the previous operation is completed and try again."]}],)" : "",
                index % 5000, hash(9) % 10 ? "Backup" : "Restore", failed ? "Failed" : "Completed", 1 + minutes / 1440, minutes / 60 % 24, minutes % 60, hash(10) % 10'000'000, 1 + minutes / 1440, minutes / 60 % 24, minutes % 60, hash(11), hash(12));
  return text;
}

std::string page(unsigned count, unsigned changed_every) {
  std::string text = R"({"value":[)";
  for (unsigned i = 0; i < count; ++i) text += (i ? "," : "") + item(i, changed_every && i % changed_every == 0);
  return text + "]}";
}

// From the body to the change set: elements that are the same bytes as before are not read.
std::size_t take(store::JobTable& table, std::string_view body) {
  const auto scan = decode::scan_list(body);
  if (!scan || !decode::decode_job_page(scan->rest)) std::abort();
  std::vector<std::string_view> fresh;
  std::vector<Hash> hashes;
  for (const auto& element : scan->elements) {
    const Hash hash = decode::hash_of_element(element);
    if (table.find_raw(hash)) continue;
    fresh.push_back(element);
    hashes.push_back(hash);
  }
  const auto read = decode::decode_job_page(decode::list_of(fresh));
  if (!read || read->jobs.size() != fresh.size()) std::abort();
  std::size_t changes = 0;
  for (std::size_t i = 0; i < read->jobs.size(); ++i) changes += table.put(vault, read->jobs[i], hashes[i]).change != store::Change::none;
  return changes;
}

struct Taken {
  double low = 0, median = 0, high = 0;  // milliseconds: the quartiles
};

Taken timed(int times, const std::function<void()>& run, const std::function<void()>& before = [] {}) {
  std::vector<double> taken;
  for (int i = 0; i < times; ++i) {
    before();
    const auto begin = Clock::now();
    run();
    taken.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::sort(taken.begin(), taken.end());
  return {taken[taken.size() / 4], taken[taken.size() / 2], taken[taken.size() * 3 / 4]};
}

void say(std::string_view what, const Taken& ms, std::size_t count) {
  std::printf(R"({"what":"%.*s","median":%.3f,"low":%.3f,"high":%.3f,"count":%zu})" "\n", static_cast<int>(what.size()), what.data(), ms.median, ms.low, ms.high, count);
}

void refreshes(const char* folder) {
  const std::string first = page(10'000, 0), second = page(10'000, 100);
  if (folder) std::ofstream(std::string(folder) + "/list.json") << second;
  std::size_t changes = 0;
  say("list of 10,000, cold", timed(9, [&] {
        store::JobTable table;
        changes = take(table, first);
      }), changes);
  store::JobTable table;
  take(table, first);
  bool turn = false;
  say("list of 10,000 again, 1 % changed", timed(21, [&] { changes = take(table, turn ? first : second); }, [&] { turn = !turn; table.forget({std::string(vault)}); take(table, turn ? second : first); }), changes);
  say("list of 10,000 again, unchanged", timed(21, [&] { changes = take(table, turn ? second : first); }), changes);
}

// A hundred jobs that say something else than the last time.
std::string changed_page(unsigned turn) {
  std::string text = R"({"value":[)";
  for (unsigned i = 0; i < 100; ++i) text += (i ? "," : "") + item(i * 37, turn);
  return text + "]}";
}

store::JobTable hundred_thousand() {
  store::JobTable table;
  for (unsigned begin = 0; begin < 100'000; begin += 1000) {
    std::string text = R"({"value":[)";
    for (unsigned i = begin; i < begin + 1000; ++i) text += (i > begin ? "," : "") + item(i);
    take(table, text + "]}");
  }
  return table;
}

void queries(store::JobTable& table) {
  using namespace store;
  std::printf(R"({"what":"bytes a job","bytes":%.1f,"count":%zu})" "\n", static_cast<double>(table.bytes()) / static_cast<double>(table.size()), table.size());
  const std::pair<const char*, Query> asked[] = {
      {"all, newest first", {}},
      {"sort by item", {.sort = Column::item, .descending = false}},
      {"sort by duration", {.sort = Column::duration}},
      {"sort by status", {.sort = Column::status, .descending = false}},
      {"failed", {.states = 1u << static_cast<unsigned>(JobState::failed)}},
      {"search v", {.search = "v"}},
      {"search absent", {.search = "no such thing"}},
      {"search e", {.search = "e"}},
      {"search of hex", {.search = "4f8"}},
      {"search an error, sort by item", {.search = "Another Operation", .sort = Column::item}},
      {"group by item", {.group = Column::item}},
  };
  for (const auto& question : asked) {
    std::size_t count = 0;
    say(question.first, timed(15, [&] {
          const JobView view(table, question.second);
          count = view.rows().size() + view.groups().size();
        }), count);
  }
  JobView view(table, {.sort = Column::item});
  unsigned turn = 0;
  say("sorted by item, 100 jobs changed", timed(15, [&] { view.refresh(); }, [&] { take(table, changed_page(++turn)); }), 100);
}

// What is protected, and why jobs fail, of the same jobs: 5,000 items, of which no list was read.
void pictures(store::JobTable& table) {
  using namespace store;
  const std::vector<VaultOfItems> vaults{{.key = std::string(vault), .items = nullptr, .covered_from = Instant(Duration(0))}};
  const Instant end = Instant(Duration(table.row(table.newest_first().front()).start));
  BoardQuestion question{.limit = std::chrono::hours(26), .days = even_days(14, end), .now = end};
  std::size_t count = 0;
  say("items and causes, their jobs told apart", timed(9, [&] {
        ItemIndex index(table);
        index.refresh();
        count = index.runs().size();
      }), count);
  ItemIndex index(table);
  ItemBoard board(table, index);
  const auto ask = [&] {
    index.refresh();
    count = board.ask(vaults, 0, question).rows.size();
  };
  index.refresh();
  say("items, first", timed(9, [&] { count = ItemBoard(table, index).ask(vaults, 0, question).rows.size(); }), count);
  say("items, a minute later", timed(15, ask, [&] { question.now += std::chrono::minutes(1); }), count);
  unsigned turn = 100;
  say("items, 100 jobs changed", timed(15, ask, [&] { take(table, changed_page(++turn)); }), count);
  question.search = "12";
  say("items searched for", timed(15, ask, [&] { question.now += std::chrono::minutes(1); }), count);
  say("causes", timed(15, [&] { count = causes(table, index, {}, {}).size(); }), count);
}

}  // namespace
}  // namespace abj::bench

int main(int count, char** arguments) {
  abj::bench::refreshes(count > 1 ? arguments[1] : nullptr);
  auto table = abj::bench::hundred_thousand();
  abj::bench::queries(table);
  abj::bench::pictures(table);
  return 0;
}
