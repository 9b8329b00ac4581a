// A vault's job list, walked page by page: what to ask, and what has come. Like the tracker it sends nothing itself.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arm/exchange.h"
#include "arm/job_filter.h"
#include "arm/resource_graph.h"
#include "arm/resource_id.h"
#include "arm/url.h"
#include "decode/job_decoder.h"
#include "model/error.h"
#include "model/job.h"
#include "model/text.h"

namespace abj::tracking {

// More pages than any window of 30 days has; a service that pages on for ever is stopped here.
constexpr std::size_t max_pages = 2'000;

class JobList {
 public:
  // Error: filter_refused. Backup vaults know no $filter: they are asked for everything, and the filter is applied here.
  // With `region`, the cross-region jobs of a Recovery Services vault in its paired region (AZURE.md §11): every page is a POST.
  static Result<JobList> open(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region = {});

  // All jobs of the vault that ran since then, and before `to` where there is one; without a time, those of about the last day.
  static JobList since(const arm::Endpoint& endpoint, const arm::VaultId& vault, std::optional<Instant> from, std::optional<Instant> to = {});

  // Asked of Resource Graph, in no order that says anything.
  static JobList of_graph(const arm::Endpoint& endpoint, arm::GraphQuestion question);

  // The page to ask for; nothing once the list is complete, or cannot go on (see problem()). `id` is the caller's to set.
  std::optional<arm::Request> next() const;

  // An answer with a page. One that cannot be read, or that links where nothing may be asked, becomes the problem; what came before stays.
  void take(Result<decode::JobPage>&& page);
  void take(std::string_view body);
  // The page could not be had. next() asks for it again.
  void fail(Error error) { problem_ = std::move(error); }

  // As the service listed them, newest first, each once; those outside the filter left out.
  const std::vector<Job>& jobs() const { return jobs_; }
  // Those that came since the last call, for who keeps them elsewhere: jobs() has them no longer.
  std::vector<Job> release() { return std::exchange(jobs_, {}); }
  std::size_t page_count() const { return seen_.size(); }
  bool is_complete() const { return is_complete_; }
  // Jobs came that the filter does not allow: the service did not understand it, and which jobs are missing cannot be told.
  bool is_filter_ignored() const { return is_filter_ignored_; }
  // Why the list ends before its end: older jobs than the last one are missing.
  const std::optional<Error>& problem() const { return problem_; }

 private:
  JobList(const arm::Endpoint& endpoint, std::string_view path, std::string_view api_version);
  JobList(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region, std::string_view filter_text);
  void follow(std::string_view next_link, std::string_view skip_token);
  Hash page_key() const { return hash_of(body_, hash_of(url_)); }

  arm::Endpoint endpoint_;
  arm::JobFilter filter_;
  bool filters_here_ = false;
  bool (*may_list_)(const arm::JobFilter&, const Job&) = nullptr;  // null where everything may be listed
  std::string api_version_;
  std::optional<arm::GraphQuestion> graph_;  // where Resource Graph is asked
  std::string body_;  // of the next request; empty for GET
  std::string url_;
  bool is_over_ = false;
  bool is_complete_ = false;
  bool is_filter_ignored_ = false;
  std::set<Hash> seen_;  // pages that came
  std::set<Hash> names_;
  std::vector<Job> jobs_;
  std::optional<Error> problem_;
};

}  // namespace abj::tracking
