#include "decode/job_decoder.h"

#include "decode/fields.h"
#include "decode/json_reader.h"
#include "decode/secrets.h"
#include "model/text.h"

namespace abj::decode {
namespace {

enum Scope : Visitor::Scope {
  page,
  page_items,
  resource,
  properties,
  actions,
  errors,
  error,
  recommendations,
  extended,
  tasks,
  task,
  property_bag,
  internal_bag,
  sub_tasks,
  sub_task,
};

struct Step {
  Scope from;
  std::string_view key;  // empty: any element of an array
  Scope to;
};

constexpr Step steps[] = {
    {page, "value", page_items},
    {page, "data", page_items},
    {page_items, "", resource},
    {resource, "properties", properties},
    {properties, "actionsInfo", actions},
    {properties, "errorDetails", errors},
    {errors, "", error},
    {error, "recommendations", recommendations},
    {properties, "extendedInfo", extended},
    {extended, "tasksList", tasks},
    {tasks, "", task},
    {extended, "propertyBag", property_bag},
    {extended, "internalPropertyBag", internal_bag},
    // Backup vaults (Microsoft.DataProtection) speak a dialect of their own (AZURE.md §12); its names do not collide with these.
    {properties, "supportedActions", actions},
    {error, "recommendedAction", recommendations},
    {extended, "additionalDetails", property_bag},
    {extended, "subTasks", sub_tasks},
    {sub_tasks, "", sub_task},
};

constexpr TextField<JobPage> page_fields[] = {{"nextLink", &JobPage::next_link}, {"$skipToken", &JobPage::skip_token}};

constexpr TextField<Job> resource_fields[] = {{"id", &Job::id}, {"name", &Job::name}, {"type", &Job::type}};

constexpr TextField<Job> property_fields[] = {
    {"jobType", &Job::job_type},
    {"entityFriendlyName", &Job::item},
    {"backupManagementType", &Job::management_type},
    {"operation", &Job::operation},
    {"activityId", &Job::activity_id},
    {"containerName", &Job::container_name},
    {"containerType", &Job::container_type},
    {"workloadType", &Job::workload_type},
    {"virtualMachineVersion", &Job::machine_version},
    {"storageAccountVersion", &Job::machine_version},
    {"mabServerName", &Job::server_name},
    {"dpmServerName", &Job::server_name},
    {"mabServerType", &Job::server_type},
    {"storageAccountName", &Job::storage_account},
    {"activityID", &Job::activity_id},
    {"dataSourceName", &Job::item},
    {"dataSourceType", &Job::workload_type},
};

constexpr TextField<JobError> error_fields[] = {
    {"errorCode", &JobError::code},
    {"errorTitle", &JobError::title},
    {"errorString", &JobError::message},
    {"additionalDetails", &JobError::details},
    {"code", &JobError::code},
    {"message", &JobError::message},
};

constexpr TextField<Task> sub_task_fields[] = {{"taskName", &Task::id}, {"taskId", &Task::instance_id}};

constexpr TextField<Task> task_fields[] = {
    {"taskId", &Task::id},
    {"instanceId", &Task::instance_id},
    {"taskExecutionDetails", &Task::execution_details},
};

// Reads one job, or a page of them: `found.jobs.back()` is the one that is being read.
class JobVisitor final : public Visitor {
 public:
  explicit JobVisitor(bool is_page) : is_page_(is_page) {
    if (!is_page) found.jobs.emplace_back();
  }

  JobPage found;
  bool has_status = false;
  bool has_items = false;
  bool has_too_many = false;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    for (const Step& step : steps) {
      if (step.from != parent || (!step.key.empty() && step.key != key)) continue;
      switch (step.to) {
        case page_items: has_items = true; break;
        case resource: found.jobs.emplace_back(); break;
        case error: job().errors.emplace_back(); break;
        case task:
        case sub_task:
          if (job().tasks.size() == max_tasks) {
            has_too_many = true;
            return no_scope;
          }
          job().tasks.emplace_back();
          break;
        case extended: job().detailed = true; break;
        default: break;
      }
      return step.to;
    }
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    switch (static_cast<Scope>(scope)) {
      case page:
        if (key == "value" && value.is_null()) return has_items = true;
        return take_text(page_fields, found, key, value);
      case resource: return take_text(resource_fields, job(), key, value);
      case properties: return take_property(key, value);
      case actions: return take_action(value);
      case error: return take_text(error_fields, job().errors.back(), key, value);
      case recommendations:
        if (value.is_null()) return true;
        job().errors.back().recommendations.emplace_back(value.text);
        return true;
      case extended: return take_extended(key, value);
      case task: return take_task(job().tasks.back(), key, value);
      case sub_task: return take_sub_task(job().tasks.back(), key, value);
      case property_bag: return take_bag(job().properties, key, value);
      case internal_bag: return take_bag(job().internal_properties, key, value);
      case page_items:
      case errors:
      case tasks:
      case sub_tasks: return false;
    }
    return false;
  }

