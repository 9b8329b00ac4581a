#include "decode/secrets.h"

#include <gtest/gtest.h>

namespace abj::decode {
namespace {

TEST(Secrets, ByKeyAndByText) {
  EXPECT_TRUE(is_secret("/properties/blobSasKey", "abc"));
  EXPECT_TRUE(is_secret("/recoveryTarget/clientScripts/0/scriptContent", "abc"));
  EXPECT_TRUE(is_secret("Password", "abc"));
  EXPECT_TRUE(is_secret("/x", "https://acc.blob.core.windows.net/c/b?sv=2020&sig=abc%3D"));
  EXPECT_TRUE(is_secret("/x", "https://management.azure.com/subscriptions/s/op?api-version=1&t=1&c=MII&s=sig&h=hash"));
  EXPECT_FALSE(is_secret("VM Name", "vm-web-01"));
  EXPECT_FALSE(is_secret("/x", "https://aka.ms/help?id=5"));
  EXPECT_FALSE(is_secret("/x", "signature: &sig= without an address"));
}

}  // namespace
}  // namespace abj::decode
