#include "decode/secrets.h"

#include <gtest/gtest.h>

#include <string>

#include "decode/error_decoder.h"
#include "decode/job_decoder.h"
#include "decode/operation_decoder.h"

namespace abj::decode {
namespace {

TEST(Secrets, EachKindIsKnown) {
  const struct {
    std::string_view path, value;
  } secrets[] = {
      // Item-level recovery (AZURE.md §3).
      {"/properties/recoveryTarget/clientScripts/0/scriptContent", "#!/bin/sh"},
      {"/properties/recoveryTarget/clientScripts/0/url", "https://pod01.example/x"},
      // Export (§2).
      {"/operation/blobSasKey", "?sv=2021&sig=x"},
      {"/operation/excelFileBlobSasKey", "x"},
      // A SAS anywhere, by its signature.
      {"Config Blob Uri", "https://a.blob.core.windows.net/c/b?sv=2021-08-06&sr=b&sig=abc%3D"},
      {"/x", "https://a.blob.core.windows.net/c/b?sig=abc&sv=1"},
      // The signed queries of operation URLs (§6).
      {"/x", "https://management.azure.com/subscriptions/s/x?api-version=2025-02-01&t=1&c=MII&s=abc&h=def"},
      // By name.
      {"/properties/password", "x"},
      {"Storage Key", "x"},
      {"AccessToken", "x"},
  };
  for (const auto& [path, value] : secrets) EXPECT_TRUE(is_secret(path, value)) << path << " " << value;
}

TEST(Secrets, WhatIsNone) {
  const struct {
    std::string_view path, value;
  } plain[] = {
      {"/properties/duration", "PT1M"},
      {"Config Blob Uri", "https://a.blob.core.windows.net/c/b"},
      {"/x", "https://learn.microsoft.com/azure?view=1&source=docs"},
      {"VM Name", "vm-signal-01"},
      {"/x", "sig=abc"},
  };
  for (const auto& [path, value] : plain) EXPECT_FALSE(is_secret(path, value)) << path << " " << value;
}

TEST(Secrets, AreMaskedWithinTexts) {
  const struct {
    std::string_view text, shown;
  } rows[] = {
      {"", ""},
      {"Could not read https://a.example/c?sv=1&sig=abc%3D&se=2: denied", "Could not read https://a.example/c?sv=1&sig=\u2026&se=2: denied"},
      {"https://a.example/?SIG=x", "https://a.example/?SIG=\u2026"},
      {"(https://a.example/?sig=x) and 'https://b.example/?sig=y'", "(https://a.example/?sig=\u2026) and 'https://b.example/?sig=\u2026'"},
      {"https://m.example/op?t=1&c=MIIHpTCCBo2gAwIBAg&s=FLcZ-7XhF-o6ke6Q6&h=BthdJIAwNnWeLOehs", "https://m.example/op?t=1&c=\u2026&s=\u2026&h=\u2026"},
      {"https://a.example/?sig=a?sig=b&x=1", "https://a.example/?sig=\u2026&x=1"},
      {"https://a.example/?s=0123456789abcdefg?sig=b?&sig=c", "https://a.example/?s=\u2026&sig=\u2026"},
      // What only looks like one stays.
      {"https://aka.ms/x?s=1&c=docs", "https://aka.ms/x?s=1&c=docs"},
      {"sig=abc & more? no=", "sig=abc & more? no="},
      {"https://a.example/?sig", "https://a.example/?sig"},
      {"https://a.example/?&&=?", "https://a.example/?&&=?"},
  };
  for (const auto& [text, shown] : rows) EXPECT_EQ(masked(text), shown);
}

TEST(Secrets, AreMarkedByEveryDecoder) {
  const auto operation = decode_operation(R"({"status":"Succeeded","properties":{"objectType":"OperationStatusProvisionILRExtendedInfo",
    "recoveryTarget":{"clientScripts":[{"scriptContent":"c2VjcmV0","scriptExtension":".py","osType":"Linux","url":"https://x/"}]}}})");
  ASSERT_TRUE(operation);
  ASSERT_EQ(operation->other.size(), 4u);
  for (const auto& other : operation->other) EXPECT_TRUE(other.secret) << other.path;

  const auto job = decode_job(R"({"properties":{"status":"InProgress","progressUrl":"https://x/y?sv=1&sig=z"}})");
  ASSERT_TRUE(job);
  EXPECT_TRUE(job->other.at(0).secret);
  EXPECT_TRUE(decode_job_page(R"({"value":[{"properties":{"progressUrl":"https://x/y?sv=1&sig=z"}}]})")->jobs.at(0).other.at(0).secret);
  EXPECT_TRUE(decode_service_error(R"({"error":{"code":"x","details":[{"sasUrl":"y"}]}})").other.at(0).secret);
}

}  // namespace
}  // namespace abj::decode
