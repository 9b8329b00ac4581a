#include "decode/json_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace abj::decode {
namespace {

// Knows the root and one nested object; everything else must come out with its path.
class Recorder final : public Visitor {
 public:
  std::vector<std::string> known;
  std::vector<std::string> other;

  Scope enter(Scope parent, std::string_view key, std::size_t) override { return parent == 0 && key == "known" ? 1 : no_scope; }
  bool leaf(Scope scope, std::string_view key, std::size_t, const Scalar& value) override {
    if (key == "refused") return false;
    known.push_back(std::to_string(scope) + ":" + std::string(key) + "=" + std::string(value.text));
    return true;
  }
  void unknown(std::string path, const Scalar& value) override { other.push_back(path + "=" + std::string(value.text)); }
};

TEST(JsonReader, EveryLeafArrivesOnceAndInOrder) {
  Recorder recorder;
  const auto error = read_json(R"({"a":1,"refused":"x","known":{"b":true,"n":null},"list":[1,{"deep":-2.50},[]],"o~d/d":{"k":"v"}})", recorder, 0);
  EXPECT_FALSE(error);
  EXPECT_EQ(recorder.known, (std::vector<std::string>{"0:a=1", "1:b=true", "1:n=null"}));
  EXPECT_EQ(recorder.other, (std::vector<std::string>{"/refused=x", "/list/0=1", "/list/1/deep=-2.50", "/o~0d~1d/k=v"}));
}

TEST(JsonReader, NumbersKeepTheirText) {
  Recorder recorder;
  ASSERT_FALSE(read_json(R"({"i":9223372036854775807,"u":18446744073709551615,"n":-5,"f":1.50,"e":1E3})", recorder, 0));
  EXPECT_EQ(recorder.known, (std::vector<std::string>{"0:i=9223372036854775807", "0:u=18446744073709551615", "0:n=-5", "0:f=1.50", "0:e=1E3"}));
}

TEST(JsonReader, SkipsAByteOrderMark) {
  Recorder recorder;
  EXPECT_FALSE(read_json("\xEF\xBB\xBF{\"a\":1}", recorder, 0));
  EXPECT_EQ(recorder.known.size(), 1u);
}

ErrorCode code_of(const std::string& text) {
  Recorder recorder;
  const auto error = read_json(text, recorder, 0);
  return error ? error->code : ErrorCode::offline;
}

TEST(JsonReader, BadTextIsATypedError) {
  for (const std::string text :
       {"", " ", "{", "}", "{\"a\":1}}", "{\"a\":1", "{\"a\":}", "{a:1}", "{\"a\":'x'}", "{\"a\":1,}", "{\"a\":01}", "{\"a\":\"\t\"}", "<html></html>", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00x\"}",
        "{\"a\":\"\\ud800\\ud800\"}", "{\"a\":\"\xff\"}", "{\"a\":\"\xc3\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"x", "{\"a\":NaN}", "// {}", "{\"a\":1}garbage"})
    EXPECT_EQ(code_of(text), ErrorCode::not_json) << text;
  for (const std::string text : {"[]", "[{}]", "1", "\"x\"", "null"}) EXPECT_EQ(code_of(text), ErrorCode::wrong_shape) << text;
  EXPECT_EQ(code_of("{\"a\":" + std::string(400, '9') + "}"), ErrorCode::not_json);
  EXPECT_EQ(code_of("{\"a\":1e400}"), ErrorCode::not_json);
}

// The message of the library quotes what it read; ours gives the place and nothing of the text.
TEST(JsonReader, ErrorsDoNotQuoteTheText) {
  Recorder recorder;
  const auto error = read_json("{\"secret-key\":hunter2}", recorder, 0);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->detail, "at byte 15");
}

std::string nested(std::size_t levels) {
  std::string text = "{\"a\":";
  for (std::size_t i = 1; i < levels; ++i) text += '[';
  for (std::size_t i = 1; i < levels; ++i) text += ']';
  return text + "}";
}

TEST(JsonReader, LimitsAtPlusMinusOne) {
  EXPECT_EQ(code_of(nested(max_depth)), ErrorCode::offline);
  EXPECT_EQ(code_of(nested(max_depth + 1)), ErrorCode::too_deep);
  EXPECT_EQ(code_of("{\"a\":\"" + std::string(max_string, 'x') + "\"}"), ErrorCode::offline);
  EXPECT_EQ(code_of("{\"a\":\"" + std::string(max_string + 1, 'x') + "\"}"), ErrorCode::too_large);
  EXPECT_EQ(code_of("{\"" + std::string(max_string + 1, 'x') + "\":1}"), ErrorCode::too_large);
  const std::string small = "{\"a\":1}";
  EXPECT_EQ(code_of(small + std::string(max_bytes - small.size(), ' ')), ErrorCode::offline);
  EXPECT_EQ(code_of(small + std::string(max_bytes - small.size() + 1, ' ')), ErrorCode::too_large);
}

TEST(JsonReader, ThirtyMegabytesOfNestingDoNotCrash) {
  EXPECT_EQ(code_of(std::string(30u << 20, '[')), ErrorCode::wrong_shape);
  EXPECT_EQ(code_of("{\"a\":" + std::string(30u << 20, '[')), ErrorCode::too_deep);
  std::string objects;
  while (objects.size() < (30u << 20)) objects += "{\"a\":";
  EXPECT_EQ(code_of(objects), ErrorCode::too_deep);
}

}  // namespace
}  // namespace abj::decode
