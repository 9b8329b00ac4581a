#include "arm/url.h"

#include <gtest/gtest.h>

#include <string>

namespace abj::arm {
namespace {

const Endpoint arm{"https://management.azure.com"};

TEST(Endpoint, OriginsOnly) {
  EXPECT_EQ(parse_endpoint("https://management.azure.com")->origin, "https://management.azure.com");
  EXPECT_EQ(parse_endpoint("HTTPS://Management.Azure.Com/")->origin, "https://management.azure.com");
  EXPECT_EQ(parse_endpoint("https://management.azure.com:443")->origin, "https://management.azure.com");
  EXPECT_EQ(parse_endpoint("https://management.azure.com:8443")->origin, "https://management.azure.com:8443");
  EXPECT_EQ(parse_endpoint("http://127.0.0.1:4380")->origin, "http://127.0.0.1:4380");
  EXPECT_EQ(parse_endpoint("http://localhost:80")->origin, "http://localhost:80");
  for (const std::string text : {"", "https://", "http://management.azure.com", "management.azure.com", "//management.azure.com", "ftp://x", "https://a/b", "https://a?b", "https://a#b", "https://u@a", "https://u:p@a",
                                 "https://a:", "https://a:x", "https://a:0", "https://a:123456", "https://a:65536", "https://1.2.3.4.5", "https://a.256", "https://10.0.0.1", "https://a b", "https://a\\b", "https://.a", "https://a.", "https://a//", "javascript:alert(1)", "https://[::1]", "https://\xC3\xA4"})
    EXPECT_EQ(parse_endpoint(text) ? ErrorCode::offline : parse_endpoint(text).error().code, ErrorCode::endpoint_refused) << text;
  EXPECT_FALSE(parse_endpoint("https://" + std::string(400, 'a')));
}

TEST(Pin, WhatIsOnTheEndpointIsFollowedOnItsOwnText) {
  EXPECT_EQ(*pin(arm, "https://management.azure.com/subscriptions/s?api-version=1"), "https://management.azure.com/subscriptions/s?api-version=1");
  EXPECT_EQ(*pin(arm, "HTTPS://MANAGEMENT.azure.com/Subscriptions/S"), "https://management.azure.com/Subscriptions/S");
  EXPECT_EQ(*pin(arm, "https://management.azure.com:443/s"), "https://management.azure.com/s");
  EXPECT_EQ(*pin(arm, "/subscriptions/s;x=1/%3B?a=b&c=https://other.example/"), "https://management.azure.com/subscriptions/s;x=1/%3B?a=b&c=https://other.example/");
}

// TARGETS.md, row 16.
TEST(Pin, HostileLinksAreRefused) {
  const std::string links[] = {
      "",
      "https://evil.example/subscriptions/s",
      "https://management.azure.com.evil.example/s",
      "https://management.azure.com@evil.example/s",
      "https://management.azure.com:443@evil.example/s",
      "https://user@management.azure.com/s",
      "https://user:password@management.azure.com/s",
      "https://evil.example#https://management.azure.com/s",
      "https://evil.example?https://management.azure.com/s",
      "https://evil.example/https://management.azure.com/s",
      "//evil.example/s",
      "///evil.example/s",
      "/\\evil.example/s",
      "\\\\evil.example\\s",
      "\\/evil.example/s",
      "https:\\\\management.azure.com\\s",
      "https://management.azure.com\\@evil.example/s",
      "https://management.azure.com\\.evil.example/s",
      "https:/management.azure.com/s",
      "https:management.azure.com/s",
      "https:///management.azure.com/s",
      "http://management.azure.com/s",
      "https://management.azure.com:8443/s",
      "https://management.azure.com:80/s",
      "https://management.azure.com:0443/s",
      "https://management.azure.com:/s",
      "https://management.azure.com./s",
      "https://management.azure.com%2eevil.example/s",
      "https://management%2eazure.com/s",
      "https://xn--mnagement-01a.azure.com/s",
      "https://m\xD0\xB0nagement.azure.com/s",          // Cyrillic a
      "https://management.azure\xE3\x80\x82" "com/s",   // ideographic full stop
      "https://management.azure.com\xE2\x80\x8B/s",     // zero-width space
      "https://management.azure.c0m/s",
      "https://management-azure.com/s",
      "https://anagement.azure.com/s",
      " https://management.azure.com/s",
      "https://management.azure.com/s ",
      "https://management.azure.com/s\n",
      "ht\ntps://management.azure.com/s",
      "https://\tmanagement.azure.com/s",
      "https://management.azure.com\t.evil.example/s",
      std::string("https://management.azure.com/s\0x", 32),
      "https://management.azure.com/s#fragment",
      "https://management.azure.com",
      "https://management.azure.com?x",
      "https://[::1]/s",
      "https://127.0.0.1/s",
      "https://2130706433/s",
      "javascript:alert(1)//https://management.azure.com/",
      "data:text/html,https://management.azure.com/",
      "blob:https://management.azure.com/s",
      "file:///etc/passwd",
      "ws://management.azure.com/s",
      "subscriptions/s",
      "?x",
  };
  for (const auto& link : links) {
    const auto pinned = pin(arm, link);
    EXPECT_EQ(pinned ? ErrorCode::offline : pinned.error().code, ErrorCode::url_refused) << link;
  }
}

TEST(Pin, PortsOfTheEndpointCount) {
  const Endpoint local{"http://127.0.0.1:4380"};
  EXPECT_TRUE(pin(local, "http://127.0.0.1:4380/s"));
  EXPECT_FALSE(pin(local, "http://127.0.0.1:43801/s"));
  EXPECT_FALSE(pin(local, "http://127.0.0.1/s"));
  EXPECT_FALSE(pin(local, "https://127.0.0.1:4380/s"));
  EXPECT_FALSE(pin(local, "http://127.0.0.1:4380:443/s"));
  EXPECT_FALSE(pin(Endpoint{"https://a:8443"}, "https://a:8443:443/s"));
}

TEST(Pin, LengthAtPlusMinusOne) {
  const std::string start = "https://management.azure.com/";
  EXPECT_TRUE(pin(arm, start + std::string(max_url - start.size(), 'a')));
  EXPECT_FALSE(pin(arm, start + std::string(max_url - start.size() + 1, 'a')));
}

TEST(Url, ApiVersionIsAddedOnce) {
  EXPECT_EQ(with_api_version("https://a/b", "1"), "https://a/b?api-version=1");
  EXPECT_EQ(with_api_version("https://a/b?fabricName=Azure", "1"), "https://a/b?fabricName=Azure&api-version=1");
  EXPECT_EQ(with_api_version("https://a/b?api-version=2", "1"), "https://a/b?api-version=2");
  EXPECT_EQ(with_api_version("https://a/b?x=1&Api-Version=2", "1"), "https://a/b?x=1&Api-Version=2");
  EXPECT_EQ(with_api_version("https://a/api-version=3", "1"), "https://a/api-version=3?api-version=1");
}

TEST(Url, PathsAndEscapes) {
  EXPECT_EQ(path_of("https://a/b/c?d"), "/b/c");
  EXPECT_EQ(path_of("https://a"), "/");
  EXPECT_EQ(path_of("/b?https://x/y"), "/b");
  EXPECT_EQ(percent_decoded("a%3Bb%3bc%zz%4"), "a;b;c%zz%4");
  EXPECT_EQ(percent_encoded("a b/\xC3\xA4;"), "a%20b%2F%C3%A4;");
}

}  // namespace
}  // namespace abj::arm
