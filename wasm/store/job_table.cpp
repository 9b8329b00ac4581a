#include "store/job_table.h"

#include <algorithm>
#include <cstring>

#include "store/job_record.h"
#include "store/radix.h"

namespace abj::store {
namespace {

using Bytes = std::array<unsigned char, 16>;

// A GUID as such, any other text by its number in the pool; whether it is a text.
bool pack(std::string_view text, Bytes& bytes, TextPool& texts) {
  bytes = {};
  if (pack_guid(text, bytes.data())) return false;
  bytes = {};
  const TextId id = texts.add(text);
  std::memcpy(bytes.data(), &id, sizeof id);
  return true;
}

TextId text_id(const Bytes& bytes) {
  TextId id;
  std::memcpy(&id, bytes.data(), sizeof id);
  return id;
}

std::string unpacked(const Bytes& bytes, bool is_text, const TextPool& texts) {
  if (is_text) return std::string(texts.text(text_id(bytes)));
  std::string text(guid_length, '-');
  write_guid(text.data(), bytes.data());
  return text;
}

Hash hash_of_bytes(const Bytes& bytes, TextId vault) { return hash_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, vault); }

// Names know no case, as paths do not.
Hash hash_of_name(std::string_view name, TextId vault) {
  const std::string lower = lower_cased(name);
  Bytes bytes{};
  return pack_guid(lower, bytes.data()) ? hash_of_bytes(bytes, vault) : hash_of(lower, vault);
}

template <class Time>
std::int64_t ticks(const std::optional<Time>& time) {
  if (!time) return Row::no_time;
  if constexpr (std::is_same_v<Time, Instant>) return time->time_since_epoch().count();
  else return time->count();
}

bool same(const Row& a, const Row& b) {
  return a.start == b.start && a.end == b.end && a.duration == b.duration && a.name == b.name && a.activity == b.activity && a.vault == b.vault && a.id == b.id && a.item == b.item &&
         a.operation == b.operation && a.type == b.type && a.status == b.status && a.record == b.record && a.errors == b.errors && a.flags == b.flags;
}

}  // namespace

Row JobTable::row_of(std::string_view vault, const Job& job) {
  Row row;
  row.start = ticks(job.start), row.end = ticks(job.end), row.duration = ticks(job.duration);
  row.vault = texts_.add(vault);
  if (pack(job.name, row.name, texts_)) row.flags |= Row::name_is_text;
  if (pack(job.activity_id, row.activity, texts_)) row.flags |= Row::activity_is_text;
  // A resource id nearly always ends in the name: what is before it, a vault's jobs share.
  std::string_view id = job.id;
  if (id.ends_with(job.name)) id.remove_suffix(job.name.size());
  else row.flags |= Row::id_is_whole;
  row.id = texts_.add(id);
  row.item = texts_.add(job.item);
  row.operation = texts_.add(job.operation);
  row.type = texts_.add(job.job_type);
  row.status = texts_.add(job.status.text);
  row.record = texts_.add(packed(job));
  row.errors = texts_.add(packed(job.errors));
  if (!job.errors.empty()) row.error_code = texts_.add(job.errors.front().code);
  row.state = job.status.state;
  return row;
}

std::string JobTable::name(const Row& row) const { return unpacked(row.name, row.flags & Row::name_is_text, texts_); }

// Of GUIDs the bytes are hashed, which rows have at hand: all rows are, when the table of keys grows.
Hash JobTable::key_of(const Row& row) const {
  return row.flags & Row::name_is_text ? hash_of_name(name(row), row.vault) : hash_of_bytes(row.name, row.vault);
}

std::optional<RowId> JobTable::find(std::string_view vault, std::string_view name) const {
  const TextId vault_id = texts_.find(vault);
  if (vault_id == 0) return {};
  return by_key_.find(hash_of_name(name, vault_id), [&](RowId id) { return row(id).vault == vault_id && equals_ignoring_case(this->name(row(id)), name); });
}

