// A backup of 20 minutes over a wire on which everything goes wrong: the end is shown all the same, and nothing wrong before it.
#include <gtest/gtest.h>

#include <string>

#include "loop.h"
#include "unit/driver.h"

namespace abj::simulation {
namespace {

using namespace std::chrono_literals;

// An operation that names its job after `naming`, and a job that runs for `length` and then ends as `ending`.
class OneBackup final : public Service {
 public:
  OneBackup(Milliseconds naming, Milliseconds length, std::string ending) : naming_(naming), length_(length), ending_(std::move(ending)) {}

  Milliseconds end() const { return naming_ + length_; }

  arm::Response answer(const arm::Request& request, Milliseconds at) override {
    if (request.url.find("/backupOperations/") != std::string::npos)
      return {.status = 200, .body = at < naming_ ? tracking::operation_json("InProgress") : tracking::naming_job(test::job_name)};
    if (at < naming_) return {.status = 404, .body = R"({"error":{"code":"BMSUserErrorObjectNotFound","message":""}})"};
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(std::min(at - naming_, length_));
    return {.status = 200, .body = tracking::job_json(at < end() ? "InProgress" : ending_, "PT" + std::to_string(age.count()) + "S")};
  }

 private:
  Milliseconds naming_;
  Milliseconds length_;
  std::string ending_;
};

class FaultyWire : public testing::TestWithParam<int> {};

TEST_P(FaultyWire, TheEndIsShownAndNothingWrongBeforeIt) {
  const double fault_rate = GetParam() / 100.0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const char* endings[] = {"Completed", "Failed", "CompletedWithWarnings", "Cancelled"};
    const std::string ending = endings[seed % 4];
    OneBackup service(4s, 20min, ending);
    Loop loop({"https://management.azure.com"}, service, {.fault_rate = fault_rate}, seed);
    const auto watch = loop.follow("https://management.azure.com" + std::string(test::vault_path) + "/backupOperations/op");
    Duration shown{-1};
    bool was_read = false;
    std::optional<Milliseconds> ended_at;
    loop.run(12h, [&] {
      const auto view = loop.tracker.view(watch, loop.now());
      ASSERT_TRUE(view);
      if (view->jobs.empty() || !view->jobs[0].job) {
        EXPECT_FALSE(was_read) << "what was shown is gone";
        return;
      }
      was_read = true;
      const Job& job = *view->jobs[0].job;
      EXPECT_GE(*job.duration, shown) << "a late answer overwrote a newer one";
      shown = *job.duration;
      if (is_terminal(job.status.state)) {
        EXPECT_GE(loop.elapsed(), service.end());
        EXPECT_EQ(job.status.text, ending);
        if (!ended_at) ended_at = loop.elapsed();
      } else {
        EXPECT_EQ(job.status.text, "InProgress");
      }
    });
    ASSERT_TRUE(ended_at) << "the end was never shown";
    EXPECT_EQ(loop.tracker.view(watch, loop.now())->stage, tracking::Stage::ended_jobs);
    EXPECT_LT(loop.elapsed(), 12h) << "the tracker does not rest";
  }
}

INSTANTIATE_TEST_SUITE_P(Percent, FaultyWire, testing::Values(0, 10, 50, 90));

}  // namespace
}  // namespace abj::simulation
