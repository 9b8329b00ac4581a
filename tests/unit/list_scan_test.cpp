#include "decode/list_scan.h"

#include <gtest/gtest.h>

#include "decode/job_decoder.h"

namespace abj::decode {
namespace {

using Elements = std::vector<std::string_view>;

TEST(ListScan, FindsElementsAndLeavesThePage) {
  const struct {
    std::string_view page;
    Elements elements;
    std::string_view rest;
  } rows[] = {
      {R"({"value":[]})", {}, R"({"value":[]})"},
      {R"({"value":[ ]})", {}, R"({"value":[]})"},
      {R"({"value":[{"a":1}]})", {R"({"a":1})"}, R"({"value":[]})"},
      {"{\"count\":2,\n \"value\" : [ {\"a\":[1,{}]} ,\t7,\"x\" ] , \"nextLink\":\"https://x/?a=[]\"}", {R"({"a":[1,{}]})", "7", R"("x")"}, "{\"count\":2,\n \"value\" : [] , \"nextLink\":\"https://x/?a=[]\"}"},
      {R"({"data":[{"a":"},{"},{"b":"]\""},{"c":"\\"}],"$skipToken":"s"})", {R"({"a":"},{"})", R"({"b":"]\""})", R"({"c":"\\"})"}, R"({"data":[],"$skipToken":"s"})"},
      // A list of that name elsewhere is not the page's.
      {R"({"x":{"value":[1,2]},"value":[3]})", {"3"}, R"({"x":{"value":[1,2]},"value":[]})"},
      {R"({"y":"value","value":[3]})", {"3"}, R"({"y":"value","value":[]})"},
      {R"({"value":[{"value":[1]}]})", {R"({"value":[1]})"}, R"({"value":[]})"},
      {"\xEF\xBB\xBF{\"value\":[1]}", {"1"}, "\xEF\xBB\xBF{\"value\":[]}"},
  };
  for (const auto& row : rows) {
    const auto scan = scan_list(row.page);
    ASSERT_TRUE(scan) << row.page;
    EXPECT_EQ(scan->elements, row.elements) << row.page;
    EXPECT_EQ(scan->rest, row.rest);
  }
}

TEST(ListScan, LeavesAloneWhatHasToBeReadWhole) {
  for (const std::string_view page : {"", "{", "[]", "[1]", "{\"value\":null}", "{\"value\":{}}", "{\"value\":[1", "{\"value\":[1,]}", "{\"value\":[,1]}", "{\"value\":[1,,2]}", "{\"value\":[\"x]}", "{\"value\":[\"x\\\"]}", "{}}",
                                      "{\"value\":[1],\"value\":[2]}", "{\"value\":[1],\"data\":[2]}", "{\"x\":\"", "{\"values\":[1]}", "{\"VALUE\":[1]}", "<html>"})
    EXPECT_FALSE(scan_list(page)) << page;
}

// Whatever is between, part by part or whole: the same jobs, or no page.
TEST(ListScan, AgreesWithTheDecoder) {
  for (const std::string_view page : {R"({"value":[{"name":"a","properties":{"status":"Failed"}},{"name":"b"}]})", R"({"value":[{"name":"a"}{"name":"b"}]})", R"({"value":[{"name":"a"]})", R"({"value":[{"name":"a"}})",
                                      R"({"value":[1}})", R"({"value":[{"name":'a'}]})", "{\"value\":[{\"name\":\"\xff\"}]}", R"({"value":[{"name":"a"}],})", R"({"value":[{"name":"\u12"}]} )", R"({"value":[tru]})", R"({"value" [1]})",
                                      R"({"value":[{"name":"a"}]} {})", R"({"va\u006cue":[{"name":"a"}],"value":[{"name":"b"}]})", R"({"value":[{"a":"b" "c"}]})", "{\"value\":[{\"name\":\"a\tb\"}]}"}) {
    const auto whole = decode_job_page(page);
    const auto scan = scan_list(page);
    if (!scan) continue;
    const auto rest = decode_job_page(scan->rest);
    bool readable = static_cast<bool>(rest);
    std::size_t jobs = rest ? rest->jobs.size() : 0;
    for (const auto& element : scan->elements) {
      const auto part = decode_job_page(list_of({element}));
      readable = readable && part;
      if (part) jobs += part->jobs.size();
    }
    EXPECT_EQ(readable, static_cast<bool>(whole)) << page;
    EXPECT_TRUE(!whole || jobs == whole->jobs.size()) << page;
  }
}

TEST(ListScan, HashesEveryByte) {
  std::string text(37, 'x');
  const Hash before = hash_of_element(text);
  EXPECT_EQ(hash_of_element(text), before);
  for (char& c : text) {
    c = 'y';
    EXPECT_NE(hash_of_element(text), before);
    c = 'x';
  }
  EXPECT_NE(hash_of_element(std::string_view(text).substr(1)), before);
  EXPECT_NE(hash_of_element(""), 0u);
  EXPECT_NE(hash_of_element(std::string_view("\0", 1)), hash_of_element(""));
}

}  // namespace
}  // namespace abj::decode
