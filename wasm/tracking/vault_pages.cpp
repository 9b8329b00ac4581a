// What a vault's tracker makes of the pages of its lists.
#include <algorithm>
#include <iterator>
#include <utility>

#include "decode/list_scan.h"
#include "tracking/vault_tracker.h"

namespace abj::tracking {
namespace {

// So many jobs are read at a time ahead of a page: a millisecond or two of a slow processor.
constexpr std::size_t at_a_time = 6;

}  // namespace

// The row that was read from these bytes.
std::optional<store::RowId> VaultTracker::known(const Kept& vault, Hash raw) const {
  const auto row = table_.find_raw(raw);
  return row && table_.row(*row).vault == word_of(vault) ? row : std::nullopt;
}

bool VaultTracker::read_ahead(const arm::Response& response) {
  Feed* feed = asking(response.id);
  const auto at = feed && feed->in_flight && feed->is_list() ? kept_.find(feed->scope) : kept_.end();
  if (at == kept_.end() || response.status != 200) return false;
  if (ahead_.request != response.id) {
    ahead_ = {.request = response.id};
    const auto scan = decode::scan_list(response.body);
    if (!scan) return false;
    for (const auto& element : scan->elements) {
      const Hash raw = decode::hash_of_element(element);
      if (!known(at->second, raw)) ahead_.fresh.emplace_back(element, raw);
    }
  }
  // All are read before the first is kept: a page that cannot be read changes nothing.
  const auto size = ahead_.fresh.size();
  if (ahead_.jobs.size() < size) {
    std::vector<std::string_view> some;
    for (auto i = ahead_.jobs.size(); i < size && some.size() < at_a_time; ++i) some.push_back(ahead_.fresh[i].first);
    auto page = decode::decode_job_page(decode::list_of(some));
    const bool is_read = page && page->jobs.size() == some.size();
    if (is_read) std::move(page->jobs.begin(), page->jobs.end(), std::back_inserter(ahead_.jobs));
    else ahead_.fresh.clear();
    return is_read;
  }
  for (std::size_t n = 0; ahead_.kept < size && n < at_a_time; ++n, ++ahead_.kept) keep_row(at->second, *feed, ahead_.jobs[ahead_.kept], ahead_.fresh[ahead_.kept].second, feed->in_flight->since);
  return ahead_.kept < size;
}

store::RowId VaultTracker::keep_row(const Kept& vault, Feed& list, const Job& job, Hash raw, Milliseconds asked_at) {
  // What the list has told of, that tells better: in its own words, and later.
  if (list.is_of_graph()) {
    if (const auto told = table_.find(vault.key, job.name)) return *told;
    --list.window->known;
  }
  const auto [row, change, has_ended] = table_.put(vault.key, job, raw, asked_at);
  // Ended jobs teach how long their like take; what is followed does so for itself.
  if (has_ended && !feed_by_key_.contains(arm::JobId{vault.vault, job.name}.key())) schedule_->ended(job);
  return row;
}

void VaultTracker::note_times(const store::Row& row) {
  if (row.start != store::Row::no_time && row.duration != store::Row::no_time && !is_terminal(row.state)) {
    const Instant said{Duration(row.start + row.duration)};
    if (!times_.latest || said > *times_.latest) times_.latest = said;
  }
  if (is_terminal(row.state) && row.end != store::Row::no_time) {
    const Instant end{Duration(row.end)};
    if (!times_.first_end || end < *times_.first_end) times_.first_end = end;
  }
  if (row.start == store::Row::no_time) return;
  const Instant start{Duration(row.start)};
  if (times_.oldest && start > *times_.oldest) times_.is_sorted = false;
  if (!times_.oldest || start < *times_.oldest) times_.oldest = start;
  if (!times_.newest || start > *times_.newest) times_.newest = start;
}

void VaultTracker::read_page(Feed& list, std::string_view body, Milliseconds asked_at) {
  const auto at = kept_.find(list.scope);
  if (at == kept_.end()) return Tracker::read_page(list, body, asked_at);
  Kept& vault = at->second;
  ahead_ = {};
  auto page = take_rows(vault, list, body, asked_at);
  if (!list.window && page) {
    if (list.walk->page_count() == 0) vault.first_end.reset();
    if (times_.first_end && (!vault.first_end || *times_.first_end < *vault.first_end)) vault.first_end = times_.first_end;
    vault.seen = std::max(vault.seen, times_.newest);
  }
  // Who follows one of them is told.
  for (const FeedId id : scopes_.at(list.scope).running) {
    const arm::JobId& followed = *feeds_.at(id).job;
    const auto row = page ? table_.find(followed.vault.key(), followed.name) : std::nullopt;
    if (row && table_.said_at(*row) == store::JobTable::rounded(asked_at)) page->jobs.push_back(table_.job(*row));
  }
  list.walk->take(std::move(page));
}

// What is byte for byte as before is not decoded again (DESIGN.md, "Skip what did not change"). The page without its jobs.
Result<decode::JobPage> VaultTracker::take_rows(const Kept& vault, Feed& list, std::string_view body, Milliseconds asked_at) {
  times_ = {};
  const auto scan = decode::scan_list(body);
  std::vector<std::string_view> fresh;
  std::vector<std::pair<Hash, std::optional<store::RowId>>> elements;  // nothing: fresh
  decode::JobPage page;
  if (scan) {
    for (const auto& element : scan->elements) {
      const Hash hash = decode::hash_of_element(element);
      const auto row = known(vault, hash);
      if (!row) fresh.push_back(element);
      elements.emplace_back(hash, row);
    }
    auto rest = decode::decode_job_page(scan->rest);
    if (!rest) return rest;
    page = std::move(*rest);
  }
  auto decoded = decode::decode_job_page(scan ? decode::list_of(fresh) : std::string(body));
  if (!decoded) return decoded;
  if (scan && decoded->jobs.size() != fresh.size()) return Error{ErrorCode::wrong_shape, "value"};
  if (!scan) {
    elements.resize(decoded->jobs.size());
    page.next_link = std::move(decoded->next_link);
  }
  if (list.is_of_graph()) list.window->known += static_cast<std::ptrdiff_t>(elements.size());
  // In the service's order: whether that is by time says whether a long window may be cut.
  auto job = decoded->jobs.begin();
  for (const auto& [hash, known] : elements) {
    if (known) table_.confirm(*known, asked_at);
    const store::RowId row = known ? *known : keep_row(vault, list, *job++, hash, asked_at);
    note_times(table_.row(row));
  }
  if (list.is_of_graph() && times_.oldest) list.window->oldest = std::min(list.window->oldest.value_or(*times_.oldest), *times_.oldest);
  return page;
}

}  // namespace abj::tracking
