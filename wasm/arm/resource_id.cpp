#include "arm/resource_id.h"

#include "arm/url.h"
#include "model/text.h"

namespace abj::arm {
namespace {

struct Kind {
  Provider provider;
  std::string_view path;  // between the group and the vault's name
};

constexpr Kind kinds[] = {
    {Provider::recovery_services, "/providers/Microsoft.RecoveryServices/vaults/"},
    {Provider::data_protection, "/providers/Microsoft.DataProtection/backupVaults/"},
};
constexpr std::string_view subscriptions = "/subscriptions/";
constexpr std::string_view groups = "/resourceGroups/";
constexpr std::string_view jobs = "/backupJobs/";
constexpr std::string_view locations = "/providers/Microsoft.RecoveryServices/locations/";

std::string_view path_of_kind(Provider provider) {
  for (const Kind& kind : kinds)
    if (kind.provider == provider) return kind.path;
  return kinds[0].path;
}

// Takes `prefix` off the front of `text`, without case.
bool take(std::string_view& text, std::string_view prefix) {
  if (!starts_with_ignoring_case(text, prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes a segment off the front of `text`, decoded; false where it is no proper one.
bool take_segment(std::string_view& text, std::string& segment) {
  const auto end = text.find('/');
  segment = percent_decoded(text.substr(0, end));
  text = end == std::string_view::npos ? std::string_view() : text.substr(end);
  return is_segment(segment);
}

Error malformed(std::string_view why) { return {ErrorCode::resource_id_malformed, std::string(why)}; }

}  // namespace

bool is_segment(std::string_view text) {
  if (text.empty() || text.size() > 260 || text == "." || text == "..") return false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || std::string_view("/\\?#%<>\"").find(c) != std::string_view::npos) return false;
  }
  return true;
}

std::string VaultId::path() const {
  return std::string(subscriptions) + percent_encoded(subscription) + std::string(groups) + percent_encoded(group) +
         std::string(path_of_kind(provider)) + percent_encoded(name);
}

std::string VaultId::key() const { return lower_cased(path()); }

std::string VaultId::id() const {
  return std::string(subscriptions) + subscription + std::string(groups) + group + std::string(path_of_kind(provider)) + name;
}

std::string VaultId::region_path(std::string_view region) const {
  return std::string(subscriptions) + percent_encoded(subscription) + std::string(locations) + percent_encoded(region);
}

std::string JobId::path() const { return (region.empty() ? vault.path() : vault.region_path(region)) + std::string(jobs) + percent_encoded(name); }

std::string JobId::key() const { return lower_cased(region.empty() ? path() : path() + " " + vault.path()); }

// Segments hold neither quotes nor backslashes nor control characters: nothing to escape.
std::string cross_region_body(const VaultId& vault, std::string_view job_name) {
  std::string body = R"({"resourceId":")" + vault.id() + '"';
  if (!job_name.empty()) body += R"(,"jobName":")" + std::string(job_name) + '"';
  return body + '}';
}

std::optional<RegionPrefix> find_region(std::string_view path) {
  RegionPrefix found;
  if (!take(path, subscriptions) || !take_segment(path, found.subscription)) return {};
  if (!take(path, locations) || !take_segment(path, found.region)) return {};
  found.rest = path;
  return found;
}

std::optional<VaultPrefix> find_vault(std::string_view path) {
  VaultPrefix found;
  VaultId& vault = found.vault;
  if (!take(path, subscriptions) || !take_segment(path, vault.subscription)) return {};
  if (!take(path, groups) || !take_segment(path, vault.group)) return {};
  for (const Kind& kind : kinds) {
    if (!take(path, kind.path)) continue;
    vault.provider = kind.provider;
    if (!take_segment(path, vault.name)) return {};
    found.rest = path;
    return found;
  }
  return {};
}

Result<VaultId> parse_vault_id(std::string_view text) {
  text = trimmed(text);
  auto found = find_vault(text);
  if (!found) return malformed("not the resource id of a vault");
  if (!found->rest.empty() && found->rest != "/") return malformed("more than a vault's resource id");
  return std::move(found->vault);
}

Result<JobId> parse_job_id(std::string_view text) {
  text = trimmed(text);
  auto found = find_vault(text);
  if (!found) return malformed("not the resource id of a job");
  std::string_view rest = found->rest;
  JobId job{std::move(found->vault), {}};
  if (!take(rest, jobs) || !take_segment(rest, job.name) || (!rest.empty() && rest != "/")) return malformed("not the resource id of a job");
  return job;
}

std::string_view default_api_version(Provider provider) {
  return provider == Provider::data_protection ? "2024-04-01" : "2025-02-01";
}

}  // namespace abj::arm
