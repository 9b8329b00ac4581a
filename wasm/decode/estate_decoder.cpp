#include "decode/estate_decoder.h"

#include "decode/fields.h"
#include "decode/json_reader.h"

namespace abj::decode {
namespace {

enum Scope : Visitor::Scope { page, entries, entry, properties, redundancy, pairs, pair };

constexpr TextField<EstatePage> page_fields[] = {{"nextLink", &EstatePage::next_link}, {"$skipToken", &EstatePage::skip_token}};
constexpr TextField<Subscription> subscription_fields[] = {{"subscriptionId", &Subscription::id}, {"displayName", &Subscription::name}, {"state", &Subscription::state}};
constexpr TextField<Vault> vault_fields[] = {{"id", &Vault::id}, {"location", &Vault::location}};

template <class Entry, std::size_t N>
class EstateVisitor final : public Visitor {
 public:
  EstateVisitor(std::vector<Entry> EstatePage::*list, const TextField<Entry> (&fields)[N]) : list_(list), fields_(fields) {}

  EstatePage found;
  bool has_list = false;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    // ARM's lists, and Resource Graph's.
    if (parent == page && (key == "value" || key == "data")) return has_list = true, entries;
    if (parent == entries) return (found.*list_).emplace_back(), entry;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    if (scope == page) {
      if ((key == "value" || key == "data") && value.is_null()) has_list = true;
      take_text(page_fields, found, key, value);
    } else if (scope == entry) {
      take_text(fields_, (found.*list_).back(), key, value);
    }
    return true;
  }

  void unknown(std::string, const Scalar&) override {}

 private:
  std::vector<Entry> EstatePage::*list_;
  const TextField<Entry> (&fields_)[N];
};

class VaultVisitor final : public Visitor {
 public:
  Vault found;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    if (parent == page && key == "properties") return properties;
    if (parent == properties && key == "redundancySettings") return redundancy;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    if (scope == page) take_text(vault_fields, found, key, value);
    if (scope == redundancy && key == "crossRegionRestore") take(found.cross_region_restore, value);
    return true;
  }

  void unknown(std::string, const Scalar&) override {}
};

class RegionVisitor final : public Visitor {
 public:
  std::vector<RegionPair> found;
  bool has_list = false;

  Visitor::Scope enter(Visitor::Scope parent, std::string_view key, std::size_t) override {
    if (parent == page && key == "value") return has_list = true, entries;
    if (parent == entries) return found.emplace_back(), entry;
    if (parent == entry && key == "metadata") return properties;
    if (parent == properties && key == "pairedRegion") return pairs;
    if (parent == pairs) return pair;
    return no_scope;
  }

  bool leaf(Visitor::Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    if (scope == entry && key == "name") take(found.back().name, value);
    if (scope == pair && key == "name" && found.back().pair.empty()) take(found.back().pair, value);
    return true;
  }

  void unknown(std::string, const Scalar&) override {}
};

template <class Entry, std::size_t N>
Result<EstatePage> decode_page(std::string_view json, std::vector<Entry> EstatePage::*list, const TextField<Entry> (&fields)[N]) {
  EstateVisitor<Entry, N> visitor(list, fields);
  if (auto error = read_json(json, visitor, page)) return std::move(*error);
  if (!visitor.has_list) return Error{ErrorCode::wrong_shape, "no value: not a list"};
  return std::move(visitor.found);
}

}  // namespace

Result<EstatePage> decode_subscription_page(std::string_view json) { return decode_page(json, &EstatePage::subscriptions, subscription_fields); }
Result<EstatePage> decode_vault_page(std::string_view json) { return decode_page(json, &EstatePage::vaults, vault_fields); }

Result<Vault> decode_vault(std::string_view json) {
  VaultVisitor visitor;
  if (auto error = read_json(json, visitor, page)) return std::move(*error);
  if (visitor.found.location.empty()) return Error{ErrorCode::wrong_shape, "no location: not a vault"};
  return std::move(visitor.found);
}

Result<std::vector<RegionPair>> decode_regions(std::string_view json) {
  RegionVisitor visitor;
  if (auto error = read_json(json, visitor, page)) return std::move(*error);
  if (!visitor.has_list) return Error{ErrorCode::wrong_shape, "no value: not a list"};
  return std::move(visitor.found);
}

}  // namespace abj::decode