std::optional<RowId> JobTable::find_raw(Hash raw) const {
  if (raw == 0) return {};
  return by_raw_.find(raw, [&](RowId id) { return row(id).raw == raw; });
}

void JobTable::index(RowId id) {
  by_key_.add(key_of(row(id)), id, [](const void* table, RowId other) { return static_cast<const JobTable*>(table)->key_of(static_cast<const JobTable*>(table)->row(other)); }, this);
  // Of what it was read from before, too, there is a place: it leads to a row that says otherwise.
  if (row(id).raw != 0) by_raw_.add(row(id).raw, id, [](const void* table, RowId other) { return static_cast<const JobTable*>(table)->row(other).raw; }, this);
}

void JobTable::note(RowId row, bool has_ended) {
  if (journal_.size() == longest_journal) {
    // The later half stays: whoever looks often misses nothing.
    journal_.erase(journal_.begin(), journal_.begin() + longest_journal / 2);
    journal_begin_ += longest_journal / 2;
  }
  journal_.push_back(has_ended ? row | ended : row);
}

std::vector<RowId> JobTable::ended_since(std::uint64_t since) const {
  std::vector<RowId> rows;
  for (std::uint64_t at = std::max(since, journal_begin_); at < journal_end(); ++at)
    if (const RowId row = journal_[static_cast<std::size_t>(at - journal_begin_)]; row & ended) rows.push_back(row & ~ended);
  return rows;
}

std::optional<std::vector<RowId>> JobTable::changed_since(std::uint64_t since) const {
  if (since < journal_begin_) return {};
  std::vector<RowId> rows(journal_.begin() + static_cast<std::ptrdiff_t>(since - journal_begin_), journal_.end());
  for (RowId& row : rows) row &= ~ended;
  return rows;
}

void JobTable::confirm(RowId id, Milliseconds asked_at) { at(id).said = std::max(at(id).said, static_cast<std::uint32_t>(asked_at.count() / said_unit)); }

Put JobTable::put(std::string_view vault, const Job& job, Hash raw, Milliseconds asked_at) {
  const auto found = find(vault, job.name);
  const auto said = static_cast<std::uint32_t>(asked_at.count() / said_unit);
  if (found) {
    const bool ended = is_terminal(job.status.state), had_ended = is_terminal(row(*found).state);
    if (had_ended != ended ? had_ended : said < row(*found).said) return {*found, Change::none, false};
  }
  Row fresh = row_of(vault, job);
  fresh.said = found ? std::max(said, row(*found).said) : said;
  fresh.raw = raw;
  const RowId id = found ? *found : static_cast<RowId>(size_);
  if (!found) {
    if (size_ % chunk == 0) chunks_.push_back(std::make_unique<Row[]>(chunk));
    ++size_;
  }
  Row& known = at(id);
  const Change change = !found ? Change::added : same(known, fresh) ? Change::none : Change::updated;
  const bool has_ended = is_terminal(fresh.state) && !(found && is_terminal(known.state));
  if (found) --counts_[static_cast<std::size_t>(known.state)], tally_.count(known, -1);
  ++counts_[static_cast<std::size_t>(fresh.state)];
  tally_.count(fresh, 1);
  const bool is_as_before = found && known.raw == raw;
  if (found && known.start != fresh.start) newest_first_.clear();
  known = fresh;
  // A text that was known of something else may have no place in a column's order yet.
  std::size_t column = 0;
  for (const TextId text : {fresh.operation, fresh.type, fresh.item, fresh.vault, fresh.error_code})
    if (auto& ranks = ranks_[column++]; text < ranks.size() && ranks[text] == 0) ranks.clear();
  if (!is_as_before) index(id);
  if (change != Change::none) note(id, found && has_ended);
  return {id, change, has_ended};
}

Job JobTable::shared(RowId id) const {
  const Row& row = this->row(id);
  Job job;
  job.item = text(row.item);
  job.operation = text(row.operation);
  job.job_type = text(row.type);
  job.status = {row.state, std::string(text(row.status))};
  unpack(text(row.record), job);
  return job;
}