  // What a job keeps is named by its path within the job, wherever that stood.
  void unknown(std::string path, const Scalar& value) override {
    const bool secret = is_secret(path, value.text);
    const auto items = path.find('/', 1);
    const auto below = !is_page_ ? 0 : path.starts_with("/value/") || path.starts_with("/data/") ? path.find('/', items + 1) : std::string::npos;
    const bool of_page = below == std::string::npos;
    auto& other = of_page ? found.other : job().other;
    other.push_back({of_page ? std::move(path) : path.substr(below), std::string(value.text), secret});
  }

 private:
  Job& job() { return found.jobs.back(); }

  bool take_property(std::string_view key, const Scalar& value) {
    if (key == "status") {
      if (value.is_null()) return true;
      has_status = true;
      job().status = to_job_status(value.text);
      return true;
    }
    if (key == "startTime") return take(job().start, value);
    if (key == "endTime") return take(job().end, value);
    if (key == "duration") return take(job().duration, value);
    if (key == "isUserTriggered") return take(job().user_triggered, value);
    if (value.is_null() && (key == "actionsInfo" || key == "supportedActions" || key == "errorDetails" || key == "extendedInfo")) return true;
    return take_text(property_fields, job(), key, value);
  }

  // Numbers are the enum's order of declaration: Invalid, Cancellable, Retriable (§4.1).
  bool take_action(const Scalar& value) {
    if (value.is_null() || value.text.empty()) return true;  // Backup vaults send [""]
    job().actions.emplace_back(value.text);
    if (value.text == "1" || equals_ignoring_case(value.text, "Cancellable")) job().cancellable = true;
    if (value.text == "2" || equals_ignoring_case(value.text, "Retriable")) job().retriable = true;
    return true;
  }

  bool take_extended(std::string_view key, const Scalar& value) {
    if (key == "progressPercentage") return take(job().progress, value);
    if (key == "estimatedRemainingDuration") return take(job().estimated_remaining, value);
    if (key == "dynamicErrorMessage") return take(job().dynamic_error_message, value);
    return value.is_null() && (key == "tasksList" || key == "propertyBag" || key == "internalPropertyBag");
  }

  static bool take_task(Task& task, std::string_view key, const Scalar& value) {
    if (key == "status") {
      if (!value.is_null()) task.status = to_job_status(value.text);
      return true;
    }
    if (key == "startTime") return take(task.start, value);
    if (key == "endTime") return take(task.end, value);
    if (key == "duration") return take(task.duration, value);
    if (key == "progressPercentage") return take(task.progress, value);
    return take_text(task_fields, task, key, value);
  }

  static bool take_sub_task(Task& task, std::string_view key, const Scalar& value) {
    if (key == "taskStatus") {
      if (!value.is_null()) task.status = to_job_status(value.text);
      return true;
    }
    if (key == "taskProgress") return take(task.progress, value);
    return take_text(sub_task_fields, task, key, value);
  }

  static bool take_bag(std::vector<Property>& bag, std::string_view key, const Scalar& value) {
    bag.push_back({std::string(key), value.is_null() ? std::nullopt : std::optional<std::string>(value.text)});
    return true;
  }

  bool is_page_;
};

Error too_many_tasks() { return {ErrorCode::too_large, "a job of over " + decimal(max_tasks) + " tasks"}; }

}  // namespace

Result<Job> decode_job(std::string_view json) {
  JobVisitor visitor(false);
  if (auto error = read_json(json, visitor, resource)) return std::move(*error);
  if (visitor.has_too_many) return too_many_tasks();
  if (!visitor.has_status) return Error{ErrorCode::wrong_shape, "no properties.status: not a job"};
  return std::move(visitor.found.jobs.back());
}

Result<JobPage> decode_job_page(std::string_view json) {
  JobVisitor visitor(true);
  if (auto error = read_json(json, visitor, page)) return std::move(*error);
  if (visitor.has_too_many) return too_many_tasks();
  if (!visitor.has_items) return Error{ErrorCode::wrong_shape, "no value: not a list"};
  return std::move(visitor.found);
}

}  // namespace abj::decode
