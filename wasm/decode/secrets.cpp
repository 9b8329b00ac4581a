#include "decode/secrets.h"

#include <string>

#include "model/text.h"

namespace abj::decode {

bool is_secret(std::string_view path, std::string_view value) {
  constexpr std::string_view key_parts[] = {"saskey", "sastoken", "sasurl", "scriptcontent", "password", "secret", "accesskey", "storagekey", "token", "clientscripts"};
  std::string name(path);  // keys of property bags hold blanks
  std::erase(name, ' ');
  for (const auto part : key_parts)
    if (find_ignoring_case(name, part) != std::string_view::npos) return true;
  // A signed URL: a SAS signature (sig=) or ARM's own signed query (&s= … &h=, AZURE.md §6).
  const bool is_url = find_ignoring_case(value, "://") != std::string_view::npos && value.find('?') != std::string_view::npos;
  if (!is_url) return false;
  constexpr std::string_view marks[] = {"?sig=", "&sig=", "?s=", "&s=", "&h=", "&c="};
  for (const auto mark : marks)
    if (find_ignoring_case(value, mark) != std::string_view::npos) return true;
  return false;
}

}  // namespace abj::decode
