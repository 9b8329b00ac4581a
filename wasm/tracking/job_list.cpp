#include "tracking/job_list.h"

#include <utility>

#include "decode/job_decoder.h"
#include "model/text.h"

namespace abj::tracking {

JobList::JobList(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region, std::string_view filter_text)
    : endpoint_(endpoint), filter_(filter), filters_here_(vault.provider == arm::Provider::data_protection) {
  api_version_ = region.empty() ? arm::default_api_version(vault.provider) : arm::cross_region_api_version;
  if (!region.empty()) body_ = arm::cross_region_body(vault);
  url_ = arm::with_api_version(endpoint.origin + (region.empty() ? vault.path() + "/backupJobs" : vault.region_path(region) + "/backupCrrJobs"), api_version_);
  if (!filters_here_ && !filter_text.empty()) url_ += "&$filter=" + arm::percent_encoded(filter_text);
}

Result<JobList> JobList::open(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region) {
  const auto text = arm::filter_text(filter);
  if (!text) return text.error();
  JobList list(endpoint, vault, filter, region, *text);
  list.may_list_ = &arm::may_list;
  return list;
}

JobList JobList::since(const arm::Endpoint& endpoint, const arm::VaultId& vault, std::optional<Instant> from) {
  return JobList(endpoint, vault, {.from = from}, {}, from ? arm::since_text(*from) : std::string());
}

std::optional<arm::Request> JobList::next() const {
  if (is_over_) return {};
  return arm::Request{.url = url_, .body = body_, .method = body_.empty() ? arm::Method::get : arm::Method::post};
}

void JobList::take(std::string_view body) {
  if (is_over_) return;
  auto page = decode::decode_job_page(body);
  if (!page) {
    problem_ = Error{ErrorCode::answer_unreadable, std::string(name_of(page.error().code)) + " " + page.error().detail};
    return;
  }
  problem_.reset();
  seen_.insert(hash_of(url_));
  for (Job& job : page->jobs) {
    if (may_list_ && !may_list_(filter_, job)) {
      is_filter_ignored_ |= !filters_here_;
      continue;
    }
    // Jobs that begin while the pages are read push others over to the next one: the first reading stands.
    if (!names_.insert(hash_ignoring_case(job.id.empty() ? job.name : job.id)).second) continue;
    jobs_.push_back(std::move(job));
  }
  follow(page->next_link);
}

void JobList::follow(std::string_view next_link) {
  next_link = trimmed(next_link);
  if (next_link.empty()) {
    is_over_ = is_complete_ = true;
    return;
  }
  auto url = arm::pin(endpoint_, next_link);
  if (url) url_ = arm::with_api_version(std::move(*url), api_version_);
  if (!url) problem_ = url.error();
  else if (seen_.contains(hash_of(url_))) problem_ = Error{ErrorCode::list_unending, "a loop of pages"};
  else if (seen_.size() == max_pages) problem_ = Error{ErrorCode::list_unending, "over " + decimal(max_pages) + " pages"};
  is_over_ = problem_.has_value();
}

}  // namespace abj::tracking
