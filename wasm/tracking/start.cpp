#include "tracking/start.h"

#include <utility>

#include "arm/headers.h"
#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"
#include "model/text.h"

namespace abj::tracking {
namespace {

using arm::VaultId;

std::string operation_url(const arm::Endpoint& endpoint, const VaultId& vault, std::string_view operation) {
  // Backup vaults call the same thing by another name (AZURE.md §12).
  const bool recovery = vault.provider == arm::Provider::recovery_services;
  return arm::with_api_version(endpoint.origin + vault.path() + (recovery ? "/backupOperations/" : "/operationStatus/") + arm::percent_encoded(operation),
                               arm::default_api_version(vault.provider));
}

void add_job(Start& start, arm::JobId id, std::string_view api_version = {}) {
  if (!id.region.empty()) api_version = arm::cross_region_api_version;
  else if (api_version.empty()) api_version = arm::default_api_version(id.vault.provider);
  start.jobs.push_back({std::move(id), std::string(api_version)});
}

Result<Start> from_url(const arm::Endpoint& endpoint, std::string_view text, std::optional<VaultId> vault);

Result<Start> from_operation(const arm::Endpoint& endpoint, Operation operation, std::optional<VaultId> vault) {
  if (auto found = arm::find_vault(operation.id)) vault = std::move(found->vault);
  Start start;
  for (const auto& name : operation.jobs) {
    auto job = job_named(name, vault);
    if (!job) return job.error();
    add_job(start, std::move(*job));
  }
  if (!is_terminal(operation.status.state) && operation.id.starts_with('/')) {
    // A full resource id is the operation's own address (AZURE.md §3).
    if (auto own = from_url(endpoint, operation.id, vault)) start.operation_url = std::move(own->operation_url);
  }
  if (!is_terminal(operation.status.state) && start.operation_url.empty()) {
    if (!vault) return Error{ErrorCode::vault_needed};
    if (!arm::is_segment(operation.name)) return Error{ErrorCode::wrong_shape};
    start.operation_url = operation_url(endpoint, *vault, operation.name);
  }
  start.vault = std::move(vault);
  start.operation = std::move(operation);
  return start;
}

Result<Start> from_json(const arm::Endpoint& endpoint, std::string_view text, std::optional<VaultId> vault) {
  auto operation = decode::decode_operation(text);
  if (operation) return from_operation(endpoint, std::move(*operation), std::move(vault));
  if (operation.error().code != ErrorCode::wrong_shape) return operation.error();
  auto job = decode::decode_job(text);
  if (!job) return Error{ErrorCode::wrong_shape};
  auto id = job->id.empty() ? job_named(job->name, vault) : arm::parse_job_id(job->id);
  if (!id) return id.error();
  Start start;
  add_job(start, std::move(*id));
  return start;
}

// The last segment of a path, if the one before it is `parent`.
std::optional<std::string_view> child_of(std::string_view path, std::string_view parent) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  const auto before = path.substr(0, slash);
  if (before.size() <= parent.size() || before[before.size() - parent.size() - 1] != '/') return {};
  if (!equals_ignoring_case(before.substr(before.size() - parent.size()), parent)) return {};
  return path.substr(slash + 1);
}

Result<Start> from_url(const arm::Endpoint& endpoint, std::string_view text, std::optional<VaultId> vault) {
  auto url = arm::pin(endpoint, text);
  if (!url) return url.error();
  const std::string_view path = arm::path_of(*url);
  Start start;
  if (auto job = arm::parse_job_id(path)) {
    add_job(start, std::move(*job), arm::api_version_of(*url));
    return start;
  }
  auto provider = arm::Provider::recovery_services;
  if (const auto region = arm::find_region(path)) {
    const auto id = child_of(path, "backupCrrOperationResults");
    const bool is_operation = child_of(path, "backupCrrOperationsStatus").has_value();
    if (!is_operation && !id) {
      auto job = job_named(path, vault);
      if (!job) return job.error();
      add_job(start, std::move(*job));
      return start;
    }
    if (id) start.operation_url = endpoint.origin + std::string(path.substr(0, path.size() - region->rest.size())) + "/backupCrrOperationsStatus/" + std::string(*id);
    else start.operation_url = std::move(*url);
    start.operation_url = arm::with_api_version(std::move(start.operation_url), arm::cross_region_api_version);
    start.region = region->region;
    start.vault = std::move(vault);
    return start;
  }
  if (auto found = arm::find_vault(path)) {
    provider = found->vault.provider;
    // Location answers without a body; its id names the same operation under the vault. A job's own results are left alone.
    const bool of_job = starts_with_ignoring_case(found->rest, "/backupJobs/");
    auto id = child_of(path, "backupOperationResults");
    if (!id && !of_job) id = child_of(path, "operationResults");
    vault = std::move(found->vault);
    if (id && !id->empty()) {
      start.operation_url = operation_url(endpoint, *vault, arm::percent_decoded(*id));
      start.vault = std::move(vault);
      return start;
    }
  } else if (find_ignoring_case(path, "/providers/Microsoft.DataProtection/") != std::string_view::npos) {
    provider = arm::Provider::data_protection;
  }
  // Only what can be an operation is asked: ARM has many paths, and a token is not for all of them.
  constexpr std::string_view kinds[] = {"backupOperations", "operationsStatus", "operationStatus", "operations", "backupValidateOperationsStatuses"};
  for (const auto kind : kinds) {
    const auto id = child_of(path, kind);
    if (!id || id->empty()) continue;
    start.operation_url = arm::with_api_version(std::move(*url), arm::default_api_version(provider));
    start.vault = std::move(vault);
    return start;
  }
  return Error{ErrorCode::input_unrecognised};
}

bool looks_like_url(std::string_view text) {
  if (text.front() == '/' || text.front() == '\\') return true;
  const auto scheme_end = text.find_first_of(":/?#");
  return scheme_end != std::string_view::npos && text[scheme_end] == ':';
}

}  // namespace

