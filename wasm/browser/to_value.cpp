#include "browser/to_value.h"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "browser/value.h"
#include "decode/secrets.h"

namespace abj::browser {

// Times are milliseconds, with the service's finer digits as a fraction.
static double number_of(Duration value) { return static_cast<double>(value.count()) / 10'000.0; }
static double number_of(Instant value) { return number_of(value.time_since_epoch()); }
static double number_of(Milliseconds value) { return static_cast<double>(value.count()); }
static double number_of(double value) { return value; }

template <class T>
static double number_of(const std::optional<T>& value) {
  return value ? number_of(*value) : std::numeric_limits<double>::quiet_NaN();
}

// A row of a table from a text member to its name in JavaScript.
template <class Owner>
struct TextRow {
  const char* key;
  std::string Owner::*member;
};

template <class Owner, std::size_t N>
static void put_texts(Value& into, const TextRow<Owner> (&rows)[N], const Owner& owner) {
  for (const auto& row : rows) into.text(row.key, owner.*row.member);
}

// Defined below, where every value_of is known.
template <class T>
static void put_list(Value& into, const char* key, const std::vector<T>& items);
template <class T>
static void put_or_null(Value& into, const char* key, const T* item);

template <class Status>
static void put_status(Value& into, const Status& status) {
  Value value = Value::object();
  value.text("state", name_of(status.state));
  value.text("text", status.text);
  into.put("status", value);
}

// Secrets are counted, never handed over (DESIGN.md, rule 5).
static Value value_of(const std::string& name, const std::string* text, bool secret) {
  Value value = Value::object();
  value.text("name", name);
  if (text && !secret) value.text("value", *text);
  else value.null("value");
  value.boolean("secret", secret);
  return value;
}

static Value value_of(const Property& property) {
  const std::string* text = property.value ? &*property.value : nullptr;
  return value_of(property.name, text, text && decode::is_secret(property.name, *text));
}

static Value value_of(const OtherProperty& other) { return value_of(other.path, &other.value, other.secret); }

static Value value_of(const Task& task) {
  Value value = Value::object();
  value.text("id", task.id);
  value.text("instanceId", task.instance_id);
  put_status(value, task.status);
  value.number("start", number_of(task.start));
  value.number("end", number_of(task.end));
  value.number("duration", number_of(task.duration));
  value.number("progress", number_of(task.progress));
  value.text("executionDetails", task.execution_details);
  return value;
}

static Value value_of(const JobError& error) {
  constexpr TextRow<JobError> rows[] = {{"code", &JobError::code}, {"title", &JobError::title}, {"message", &JobError::message}, {"details", &JobError::details}};
  Value value = Value::object();
  put_texts(value, rows, error);
  put_list(value, "recommendations", error.recommendations);
  return value;
}

static Value value_of(const ServiceError& error) {
  constexpr TextRow<ServiceError> rows[] = {
      {"code", &ServiceError::code}, {"message", &ServiceError::message}, {"target", &ServiceError::target}, {"text", &ServiceError::text}};
  Value value = Value::object();
  put_texts(value, rows, error);
  put_list(value, "other", error.other);
  return value;
}

static Value value_of(const FailedJob& failed) {
  Value value = Value::object();
  value.text("job", failed.job);
  value.text("errorCode", failed.error_code);
  return value;
}

Value value_of(const arm::VaultId& vault) {
  Value value = Value::object();
  value.text("id", vault.path());
  value.text("subscription", vault.subscription);
  value.text("resourceGroup", vault.group);
  value.text("name", vault.name);
  return value;
}

Value value_of(const Job& job) {
  constexpr TextRow<Job> rows[] = {
      {"id", &Job::id},
      {"name", &Job::name},
      {"type", &Job::type},
      {"jobType", &Job::job_type},
      {"item", &Job::item},
      {"managementType", &Job::management_type},
      {"operation", &Job::operation},
      {"activityId", &Job::activity_id},
      {"containerName", &Job::container_name},
      {"containerType", &Job::container_type},
      {"workloadType", &Job::workload_type},
      {"machineVersion", &Job::machine_version},
      {"serverName", &Job::server_name},
      {"serverType", &Job::server_type},
      {"storageAccount", &Job::storage_account},
      {"dynamicErrorMessage", &Job::dynamic_error_message},
  };
  Value value = Value::object();
  put_texts(value, rows, job);
  put_status(value, job.status);
  value.number("start", number_of(job.start));
  value.number("end", number_of(job.end));
  value.number("duration", number_of(job.duration));
  value.number("progress", number_of(job.progress));
  value.number("estimatedRemaining", number_of(job.estimated_remaining));
  if (job.user_triggered) value.boolean("userTriggered", *job.user_triggered);
  else value.null("userTriggered");
  value.boolean("detailed", job.detailed);
  put_list(value, "actions", job.actions);
  put_list(value, "tasks", job.tasks);
  put_list(value, "errors", job.errors);
  put_list(value, "properties", job.properties);
  put_list(value, "internalProperties", job.internal_properties);
  put_list(value, "other", job.other);
  return value;
}

static Value value_of(const Operation& operation) {
  constexpr TextRow<Operation> rows[] = {{"id", &Operation::id}, {"name", &Operation::name}, {"objectType", &Operation::object_type}};
  Value value = Value::object();
  put_texts(value, rows, operation);
  put_status(value, operation.status);
  value.number("start", number_of(operation.start));
  value.number("end", number_of(operation.end));
  value.number("percentComplete", number_of(operation.percent_complete));
  value.put("error", value_of(operation.error));
  put_list(value, "jobs", operation.jobs);
  put_list(value, "failedJobs", operation.failed_jobs);
  put_list(value, "other", operation.other);
  return value;
}

Value value_of(const Error& error) {
  Value value = Value::object();
  value.text("code", name_of(error.code));
  value.text("detail", error.detail);
  value.number("httpStatus", error.http_status);
  value.put("service", value_of(error.service));
  value.text("correlationId", error.correlation_id);
  return value;
}

Value value_of(const tracking::ContactView& contact) {
  Value value = Value::object();
  value.text("state", tracking::name_of(contact.state));
  value.boolean("asking", contact.asking);
  put_or_null(value, "error", contact.error);
  value.number("answeredAt", number_of(contact.answered_at));
  value.number("nextAt", number_of(contact.next_at));
  value.number("requestsLeft", number_of(contact.left));
  return value;
}

static Value value_of(const tracking::Cancel& cancel) {
  Value value = Value::object();
  value.text("state", tracking::name_of(cancel.state));
  put_or_null(value, "error", cancel.error ? &*cancel.error : nullptr);
  return value;
}

void put_forecast(Value& into, const std::optional<tracking::Forecast>& forecast) {
  if (!forecast) return into.null("forecast");
  Value range = Value::object();
  range.number("low", number_of(forecast->low));
  range.number("middle", number_of(forecast->middle));
  range.number("high", number_of(forecast->high));
  into.put("forecast", range);
}

static Value value_of(const tracking::WatchedJob& watched) {
  Value value = Value::object();
  value.text("id", watched.id->path());
  value.text("name", watched.id->name);
  value.put("vault", value_of(watched.id->vault));
  put_or_null(value, "job", watched.job);
  value.put("contact", value_of(watched.contact));
  value.text("region", watched.id->region);
  value.boolean("canCancel", watched.can_cancel);
  put_forecast(value, watched.forecast);
  put_or_null(value, "cancel", watched.cancel);
  return value;
}

template <class T>
static void put_list(Value& into, const char* key, const std::vector<T>& items) {
  Value list = Value::array();
  for (const T& item : items) {
    if constexpr (std::is_same_v<T, std::string>) list.text(nullptr, item);
    else list.put(nullptr, value_of(item));
  }
  into.put(key, list);
}

// A pointer's value, or null.
template <class T>
static void put_or_null(Value& into, const char* key, const T* item) {
  if (item) into.put(key, value_of(*item));
  else into.null(key);
}

double number_of(std::optional<Instant> value) { return number_of<Instant>(value); }
double number_of(std::optional<Milliseconds> value) { return number_of<Milliseconds>(value); }

emscripten::val to_value(const Error& error) { return value_of(error).take(); }

emscripten::val to_value(const tracking::WatchView& view, std::optional<Milliseconds> clock_skew) {
  Value value = Value::object();
  value.text("stage", tracking::name_of(view.stage));
  put_or_null(value, "operation", view.operation);
  value.put("contact", value_of(view.contact));
  put_or_null(value, "naming", view.naming);
  value.boolean("halted", view.halted);
  value.number("revision", view.revision);
  value.number("clockSkew", number_of(clock_skew));
  put_list(value, "jobs", view.jobs);
  return value.take();
}

}  // namespace abj::browser
