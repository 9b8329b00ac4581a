// Files of jobs: nothing lost, nothing that a spreadsheet takes for a formula, whatever the cells hold.
#include "store/job_export.h"

#include <gtest/gtest.h>

#include <map>

#include "decode/json_reader.h"
#include "store/job_view.h"

namespace abj::store {
namespace {

Job job_named(std::string name) {
  Job job;
  job.name = std::move(name);
  job.id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv-Weu/backupJobs/" + job.name;
  job.item = "vm-1";
  job.operation = "Backup";
  job.job_type = "AzureIaaSVMJob";
  job.status = to_job_status("Failed");
  job.start = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + std::chrono::seconds(3723);
  job.duration = Duration(12'230'896'697);
  job.errors = {{"400001", "Title", "Said \"no\",\r\ntwice.", "", {"Wait.", "Try again."}}};
  return job;
}

std::string file_of(const std::vector<Job>& jobs, FileFormat format, std::size_t part) {
  JobTable table;
  for (const Job& job : jobs) table.put("/vaults/v", job);
  const JobView view(table, {.descending = false});
  std::string file;
  for (std::size_t first = 0; first == 0 || first < jobs.size(); first += part) file += exported(table, view.rows(), first, part, format);
  return file;
}

// Cells as RFC 4180 has them, lines of cells.
std::vector<std::vector<std::string>> cells_of(std::string_view csv) {
  std::vector<std::vector<std::string>> lines(1);
  lines.back().emplace_back();
  bool is_quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (csv[i] == '"') {
      if (is_quoted && i + 1 < csv.size() && csv[i + 1] == '"') lines.back().back() += csv[i++];
      else is_quoted = !is_quoted;
    } else if (!is_quoted && csv[i] == ',') {
      lines.back().emplace_back();
    } else if (!is_quoted && csv.substr(i).starts_with("\r\n")) {
      ++i;
      lines.emplace_back().emplace_back();
    } else {
      lines.back().back() += csv[i];
    }
  }
  lines.pop_back();
  return lines;
}

TEST(JobExport, CsvHasEveryRowWithItsCells) {
  const auto file = file_of({job_named("a"), job_named("b"), job_named("c")}, FileFormat::csv, 2);
  ASSERT_TRUE(file.starts_with("\xEF\xBB\xBFStatus,Item,"));
  const auto lines = cells_of(file);
  ASSERT_EQ(lines.size(), 4u);
  for (const auto& line : lines) EXPECT_EQ(line.size(), lines[0].size());
  const auto& cells = lines[1];
  EXPECT_EQ(cells[0], "Failed");
  EXPECT_EQ(cells[6], "2026-11-20T01:02:03Z");
  EXPECT_EQ(cells[7], "");
  EXPECT_EQ(cells[8], "1223.089");
  EXPECT_EQ(cells[10], "Said \"no\",\r\ntwice.");
  EXPECT_EQ(cells[11], "Wait.\nTry again.");
  EXPECT_EQ(cells[12], "rsv-Weu");
  EXPECT_EQ(cells[14], "a");
  EXPECT_EQ(lines[3][14], "c");
}

TEST(JobExport, NoCellBeginsAFormulaWhereverASpreadsheetMayCutIt) {
  for (const std::string_view sign : {"=", "+", "-", "@", "\t=", "\r=", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) {
    for (const std::string_view before : {"", "x;", "x,", "x|", "x\n", "x\r\n", "\"", "x\t", "x\";", "x\"\n"}) {
      Job job = job_named("a");
      job.item = std::string(before) + std::string(sign) + "cmd|' /C calc'!A0";
      const std::string file = file_of({job}, FileFormat::csv, 9);
      for (const char border : {',', ';', '|', '\n', '\r', '\t', '"'})
        EXPECT_EQ(file.find(std::string(1, border) + std::string(sign.substr(sign.size() > 1 && sign[1] == '=')) + "cmd"), std::string::npos) << job.item;
    }
  }
  // And nothing else is touched.
  Job job = job_named("a");
  job.item = "vm-1 (a=b, -1) mail@contoso";
  EXPECT_NE(file_of({job}, FileFormat::csv, 9).find("\"vm-1 (a=b, -1) mail@contoso\""), std::string::npos);
}

// Every leaf of a document, by its path.
struct Leaves : decode::Visitor {
  Scope enter(Scope, std::string_view, std::size_t) override { return no_scope; }
  bool leaf(Scope, std::string_view, std::size_t, const decode::Scalar&) override { return false; }
  void unknown(std::string path, const decode::Scalar& value) override { all[path] = value.text; }
  std::map<std::string, std::string> all;
};

TEST(JobExport, JsonIsJsonWhateverTheTextsHold) {
  Job job = job_named("a\"\\\n\x01 b");
  job.user_triggered = false;
  job.actions = {"1", "2"};
  job.other = {{"/properties/new", "7", false}, {"/properties/script", "secret", true}};
  const std::string file = file_of({job, job_named("b")}, FileFormat::json, 1);
  EXPECT_NE(file.find(R"("name":"a\"\\\u000a\u0001 b")"), std::string::npos) << file;
  EXPECT_NE(file.find(R"("durationSeconds":1223.089)"), std::string::npos);
  EXPECT_NE(file.find(R"("other":{"/properties/new":"7","/properties/script":null})"), std::string::npos) << file;
  EXPECT_NE(file.find(R"("userTriggered":false)"), std::string::npos);
  EXPECT_EQ(file.find("secret"), std::string::npos);
  EXPECT_TRUE(file.ends_with("}\n]\n"));
  // The reader of the service's own JSON is the judge.
  Leaves read;
  ASSERT_FALSE(decode::read_json("{\"jobs\":" + file + "}", read, 0));
  EXPECT_EQ(read.all["/jobs/0/name"], job.name);
  EXPECT_EQ(read.all["/jobs/0/errors/0/message"], "Said \"no\",\r\ntwice.");
  EXPECT_EQ(read.all["/jobs/0/actions/1"], "2");
  EXPECT_EQ(read.all["/jobs/0/other/~1properties~1script"], "null");
  EXPECT_EQ(read.all["/jobs/1/name"], "b");
}

TEST(JobExport, OfNoRowsIsAFileToo) {
  EXPECT_EQ(file_of({}, FileFormat::json, 5), "[\n]\n");
  EXPECT_EQ(cells_of(file_of({}, FileFormat::csv, 5)).size(), 1u);
}

}  // namespace
}  // namespace abj::store
