#include "arm/headers.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace abj::arm {
namespace {

TEST(Headers, OfTheDocumentationPage) {
  const std::string block = test::fixture("documentation/job_headers.txt");
  EXPECT_EQ(header(block, "X-Ms-Ratelimit-Remaining-Subscription-Reads"), "14989");
  EXPECT_EQ(header(block, "retry-after"), std::nullopt);
  EXPECT_EQ(correlation_id_of(block), "e9702101-9da2-4681-bdf3-a54e17329a56");
}

TEST(Headers, BlocksAsBrowsersWriteThem) {
  const std::string block("content-type: application/json; charset=utf-8\r\nretry-after:  30 \r\nx-ms-request-id: r\r\nbroken line\r\n\0\0", 101);
  EXPECT_EQ(header(block, "Retry-After"), "30");
  EXPECT_EQ(header(block, "content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(correlation_id_of(block), "r");
  EXPECT_EQ(header("", "a"), std::nullopt);
  EXPECT_EQ(header("a", "a"), std::nullopt);
  EXPECT_EQ(correlation_id_of(""), "");
}

TEST(Headers, ClaimsOfAChallenge) {
  EXPECT_EQ(claims_of(R"(Bearer authorization_uri="https://login/", error="invalid_token", claims="eyJh==")"), "eyJh==");
  EXPECT_EQ(claims_of(R"(Bearer error="invalid_token")"), "");
  EXPECT_EQ(claims_of(""), "");
}

}  // namespace
}  // namespace abj::arm
