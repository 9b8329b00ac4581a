// What a view does for every job of the table: compiled for speed, as the rest of it is for size.
#include <algorithm>
#include <array>
#include <utility>

#include "model/text.h"
#include "store/fold.h"
#include "store/job_record.h"
#include "store/job_view.h"
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

}  // namespace

// Which rows the query asks for. What was found out about a text holds for all rows that have it.
class JobView::Filter {
 public:
  [[gnu::cold]] Filter(const JobTable& table, const Query& query) : table_(table), query_(query), needle_(folded(query.search)) {
    constexpr std::pair<std::string Query::*, TextId Row::*> columns[] = {
        {&Query::operation, &Row::operation}, {&Query::type, &Row::type}, {&Query::item, &Row::item}, {&Query::vault, &Row::vault}, {&Query::error, &Row::error_code}};
    for (const auto& [word, column] : columns)
      if (!(query.*word).empty()) words_[word_count_++] = {query.*word, column, std::vector<std::int8_t>(table.texts().size())};
    if (!needle_.empty()) texts_.resize(table.texts().size()), errors_.resize(table.texts().size());
    if (!needle_.empty() && needle_.size() <= guid_length && needle_.find_first_not_of("0123456789abcdef-") == std::string::npos) find_digits();
  }

  bool takes(const Row& row) {
    if (query_.states != 0 && !(query_.states >> static_cast<unsigned>(row.state) & 1)) return false;
    if (query_.from && row.start < query_.from->time_since_epoch().count()) return false;
    if (query_.to && row.start > query_.to->time_since_epoch().count()) return false;
    for (Word* about = words_.data(); about < words_.data() + word_count_; ++about)
      if (!remember(about->known[row.*about->column], [&] { return equals_ignoring_case(table_.text(row.*about->column), about->word); })) return false;
    return needle_.empty() || is_found(row);
  }

 private:
  struct Word {
    std::string_view word{};
    TextId Row::*column{};
    std::vector<std::int8_t> known{};
  };
  // Found out once: 1 it holds, -1 it does not, 0 not known yet.
  template <class Holds>
  static bool remember(std::int8_t& known, Holds holds) {
    if (known == 0) known = holds() ? 1 : -1;
    return known > 0;
  }
  // Digits and dashes stand in a GUID's text, 8-4-4-4-12, only where its dashes do not contradict: there its 32 digits, 16 in a word, are looked at.
  [[gnu::cold]] void find_digits() {
    const auto is_dash = [](std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; };
    for (std::size_t start = 0, digits_before = 0; start + needle_.size() <= guid_length; digits_before += !is_dash(start++)) {
      Place place;
      std::size_t digit = digits_before, at = start;
      for (const char c : needle_) {
        if (is_dash(at++) != (c == '-')) {
          at = 0;
          break;
        }
        if (c == '-') continue;
        const unsigned shift = 60 - 4 * (digit % 16);
        place.masks[digit / 16] |= std::uint64_t{15} << shift;
        place.digits[digit / 16] |= static_cast<std::uint64_t>(is_digit(c) ? c - '0' : c - 'a' + 10) << shift;
        ++digit;
      }
      if (at > 0) places_[place_count_++] = place;
    }
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
    if (has_guid && place_count_ > 0) {
      std::uint64_t words[2] = {};
      for (std::size_t i = 0; i < row.name.size(); ++i) words[i / 8] = words[i / 8] << 8 | row.name[i];
      for (std::size_t i = 0; i < place_count_; ++i)
        if ((words[0] & places_[i].masks[0]) == places_[i].digits[0] && (words[1] & places_[i].masks[1]) == places_[i].digits[1]) return true;
      return false;
    }
    // A whole resource id, or a name that is no GUID.
    if (has_guid && needle_.find('/') == std::string::npos) return false;
    return contains(std::string(table_.text(row.id)) + (row.flags & Row::id_is_whole ? std::string() : table_.name(row)));
  }

  const JobTable& table_;
  const Query& query_;
  std::string needle_;
  std::array<Word, 5> words_;
  std::size_t word_count_ = 0;
  std::vector<std::int8_t> texts_, errors_;
  struct Place {
    std::uint64_t masks[2]{}, digits[2]{};
  };
  std::array<Place, guid_length> places_;
  std::size_t place_count_ = 0;
};

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

std::uint64_t JobView::key(const Row& row) const {
  std::uint64_t key = 0;
  switch (query_.sort) {
    case Column::start: key = ordered(row.start); break;
    case Column::end: key = ordered(row.end); break;
    case Column::duration: key = ordered(row.duration); break;
    case Column::status: key = trouble[static_cast<std::size_t>(row.state)]; break;
    default: key = (*ranks_)[word(row, query_.sort)];
  }
  return query_.descending ? ~key : key;
}

// Rows, the newest first, into the query's order.
void JobView::put_in_order(std::vector<RowId>& rows, const std::vector<std::uint64_t>& keys) const {
  if (query_.sort == Column::start && query_.descending) return;
  radix_sort(rows.data(), rows.data() + rows.size(), keys);
}

// Rows that the query takes, in its order.
std::vector<RowId> JobView::find() const {
  // Once through the table in its own order, which is that of memory.
  Filter filter(table_, query_);
  std::vector<char> takes(table_.size());
  std::vector<std::uint64_t> keys(table_.size());
  for (RowId id = 0; id < table_.size(); ++id) {
    const Row& row = table_.row(id);
    if (!filter.takes(row)) continue;
    takes[id] = 1;
    keys[id] = key(row);
  }
  std::vector<RowId> found;
  for (const RowId id : table_.newest_first())
    if (takes[id]) found.push_back(id);
  put_in_order(found, keys);
  return found;
}

// Which of a few rows the query takes, each once, in no order.
std::vector<RowId> JobView::find_among(const std::vector<RowId>& candidates) const {
  Filter filter(table_, query_);
  std::vector<char> is_seen(table_.size());
  std::vector<RowId> found;
  for (const RowId id : candidates)
    if (!std::exchange(is_seen[id], 1) && filter.takes(table_.row(id))) found.push_back(id);
  return found;
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

}  // namespace abj::store
