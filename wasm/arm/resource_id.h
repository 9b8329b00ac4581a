// Resource ids of vaults and jobs. ARM's paths know no case (AZURE.md §2): equality is by key().
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/error.h"

namespace abj::arm {

enum class Provider { recovery_services, data_protection };

struct VaultId {
  Provider provider = Provider::recovery_services;
  std::string subscription;
  std::string group;
  std::string name;

  // "/subscriptions/…/vaults/{name}", segments percent-encoded where a URL needs it.
  std::string path() const;
  std::string key() const;  // path() in lower case
  // The resource id as it is written outside URLs, nothing encoded.
  std::string id() const;
  // "/subscriptions/…/providers/Microsoft.RecoveryServices/locations/{region}": where its cross-region jobs are asked for (AZURE.md §11).
  std::string region_path(std::string_view region) const;
};

struct JobId {
  VaultId vault;
  std::string name;
  std::string region{};  // of a cross-region job: the vault's paired region; empty else

  // Neither Backup vaults nor the cross-region interface have an action to cancel (AZURE.md §5, §12).
  bool has_cancel() const { return vault.provider == Provider::recovery_services && region.empty(); }
  std::string path() const;
  std::string key() const;  // of cross-region jobs, whose path does not say it, with the vault's
};

// Cross-region jobs are read by POST, at versions of their own (AZURE.md §11).
inline constexpr std::string_view cross_region_api_version = "2023-01-15";
// What such a POST says: whose jobs, or which one.
std::string cross_region_body(const VaultId& vault, std::string_view job_name = {});

// A path under "…/providers/Microsoft.RecoveryServices/locations/{region}".
struct RegionPrefix {
  std::string subscription;
  std::string region;
  std::string_view rest;  // what follows, "" or "/…"
};
std::optional<RegionPrefix> find_region(std::string_view path);

// A vault's whole resource id, with or without a slash at its end. Error: resource_id_malformed.
Result<VaultId> parse_vault_id(std::string_view text);

// A job's whole resource id. Error: resource_id_malformed.
Result<JobId> parse_job_id(std::string_view text);

// The vault that a longer path lies under, and where its path ends; nothing where it lies under none.
struct VaultPrefix {
  VaultId vault;
  std::string_view rest;  // what follows, "" or "/…"
};
std::optional<VaultPrefix> find_vault(std::string_view path);

// One segment of a path that is safe to put into a URL: not empty, no slash, question mark, control character, nor a dot segment.
bool is_segment(std::string_view text);

// The version to ask for, by provider (DESIGN.md, "What to send").
std::string_view default_api_version(Provider provider);

}  // namespace abj::arm