Job JobTable::job(RowId id) const {
  const Row& row = this->row(id);
  Job job = shared(id);
  job.name = name(row);
  job.id = text(row.id);
  if (!(row.flags & Row::id_is_whole)) job.id += job.name;
  if (row.start != Row::no_time) job.start = Instant(Duration(row.start));
  if (row.end != Row::no_time) job.end = Instant(Duration(row.end));
  if (row.duration != Row::no_time) job.duration = Duration(row.duration);
  job.activity_id = unpacked(row.activity, row.flags & Row::activity_is_text, texts_);
  job.errors = unpacked_errors(text(row.errors));
  return job;
}

void JobTable::forget(const std::vector<std::string>& vaults) {
  std::vector<char> is_gone(texts_.size());
  for (const auto& vault : vaults) is_gone[texts_.find(vault)] = true;
  // The first is of no text.
  is_gone[0] = false;
  if (std::find(is_gone.begin(), is_gone.end(), true) == is_gone.end()) return;
  const TextPool before = std::move(texts_);
  texts_.clear();
  std::vector<TextId> moved(before.size());
  const auto keep = [&](TextId& id) {
    if (id != 0 && moved[id] == 0) moved[id] = texts_.add(before.text(id));
    id = moved[id];
  };
  std::size_t kept = 0;
  tally_ = {};
  newest_first_ = {};
  ranks_ = {};
  for (RowId id = 0; id < size_; ++id) {
    Row row = at(id);
    if (is_gone[row.vault]) {
      --counts_[static_cast<std::size_t>(row.state)];
      continue;
    }
    for (TextId* text : {&row.vault, &row.id, &row.item, &row.operation, &row.type, &row.status, &row.record, &row.errors, &row.error_code}) keep(*text);
    const auto keep_bytes = [&](Bytes& bytes) {
      TextId text = text_id(bytes);
      keep(text);
      std::memcpy(bytes.data(), &text, sizeof text);
    };
    if (row.flags & Row::name_is_text) keep_bytes(row.name);
    if (row.flags & Row::activity_is_text) keep_bytes(row.activity);
    tally_.count(row, 1);
    at(static_cast<RowId>(kept++)) = row;
  }
  size_ = kept;
  chunks_.resize((kept + chunk - 1) / chunk);
  chunks_.shrink_to_fit();
  by_key_ = RowIndex();
  by_raw_ = RowIndex();
  for (RowId id = 0; id < size_; ++id) index(id);
  // Views begin anew.
  journal_begin_ += journal_.size() + 1;
  journal_.clear();
  ++numbering_;
}

const std::vector<RowId>& JobTable::newest_first() const {
  if (newest_first_.size() == size_) return newest_first_;
  // What was added, by its number among that.
  const auto first = static_cast<RowId>(newest_first_.size());
  std::vector<std::uint64_t> keys;
  std::vector<RowId> added, merged;
  for (RowId id = first; id < size_; ++id) added.push_back(id - first), keys.push_back(~ordered(row(id).start));
  radix_sort(added.data(), added.data() + added.size(), keys);
  merged.reserve(size_);
  auto next = added.begin();
  for (const RowId id : newest_first_) {
    for (; next != added.end() && keys[*next] < ~ordered(row(id).start); ++next) merged.push_back(first + *next);
    merged.push_back(id);
  }
  for (; next != added.end(); ++next) merged.push_back(first + *next);
  newest_first_ = std::move(merged);
  return newest_first_;
}

std::size_t JobTable::bytes() const {
  std::size_t ranks = 0;
  for (const auto& column : ranks_) ranks += column.capacity() * sizeof(column[0]);
  return ranks + texts_.bytes() + tally_.bytes() + chunks_.size() * (chunk * sizeof(Row) + sizeof(chunks_[0])) + by_key_.bytes() + by_raw_.bytes() + (journal_.capacity() + newest_first_.capacity()) * sizeof(RowId);
}

}  // namespace abj::store
