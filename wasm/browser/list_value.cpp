#include "browser/list_value.h"

#include <algorithm>
#include <cmath>

#include "browser/to_value.h"

namespace abj::browser {

std::optional<Instant> instant(double ms) {
  if (std::isnan(ms)) return {};
  return Instant(Duration(static_cast<std::int64_t>(ms * 10'000)));
}

Value value_of_row(const tracking::VaultTracker& vaults, store::RowId id) {
  const store::JobTable& table = vaults.table();
  const store::Row& row = table.row(id);
  const Job job = table.job(id);
  Value value = Value::object();
  value.number("row", id);
  value.text("key", std::string(table.text(row.vault)) + "/" + job.name);
  if (const arm::VaultId* vault = vaults.vault_named(table.text(row.vault))) value.put("vault", value_of(*vault));
  value.number("saidAt", number_of(table.said_at(id)));
  value.boolean("told", vaults.is_told(id));
  put_forecast(value, vaults.forecast_of(job));
  value.put("job", value_of(job));
  return value;
}

emscripten::val to_value(const tracking::VaultView& view, std::optional<Milliseconds> clock_skew) {
  Value value = Value::object();
  value.text("stage", "vault");
  value.put("vault", value_of(*view.vault));
  value.put("contact", value_of(view.contact));
  value.boolean("listed", view.is_listed);
  value.number("coveredFrom", number_of(view.covered_from));
  value.number("wantedFrom", number_of(view.wanted_from));
  value.number("loading", static_cast<double>(view.loading));
  if (view.missing) value.put("missing", value_of(*view.missing));
  else value.null("missing");
  value.number("revision", view.revision);
  value.number("clockSkew", number_of(clock_skew));
  return value.take();
}

emscripten::val to_value(ListView& asked, const tracking::VaultTracker& vaults, std::size_t first, std::size_t count, bool hold) {
  const store::JobTable& table = vaults.table();
  store::JobView& view = asked.view;
  Value value = Value::object();
  value.boolean("changed", view.refresh(hold));
  const auto& rows = view.rows();
  value.number("total", static_cast<double>(rows.size()));
  value.number("waiting", static_cast<double>(view.waiting()));
  value.number("generation", table.numbering());
  value.number("all", static_cast<double>(table.size()));
  Value groups = Value::array();
  for (const auto& group : view.groups()) {
    Value one = Value::object();
    one.text("label", group.label);
    one.text("state", name_of(group.state));
    one.number("count", group.count);
    groups.put(nullptr, one);
  }
  value.put("groups", groups);
  Value window = Value::array();
  // Of what has ended and is there already, the number is enough: what runs goes on to change with every reading.
  const auto changed = table.changed_since(asked.given_at);
  const auto has = [](const std::vector<store::RowId>& some, store::RowId id) { return std::find(some.begin(), some.end(), id) != some.end(); };
  std::vector<store::RowId> given;
  for (std::size_t i = first; i < std::min(rows.size(), first + count); ++i) {
    const store::RowId id = rows[i];
    given.push_back(id);
    if (changed && is_terminal(table.row(id).state) && has(asked.given, id) && !has(*changed, id)) window.number(nullptr, id);
    else window.put(nullptr, value_of_row(vaults, id));
  }
  asked.given = std::move(given);
  asked.given_at = table.journal_end();
  value.put("rows", window);
  Value ended = Value::array();
  for (const store::RowId id : view.ended()) ended.put(nullptr, value_of_row(vaults, id));
  value.put("ended", ended);
  return value.take();
}

}  // namespace abj::browser
