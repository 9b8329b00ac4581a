#include "model/status.h"

#include <gtest/gtest.h>

namespace abj {
namespace {

TEST(JobStatus, WordsEndsAndUnknowns) {
  struct Case {
    const char* text;
    JobState state;
    bool terminal;
  };
  const Case cases[] = {
      {"NotStarted", JobState::not_started, false},
      {"InProgress", JobState::in_progress, false},
      {"Inprogress", JobState::in_progress, false},
      {"Cancelling", JobState::cancelling, false},
      {"Completed", JobState::completed, true},
      {"CompletedWithWarnings", JobState::completed_with_warnings, true},
      {"Failed", JobState::failed, true},
      {"Cancelled", JobState::cancelled, true},
      {"Started", JobState::in_progress, false},
      {"Success", JobState::completed, true},
      {"SuccessWithWarning", JobState::completed_with_warnings, true},
      // Whatever we do not know is neither an end nor a success.
      {"Invalid", JobState::unknown, false},
      {"Paused", JobState::unknown, false},
      {"", JobState::unknown, false},
      {"Completed ", JobState::unknown, false},
      {"Succeeded", JobState::unknown, false},
      // The Russian edition of the page spells it with a Cyrillic С.
      {"\xD0\xA1ompleted", JobState::unknown, false},
  };
  for (const auto& [text, state, terminal] : cases) {
    const JobStatus status = to_job_status(text);
    EXPECT_EQ(status.state, state) << text;
    EXPECT_EQ(status.text, text);
    EXPECT_EQ(is_terminal(status.state), terminal) << text;
  }
}

TEST(OperationStatus, WordsEndsAndUnknowns) {
  struct Case {
    const char* text;
    OperationState state;
    bool terminal;
  };
  const Case cases[] = {
      {"InProgress", OperationState::in_progress, false}, {"Inprogress", OperationState::in_progress, false}, {"Succeeded", OperationState::succeeded, true},
      {"Failed", OperationState::failed, true},           {"Canceled", OperationState::canceled, true},       {"Invalid", OperationState::unknown, false},
      {"Running", OperationState::unknown, false},        {"", OperationState::unknown, false},
  };
  for (const auto& [text, state, terminal] : cases) {
    const OperationStatus status = to_operation_status(text);
    EXPECT_EQ(status.state, state) << text;
    EXPECT_EQ(is_terminal(status.state), terminal) << text;
  }
}

TEST(Status, NamesAreDistinct) {
  EXPECT_EQ(name_of(JobState::completed_with_warnings), "completed-with-warnings");
  EXPECT_EQ(name_of(JobState::unknown), "unknown");
  EXPECT_EQ(name_of(JobState::not_started), "not-started");
  EXPECT_EQ(name_of(JobState::in_progress), "in-progress");
  EXPECT_EQ(name_of(JobState::cancelling), "cancelling");
  EXPECT_EQ(name_of(JobState::completed), "completed");
  EXPECT_EQ(name_of(JobState::failed), "failed");
  EXPECT_EQ(name_of(JobState::cancelled), "cancelled");
  EXPECT_EQ(name_of(OperationState::unknown), "unknown");
  EXPECT_EQ(name_of(OperationState::in_progress), "in-progress");
  EXPECT_EQ(name_of(OperationState::succeeded), "succeeded");
  EXPECT_EQ(name_of(OperationState::failed), "failed");
  EXPECT_EQ(name_of(OperationState::canceled), "canceled");
}

}  // namespace
}  // namespace abj
