#include "browser/to_value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/secrets.h"

namespace abj::browser {
namespace {

using emscripten::val;

val text(std::string_view value) { return val(std::string(value)); }

// Times are milliseconds, with the service's finer digits as a fraction.
double milliseconds(Duration value) { return static_cast<double>(value.count()) / 10'000.0; }

val value_of(bool value) { return val(value); }
val value_of(double value) { return val(value); }
val value_of(Duration value) { return val(milliseconds(value)); }
val value_of(Instant value) { return val(milliseconds(value.time_since_epoch())); }
val value_of(Milliseconds value) { return val(static_cast<double>(value.count())); }
val value_of(const std::string& value) { return val(value); }
val value_of(const JobStatus& status) {
  val object = val::object();
  object.set("state", text(name_of(status.state)));
  object.set("text", status.text);
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
  object.set("name", property.name);
  object.set("value", secret ? val::null() : value_of(property.value));
  object.set("secret", secret);
  return object;
}

val value_of(const OtherProperty& other) {
  val object = val::object();
  object.set("name", other.path);
  object.set("value", other.secret ? val::null() : val(other.value));
  object.set("secret", other.secret);
  return object;
}

val value_of(const Task& task) {
  val object = val::object();
  object.set("id", task.id);
  object.set("instanceId", task.instance_id);
  object.set("status", value_of(task.status));
  object.set("start", value_of(task.start));
  object.set("end", value_of(task.end));
  object.set("duration", value_of(task.duration));
  object.set("progress", value_of(task.progress));
  object.set("executionDetails", task.execution_details);
  return object;
}

val value_of(const JobError& error) {
  val object = val::object();
  object.set("code", error.code);
  object.set("title", error.title);
  object.set("message", error.message);
  object.set("details", error.details);
  object.set("recommendations", list_of(error.recommendations));
  return object;
}

val value_of(const ServiceError& error) {
  val object = val::object();
  object.set("code", error.code);
  object.set("message", error.message);
  object.set("target", error.target);
  object.set("text", error.text);
  object.set("other", list_of(error.other));
  return object;
}

val value_of(const FailedJob& failed) {
  val object = val::object();
  object.set("job", failed.job);
  object.set("errorCode", failed.error_code);
  return object;
}

val value_of(const arm::VaultId& vault) {
  val object = val::object();
  object.set("id", vault.path());
  object.set("subscription", vault.subscription);
  object.set("resourceGroup", vault.group);
  object.set("name", vault.name);
  return object;
}

val value_of(const Job& job) {
  val object = val::object();
  object.set("id", job.id);
  object.set("name", job.name);
  object.set("type", job.type);
  object.set("jobType", job.job_type);
  object.set("item", job.item);
  object.set("managementType", job.management_type);
  object.set("operation", job.operation);
  object.set("status", value_of(job.status));
  object.set("start", value_of(job.start));
  object.set("end", value_of(job.end));
  object.set("duration", value_of(job.duration));
  object.set("activityId", job.activity_id);
  object.set("actions", list_of(job.actions));
  object.set("canCancel", job.can_cancel());
  object.set("containerName", job.container_name);
  object.set("containerType", job.container_type);
  object.set("workloadType", job.workload_type);
  object.set("machineVersion", job.machine_version);
  object.set("serverName", job.server_name);
  object.set("serverType", job.server_type);
  object.set("storageAccount", job.storage_account);
  object.set("userTriggered", value_of(job.user_triggered));
  object.set("progress", value_of(job.progress));
  object.set("estimatedRemaining", value_of(job.estimated_remaining));
  object.set("dynamicErrorMessage", job.dynamic_error_message);
  object.set("detailed", job.detailed);
  object.set("tasks", list_of(job.tasks));
  object.set("errors", list_of(job.errors));
  object.set("properties", list_of(job.properties));
  object.set("internalProperties", list_of(job.internal_properties));
  object.set("other", list_of(job.other));
  return object;
}

val value_of(const Operation& operation) {
  val object = val::object();
  val status = val::object();
  status.set("state", text(name_of(operation.status.state)));
  status.set("text", operation.status.text);
  object.set("id", operation.id);
  object.set("name", operation.name);
  object.set("status", status);
  object.set("objectType", operation.object_type);
  object.set("start", value_of(operation.start));
  object.set("end", value_of(operation.end));
  object.set("percentComplete", value_of(operation.percent_complete));
  object.set("error", value_of(operation.error));
  object.set("jobs", list_of(operation.jobs));
  object.set("failedJobs", list_of(operation.failed_jobs));
  object.set("other", list_of(operation.other));
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
  object.set("state", text(tracking::name_of(contact.state)));
  object.set("asking", contact.asking);
  object.set("error", contact.error ? to_value(*contact.error) : val::null());
  object.set("answeredAt", value_of(contact.answered_at));
  object.set("nextAt", value_of(contact.next_at));
  return object;
}

}  // namespace

val to_value(const Error& error) {
  val object = val::object();
  object.set("code", text(name_of(error.code)));
  object.set("detail", error.detail);
  object.set("httpStatus", error.http_status);
  object.set("service", value_of(error.service));
  object.set("correlationId", error.correlation_id);
  return object;
}

val to_value(const tracking::WatchView& view) {
  val object = val::object();
  object.set("stage", text(tracking::name_of(view.stage)));
  object.set("operation", view.operation ? value_of(*view.operation) : val::null());
  object.set("contact", value_of(view.contact));
  object.set("naming", view.naming ? to_value(*view.naming) : val::null());
  object.set("halted", view.halted);
  object.set("revision", view.revision);
  val jobs = val::array();
  unsigned index = 0;
  for (const auto& watched : view.jobs) {
    val entry = val::object();
    entry.set("id", watched.id->path());
    entry.set("name", watched.id->name);
    entry.set("vault", value_of(watched.id->vault));
    entry.set("job", watched.job ? value_of(*watched.job) : val::null());
    entry.set("contact", value_of(watched.contact));
    jobs.set(index++, entry);
  }
  object.set("jobs", jobs);
  return object;
}

}  // namespace abj::browser
