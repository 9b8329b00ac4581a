// Which leaf of a JSON document became which field of the decoded value: the documented mapping, walked in both directions by the report.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "decode/duration.h"
#include "decode/number.h"
#include "decode/timestamp.h"
#include "model/job.h"
#include "model/operation.h"

namespace abj::corpus {

using Kept = std::variant<std::string, std::optional<Instant>, std::optional<Duration>, std::optional<double>, std::optional<bool>>;
// Where the fields of a decoded value came from, by JSON Pointer; several names of one field each stand for it.
using Fields = std::multimap<std::string, Kept>;

inline void add_service_error(Fields& fields, const std::string& at, const ServiceError& error) {
  fields.emplace(at + "/code", error.code);
  fields.emplace(at + "/message", error.message);
  fields.emplace(at + "/target", error.target);
}

inline Fields fields_of(const Job& job) {
  Fields fields;
  const auto text = [&](const std::string& path, const std::string& value) { fields.emplace(path, value); };
  text("/id", job.id);
  text("/name", job.name);
  text("/type", job.type);
  const std::string p = "/properties/";
  text(p + "jobType", job.job_type);
  for (const auto* name : {"entityFriendlyName", "dataSourceName"}) text(p + name, job.item);
  text(p + "backupManagementType", job.management_type);
  text(p + "operation", job.operation);
  text(p + "status", job.status.text);
  fields.emplace(p + "startTime", job.start);
  fields.emplace(p + "endTime", job.end);
  fields.emplace(p + "duration", job.duration);
  for (const auto* name : {"activityId", "activityID"}) text(p + name, job.activity_id);
  text(p + "containerName", job.container_name);
  text(p + "containerType", job.container_type);
  for (const auto* name : {"workloadType", "dataSourceType"}) text(p + name, job.workload_type);
  for (const auto* name : {"virtualMachineVersion", "storageAccountVersion"}) text(p + name, job.machine_version);
  for (const auto* name : {"mabServerName", "dpmServerName"}) text(p + name, job.server_name);
  text(p + "mabServerType", job.server_type);
  text(p + "storageAccountName", job.storage_account);
  fields.emplace(p + "isUserTriggered", job.user_triggered);
  for (std::size_t i = 0; i < job.actions.size(); ++i)
    for (const auto* name : {"actionsInfo/", "supportedActions/"}) text(p + name + std::to_string(i), job.actions[i]);
  text(p + "supportedActions/0", "");  // Backup vaults' [""] is no action
  for (std::size_t i = 0; i < job.errors.size(); ++i) {
    const std::string at = p + "errorDetails/" + std::to_string(i) + "/";
    const JobError& error = job.errors[i];
    for (const auto* name : {"errorCode", "code"}) text(at + name, error.code);
    text(at + "errorTitle", error.title);
    for (const auto* name : {"errorString", "message"}) text(at + name, error.message);
    text(at + "additionalDetails", error.details);
    for (std::size_t k = 0; k < error.recommendations.size(); ++k)
      for (const auto* name : {"recommendations/", "recommendedAction/"}) text(at + name + std::to_string(k), error.recommendations[k]);
  }
  const std::string x = p + "extendedInfo/";
  for (std::size_t i = 0; i < job.tasks.size(); ++i) {
    const Task& task = job.tasks[i];
    const std::string at = x + "tasksList/" + std::to_string(i) + "/";
    text(at + "taskId", task.id);
    text(at + "instanceId", task.instance_id);
    text(at + "status", task.status.text);
    fields.emplace(at + "startTime", task.start);
    fields.emplace(at + "endTime", task.end);
    fields.emplace(at + "duration", task.duration);
    fields.emplace(at + "progressPercentage", task.progress);
    text(at + "taskExecutionDetails", task.execution_details);
    const std::string sub = x + "subTasks/" + std::to_string(i) + "/";
    text(sub + "taskId", task.instance_id);
    text(sub + "taskName", task.id);
    text(sub + "taskStatus", task.status.text);
    fields.emplace(sub + "taskProgress", task.progress);
  }
  const auto bag = [&](const std::string& name, const std::vector<Property>& properties) {
    for (const auto& property : properties) {
      std::string key;
      for (const char c : property.name) key += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
      text(x + name + "/" + key, property.value.value_or("null"));
    }
  };
  bag("propertyBag", job.properties);
  bag("additionalDetails", job.properties);
  bag("internalPropertyBag", job.internal_properties);
  fields.emplace(x + "progressPercentage", job.progress);
  fields.emplace(x + "estimatedRemainingDuration", job.estimated_remaining);
  text(x + "dynamicErrorMessage", job.dynamic_error_message);
  return fields;
}

inline Fields fields_of(const Operation& operation) {
  Fields fields;
  fields.emplace("/id", operation.id);
  fields.emplace("/name", operation.name);
  fields.emplace("/status", operation.status.text);
  fields.emplace("/startTime", operation.start);
  fields.emplace("/endTime", operation.end);
  fields.emplace("/percentComplete", operation.percent_complete);
  add_service_error(fields, "/error", operation.error);
  fields.emplace("/properties/objectType", operation.object_type);
  for (std::size_t i = 0; i < operation.jobs.size(); ++i) {
    fields.emplace("/properties/jobId", operation.jobs[i]);
    fields.emplace("/properties/jobIds/" + std::to_string(i), operation.jobs[i]);
  }
  for (const auto& failed : operation.failed_jobs) fields.emplace("/properties/failedJobsError/" + failed.job, failed.error_code);
  return fields;
}

inline Fields fields_of(const ServiceError& error) {
  Fields fields;
  for (const auto* at : {"", "/error"}) add_service_error(fields, at, error);
  fields.emplace("/ErrorCode", error.code);
  fields.emplace("/Message/Value", error.message);
  return fields;
}

// The text of a leaf as the reader hands it on.
inline std::string text_of(const nlohmann::json& leaf) { return leaf.is_string() ? leaf.get<std::string>() : leaf.dump(); }

// Whether `kept` holds what the leaf says: null is absence, sentinels are "not yet", numbers compare as numbers.
inline bool holds(const Kept& kept, const nlohmann::json& leaf) {
  const std::string text = text_of(leaf);
  const bool absent = leaf.is_null();
  if (const auto* value = std::get_if<std::string>(&kept)) {
    if (*value == text || (absent && (value->empty() || *value == "null"))) return true;
    const auto a = decode::parse_number(*value), b = decode::parse_number(text);
    return leaf.is_number() && a && b && *a == *b;
  }
  if (const auto* value = std::get_if<std::optional<Instant>>(&kept)) {
    const auto stamp = decode::parse_timestamp(text);
    return value->has_value() ? stamp && !stamp->unset && stamp->instant == **value : absent || text.empty() || (stamp && stamp->unset);
  }
  if (const auto* value = std::get_if<std::optional<Duration>>(&kept)) return value->has_value() ? decode::parse_duration(text) == *value : absent || text.empty();
  if (const auto* value = std::get_if<std::optional<double>>(&kept)) return value->has_value() ? decode::parse_number(text) == *value : absent || text.empty();
  const auto& value = std::get<std::optional<bool>>(kept);
  return value ? (*value ? text == "true" || text == "True" : text == "false" || text == "False") : absent;
}

}  // namespace abj::corpus
