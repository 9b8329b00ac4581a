// Pages that are read in parts, so that nobody is kept waiting by a long one.
#include <gtest/gtest.h>

#include "vault_of_many.h"

namespace abj::test {
namespace {

using namespace tracking;

// Reads all of the answer ahead; in how many parts.
int read_ahead(Watching& w, const arm::Response& response) {
  int parts = 0;
  while (w.tracker.read_ahead(response)) ++parts;
  return parts;
}

arm::Response answer_to(Watching& w, const arm::Request& request) { return {.id = request.id, .status = 200, .body = w.vault.answer(request.url)}; }

TEST(VaultPages, ReadInPartsSayWhatTheySayAtOnce) {
  Watching at_once, in_parts;
  for (Watching* w : {&at_once, &in_parts}) {
    w->vault.add(2000, 5min);
    w->follow();
    for (int round = 0; round < 40; ++round) {
      while (!w->open.empty()) {
        w->pass(50ms);
        const arm::Response response = answer_to(*w, w->open.front());
        const auto rows = w->tracker.table().size();
        const int parts = w == &in_parts ? read_ahead(*w, response) : 0;
        if (rows == 0 && w == &in_parts) {
          EXPECT_GT(parts, 20) << "two hundred new jobs";
          EXPECT_EQ(w->tracker.table().size(), 200u);
        }
        w->answer(0, 200, response.body);
      }
      w->pass(3min);
    }
  }
  const auto &a = at_once.tracker.table(), &b = in_parts.tracker.table();
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(a.journal_end(), b.journal_end());
  for (store::RowId row = 0; row < a.size(); ++row) {
    ASSERT_EQ(a.job(row), b.job(row)) << row;
    ASSERT_EQ(a.said_at(row), b.said_at(row)) << row;
  }
  EXPECT_EQ(at_once.sent, in_parts.sent);
}

TEST(VaultPages, OneThatCannotBeReadChangesNothing) {
  Watching w;
  w.vault.add(100, 1h);
  const WatchId watch = w.follow();
  arm::Response response = answer_to(w, w.open.front());
  // Not the first of them.
  const auto at = response.body.rfind("{\"id\"");
  ASSERT_NE(at, std::string::npos);
  response.body.replace(at, 5, "{!!!!");
  EXPECT_GT(read_ahead(w, response), 0);
  EXPECT_EQ(w.tracker.table().size(), 0u);
  w.answer(0, 200, response.body);
  EXPECT_EQ(w.tracker.table().size(), 0u);
  EXPECT_EQ(w.tracker.vault_view(watch, w.now)->contact.state, Contact::retrying);
  w.pass(5min);
  w.answer_all();
  w.expect_all(std::chrono::hours(24));
}

TEST(VaultPages, WhatNobodyWantsAnyMoreIsNotReadOn) {
  Watching w;
  w.vault.add(100, 10min);
  const WatchId watch = w.follow();
  const arm::Response response = answer_to(w, w.open.front());
  while (w.tracker.table().size() == 0) ASSERT_TRUE(w.tracker.read_ahead(response));
  EXPECT_GT(w.tracker.table().size(), 0u);
  w.tracker.unfollow(watch);
  w.step();
  EXPECT_EQ(w.tracker.table().size(), 0u);
  EXPECT_FALSE(w.tracker.read_ahead(response));
  w.tracker.receive(response, w.now);
  EXPECT_EQ(w.tracker.table().size(), 0u);
}

TEST(VaultPages, WhatIsNoPageIsNotReadAhead) {
  Watching w;
  w.vault.add(100, 10min);
  w.follow();
  arm::Response response = answer_to(w, w.open.front());
  EXPECT_FALSE(w.tracker.read_ahead({.id = 4711, .status = 200, .body = response.body})) << "nobody asked";
  EXPECT_FALSE(w.tracker.read_ahead({.id = response.id, .status = 500, .body = response.body}));
  EXPECT_FALSE(w.tracker.read_ahead({.id = response.id, .outcome = arm::Response::Outcome::timed_out}));
  EXPECT_EQ(w.tracker.table().size(), 0u);
}

}  // namespace
}  // namespace abj::test
