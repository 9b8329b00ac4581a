#include "store/job_view.h"

#include <algorithm>
#include <utility>

#include "store/fold.h"

namespace abj::store {
namespace {

bool is_text(Column column) { return column >= Column::operation; }

// Stable, of a few thousand: one for all kinds of things by their numbers, since each std::sort takes two kilobytes.
using Before = bool (*)(const void* things, std::uint32_t a, std::uint32_t b);
void merge_sort(std::vector<std::uint32_t>& ids, Before before, const void* things) {
  std::vector<std::uint32_t> other(ids.size());
  for (std::size_t width = 1; width < ids.size(); width *= 2) {
    for (std::size_t begin = 0; begin < ids.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, ids.size()), end = std::min(begin + 2 * width, ids.size());
      std::size_t a = begin, b = middle;
      for (std::size_t at = begin; at < end; ++at) other[at] = b == end || (a < middle && !before(things, ids[b], ids[a])) ? ids[a++] : ids[b++];
    }
    ids.swap(other);
  }
}

// The numbers from 0 on, in that order.
std::vector<std::uint32_t> sorted(std::size_t count, Before before, const void* things) {
  std::vector<std::uint32_t> ids(count);
  for (std::uint32_t i = 0; i < ids.size(); ++i) ids[i] = i;
  merge_sort(ids, before, things);
  return ids;
}

}  // namespace

JobView::JobView(const JobTable& table, Query query) : table_(table), query_(std::move(query)) { refresh(); }

// The place of every text of the sorted column among the others.
void JobView::update_ranks() {
  if (!is_text(query_.sort)) return;
  auto& ranks = table_.ranks(static_cast<std::size_t>(query_.sort) - static_cast<std::size_t>(Column::operation));
  ranks_ = &ranks;
  if (ranks.size() == table_.texts().size()) return;
  ranks.assign(table_.texts().size(), 0);
  struct Names {
    const TextPool& texts;
    std::vector<TextId> ids{};
    std::vector<std::string> folded{};
  } names{table_.texts()};
  for (RowId row = 0; row < table_.size(); ++row) {
    const TextId id = word(table_.row(row), query_.sort);
    if (std::exchange(ranks[id], 1)) continue;
    names.ids.push_back(id);
    names.folded.push_back(folded(table_.text(id)));
  }
  const auto order = sorted(names.ids.size(), [](const void* things, std::uint32_t a, std::uint32_t b) {
    const Names& all = *static_cast<const Names*>(things);
    const int order = compare_names(all.folded[a], all.folded[b]);
    return order != 0 ? order < 0 : all.texts.text(all.ids[a]) < all.texts.text(all.ids[b]);
  }, &names);
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks[names.ids[order[i]]] = i + 1;
}

bool JobView::before(RowId a, RowId b) const {
  const Row &x = table_.row(a), &y = table_.row(b);
  const std::uint64_t p = key(x), q = key(y);
  if (p != q) return p < q;
  return x.start != y.start ? x.start > y.start : a < b;
}

void JobView::rebuild() {
  update_ranks();
  rows_ = find();
  rows_.shrink_to_fit();
  grouped_.clear();
  counts_.clear();
  for (const RowId row : rows_) count(row, true);
  if (query_.counts_only) rows_ = {};
}

// Where groups are asked for, each row is counted as what it was when it came. What is not among the rows counts as 0.
void JobView::count(RowId id, bool is_there) {
  if (!query_.group) return;
  const Row& row = table_.row(id);
  const std::uint32_t group = *query_.group == Column::status ? static_cast<std::uint32_t>(row.state) : word(row, *query_.group);
  if (grouped_.size() <= id) grouped_.resize(table_.size());
  if (counts_.size() <= group + 1) counts_.resize(table_.texts().size() + 9);
  --counts_[grouped_[id]];
  grouped_[id] = is_there ? group + 1 : 0;
  ++counts_[grouped_[id]];
}

bool JobView::refresh(bool hold) {
  ended_ = is_built_ ? table_.ended_since(told_) : std::vector<RowId>();
  const bool has_news = told_ != table_.journal_end();
  told_ = table_.journal_end();
  if (hold && is_built_ && numbering_ == table_.numbering()) {
    if (has_news) waiting_ = count_others();
    return has_news;
  }
  waiting_ = 0;
  numbering_ = table_.numbering();
  const auto changed = is_built_ ? table_.changed_since(seen_) : std::nullopt;
  seen_ = table_.journal_end();
  if (!changed || changed->size() > table_.size() / 8 + 64) {
    is_built_ = true;
    rebuild();
    return true;
  }
  if (changed->empty()) return false;
  if (query_.counts_only) {
    for (const RowId row : *changed) count(row, false);
    for (const RowId row : find_among(*changed)) count(row, true);
    return true;
  }
  // New texts may have their place between the others, whose order stays.
  update_ranks();
  std::vector<char> is_changed(table_.size());
  for (const RowId row : *changed) {
    is_changed[row] = 1;
    count(row, false);
  }
  const std::size_t size = rows_.size();
  std::erase_if(rows_, [&](RowId row) { return is_changed[row]; });
  bool is_other = rows_.size() != size;
  std::vector<RowId> fresh = find_among(*changed);
  merge_sort(fresh, [](const void* view, RowId a, RowId b) { return static_cast<const JobView*>(view)->before(a, b); }, this);
  for (const RowId row : fresh) count(row, true);
  is_other |= !fresh.empty();
  std::vector<RowId> merged(rows_.size() + fresh.size());
  auto to = merged.begin();
  // Few among many: only where they belong is looked at.
  auto from = rows_.begin();
  for (const RowId row : fresh) {
    auto last = rows_.end();
    for (auto at = from; at < last;) {
      const auto middle = at + (last - at) / 2;
      if (before(row, *middle)) last = middle;
      else at = middle + 1;
    }
    to = std::copy(from, last, to);
    *to++ = row;
    from = last;
  }
  std::copy(from, rows_.end(), to);
  rows_ = std::move(merged);
  return is_other;
}

std::vector<Group> JobView::groups() const {
  if (!query_.group) return {};
  const bool by_status = *query_.group == Column::status;
  const auto state_of = [&](std::uint32_t i) { return by_status ? static_cast<JobState>(i) : JobState::unknown; };
  const auto label_of = [&](std::uint32_t i) { return by_status ? name_of(state_of(i)) : table_.text(i); };
  struct Found {
    std::vector<std::uint32_t> ids{}, counts{};
    std::vector<std::string> folded{};
  } found;
  for (std::uint32_t i = 0; i + 1 < counts_.size(); ++i) {
    if (counts_[i + 1] == 0) continue;
    found.ids.push_back(i);
    found.counts.push_back(counts_[i + 1]);
    found.folded.push_back(folded(label_of(i)));
  }
  const auto order = sorted(found.ids.size(), [](const void* things, std::uint32_t a, std::uint32_t b) {
    const Found& all = *static_cast<const Found*>(things);
    return all.counts[a] != all.counts[b] ? all.counts[a] > all.counts[b] : compare_names(all.folded[a], all.folded[b]) < 0;
  }, &found);
  std::vector<Group> groups(order.size());
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const std::uint32_t i = found.ids[order[k]];
    groups[k] = {std::string(label_of(i)), state_of(i), counts_[i + 1]};
  }
  return groups;
}

}  // namespace abj::store
