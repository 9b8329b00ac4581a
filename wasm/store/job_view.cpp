#include "store/job_view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "store/fold.h"
#include "store/job_record.h"
#include "store/radix.h"

namespace abj::store {
namespace {

// What is wrong comes first, then what runs, then everything else.
constexpr std::array<std::uint8_t, 8> trouble = [] {
  std::array<std::uint8_t, 8> order{};
  constexpr JobState states[] = {JobState::failed, JobState::completed_with_warnings, JobState::unknown, JobState::cancelling, JobState::in_progress, JobState::not_started, JobState::cancelled, JobState::completed};
  for (std::uint8_t i = 0; i < 8; ++i) order[static_cast<std::size_t>(states[i])] = i;
  return order;
}();

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

// Which rows the query asks for. What was found out about a text holds for all rows that have it.
class JobView::Filter {
 public:
  Filter(const JobTable& table, const Query& query) : table_(table), query_(query), needle_(folded(query.search)) {
    const auto about = [&](const std::string& word, TextId Row::*column) {
      if (!word.empty()) words_.push_back({word, column, std::vector<std::int8_t>(table.texts().size())});
    };
    about(query.operation, &Row::operation);
    about(query.type, &Row::type);
    about(query.item, &Row::item);
    about(query.vault, &Row::vault);
    about(query.error, &Row::error_code);
    if (!needle_.empty()) texts_.resize(table.texts().size()), errors_.resize(table.texts().size());
    may_be_name_ = needle_.size() <= guid_length && needle_.find_first_not_of("0123456789abcdef-") == std::string::npos;
  }

  bool takes(const Row& row) {
    if (query_.states != 0 && !(query_.states >> static_cast<unsigned>(row.state) & 1)) return false;
    if (query_.from && row.start < query_.from->time_since_epoch().count()) return false;
    if (query_.to && row.start > query_.to->time_since_epoch().count()) return false;
    for (Word& about : words_)
      if (!remember(about.known[row.*about.column], [&] { return equals_ignoring_case(table_.text(row.*about.column), about.word); })) return false;
    return needle_.empty() || is_found(row);
  }

 private:
  struct Word {
    std::string_view word;
    TextId Row::*column;
    std::vector<std::int8_t> known;
  };
  // Found out once: 1 it holds, -1 it does not, 0 not known yet.
  template <class Holds>
  static bool remember(std::int8_t& known, Holds holds) {
    if (known == 0) known = holds() ? 1 : -1;
    return known > 0;
  }
  bool contains(std::string_view text) const { return folded(text).find(needle_) != std::string::npos; }

  bool is_found(const Row& row) {
    if (remember(texts_[row.item], [&] { return contains(table_.text(row.item)); })) return true;
    if (remember(texts_[row.id], [&] { return contains(table_.text(row.id)); })) return true;
    if (row.errors != 0 && remember(errors_[row.errors], [&] {
          for (const JobError& error : unpacked_errors(table_.text(row.errors)))
            if (contains(error.code) || contains(error.message) || contains(error.title)) return true;
          return false;
        }))
      return true;
    const bool has_guid = !(row.flags & Row::name_is_text);
    if (has_guid && may_be_name_) {
      char name[guid_length];
      write_guid(name, row.name.data());
      return std::string_view(name, guid_length).find(needle_) != std::string_view::npos;
    }
    // A whole resource id, or a name that is no GUID.
    if (has_guid && needle_.find('/') == std::string::npos) return false;
    return contains(std::string(table_.text(row.id)) + (row.flags & Row::id_is_whole ? std::string() : table_.name(row)));
  }

