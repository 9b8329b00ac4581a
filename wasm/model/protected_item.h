// What a vault protects: an item of a Recovery Services vault, or an instance of a Backup vault (ESTATE.md §2).
#pragma once

#include <optional>
#include <string>

#include "model/time.h"

namespace abj {

struct ProtectedItem {
  std::string id{};
  std::string name{};             // the service's friendly name
  std::string management_type{};  // backupManagementType; empty in Backup vaults
  std::string workload_type{};    // workloadType, or the data source's type
  std::string container{};        // containerName
  std::string source{};           // resource id of what is protected
  std::string server{}, parent{};   // of a database: its host's name, cut to 15 characters, and the instance
  std::string policy{};           // its name, or its resource id
  std::string protection{};       // protectionState or currentProtectionState, as it came
  std::string last_status{};      // lastBackupStatus, in one of two vocabularies (§2.1)
  std::optional<Instant> last_backup{};  // nothing where the service says 2001, which is never
  bool is_deleted = false;      // softly: it can be restored until deleted_until, as far as is known
  std::optional<Instant> deleted_until{};
  bool operator==(const ProtectedItem&) const = default;
};

}  // namespace abj