Result<arm::JobId> job_named(std::string_view name, const std::optional<VaultId>& vault, std::string_view region) {
  const auto in_region = arm::find_region(name);
  if (in_region) {
    constexpr std::string_view jobs = "/backupJobs/";
    if (!starts_with_ignoring_case(in_region->rest, jobs)) return Error{ErrorCode::input_unrecognised};
    name = in_region->rest.substr(jobs.size());
    region = in_region->region;
  } else if (name.find('/') != std::string_view::npos) {
    return arm::parse_job_id(name);
  }
  if (!arm::is_segment(name)) return Error{ErrorCode::resource_id_malformed};
  if (!vault) return Error{ErrorCode::vault_needed};
  return arm::JobId{*vault, std::string(name), std::string(region)};
}

Result<Start> parse_start(const arm::Endpoint& endpoint, std::string_view text, std::string_view vault_text) {
  text = trimmed(text);
  if (text.empty()) return Error{ErrorCode::input_empty};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::optional<VaultId> vault;
  if (!trimmed(vault_text).empty()) {
    auto parsed = arm::parse_vault_id(vault_text);
    if (!parsed) return parsed.error();
    vault = std::move(*parsed);
  }
  if (text.starts_with("{") || text.starts_with("[")) return from_json(endpoint, text, std::move(vault));
  for (const std::string_view name : {"Azure-AsyncOperation", "Location"})
    if (const auto url = arm::header(text, name)) return from_url(endpoint, *url, std::move(vault));
  // A resource id may hold letters that no URL holds as they are; it is encoded, not followed.
  if (auto job = arm::parse_job_id(text)) {
    Start start;
    add_job(start, std::move(*job));
    return start;
  }
  if (looks_like_url(text)) return from_url(endpoint, text, std::move(vault));
  for (const char c : text)
    if (c <= ' ' || c > '~') return Error{ErrorCode::input_unrecognised};
  auto job = job_named(text, vault);
  if (!job) return job.error().code == ErrorCode::vault_needed ? job.error() : Error{ErrorCode::input_unrecognised};
  Start start;
  add_job(start, std::move(*job));
  return start;
}

}  // namespace abj::tracking
