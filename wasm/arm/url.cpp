#include "arm/url.h"

#include "model/text.h"

namespace abj::arm {
namespace {

constexpr std::string_view default_port = ":443";

bool is_host_char(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.'; }

// Visible ASCII without the backslash (which browsers read as a slash) and the fragment's mark.
bool is_plain(std::string_view text) {
  for (const char c : text)
    if (c <= 0x20 || c >= 0x7f || c == '\\' || c == '#') return false;
  return true;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Where the value of a URL's api-version begins, or npos.
std::size_t version_at(std::string_view url) {
  const auto query = url.find('?');
  if (query == std::string_view::npos) return query;
  for (const std::string_view mark : {"?api-version=", "&api-version="})
    if (const auto at = find_ignoring_case(url, mark, query); at != std::string_view::npos) return at + mark.size();
  return std::string_view::npos;
}

// Why an origin in lower case, without a slash at its end, cannot be an endpoint; nothing where it can.
std::string_view trouble_of_endpoint(std::string_view origin) {
  if (origin.size() > 300) return "too long";
  const bool secure = origin.starts_with("https://");
  if (!secure && !origin.starts_with("http://")) return "not an https origin";
  const std::string_view rest = origin.substr(secure ? 8 : 7);
  const auto colon = rest.find(':');
  const std::string_view host = rest.substr(0, colon);
  if (host.empty() || host.front() == '.' || host.back() == '.') return "no host";
  for (const char c : host)
    if (!is_host_char(c)) return "a bad character";
  if (colon != std::string_view::npos) {
    const std::string_view port = rest.substr(colon + 1);
    int number = port.empty() || port.size() > 5 || port.front() == '0' ? 65536 : 0;
    for (const char c : port) number = is_digit(c) && number < 65536 ? number * 10 + (c - '0') : 65536;
    if (number > 65535) return "no port";
  }
  // A host whose last label is a number is an IPv4 address to a browser, or nothing at all.
  if (is_digit(host.substr(host.rfind('.') + 1).front()) && host != "127.0.0.1") return "an address instead of a name";
  if (!secure && host != "localhost" && host != "127.0.0.1") return "http on a host that is not this machine";
  return {};
}

// Why a URL cannot be followed; nothing where it can, and then `path` is what comes after the origin.
std::string_view trouble_of_url(const Endpoint& endpoint, std::string_view url, std::string_view& path) {
  if (url.empty()) return "empty";
  if (url.size() > max_url) return "too long";
  if (!is_plain(url)) return "a bad character";
  path = url;
  if (url.starts_with("//")) return "names another host";
  if (url.front() == '/') return {};
  constexpr std::string_view other = "on another origin";
  if (!starts_with_ignoring_case(url, endpoint.origin)) return other;
  path.remove_prefix(endpoint.origin.size());
  if (endpoint.origin.starts_with("https:") && endpoint.origin.find(':', 6) == std::string::npos && path.starts_with(default_port)) path.remove_prefix(default_port.size());
  // What follows must end the host: a slash, nothing else.
  return path.starts_with('/') ? std::string_view() : other;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  std::string origin = lower_cased(text);
  if (origin.ends_with('/')) origin.pop_back();
  if (const auto why = trouble_of_endpoint(origin); !why.empty()) return Error{ErrorCode::endpoint_refused, std::string(why)};
  if (origin.starts_with("https:") && origin.ends_with(default_port)) origin.resize(origin.size() - default_port.size());
  return Endpoint{std::move(origin)};
}

Result<std::string> pin(const Endpoint& endpoint, std::string_view url) {
  std::string_view path;
  if (const auto why = trouble_of_url(endpoint, url, path); !why.empty()) return Error{ErrorCode::url_refused, std::string(why)};
  return endpoint.origin + std::string(path);
}

std::string with_api_version(std::string url, std::string_view api_version) {
  const auto query = url.find('?');
  if (query == std::string::npos) return url + "?api-version=" + std::string(api_version);
  if (version_at(url) != std::string::npos) return url;
  return url + "&api-version=" + std::string(api_version);
}

std::string_view api_version_of(std::string_view url) {
  const auto at = version_at(url);
  if (at == std::string_view::npos) return {};
  const auto version = url.substr(at, url.find('&', at) - at);
  for (const char c : version)
    if (!is_digit(c) && c != '-' && !(c >= 'a' && c <= 'z')) return {};
  return version.size() >= 10 && version.size() <= 30 ? version : std::string_view();
}

std::string_view path_of(std::string_view url) {
  url = url.substr(0, url.find('?'));
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  const auto slash = url.find('/', scheme + 3);
  return slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string percent_encoded(std::string_view segment) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : segment) {
    const bool plain = is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || std::string_view("-._~;()=").find(c) != std::string_view::npos;
    if (plain) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += '%';
      result += hex[byte >> 4];
      result += hex[byte & 15];
    }
  }
  return result;
}

}  // namespace abj::arm
