#include "model/status.h"

#include "model/text.h"

namespace abj {
namespace {

template <class State>
struct Word {
  std::string_view text;
  State state;
};

constexpr Word<JobState> job_words[] = {
    {"NotStarted", JobState::not_started},
    {"InProgress", JobState::in_progress},
    {"Cancelling", JobState::cancelling},
    {"Completed", JobState::completed},
    {"CompletedWithWarnings", JobState::completed_with_warnings},
    {"Failed", JobState::failed},
    {"Cancelled", JobState::cancelled},
    // Backup vaults' own words (AZURE.md §12).
    {"Started", JobState::in_progress},
    {"Success", JobState::completed},
    {"SuccessWithWarning", JobState::completed_with_warnings},
};

constexpr Word<OperationState> operation_words[] = {
    {"InProgress", OperationState::in_progress},
    {"Succeeded", OperationState::succeeded},
    {"Failed", OperationState::failed},
    {"Canceled", OperationState::canceled},
};

template <class State, std::size_t N>
State find(const Word<State> (&words)[N], std::string_view text) {
  for (const auto& word : words)
    if (equals_ignoring_case(word.text, text)) return word.state;
  return State::unknown;
}

}  // namespace

JobStatus to_job_status(std::string_view text) { return {find(job_words, text), std::string(text)}; }

OperationStatus to_operation_status(std::string_view text) { return {find(operation_words, text), std::string(text)}; }

bool is_terminal(JobState state) {
  return state == JobState::completed || state == JobState::completed_with_warnings || state == JobState::failed ||
         state == JobState::cancelled;
}

bool is_terminal(OperationState state) {
  return state == OperationState::succeeded || state == OperationState::failed || state == OperationState::canceled;
}

std::string_view name_of(JobState state) {
  switch (state) {
    case JobState::unknown: return "unknown";
    case JobState::not_started: return "not-started";
    case JobState::in_progress: return "in-progress";
    case JobState::cancelling: return "cancelling";
    case JobState::completed: return "completed";
    case JobState::completed_with_warnings: return "completed-with-warnings";
    case JobState::failed: return "failed";
    case JobState::cancelled: return "cancelled";
  }
  return "unknown";
}

std::string_view name_of(OperationState state) {
  switch (state) {
    case OperationState::unknown: return "unknown";
    case OperationState::in_progress: return "in-progress";
    case OperationState::succeeded: return "succeeded";
    case OperationState::failed: return "failed";
    case OperationState::canceled: return "canceled";
  }
  return "unknown";
}

}  // namespace abj
