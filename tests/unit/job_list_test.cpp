#include "tracking/job_list.h"

#include <gtest/gtest.h>

#include "arm/url.h"
#include "support.h"

namespace abj::tracking {
namespace {

const arm::Endpoint endpoint{"https://management.azure.com"};
const arm::VaultId vault = *arm::parse_vault_id(test::vault_path);
const std::string first_url = endpoint.origin + std::string(test::vault_path) + "/backupJobs?api-version=2025-02-01";

std::string item(std::string_view name, std::string_view status = "Completed") {
  return R"({"id":")" + std::string(test::vault_path) + "/backupJobs/" + std::string(name) + R"(","name":")" + std::string(name) + R"(","properties":{"jobType":"AzureIaaSVMJob","status":")" +
         std::string(status) + R"("}})";
}
std::string page(const std::string& items, const std::string& link = "null") { return R"({"value":[)" + items + R"(],"nextLink":)" + link + "}"; }
std::string link_to(const std::string& rest) { return '"' + first_url + rest + '"'; }

JobList opened(const arm::JobFilter& filter = {}, const arm::VaultId& of = vault, std::string_view region = {}) {
  auto list = JobList::open(endpoint, of, filter, region);
  EXPECT_TRUE(list);
  return std::move(*list);
}

std::vector<std::string> names(const JobList& list) {
  std::vector<std::string> result;
  for (const auto& job : list.jobs()) result.push_back(job.name);
  return result;
}

