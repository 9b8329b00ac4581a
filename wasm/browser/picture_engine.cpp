#include "browser/picture_engine.h"

#include <algorithm>

#include "browser/list_value.h"
#include "browser/to_value.h"
#include "browser/value.h"
#include "model/text.h"

namespace abj::browser {

using emscripten::val;

namespace {

// So many of a cause's items are named.
constexpr std::size_t most_named = 12;

double ms(std::optional<Duration> duration) { return number_of(duration ? std::optional(std::chrono::duration_cast<Milliseconds>(*duration)) : std::nullopt); }

// What the store asks of them.
std::vector<store::VaultOfItems> asked_of(const std::vector<tracking::VaultItems>& vaults) {
  std::vector<store::VaultOfItems> asked;
  for (const auto& vault : vaults) asked.push_back({vault.vault->key(), vault.items, vault.covered_from, vault.covered_to});
  return asked;
}

void put_usual(Value& value, const std::optional<store::Usual>& usual) {
  if (!usual) return value.null("usual");
  Value range = Value::object();
  range.number("low", ms(usual->low));
  range.number("high", ms(usual->high));
  value.put("usual", range);
}

std::string_view first_error(const Job& job) {
  return job.errors.empty() ? std::string_view() : job.errors[0].title.empty() ? std::string_view(job.errors[0].code) : std::string_view(job.errors[0].title);
}

void put_last(Value& value, const store::JobTable& table, const store::BoardRow& row) {
  if (!row.last) return value.null("last");
  const Job job = table.job(*row.last);
  Value last = Value::object();
  last.text("outcome", store::name_of(store::outcome_of(table.row(*row.last))));
  last.number("start", number_of(job.start));
  last.number("duration", ms(job.duration));
  last.text("job", job.id);
  last.text("error", first_error(job));
  value.put("last", last);
}

}  // namespace

Engine* PictureEngine::make(std::string endpoint, double seed, double floor, double ceiling, double timeout, double requests_per_hour, val host) {
  auto tracker = make_tracker<tracking::EstateTracker>(endpoint, seed, floor, ceiling, requests_per_hour);
  auto& estate = *tracker;
  return new PictureEngine(estate, std::move(tracker), timeout, std::move(host));
}

val PictureEngine::follow(std::string text, std::string vault) {
  if (equals_ignoring_case(trimmed(text), "/subscriptions")) return begun(estate_.follow_estate(now()));
  if (equals_ignoring_case(trimmed(text), arm::resource_graph_path)) return begun(estate_.follow_fleet(now()));
  if (text == "cross-region") {
    const auto whole = arm::parse_vault_id(trimmed(vault));
    return whole ? begun(estate_.follow_cross_region(*whole, now())) : to_value(whole.error());
  }
  return ListEngine::follow(std::move(text), std::move(vault));
}

val PictureEngine::view(tracking::WatchId watch) {
  if (const auto region = estate_.cross_region_view(watch, now())) {
    Value value = Value::object();
    value.text("stage", "cross-region");
    value.put("vault", value_of(*region->vault));
    value.put("contact", value_of(region->contact));
    value.text("region", region->region);
    value.boolean("listed", region->is_listed);
    value.boolean("unpaired", region->is_unpaired);
    value.text("setting", region->setting);
    value.number("requests", static_cast<double>(region->requests));
    value.number("jobs", static_cast<double>(region->jobs->size()));
    value.number("revision", region->revision);
    return value.take();
  }
  const auto view = estate_.estate_view(watch, now());
  if (!view) return ListEngine::view(watch);
  Value value = Value::object();
  value.text("stage", "estate");
  value.put("contact", value_of(view->contact));
  value.boolean("listed", view->is_listed);
  value.boolean("fromGraph", view->is_from_graph);
  value.number("subscriptions", static_cast<double>(view->subscriptions));
  value.number("vaults", static_cast<double>(view->vaults));
  value.number("refused", static_cast<double>(view->refused));
  if (view->problem) value.put("problem", value_of(*view->problem));
  else value.null("problem");
  value.number("revision", view->revision);
  return value.take();
}

val PictureEngine::vaults(std::string_view search, std::size_t first, std::size_t count) {
  const auto found = estate_.find_vaults(search);
  Value value = Value::object();
  value.number("total", static_cast<double>(found.size()));
  Value rows = Value::array();
  for (std::size_t i = first; i < std::min(found.size(), first + count); ++i) {
    Value one = value_of(found[i]->id);
    one.text("kind", found[i]->id.provider == arm::Provider::data_protection ? "backup" : "recovery-services");
    one.text("location", found[i]->location);
    one.text("subscriptionName", found[i]->subscription_name);
    rows.put(nullptr, one);
  }
  value.put("rows", rows);
  return value.take();
}

val PictureEngine::cross_region(double watch, std::size_t first, std::size_t count) {
  const auto view = estate_.cross_region_view(static_cast<tracking::WatchId>(watch), now());
  Value value = Value::object();
  Value rows = Value::array();
  value.number("total", view ? static_cast<double>(view->jobs->size()) : 0);
  for (std::size_t i = first; view && i < std::min(view->jobs->size(), first + count); ++i) rows.put(nullptr, value_of((*view->jobs)[i]));
  value.put("rows", rows);
  return value.take();
}

val PictureEngine::picture(Engine& engine, unsigned which, std::string words, double from, double to, double limit, unsigned first, unsigned count) {
  auto& self = static_cast<PictureEngine&>(engine);
  if (static_cast<Picture>(which) == Picture::causes) return self.causes(instant(from), instant(to));
  if (static_cast<Picture>(which) == Picture::vaults) return self.vaults(words, first, count);
  if (static_cast<Picture>(which) == Picture::history) return self.history(words, count);
  if (static_cast<Picture>(which) == Picture::cross_region) return self.cross_region(limit, first, count);
  const Now now = Engine::now();
  const Milliseconds service_now = now.wall - self.estate_.clock_skew().value_or(Milliseconds(0));
  std::string_view rest = words;
  const auto line = [&] {
    const std::string_view taken = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
    return taken;
  };
  const Instant service = Instant(service_now);
  const std::string_view search = line(), starts = line();
  const store::BoardQuestion question{.search = std::string(search),
                                      .limit = store::limit_of_hours(limit),
                                      .limits = store::limits_in(rest),
                                      .days = store::days_in(starts, instant(to).value_or(service)),
                                      .now = service,
                                      .only_overdue = static_cast<Picture>(which) == Picture::items_in_trouble,
                                      .is_told = [&self](store::RowId id) { return self.estate_.is_told(id); }};
  return self.items(question, first, count);
}

val PictureEngine::items(const store::BoardQuestion& question, std::size_t first, std::size_t count) {
  estate_.want_items(now());
  pump();
  const store::JobTable& table = estate_.table();
  const auto vaults = estate_.vault_items(now());
  const std::vector<store::VaultOfItems> asked = asked_of(vaults);
  // What the board is made of, in words; of the time, minutes are enough.
  std::string made_of = question.search;
  const auto note = [&](std::int64_t number) { made_of += '\n' + decimal(static_cast<std::uint64_t>(number)); };
  for (const std::int64_t number : {question.limit.count(), question.days.end.time_since_epoch().count(), std::int64_t{question.only_overdue},
                                    question.now.time_since_epoch() / std::chrono::minutes(1), static_cast<std::int64_t>(table.journal_end()), std::int64_t{table.numbering()}, std::int64_t{estate_.items_revision()}})
    note(number);
  for (const Instant start : question.days.starts) note(start.time_since_epoch().count());
  for (const store::KindLimit& one : question.limits) made_of += one.kind, note(one.limit.count());
  const Error* problem = nullptr;
  std::optional<Instant> covered_from;
  bool is_covered = true, is_listed = true;
  for (const auto& vault : vaults) {
    made_of += vault.vault->key();
    note(vault.items != nullptr);
    note(vault.covered_from ? vault.covered_from->time_since_epoch().count() : 0);
    note(vault.covered_to ? vault.covered_to->time_since_epoch() / std::chrono::minutes(1) : 0);
    if (!vault.items) is_listed = false;
    if (!problem) problem = vault.problem;
    if (!vault.covered_from) is_covered = false;
    else covered_from = std::max(covered_from, vault.covered_from);
  }
  const bool is_other = board_of_ != made_of;
  if (is_other) {
    index_.refresh();
    answer_ = &board_.ask(asked, estate_.items_revision(), question);
    board_of_ = std::move(made_of);
  }
  const store::Board& board = *answer_;

  Value value = Value::object();
  value.boolean("changed", is_other);
  value.number("counted", static_cast<double>(board.counted));
  value.number("overdue", static_cast<double>(board.overdue));
  value.number("unknown", static_cast<double>(board.unknown));
  value.number("total", static_cast<double>(board.rows.size()));
  value.boolean("listed", is_listed);
  if (problem) value.put("problem", value_of(*problem));
  else value.null("problem");
  value.number("coveredFrom", number_of(is_covered ? covered_from : std::nullopt));
  value.number("daysFrom", number_of(std::optional(question.days.starts.front())));
  Value kinds = Value::array();
  for (const store::BoardKind& kind : board.kinds) {
    Value one = Value::object();
    one.text("kind", kind.name);
    one.boolean("isOperation", kind.is_operation);
    one.number("items", static_cast<double>(kind.items));
    kinds.put(nullptr, one);
  }
  value.put("kinds", kinds);
  Value rows = Value::array();
  for (std::size_t i = first; i < std::min(board.rows.size(), first + count); ++i) {
    const store::BoardRow& row = *board.rows[i];
    const store::RowDetail detail = store::detail_of(table, index_, row, asked[row.vault], question);
    const std::string place = store::place_of_item(table, row);
    const std::string_view name = store::name_of_item(table, row);
    Value one = Value::object();
    one.text("key", store::key_of(row, asked));
    one.put("vault", value_of(*vaults[row.vault].vault));
    one.text("id", row.item ? row.item->id : std::string());
    one.text("name", name);
    one.text("jobsItem", row.runs ? table.text(row.runs->item) : std::string_view());
    one.text("place", place);
    const Job job = row.item ? Job() : table.shared(row.runs->rows.front());
    one.text("managementType", row.item ? row.item->management_type : job.management_type);
    one.text("workloadType", row.item ? row.item->workload_type : job.workload_type);
    one.text("policy", row.item ? row.item->policy : std::string());
    one.text("protection", row.item ? row.item->protection : std::string());
    one.number("deletedUntil", number_of(row.item ? row.item->deleted_until : std::nullopt));
    one.text("state", store::name_of(row.state));
    one.text("kind", row.kind);
    one.number("limit", std::chrono::duration<double, std::ratio<3600>>(row.limit).count());
    one.text("lacking", row.lacking ? question.limits[*row.lacking].kind : std::string());
    one.number("candidates", static_cast<double>(row.candidates));
    one.number("lastGood", number_of(row.last_good));
    if (detail.running) one.put("running", value_of_row(estate_, *detail.running));
    else one.null("running");
    put_last(one, table, row);
    put_usual(one, detail.usual);
    if (detail.strayed) one.number("strayed", *detail.strayed);
    else one.null("strayed");
    Value days = Value::array();
    for (const store::Outcome outcome : detail.days) days.text(nullptr, store::name_of(outcome));
    one.put("days", days);
    rows.put(nullptr, one);
  }
  value.put("rows", rows);
  return value.take();
}

val PictureEngine::history(const std::string& key, std::size_t count) {
  const store::JobTable& table = estate_.table();
  const auto vaults = estate_.vault_items(now());
  const auto asked = asked_of(vaults);
  index_.refresh();
  const store::JoinedItem* at = board_.find(asked, estate_.items_revision(), key);
  if (!at) return val::null();
  const auto runs = at->runs ? store::backups_of(index_, *at->runs) : std::vector<store::RowId>();
  Value value = Value::object();
  value.number("total", static_cast<double>(runs.size()));
  value.number("candidates", static_cast<double>(at->candidates));
  value.number("coveredFrom", number_of(asked[at->vault].covered_from));
  put_usual(value, at->runs ? store::usual_of(table, index_, *at->runs) : std::nullopt);
  Value told = Value::array();
  for (std::size_t i = 0; i < std::min(runs.size(), count); ++i) {
    const store::Row& row = table.row(runs[i]);
    const Job job = table.job(runs[i]);
    Value one = Value::object();
    one.text("job", job.id);
    one.text("operation", job.operation);
    one.text("outcome", store::name_of(store::outcome_of(row, estate_.is_told(runs[i]))));
    one.text("state", name_of(row.state));
    one.number("start", number_of(job.start));
    one.number("duration", ms(job.duration));
    if (const auto size = estate_.sizes().find(table.text(row.vault), job.name)) one.number("size", *size);
    else one.null("size");
    one.text("error", first_error(job));
    told.put(nullptr, one);
  }
  value.put("runs", told);
  return value.take();
}

val PictureEngine::causes(std::optional<Instant> from, std::optional<Instant> to) {
  const store::JobTable& table = estate_.table();
  index_.refresh();
  Value value = Value::object();
  value.boolean("changed", std::exchange(causes_of_, table.journal_end()) != table.journal_end());
  double jobs = 0;
  Value all = Value::array();
  for (const store::Cause& cause : store::causes(table, index_, from, to)) {
    jobs += static_cast<double>(cause.jobs);
    Value one = Value::object();
    one.text("code", table.text(cause.code));
    one.number("jobs", static_cast<double>(cause.jobs));
    one.number("first", number_of(cause.first));
    one.number("last", number_of(cause.last));
    Value named = Value::array();
    for (std::size_t i = 0; i < std::min(cause.items.size(), most_named); ++i) {
      const Job job = table.job(cause.items[i].job);
      Value item = Value::object();
      item.text("name", job.item.empty() ? job.name : job.item);
      item.text("vault", table.text(table.row(cause.items[i].job).vault));
      item.boolean("recovered", cause.items[i].has_recovered);
      item.text("job", job.id);
      named.put(nullptr, item);
    }
    one.put("items", named);
    one.number("itemCount", static_cast<double>(cause.items.size()));
    one.number("failing", static_cast<double>(cause.failing));
    one.put("sample", value_of_row(estate_, cause.sample));
    all.put(nullptr, one);
  }
  value.number("jobs", jobs);
  value.put("causes", all);
  return value.take();
}

}  // namespace abj::browser