  const JobTable& table_;
  const Query& query_;
  std::string needle_;
  std::vector<Word> words_;
  std::vector<std::int8_t> texts_, errors_;
  bool may_be_name_ = false;
};

JobView::JobView(const JobTable& table, Query query) : table_(table), query_(std::move(query)) { refresh(); }

TextId JobView::word(const Row& row, Column column) const {
  switch (column) {
    case Column::operation: return row.operation;
    case Column::type: return row.type;
    case Column::item: return row.item;
    case Column::vault: return row.vault;
    case Column::error: return row.error_code;
    default: return row.status;
  }
}

// The place of every text of the sorted column among the others.
void JobView::update_ranks() {
  ranks_.assign(table_.texts().size(), 0);
  if (!is_text(query_.sort)) return;
  struct Name {
    std::string folded;
    std::string_view text;
    TextId id;
  };
  std::vector<Name> names;
  for (RowId row = 0; row < table_.size(); ++row) {
    const TextId id = word(table_.row(row), query_.sort);
    if (!std::exchange(ranks_[id], 1)) names.push_back({folded(table_.text(id)), table_.text(id), id});
  }
  const auto order = sorted(names.size(), [](const void* things, std::uint32_t a, std::uint32_t b) {
    const Name* named = static_cast<const Name*>(things);
    const int order = compare_names(named[a].folded, named[b].folded);
    return order != 0 ? order < 0 : named[a].text < named[b].text;
  }, names.data());
  for (std::uint32_t i = 0; i < order.size(); ++i) ranks_[names[order[i]].id] = i + 1;
}

std::uint64_t JobView::key(const Row& row) const {
  std::uint64_t key = 0;
  switch (query_.sort) {
    case Column::start: key = ordered(row.start); break;
    case Column::end: key = ordered(row.end); break;
    case Column::duration: key = ordered(row.duration); break;
    case Column::status: key = trouble[static_cast<std::size_t>(row.state)]; break;
    default: key = ranks_[word(row, query_.sort)];
  }
  return query_.descending ? ~key : key;
}

bool JobView::before(RowId a, RowId b) const {
  const Row &x = table_.row(a), &y = table_.row(b);
  const std::uint64_t p = key(x), q = key(y);
  if (p != q) return p < q;
  return x.start != y.start ? x.start > y.start : a < b;
}

// Rows, the newest first, into the query's order.
void JobView::put_in_order(std::vector<RowId>& rows, const std::vector<std::uint64_t>& keys) const {
  if (query_.sort == Column::start && query_.descending) return;
  std::vector<Keyed> found(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) found[i] = {keys[rows[i]], rows[i]};
  radix_sort(found);
  for (std::size_t i = 0; i < found.size(); ++i) rows[i] = found[i].value;
}

// Rows that the query takes, in its order; with `wanted`, of those that it marks.
std::vector<RowId> JobView::find(const std::vector<char>* wanted) const {
  // Once through the table in its own order, which is that of memory.
  Filter filter(table_, query_);
  std::vector<char> takes(table_.size());
  std::vector<std::uint64_t> keys(table_.size());
  for (RowId id = 0; id < table_.size(); ++id) {
    const Row& row = table_.row(id);
    if ((wanted && !(*wanted)[id]) || !filter.takes(row)) continue;
    takes[id] = 1;
    keys[id] = key(row);
  }
  std::vector<RowId> found;
  for (const RowId id : table_.newest_first())
    if (takes[id]) found.push_back(id);
  put_in_order(found, keys);
  return found;
}

void JobView::rebuild() {
  update_ranks();
  rows_ = find(nullptr);
  rows_.shrink_to_fit();
}

// What the query takes beside the rows.
std::size_t JobView::count_others() const {
  std::vector<char> is_shown(table_.size());
  for (const RowId id : rows_) is_shown[id] = 1;
  Filter filter(table_, query_);
  std::size_t count = 0;
  for (RowId id = 0; id < table_.size(); ++id) count += !is_shown[id] && filter.takes(table_.row(id));
  return count;
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
  // New texts may have their place between the others, whose order stays.
  if (ranks_.size() != table_.texts().size()) update_ranks();
  std::vector<char> is_changed(table_.size());
  for (const RowId row : *changed) is_changed[row] = 1;
  const std::size_t size = rows_.size();
  std::erase_if(rows_, [&](RowId row) { return is_changed[row]; });
  bool is_other = rows_.size() != size;
  const std::vector<RowId> fresh = find(&is_changed);
  is_other |= !fresh.empty();
  std::vector<RowId> merged;
  merged.reserve(rows_.size() + fresh.size());
  // Few among many: only where they belong is looked at.
  auto from = rows_.begin();
  for (const RowId row : fresh) {
    auto last = rows_.end();
    for (auto at = from; at < last;) {
      const auto middle = at + (last - at) / 2;
      if (before(row, *middle)) last = middle;
      else at = middle + 1;
    }
    merged.insert(merged.end(), from, last);
    merged.push_back(row);
    from = last;
  }
  merged.insert(merged.end(), from, rows_.end());
  rows_ = std::move(merged);
  return is_other;
}

std::optional<std::size_t> JobView::place_of(std::optional<RowId> row) const {
  const auto at = row ? std::find(rows_.begin(), rows_.end(), *row) : rows_.end();
  if (at == rows_.end()) return {};
  return static_cast<std::size_t>(at - rows_.begin());
}

std::vector<Group> JobView::groups() const {
  if (!query_.group) return {};
  const bool by_status = *query_.group == Column::status;
  std::vector<std::uint32_t> counts(by_status ? 8 : table_.texts().size());
  for (const RowId id : rows_) {
    const Row& row = table_.row(id);
    ++counts[by_status ? static_cast<std::size_t>(row.state) : word(row, *query_.group)];
  }
  struct Named {
    Group group;
    std::string folded;
  };
  std::vector<Named> named;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto state = by_status ? static_cast<JobState>(i) : JobState::unknown;
    std::string label(by_status ? name_of(state) : table_.text(i));
    std::string key = folded(label);
    named.push_back({{std::move(label), state, counts[i]}, std::move(key)});
  }
  const auto order = sorted(named.size(), [](const void* things, std::uint32_t a, std::uint32_t b) {
    const Named &x = static_cast<const Named*>(things)[a], &y = static_cast<const Named*>(things)[b];
    return x.group.count != y.group.count ? x.group.count > y.group.count : compare_names(x.folded, y.folded) < 0;
  }, named.data());
  std::vector<Group> groups;
  for (const auto i : order) groups.push_back(std::move(named[i].group));
  return groups;
}

}  // namespace abj::store
