#include "tracking/job_list.h"

#include <utility>

#include "model/text.h"

namespace abj::tracking {

JobList::JobList(const arm::Endpoint& endpoint, std::string_view path, std::string_view api_version)
    : endpoint_(endpoint), api_version_(api_version), url_(arm::with_api_version(endpoint.origin + std::string(path), api_version)) {}

JobList::JobList(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region, std::string_view filter_text)
    : JobList(endpoint, region.empty() ? vault.path() + "/backupJobs" : vault.region_path(region) + "/backupCrrJobs",
              region.empty() ? arm::default_api_version(vault.provider) : arm::cross_region_api_version) {
  filter_ = filter;
  filters_here_ = vault.provider == arm::Provider::data_protection;
  if (!region.empty()) body_ = arm::cross_region_body(vault);
  if (!filters_here_ && !filter_text.empty()) url_ += "&$filter=" + arm::percent_encoded(filter_text);
}

Result<JobList> JobList::open(const arm::Endpoint& endpoint, const arm::VaultId& vault, const arm::JobFilter& filter, std::string_view region) {
  const auto text = arm::filter_text(filter);
  if (!text) return text.error();
  JobList list(endpoint, vault, filter, region, *text);
  list.may_list_ = &arm::may_list;
  return list;
}

JobList JobList::since(const arm::Endpoint& endpoint, const arm::VaultId& vault, std::optional<Instant> from, std::optional<Instant> to) {
  return JobList(endpoint, vault, {.from = from}, {}, from ? arm::window_text(*from, to) : std::string());
}

JobList JobList::of_graph(const arm::Endpoint& endpoint, arm::GraphQuestion question) {
  JobList list(endpoint, arm::resource_graph_path, arm::resource_graph_api_version);
  list.body_ = arm::jobs_query(question);
  list.graph_ = std::move(question);
  return list;
}

std::optional<arm::Request> JobList::next() const {
  if (is_over_) return {};
  return arm::Request{.url = url_, .body = body_, .method = body_.empty() ? arm::Method::get : arm::Method::post};
}

void JobList::take(std::string_view body) { take(decode::decode_job_page(body)); }

void JobList::take(Result<decode::JobPage>&& page) {
  if (is_over_) return;
  if (!page) {
    problem_ = Error{ErrorCode::answer_unreadable, std::string(name_of(page.error().code)) + " " + page.error().detail};
    return;
  }
  problem_.reset();
  seen_.insert(page_key());
  for (Job& job : page->jobs) {
    if (may_list_ && !may_list_(filter_, job)) {
      is_filter_ignored_ |= !filters_here_;
      continue;
    }
    // Jobs that begin while the pages are read push others over to the next one: the first reading stands.
    if (!names_.insert(hash_ignoring_case(job.id.empty() ? job.name : job.id)).second) continue;
    jobs_.push_back(std::move(job));
  }
  follow(page->next_link, page->skip_token);
}

void JobList::follow(std::string_view next_link, std::string_view skip_token) {
  next_link = trimmed(graph_ ? skip_token : next_link);
  if (next_link.empty()) {
    is_over_ = is_complete_ = true;
    return;
  }
  if (graph_) {
    body_ = arm::jobs_query(*graph_, next_link);
  } else if (auto url = arm::pin(endpoint_, next_link)) {
    url_ = arm::with_api_version(std::move(*url), api_version_);
  } else {
    problem_ = url.error();
  }
  if (!problem_ && seen_.contains(page_key())) problem_ = Error{ErrorCode::list_unending, "a loop of pages"};
  if (!problem_ && seen_.size() == max_pages) problem_ = Error{ErrorCode::list_unending, "over " + decimal(max_pages) + " pages"};
  is_over_ = problem_.has_value();
}

}  // namespace abj::tracking
