#include "decode/error_decoder.h"

#include <gtest/gtest.h>

#include <string>

namespace abj::decode {
namespace {

TEST(ServiceErrors, ArmsEnvelope) {
  const auto error = decode_service_error(R"({"error":{"code":"ResourceNotFound","message":"Gone.","target":"t","details":null,"innerError":{"code":"x"}}})");
  EXPECT_EQ(error, (ServiceError{"ResourceNotFound", "Gone.", "t", "", {{"/error/details", "null"}, {"/error/innerError/code", "x"}}}));
}

TEST(ServiceErrors, TheSecondEnvelope) {
  const auto error = decode_service_error(R"({"ErrorCode":"CloudInternalError","Message":{"Language":"en-US","Value":"Sorry."},"Values":[{"Key":"k","Value":"v"}]})");
  EXPECT_EQ(error, (ServiceError{"CloudInternalError", "Sorry.", "", "", {{"/Message/Language", "en-US"}, {"/Values/0/Key", "k"}, {"/Values/0/Value", "v"}}}));
}

TEST(ServiceErrors, WithoutAnEnvelope) { EXPECT_EQ(decode_service_error(R"({"code":"c","message":"m"})"), (ServiceError{"c", "m", "", "", {}})); }

TEST(ServiceErrors, JsonOfAnotherFormIsKeptAsItsWords) {
  EXPECT_EQ(decode_service_error(R"({"error":"invalid_token","error_description":"no"})").text, R"({"error":"invalid_token","error_description":"no"})");
  EXPECT_EQ(decode_service_error(R"({"Message":"An error has occurred."})").text, R"({"Message":"An error has occurred."})");
}

TEST(ServiceErrors, HtmlBecomesItsWords) {
  const auto error = decode_service_error("<html><head><style>b{}</style><title>502</title><script>alert('x')</script></head>\r\n<body><h1>Bad   Gateway</h1></body></html>");
  EXPECT_EQ(error.text, "502 Bad Gateway");
  EXPECT_TRUE(error.code.empty());
}

TEST(ServiceErrors, PlainAndEmptyAndEndlessText) {
  EXPECT_EQ(decode_service_error("Service Unavailable").text, "Service Unavailable");
  EXPECT_EQ(decode_service_error(""), ServiceError{});
  EXPECT_EQ(decode_service_error(" \r\n"), ServiceError{});
  EXPECT_EQ(decode_service_error("{}"), ServiceError{});
  EXPECT_LE(decode_service_error(std::string(100'000, 'x')).text.size(), 500u);
  EXPECT_EQ(decode_service_error("<").text, "");
  EXPECT_EQ(decode_service_error("<script>never closed").text, "never closed");
  std::string wide;
  while (wide.size() < 600) wide += "\xE6\x97\xA5";
  const auto cut = decode_service_error(wide).text;
  EXPECT_EQ(cut.size() % 3, 0u);
}

}  // namespace
}  // namespace abj::decode
