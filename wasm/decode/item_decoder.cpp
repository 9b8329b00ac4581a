#include "decode/item_decoder.h"

#include <algorithm>
#include <chrono>

#include "decode/fields.h"
#include "decode/json_reader.h"
#include "model/text.h"

namespace abj::decode {
namespace {

enum Scope : Visitor::Scope { page, items, resource, properties, source, policy };

constexpr TextField<ProtectedItem> fields[] = {
    {"backupManagementType", &ProtectedItem::management_type},
    {"workloadType", &ProtectedItem::workload_type},
    {"containerName", &ProtectedItem::container},
    {"sourceResourceId", &ProtectedItem::source},
    {"serverName", &ProtectedItem::server},
    {"computerName", &ProtectedItem::server},      // of an agent
    {"backupEngineName", &ProtectedItem::server},  // of DPM
    {"parentName", &ProtectedItem::parent},
    {"protectionState", &ProtectedItem::protection},
    {"currentProtectionState", &ProtectedItem::protection},
    {"lastBackupStatus", &ProtectedItem::last_status},
};
// resourceID is spelled so in what was recorded; other names know no case in ARM (§2.2).
constexpr TextField<ProtectedItem> source_fields[] = {{"resourceID", &ProtectedItem::source}, {"resourceId", &ProtectedItem::source}, {"datasourceType", &ProtectedItem::workload_type}};

// "2001-01-01T00:00:00Z" is the service's word for never (§2.1).
constexpr Instant never{std::chrono::sys_days(std::chrono::year(2001) / 1 / 1)};

// What is deleted softly can be restored for so long unless the service says otherwise.
constexpr double default_retention = 14;  // days

class ItemVisitor final : public Visitor {
 public:
  ItemPage found;
  std::optional<double> retention{};  // of the item that is being read
  bool has_items = false;

  // ARM's lists, and Resource Graph's.
  static bool is_list(std::string_view key) { return key == "value" || key == "data"; }

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    if (parent == page && is_list(key)) return has_items = true, items;
    if (parent == items) return end_item(), found.items.emplace_back(), resource;
    if (parent == resource && key == "properties") return properties;
    if (parent == properties && key == "dataSourceInfo") return source;
    if (parent == properties && key == "policyInfo") return policy;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    if (scope == page) {
      if (key == "nextLink") return take(found.next_link, value);
      if (key == "$skipToken") return take(found.skip_token, value);
      if (is_list(key) && value.is_null()) return has_items = true;
      return true;
    }
    if (found.items.empty()) return true;
    ProtectedItem& item = found.items.back();
    if (scope == resource) {
      if (key == "id") return take(item.id, value);
      // Until a friendlier one is told.
      if (key == "name" && item.name.empty()) return take(item.name, value);
      return true;
    }
    if (scope == source) return take_text(source_fields, item, key, value) || true;
    if (scope == policy) return key != "policyId" || take(item.policy, value);
    if (scope != properties) return true;
    if (key == "friendlyName") {
      if (!value.is_null() && !value.text.empty()) item.name = value.text;
      return true;
    }
    // The name is shorter to read; where only its id is told, the last of that is the name.
    if (key == "policyName" || (key == "policyId" && item.policy.empty())) {
      if (!value.is_null() && !value.text.empty()) item.policy = value.text;
      return true;
    }
    if (key == "lastBackupTime") {
      // A time that cannot be read tells nothing.
      take(item.last_backup, value);
      if (item.last_backup && *item.last_backup <= never) item.last_backup.reset();
      return true;
    }
    if (key == "isScheduledForDeferredDelete") return item.is_deleted = equals_ignoring_case(value.text, "true"), true;
    // The name promises the end, but what was recorded is when it was deleted, beside a rest of nearly 14 days.
    if (key == "deferredDeleteTimeInUTC") return take(item.deleted_until, value), true;
    if (key == "softDeleteRetentionPeriodInDays" || key == "softDeleteRetentionPeriod") return take(retention, value), true;
    take_text(fields, item, key, value);
    return true;
  }

  void unknown(std::string, const Scalar&) override {}

  void end_item() {
    if (!found.items.empty() && found.items.back().deleted_until) {
      const auto hours = static_cast<int>(std::clamp(retention.value_or(default_retention), 0.0, 3660.0) * 24);
      *found.items.back().deleted_until += std::chrono::hours(hours);
    }
    retention.reset();
  }
};

}  // namespace

Result<ItemPage> decode_item_page(std::string_view json) {
  ItemVisitor visitor;
  if (auto error = read_json(json, visitor, page)) return std::move(*error);
  if (!visitor.has_items) return Error{ErrorCode::wrong_shape, "no value: not a list"};
  visitor.end_item();
  for (ProtectedItem& item : visitor.found.items) {
    item.policy = item.policy.substr(item.policy.rfind('/') + 1);
    if (equals_ignoring_case(item.protection, "SoftDeleted") || equals_ignoring_case(item.protection, "SoftDeleting")) item.is_deleted = true;
  }
  return std::move(visitor.found);
}

}  // namespace abj::decode
