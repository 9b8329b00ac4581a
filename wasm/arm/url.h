// Origin pinning: a URL that arrived from anywhere is followed only on the configured endpoint's origin (DESIGN.md, rule 6).
#pragma once

#include <string>
#include <string_view>

#include "model/error.h"

namespace abj::arm {

// The longest URL that is followed. ARM's signed ones pass 4 kB (AZURE.md §6).
constexpr std::size_t max_url = 16 * 1024;

// Where ARM is: an origin such as "https://management.azure.com", lower case, without a trailing slash.
struct Endpoint {
  std::string origin;
};

// Accepts https origins, and http on loopback hosts only (simulators). No path, query, user name or fragment.
// Error: endpoint_refused.
Result<Endpoint> parse_endpoint(std::string_view text);

// The URL to send for `url`, which is absolute on the endpoint's origin or a path that begins with one slash. What is
// returned is built from the endpoint's own text, so no reader of URLs downstream can see another host in it.
// Error: url_refused for everything else, even where a browser would be lenient (tabs, backslashes, user names, fragments…).
Result<std::string> pin(const Endpoint& endpoint, std::string_view url);

// `url` with an api-version, if it had none: some Location headers lack it (AZURE.md §6).
std::string with_api_version(std::string url, std::string_view api_version);

// The api-version in a URL's query; empty where there is none or it does not look like one.
std::string_view api_version_of(std::string_view url);

// Path of a URL, without scheme, host and query.
std::string_view path_of(std::string_view url);

// %XX → bytes. What is not a valid escape stays.
std::string percent_decoded(std::string_view text);

// Every byte but unreserved ones and `;` as %XX: one path segment.
std::string percent_encoded(std::string_view segment);

}  // namespace abj::arm
