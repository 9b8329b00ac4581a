#include "arm/headers.h"

#include "model/text.h"

namespace abj::arm {

std::optional<std::string_view> header(std::string_view block, std::string_view name) {
  while (!block.empty()) {
    const auto end = block.find('\n');
    const std::string_view line = block.substr(0, end);
    block = end == std::string_view::npos ? std::string_view() : block.substr(end + 1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (equals_ignoring_case(trimmed(line.substr(0, colon)), name)) return trimmed(line.substr(colon + 1));
  }
  return {};
}

std::string claims_of(std::string_view challenge) {
  constexpr std::string_view mark = "claims=\"";
  const auto start = find_ignoring_case(challenge, mark);
  if (start == std::string_view::npos) return {};
  challenge.remove_prefix(start + mark.size());
  return std::string(challenge.substr(0, challenge.find('"')));
}

std::string correlation_id_of(std::string_view block) {
  for (const std::string_view name : {"x-ms-correlation-request-id", "x-ms-request-id"})
    if (const auto value = header(block, name)) return std::string(value->substr(0, 100));
  return {};
}

}  // namespace abj::arm
