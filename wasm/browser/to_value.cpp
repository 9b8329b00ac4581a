#include "browser/to_value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/secrets.h"

namespace abj::browser {
namespace {

using emscripten::val;

val text(std::string_view value) { return val(std::string(value)); }

// One way for every field: each further instantiation of val::set would cost bytes.
[[gnu::noinline]] void put(val& object, const char* key, const val& value) { object.set(key, value); }

// Times are milliseconds, with the service's finer digits as a fraction.
double milliseconds(Duration value) { return static_cast<double>(value.count()) / 10'000.0; }

val value_of(bool value) { return val(value); }
val value_of(int value) { return val(value); }
val value_of(std::uint32_t value) { return val(value); }
val value_of(double value) { return val(value); }
val value_of(Duration value) { return val(milliseconds(value)); }
val value_of(Instant value) { return val(milliseconds(value.time_since_epoch())); }
val value_of(Milliseconds value) { return val(static_cast<double>(value.count())); }
val value_of(const std::string& value) { return val(value); }
val value_of(const JobStatus& status) {
  val object = val::object();
  put(object, "state", text(name_of(status.state)));
  put(object, "text", value_of(status.text));
  return object;
}

template <class T>
val value_of(const std::optional<T>& value) {
  return value ? value_of(*value) : val::null();
}

// Defined below, where every value_of is known.
template <class T>
val list_of(const std::vector<T>& items);

// Secrets are counted, never handed over (DESIGN.md, rule 5).
val value_of(const Property& property) {
  val object = val::object();
  const bool secret = property.value && decode::is_secret(property.name, *property.value);
  put(object, "name", value_of(property.name));
  put(object, "value", secret ? val::null() : value_of(property.value));
  put(object, "secret", value_of(secret));
  return object;
}

val value_of(const OtherProperty& other) {
  val object = val::object();
  put(object, "name", value_of(other.path));
  put(object, "value", other.secret ? val::null() : val(other.value));
  put(object, "secret", value_of(other.secret));
  return object;
}

val value_of(const Task& task) {
  val object = val::object();
  put(object, "id", value_of(task.id));
  put(object, "instanceId", value_of(task.instance_id));
  put(object, "status", value_of(task.status));
  put(object, "start", value_of(task.start));
  put(object, "end", value_of(task.end));
  put(object, "duration", value_of(task.duration));
  put(object, "progress", value_of(task.progress));
  put(object, "executionDetails", value_of(task.execution_details));
  return object;
}

val value_of(const JobError& error) {
  val object = val::object();
  put(object, "code", value_of(error.code));
  put(object, "title", value_of(error.title));
  put(object, "message", value_of(error.message));
  put(object, "details", value_of(error.details));
  put(object, "recommendations", list_of(error.recommendations));
  return object;
}

val value_of(const ServiceError& error) {
  val object = val::object();
  put(object, "code", value_of(error.code));
  put(object, "message", value_of(error.message));
  put(object, "target", value_of(error.target));
  put(object, "text", value_of(error.text));
  put(object, "other", list_of(error.other));
  return object;
}

val value_of(const FailedJob& failed) {
  val object = val::object();
  put(object, "job", value_of(failed.job));
  put(object, "errorCode", value_of(failed.error_code));
  return object;
}

val value_of(const arm::VaultId& vault) {
  val object = val::object();
  put(object, "id", value_of(vault.path()));
  put(object, "subscription", value_of(vault.subscription));
  put(object, "resourceGroup", value_of(vault.group));
  put(object, "name", value_of(vault.name));
  return object;
}

val value_of(const Job& job) {
  val object = val::object();
  put(object, "id", value_of(job.id));
  put(object, "name", value_of(job.name));
  put(object, "type", value_of(job.type));
  put(object, "jobType", value_of(job.job_type));
  put(object, "item", value_of(job.item));
  put(object, "managementType", value_of(job.management_type));
  put(object, "operation", value_of(job.operation));
  put(object, "status", value_of(job.status));
  put(object, "start", value_of(job.start));
  put(object, "end", value_of(job.end));
  put(object, "duration", value_of(job.duration));
  put(object, "activityId", value_of(job.activity_id));
  put(object, "actions", list_of(job.actions));
  put(object, "canCancel", value_of(job.can_cancel()));
  put(object, "containerName", value_of(job.container_name));
  put(object, "containerType", value_of(job.container_type));
  put(object, "workloadType", value_of(job.workload_type));
  put(object, "machineVersion", value_of(job.machine_version));
  put(object, "serverName", value_of(job.server_name));
  put(object, "serverType", value_of(job.server_type));
  put(object, "storageAccount", value_of(job.storage_account));
  put(object, "userTriggered", value_of(job.user_triggered));
  put(object, "progress", value_of(job.progress));
  put(object, "estimatedRemaining", value_of(job.estimated_remaining));
  put(object, "dynamicErrorMessage", value_of(job.dynamic_error_message));
  put(object, "detailed", value_of(job.detailed));
  put(object, "tasks", list_of(job.tasks));
  put(object, "errors", list_of(job.errors));
  put(object, "properties", list_of(job.properties));
  put(object, "internalProperties", list_of(job.internal_properties));
  put(object, "other", list_of(job.other));
  return object;
}

val value_of(const Operation& operation) {
  val object = val::object();
  val status = val::object();
  put(status, "state", text(name_of(operation.status.state)));
  put(status, "text", value_of(operation.status.text));
  put(object, "id", value_of(operation.id));
  put(object, "name", value_of(operation.name));
  put(object, "status", status);
  put(object, "objectType", value_of(operation.object_type));
  put(object, "start", value_of(operation.start));
  put(object, "end", value_of(operation.end));
  put(object, "percentComplete", value_of(operation.percent_complete));
  put(object, "error", value_of(operation.error));
  put(object, "jobs", list_of(operation.jobs));
  put(object, "failedJobs", list_of(operation.failed_jobs));
  put(object, "other", list_of(operation.other));
  return object;
}

template <class T>
val list_of(const std::vector<T>& items) {
  val list = val::array();
  unsigned index = 0;
  for (const T& item : items) list.set(index++, value_of(item));
  return list;
}

val value_of(const tracking::ContactView& contact) {
  val object = val::object();
  put(object, "state", text(tracking::name_of(contact.state)));
  put(object, "asking", value_of(contact.asking));
  put(object, "error", contact.error ? to_value(*contact.error) : val::null());
  put(object, "answeredAt", value_of(contact.answered_at));
  put(object, "nextAt", value_of(contact.next_at));
  return object;
}

}  // namespace

val to_value(const Error& error) {
  val object = val::object();
  put(object, "code", text(name_of(error.code)));
  put(object, "detail", value_of(error.detail));
  put(object, "httpStatus", value_of(error.http_status));
  put(object, "service", value_of(error.service));
  put(object, "correlationId", value_of(error.correlation_id));
  return object;
}

val to_value(const tracking::WatchView& view) {
  val object = val::object();
  put(object, "stage", text(tracking::name_of(view.stage)));
  put(object, "operation", view.operation ? value_of(*view.operation) : val::null());
  put(object, "contact", value_of(view.contact));
  put(object, "naming", view.naming ? to_value(*view.naming) : val::null());
  put(object, "halted", value_of(view.halted));
  put(object, "revision", value_of(view.revision));
  val jobs = val::array();
  unsigned index = 0;
  for (const auto& watched : view.jobs) {
    val entry = val::object();
    put(entry, "id", value_of(watched.id->path()));
    put(entry, "name", value_of(watched.id->name));
    put(entry, "vault", value_of(watched.id->vault));
    put(entry, "job", watched.job ? value_of(*watched.job) : val::null());
    put(entry, "contact", value_of(watched.contact));
    jobs.set(index++, entry);
  }
  put(object, "jobs", jobs);
  return object;
}

}  // namespace abj::browser
