#include "decode/operation_decoder.h"

#include "decode/fields.h"
#include "decode/json_reader.h"
#include "decode/secrets.h"

namespace abj::decode {
namespace {

enum Scope : Visitor::Scope { root, error, properties, job_ids, failed_jobs };

constexpr TextField<Operation> root_fields[] = {{"id", &Operation::id}, {"name", &Operation::name}};

class OperationVisitor final : public Visitor {
 public:
  Operation operation;
  bool has_status = false;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    if (parent == root && key == "error") return error;
    if (parent == root && key == "properties") return properties;
    if (parent == properties && key == "jobIds") return job_ids;
    if (parent == properties && key == "failedJobsError") return failed_jobs;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    switch (static_cast<Scope>(scope)) {
      case root: return take_root(key, value);
      case error: return take_text(service_error_fields, operation.error, key, value);
      case properties:
        if (key == "objectType") return take(operation.object_type, value);
        if (key == "jobId") return take_job(value);
        return value.is_null();
      case job_ids: return take_job(value);
      case failed_jobs:
        operation.failed_jobs.push_back({std::string(key), value.is_null() ? std::string() : std::string(value.text)});
        return true;
    }
    return false;
  }

  void unknown(std::string path, const Scalar& value) override {
    const bool secret = is_secret(path, value.text);
    operation.other.push_back({std::move(path), std::string(value.text), secret});
  }

 private:
  bool take_root(std::string_view key, const Scalar& value) {
    if (key == "status") {
      if (value.is_null()) return true;
      has_status = true;
      operation.status = to_operation_status(value.text);
      return true;
    }
    if (key == "startTime") return take(operation.start, value);
    if (key == "endTime") return take(operation.end, value);
    if (key == "percentComplete") return take(operation.percent_complete, value);
    if (value.is_null() && (key == "error" || key == "properties")) return true;
    return take_text(root_fields, operation, key, value);
  }

  bool take_job(const Scalar& value) {
    if (value.is_null() || value.text.empty()) return true;
    for (const auto& job : operation.jobs)
      if (equals_ignoring_case(job, value.text)) return true;
    operation.jobs.emplace_back(value.text);
    return true;
  }
};

}  // namespace

Result<Operation> decode_operation(std::string_view json) {
  OperationVisitor visitor;
  if (auto failure = read_json(json, visitor, root)) return std::move(*failure);
  if (!visitor.has_status) return Error{ErrorCode::wrong_shape, "no status: not an operation"};
  return std::move(visitor.operation);
}

}  // namespace abj::decode
