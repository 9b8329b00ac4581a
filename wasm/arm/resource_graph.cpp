#include "arm/resource_graph.h"

#include "model/utc.h"
#include "model/text.h"

namespace abj::arm {
namespace {

// What the service said may hold anything.
std::string quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string json(1, '"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || c == '"' || c == '\\') (json += "\\u00") += {hex[byte >> 4], hex[byte & 15]};
    else json += c;
  }
  return json += '"';
}

// From the first bracket of the query on; its end, and what is said of pages.
std::string ended(std::string body, std::string_view projected, std::string_view skip_token) {
  body += " | project id,name,type,";
  body += projected;
  body += R"( | order by id asc","options":{"$top":1000,"resultFormat":"objectArray")";
  if (!skip_token.empty()) body += R"(,"$skipToken":)" + quoted(skip_token);
  return body + "}}";
}

}  // namespace

std::string jobs_query(const GraphQuestion& question, std::string_view skip_token) {
  std::string body = "{";
  for (const auto& subscription : question.subscriptions) body += (body.size() == 1 ? R"("subscriptions":[)" : ",") + quoted(subscription);
  if (body.size() > 1) body += "],";
  body += R"("query":"recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs','microsoft.dataprotection/backupvaults/backupjobs'))";
  const auto bound = [&](std::string_view is, std::optional<Instant> time) {
    if (time) ((body += " and todatetime(properties.startTime) ") += is) += " datetime(" + utc_text(*time, "0000-00-00T00:00:00Z") + ")";
  };
  bound(">=", question.from);
  bound("<=", question.to);
  if (!question.vault.empty()) {
    const std::string path = quoted(question.vault + "/");
    body += " and id startswith '" + path.substr(1, path.size() - 2) + "'";
  }
  return ended(std::move(body), "properties", skip_token);
}

std::string items_query(std::string_view skip_token) {
  return ended(R"({"query":"recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems','microsoft.dataprotection/backupvaults/backupinstances'))",
               "properties", skip_token);
}

std::string vaults_query(std::string_view skip_token) {
  return ended(R"({"query":"resources | where type in~ ('microsoft.recoveryservices/vaults','microsoft.dataprotection/backupvaults'))", "location,subscriptionId", skip_token);
}

}  // namespace abj::arm
