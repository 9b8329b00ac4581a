#include "store/job_view.h"

#include <algorithm>
#include <array>
#include <utility>

#include "store/fold.h"
#include "store/job_record.h"

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

// In the order of signed numbers, absent ones first.
std::uint64_t ordered(std::int64_t time) { return static_cast<std::uint64_t>(time) ^ (std::uint64_t{1} << 63); }

struct Keyed {
  std::uint64_t key;
  RowId row;
};

// Stable, by bytes of the key from the last to the first; those that are the same in all cost nothing.
void radix_sort(std::vector<Keyed>& items) {
  std::uint64_t all = ~std::uint64_t{0}, any = 0;
  for (const Keyed& item : items) all &= item.key, any |= item.key;
  std::vector<Keyed> other(items.size());
  for (int shift = 0; shift < 64; shift += 8) {
    if ((((all ^ any) >> shift) & 255) == 0) continue;
    std::array<std::uint32_t, 257> begins{};
    for (const Keyed& item : items) ++begins[((item.key >> shift) & 255) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    for (const Keyed& item : items) other[begins[(item.key >> shift) & 255]++] = item;
    items.swap(other);
  }
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
  std::vector<std::pair<std::string, TextId>> names;
  for (RowId row = 0; row < table_.size(); ++row) {
    const TextId id = word(table_.row(row), query_.sort);
    if (!std::exchange(ranks_[id], 1)) names.emplace_back(folded(table_.text(id)), id);
  }
  std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
    const int order = compare_names(a.first, b.first);
    return order != 0 ? order < 0 : table_.text(a.second) < table_.text(b.second);
  });
  for (std::uint32_t i = 0; i < names.size(); ++i) ranks_[names[i].second] = i + 1;
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

void JobView::rebuild() {
  update_ranks();
  Filter filter(table_, query_);
  std::vector<Keyed> found;
  for (RowId row = 0; row < table_.size(); ++row)
    if (filter.takes(table_.row(row))) found.push_back({~ordered(table_.row(row).start), row});
  radix_sort(found);
  if (query_.sort != Column::start || !query_.descending) {
    for (Keyed& item : found) item.key = key(table_.row(item.row));
    radix_sort(found);
  }
  rows_.resize(found.size());
  rows_.shrink_to_fit();
  for (std::size_t i = 0; i < found.size(); ++i) rows_[i] = found[i].row;
}

bool JobView::refresh() {
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
  std::vector<bool> is_changed(table_.size());
  for (const RowId row : *changed) is_changed[row] = true;
  const std::size_t size = rows_.size();
  std::erase_if(rows_, [&](RowId row) { return is_changed[row]; });
  bool is_other = rows_.size() != size;
  Filter filter(table_, query_);
  std::vector<RowId> fresh;
  for (const RowId row : *changed)
    if (is_changed[row]) {
      is_changed[row] = false;  // it may have changed more than once
      if (filter.takes(table_.row(row))) fresh.push_back(row);
    }
  is_other |= !fresh.empty();
  const auto in_order = [&](RowId a, RowId b) { return before(a, b); };
  std::sort(fresh.begin(), fresh.end(), in_order);
  const auto middle = static_cast<std::ptrdiff_t>(rows_.size());
  rows_.insert(rows_.end(), fresh.begin(), fresh.end());
  std::inplace_merge(rows_.begin(), rows_.begin() + middle, rows_.end(), in_order);
  return is_other;
}

std::vector<Group> JobView::groups() const {
  if (!query_.group) return {};
  const bool by_status = *query_.group == Column::status;
  std::vector<std::uint32_t> counts(by_status ? 8 : table_.texts().size());
  for (const RowId id : rows_) {
    const Row& row = table_.row(id);
    ++counts[by_status ? static_cast<std::size_t>(row.state) : word(row, *query_.group)];
  }
  std::vector<std::pair<std::string, Group>> named;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const auto state = by_status ? static_cast<JobState>(i) : JobState::unknown;
    const std::string_view label = by_status ? name_of(state) : table_.text(i);
    named.emplace_back(folded(label), Group{std::string(label), state, counts[i]});
  }
  std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.second.count != b.second.count ? a.second.count > b.second.count : compare_names(a.first, b.first) < 0; });
  std::vector<Group> groups;
  for (auto& [key, group] : named) groups.push_back(std::move(group));
  return groups;
}

}  // namespace abj::store
