#include "decode/secrets.h"

#include <algorithm>
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

std::string masked(std::string_view text) {
  std::string result;
  std::size_t copied = 0;
  if (text.find("://") == std::string_view::npos) return std::string(text);
  // What is masked is not looked into again: a value may hold further question marks.
  for (auto i = text.find_first_of("?&"); i != std::string_view::npos; i = text.find_first_of("?&", std::max(i + 1, copied))) {
    const auto equals = text.find('=', i);
    if (equals == std::string_view::npos) break;
    const auto name = text.substr(i + 1, equals - i - 1);
    const auto end = std::min(text.find_first_of("& \t\r\n\"'<>)", equals), text.size());
    // A SAS signature; or the parts of ARM's own (AZURE.md §6), whose one-letter names mean other things where the value is short.
    const bool of_arm = name.size() == 1 && std::string_view("shc").find(name) != std::string_view::npos && end - equals > 16;
    if (!of_arm && !equals_ignoring_case(name, "sig")) continue;
    result.append(text.substr(copied, equals + 1 - copied)).append("\u2026");
    copied = end;
  }
  return result.append(text.substr(copied));
}

}  // namespace abj::decode
