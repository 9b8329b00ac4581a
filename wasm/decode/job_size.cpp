#include "decode/job_size.h"

#include <string_view>

#include "decode/number.h"
#include "model/text.h"

namespace abj::decode {
namespace {

constexpr double megabyte = 1'048'576;

// "2332 MB", and "20.1147" where the name says the unit. Numbers come in the caller's language (AZURE.md §4.3.15): with a comma, or three digits after a point, it may be
// either of two.
std::optional<double> bytes(std::string_view text, double unit) {
  text = trimmed(text);
  if (const auto blank = text.find(' '); blank != std::string_view::npos) {
    const std::string_view name = trimmed(text.substr(blank));
    double power = 1;
    for (const std::string_view known : {"B", "KB", "MB", "GB", "TB"}) {
      if (equals_ignoring_case(name, known)) {
        unit = power;
        break;
      }
      power *= 1024;
    }
    if (power > megabyte * megabyte) return {};
    text = text.substr(0, blank);
  }
  if (const auto point = text.find('.'); point != std::string_view::npos && text.size() - point == 4) return {};
  const auto number = parse_number(text);
  return number && *number >= 0 ? std::optional(*number * unit) : std::nullopt;
}

}  // namespace

std::optional<double> size_in(const Job& job) {
  std::optional<double> moved;
  for (const Property& property : job.properties) {
    if (!property.value) continue;
    if (property.name == "Backup Size")
      if (const auto size = bytes(*property.value, megabyte)) return size;
    if (property.name == "Data Transferred (in MB)") moved = bytes(*property.value, megabyte);
  }
  // Of Backup vaults, whose first version misspelled it (AZURE.md §12).
  for (const OtherProperty& other : job.other)
    for (const std::string_view path : {"/properties/extendedInfo/dataTransferredInBytes", "/properties/extendedInfo/dataTransferedInBytes"})
      if (other.path == path) moved = bytes(other.value, 1);
  return moved;
}

}  // namespace abj::decode
