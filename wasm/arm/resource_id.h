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
};

struct JobId {
  VaultId vault;
  std::string name;

  std::string path() const;
  std::string key() const;
};

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