TEST(JobList, PagesInOrderToTheEnd) {
  JobList list = opened();
  EXPECT_EQ(list.next()->url, first_url);
  EXPECT_EQ(list.next()->method, arm::Method::get);
  list.take(page(item("a") + "," + item("b"), link_to("&$skipToken=2")));
  EXPECT_EQ(list.next()->url, first_url + "&$skipToken=2");
  EXPECT_FALSE(list.is_complete());
  // A job that began meanwhile pushed b over: it is there once.
  list.take(page(item("b") + "," + item("c")));
  EXPECT_TRUE(list.is_complete());
  EXPECT_FALSE(list.next());
  EXPECT_FALSE(list.problem());
  EXPECT_EQ(names(list), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(list.page_count(), 2u);
}

TEST(JobList, TheFilterIsQuotedAndEncoded) {
  JobList list = opened({.status = "InProgress", .operation = "Backup (Full)"});
  EXPECT_EQ(list.next()->url, first_url + "&$filter=status%20eq%20%27InProgress%27%20and%20operation%20eq%20%27Backup%20(Full)%27");
  EXPECT_FALSE(JobList::open(endpoint, vault, {.status = "'"}));
}

TEST(JobList, AFilterThatWasIgnoredIsTold) {
  JobList list = opened({.status = "Failed"});
  list.take(page(item("a", "Failed"), link_to("&p=2")));
  EXPECT_FALSE(list.is_filter_ignored());
  list.take(page(item("b", "Completed") + "," + item("c", "Failed")));
  EXPECT_TRUE(list.is_filter_ignored());
  EXPECT_EQ(names(list), (std::vector<std::string>{"a", "c"}));  // what was asked for is shown nevertheless
}

TEST(JobList, BackupVaultsKnowNoFilter) {
  const auto backup_vault = *arm::parse_vault_id("/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v");
  JobList list = opened({.status = "Failed"}, backup_vault);
  EXPECT_EQ(list.next()->url, endpoint.origin + backup_vault.path() + "/backupJobs?api-version=2024-04-01");
  list.take(page(item("a", "Failed") + "," + item("b")));
  EXPECT_EQ(names(list), std::vector<std::string>{"a"});
  EXPECT_FALSE(list.is_filter_ignored());
}

TEST(JobList, CrossRegionJobsArePosted) {
  JobList list = opened({.status = "InProgress"}, vault, "northeurope");
  const auto request = list.next();
  EXPECT_EQ(request->method, arm::Method::post);
  EXPECT_EQ(request->body, R"({"resourceId":")" + std::string(test::vault_path) + R"("})");
  EXPECT_EQ(request->url, "https://management.azure.com/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.RecoveryServices/locations/northeurope/backupCrrJobs"
                          "?api-version=2023-01-15&$filter=status%20eq%20%27InProgress%27");
}

TEST(JobList, LinksElsewhereAreNotFollowed) {
  for (const std::string link : {"https://evil.example/x", "https://management.azure.com.evil.example/", "//evil.example/", "http://management.azure.com/x", "https://management.azure.com@evil.example/", "\\\\evil.example"}) {
    JobList list = opened();
    list.take(page(item("a"), '"' + link + '"'));
    EXPECT_FALSE(list.next()) << link;
    ASSERT_TRUE(list.problem()) << link;
    EXPECT_EQ(list.problem()->code, ErrorCode::url_refused);
    EXPECT_FALSE(list.is_complete());
    EXPECT_EQ(names(list), std::vector<std::string>{"a"});  // what came stays
  }
}

TEST(JobList, LoopsEnd) {
  JobList itself = opened();
  itself.take(page(item("a"), link_to("")));
  EXPECT_EQ(itself.problem()->code, ErrorCode::list_unending);
  EXPECT_FALSE(itself.next());

  JobList longer = opened();
  longer.take(page(item("a"), link_to("&p=2")));
  longer.take(page(item("b"), link_to("&p=3")));
  longer.take(page(item("c"), link_to("&p=2")));
  EXPECT_EQ(longer.problem()->code, ErrorCode::list_unending);
  EXPECT_FALSE(longer.is_complete());
  EXPECT_EQ(longer.jobs().size(), 3u);
}

TEST(JobList, TheNumberOfPagesIsLimited) {
  JobList list = opened();
  for (std::size_t i = 1; i < max_pages; ++i) list.take(page("", link_to("&p=" + std::to_string(i))));
  EXPECT_TRUE(list.next());
  JobList ends = list;
  ends.take(page(""));  // a list of just so many
  EXPECT_TRUE(ends.is_complete());
  list.take(page("", link_to("&p=more")));
  EXPECT_FALSE(list.next());
  EXPECT_EQ(list.problem()->code, ErrorCode::list_unending);
}

TEST(JobList, APageThatFailsKeepsWhatCameBefore) {
  JobList list = opened();
  list.take(page(item("a"), link_to("&p=2")));
  for (const std::string body : {"{", "", "<html>", R"({"error":{}})", "[]", "7"}) {
    list.take(body);
    ASSERT_TRUE(list.problem()) << body;
    EXPECT_EQ(list.problem()->code, ErrorCode::answer_unreadable) << body;
    EXPECT_EQ(list.next()->url, first_url + "&p=2");
  }
  list.fail({ErrorCode::throttled});
  EXPECT_EQ(list.problem()->code, ErrorCode::throttled);
  EXPECT_EQ(names(list), std::vector<std::string>{"a"});
  list.take(page(item("b")));
  EXPECT_FALSE(list.problem());
  EXPECT_TRUE(list.is_complete());
}

TEST(JobList, ALinkWithoutItsVersionGetsIt) {
  JobList list = opened();
  list.take(page("", '"' + endpoint.origin + R"(/x?$skipToken=1")"));
  EXPECT_EQ(list.next()->url, endpoint.origin + "/x?$skipToken=1&api-version=2025-02-01");
}

TEST(JobList, NothingAndNullAreEmptyLists) {
  JobList none = opened();
  none.take(R"({"value":[]})");
  EXPECT_TRUE(none.is_complete());
  JobList null = opened();
  null.take(R"({"value":null,"nextLink":""})");
  EXPECT_TRUE(null.is_complete());
}

}  // namespace
}  // namespace abj::tracking
