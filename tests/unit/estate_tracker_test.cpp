// What there is to watch: subscriptions and vaults, from Resource Graph or from each subscription.
#include <gtest/gtest.h>

#include "decode/estate_decoder.h"
#include "estate_driver.h"

namespace abj::tracking {
namespace {

using namespace std::chrono_literals;
using test::Estate;
using test::vault_in;

struct Looking : Estate {
  WatchId watch = 0;
  Looking() {
    for (const char* name : {"one", "two", "six"}) subscriptions.emplace_back("sub-" + std::string(name), "Contoso " + std::string(name));
    for (int i = 0; i < 7; ++i) vaults.push_back(vault_in(i % 2 ? "sub-two" : "sub-one", "Vault-" + std::to_string(12 - i), i % 3 == 2));
  }
  void look() {
    watch = tracker.follow_estate(now);
    for (int i = 0; i < 3; ++i) pass(1s);
  }
  EstateView view() { return *tracker.estate_view(watch, now); }
  std::string names(std::string_view search = {}) {
    std::string names;
    for (const auto* vault : tracker.find_vaults(search)) names += (names.empty() ? "" : " ") + vault->id.name;
    return names;
  }
};

TEST(EstateTracker, ResourceGraphTellsAllVaultsInOneAnswer) {
  Looking w;
  w.look();
  EXPECT_TRUE(w.view().is_listed);
  EXPECT_TRUE(w.view().is_from_graph);
  EXPECT_EQ(w.view().subscriptions, 3u);
  EXPECT_EQ(w.view().vaults, 7u);
  EXPECT_EQ(w.questions, 1u);
  EXPECT_EQ(w.names(), "Vault-6 Vault-7 Vault-8 Vault-9 Vault-10 Vault-11 Vault-12") << "digits as numbers";
  const auto* one = w.tracker.find_vaults("vault-10").at(0);
  EXPECT_EQ(one->location, "westeurope");
  EXPECT_EQ(one->subscription_name, "Contoso one");
  EXPECT_EQ(one->id.provider, arm::Provider::data_protection);
}

TEST(EstateTracker, AWordIsSoughtInNameGroupPlaceAndSubscription) {
  Looking w;
  w.look();
  EXPECT_EQ(w.names("CONTOSO TWO"), "Vault-7 Vault-9 Vault-11");
  EXPECT_EQ(w.names("contoso vault-1 two"), "Vault-11");
  EXPECT_EQ(w.names("westeurope sub-two"), "Vault-7 Vault-9 Vault-11");
  EXPECT_EQ(w.names("nowhere"), "");
  EXPECT_EQ(w.names("  "), w.names());
}

TEST(EstateTracker, WhoMayNotAskResourceGraphAsksEachSubscription) {
  for (const int status : {403, 400, 404, 500}) {
    Looking w;
    w.refused["ResourceGraph"] = status;
    w.look();
    // A server that fails may be well again: it is asked three times.
    if (status == 500) w.wait(2min);
    EXPECT_FALSE(w.view().is_from_graph) << status;
    EXPECT_TRUE(w.view().is_listed) << status;
    EXPECT_EQ(w.view().vaults, 7u) << status;
    EXPECT_EQ(w.view().contact.state, Contact::fresh);
    EXPECT_EQ(w.count_asked("Microsoft.DataProtection/backupVaults?"), 3u);
    EXPECT_EQ(w.view().refused, 0u);
  }
}

TEST(EstateTracker, AResourceGraphThatIsBusyIsWaitedForAndOneThatMayBeAskedLaterIsAskedAgain) {
  Looking busy;
  busy.refused["ResourceGraph"] = 429;
  busy.look();
  EXPECT_TRUE(busy.view().is_from_graph);
  EXPECT_EQ(busy.view().contact.state, Contact::throttled);
  busy.refused.clear();
  busy.wait(3min);
  EXPECT_EQ(busy.view().vaults, 7u);
  EXPECT_EQ(busy.count_asked("Microsoft.DataProtection/backupVaults?"), 0u);

  Looking later;
  later.has_graph = false;
  later.look();
  EXPECT_FALSE(later.view().is_from_graph);
  later.has_graph = true;
  later.tracker.refresh(later.watch, later.now);
  later.pass(1s);
  EXPECT_TRUE(later.view().is_from_graph);
  EXPECT_EQ(later.view().vaults, 7u);
  EXPECT_EQ(later.tracker.feed_count(), 2u) << "the subscriptions' own lists are not read any more";
}

TEST(EstateTracker, APageThatFailsIsNeverTakenForTheWholeList) {
  for (const bool with_graph : {true, false}) {
    Looking w;
    w.has_graph = with_graph;
    w.graph_page = 3;
    for (int i = 0; i < 9; ++i) w.subscriptions.emplace_back("more-" + std::to_string(i), "More");
    w.watch = w.tracker.follow_estate(w.now);
    std::map<std::string, int> failed;  // each second page, once
    for (int i = 0; i < 300; ++i, w.now.monotonic += 1s, w.now.wall += 1s) {
      for (auto& request : w.tracker.step(w.now).send) {
        w.tracker.sent(request.id);
        const std::string asked = request.url + request.body;
        const bool is_later = asked.find("skiptoken=") != std::string::npos || asked.find("$skipToken") != std::string::npos;
        if (is_later && failed[asked]++ == 0) {
          w.tracker.receive({.id = request.id, .outcome = arm::Response::Outcome::network_failed}, w.now);
          continue;
        }
        auto [status, body] = w.answer(request);
        w.tracker.receive({.id = request.id, .status = status, .body = std::move(body)}, w.now);
      }
    }
    EXPECT_FALSE(failed.empty());
    EXPECT_EQ(w.view().vaults, 7u) << with_graph;
    EXPECT_EQ(w.view().subscriptions, 12u) << with_graph;
  }
}

TEST(EstateTracker, OneSubscriptionThatMayNotBeReadHidesNoOther) {
  Looking w;
  w.has_graph = false;
  w.refused["/subscriptions/sub-two/providers/Microsoft.RecoveryServices"] = 403;
  w.look();
  EXPECT_TRUE(w.view().is_listed);
  EXPECT_EQ(w.view().refused, 1u);
  ASSERT_TRUE(w.view().problem);
  EXPECT_EQ(w.view().problem->code, ErrorCode::forbidden);
  EXPECT_EQ(w.names("contoso one"), "Vault-6 Vault-8 Vault-10 Vault-12");
  EXPECT_EQ(w.names("contoso two"), "Vault-7") << "the other kind of vault may be read";
  w.refused.clear();
  w.tracker.refresh(w.watch, w.now);
  w.pass(1s);
  EXPECT_EQ(w.view().refused, 0u);
  EXPECT_EQ(w.view().vaults, 7u);
}

TEST(EstateTracker, NoSubscriptionsIsAnAnswerAndNoneThatMayBeReadIsAProblem) {
  Looking none;
  none.subscriptions.clear();
  none.vaults.clear();
  none.look();
  EXPECT_TRUE(none.view().is_listed);
  EXPECT_EQ(none.view().subscriptions, 0u);
  EXPECT_EQ(none.view().contact.state, Contact::fresh);
  Looking signed_out;
  signed_out.refused["management"] = 401;
  signed_out.look();
  EXPECT_EQ(signed_out.view().contact.state, Contact::sign_in);
  EXPECT_TRUE(signed_out.view().is_from_graph) << "a token that is refused says nothing of what may be asked";
  signed_out.refused.clear();
  signed_out.tracker.refresh(signed_out.watch, signed_out.now);
  signed_out.pass(1s);
  EXPECT_EQ(signed_out.view().vaults, 7u);
}

TEST(EstateTracker, IsReadAgainEveryHourAndKeepsWhatItKnowsWhereThatFails) {
  Looking w;
  w.look();
  const auto asked = w.asked.size();
  w.pass(30min);
  EXPECT_EQ(w.asked.size(), asked);
  w.vaults.pop_back();
  w.pass(31min);
  EXPECT_EQ(w.view().vaults, 6u);
  w.refused["management"] = 503;
  w.pass(61min);
  EXPECT_EQ(w.view().contact.state, Contact::retrying);
  EXPECT_EQ(w.view().vaults, 6u);
  w.refused.clear();
  w.wait(3min);
  EXPECT_EQ(w.view().contact.state, Contact::fresh);
}

TEST(EstateTracker, LinksThatLeadElsewhereAreNotFollowed) {
  for (const char* link : {"https://evil.example/subscriptions?api-version=2022-12-01", "http://management.azure.com/subscriptions", "//evil.example/x", "https://management.azure.com/subscriptions?api-version=2022-12-01"}) {
    Looking w;
    w.watch = w.tracker.follow_estate(w.now);
    for (int i = 0; i < 20; ++i, w.now.monotonic += 1s, w.now.wall += 1s) {
      for (auto& request : w.tracker.step(w.now).send) {
        EXPECT_EQ(request.url.find("https://management.azure.com/"), 0u) << request.url;
        w.tracker.sent(request.id);
        if (request.body.empty()) w.tracker.receive({.id = request.id, .status = 200, .body = R"({"value":[{"subscriptionId":"s","displayName":"S"}],"nextLink":")" + std::string(link) + "\"}"}, w.now);
        else w.tracker.receive({.id = request.id, .status = 200, .body = w.answer(request).second}, w.now);
      }
    }
    EXPECT_EQ(w.view().contact.state, Contact::retrying) << link;
    EXPECT_EQ(w.view().subscriptions, 2u) << "those that the vaults are of: " << link;
    EXPECT_EQ(w.view().vaults, 7u) << "what can be read is";
  }
}

TEST(EstateTracker, TwoLookAtOneReadingAndTheLastClosesIt) {
  Looking w;
  w.look();
  const auto asked = w.asked.size();
  const WatchId other = w.tracker.follow_estate(w.now);
  w.pass(1s);
  EXPECT_EQ(w.asked.size(), asked);
  EXPECT_EQ(w.tracker.estate_view(other, w.now)->vaults, 7u);
  w.tracker.unfollow(w.watch);
  EXPECT_FALSE(w.tracker.estate_view(w.watch, w.now));
  EXPECT_EQ(w.tracker.find_vaults("").size(), 7u);
  w.tracker.unfollow(other);
  EXPECT_EQ(w.tracker.find_vaults("").size(), 0u);
  EXPECT_EQ(w.tracker.feed_count(), 0u);
  EXPECT_TRUE(w.tracker.saved().empty());
}

TEST(EstateTracker, OddEntriesAreLeftOut) {
  Looking w;
  w.vaults.push_back("not an id");
  w.vaults.push_back(w.vaults[0]);
  w.vaults.push_back(lower_cased(w.vaults[1]));
  w.vaults.push_back(vault_in("sub-one", "x") + "/backupJobs/y");
  w.look();
  EXPECT_EQ(w.view().vaults, 7u);
}

TEST(EstateDecoder, ReadsBothDialectsAndRefusesWhatIsNoList) {
  const auto page = decode::decode_subscription_page(R"({"value":[{"id":"/subscriptions/s","subscriptionId":"s","displayName":"S","state":"Warned","subscriptionPolicies":{"subscriptionId":"no"}},{"displayName":null}],"nextLink":"n"})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->subscriptions.size(), 2u);
  EXPECT_EQ(page->subscriptions[0], (Subscription{"s", "S", "Warned"}));
  EXPECT_EQ(page->next_link, "n");
  const auto graph = decode::decode_vault_page(R"({"count":1,"data":[{"id":"v","location":"West Europe"}],"$skipToken":"t"})");
  ASSERT_TRUE(graph);
  EXPECT_EQ(graph->vaults[0], (Vault{"v", "West Europe"}));
  EXPECT_EQ(graph->skip_token, "t");
  EXPECT_TRUE(decode::decode_vault_page(R"({"value":null})"));
  for (const char* text : {"", "[]", "{}", R"({"error":{"code":"x"}})", R"({"value":"x"})", R"({"value":[)", "\xff"}) EXPECT_FALSE(decode::decode_vault_page(text)) << text;
}

}  // namespace
}  // namespace abj::tracking
