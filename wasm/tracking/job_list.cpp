#include "tracking/job_list.h"

#include <utility>

#include "decode/job_decoder.h"
#include "model/text.h"

namespace abj::tracking {

Result<JobList> JobList::open(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region) {
  auto text = arm::filter_text(filter);
  if (!text) return text.error();
  JobList list(endpoint, filter);
  list.filters_here_ = vault.provider == arm::Provider::data_protection;
  list.api_version_ = region.empty() ? arm::default_api_version(vault.provider) : arm::cross_region_api_version;
  list.url_ = endpoint.origin + (region.empty() ? vault.path() + "/backupJobs" : vault.region_path(region) + "/backupCrrJobs");
  if (!region.empty()) list.body_ = arm::cross_region_body(vault);
  list.url_ = arm::with_api_version(std::move(list.url_), list.api_version_);
  if (!list.filters_here_ && !text->empty()) list.url_ += "&$filter=" + arm::percent_encoded(*text);
  return list;
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
  seen_.insert(url_);
  for (Job& job : page->jobs) {
    if (!arm::may_list(filter_, job)) {
      is_filter_ignored_ |= !filters_here_;
      continue;
    }
    // Jobs that begin while the pages are read push others over to the next one: the first reading stands.
    if (!names_.insert(lower_cased(job.id.empty() ? job.name : job.id)).second) continue;
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
  else if (seen_.contains(url_)) problem_ = Error{ErrorCode::list_unending, "a page that links to one before it"};
  else if (seen_.size() == max_pages) problem_ = Error{ErrorCode::list_unending, "over " + std::to_string(max_pages) + " pages"};
  is_over_ = problem_.has_value();
}

}  // namespace abj::tracking
