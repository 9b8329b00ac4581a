// Small shared steps from a JSON leaf to a field of the model. Each says whether it could take the leaf; null is taken as absent.
#pragma once

#include <optional>
#include <string>

#include "decode/duration.h"
#include "decode/json_reader.h"
#include "decode/number.h"
#include "decode/timestamp.h"
#include "model/error.h"
#include "model/text.h"

namespace abj::decode {

// Any scalar's text: some versions send numbers as strings and the other way round.
inline bool take(std::string& field, const Scalar& value) {
  if (!value.is_null()) field = value.text;
  return true;
}

inline bool take(std::optional<Instant>& field, const Scalar& value) {
  if (value.is_null()) return true;
  const auto stamp = parse_timestamp(value.text);
  if (!stamp) return value.text.empty();
  if (!stamp->unset) field = stamp->instant;
  return true;
}

inline bool take(std::optional<Duration>& field, const Scalar& value) {
  if (value.is_null()) return true;
  const auto duration = parse_duration(value.text);
  if (!duration) return value.text.empty();
  field = *duration;
  return true;
}

inline bool take(std::optional<double>& field, const Scalar& value) {
  if (value.is_null()) return true;
  const auto number = parse_number(value.text);
  if (!number) return value.text.empty();
  field = number;
  return true;
}

inline bool take(std::optional<bool>& field, const Scalar& value) {
  if (value.is_null()) return true;
  const bool yes = equals_ignoring_case(value.text, "true");
  if (!yes && !equals_ignoring_case(value.text, "false")) return false;
  field = yes;
  return true;
}

// A row of a table from a JSON key to a text member.
template <class Owner>
struct TextField {
  std::string_view key;
  std::string Owner::*member;
};

template <class Owner, std::size_t N>
bool take_text(const TextField<Owner> (&table)[N], Owner& owner, std::string_view key, const Scalar& value) {
  for (const auto& field : table)
    if (field.key == key) return take(owner.*field.member, value);
  return false;
}

// Of ARM's error envelope, in answers and in operations alike.
inline constexpr TextField<ServiceError> service_error_fields[] = {
    {"code", &ServiceError::code}, {"message", &ServiceError::message}, {"target", &ServiceError::target}};

}  // namespace abj::decode
