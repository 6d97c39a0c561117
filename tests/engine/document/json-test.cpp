// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/document/json-reader.h"
#include "engine/document/json-writer.h"
#include "engine/document/text.h"
#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::refusal;

/// What reading and writing makes of a text.
std::string canonical(const std::string& text) {
  const auto json = readJson(text);
  return json ? writeJson(*json) : refusal(json);
}

std::string patched(const std::string& target, const std::string& patch) {
  Json json = *readJson(target);
  mergePatch(json, *readJson(patch));
  return writeJson(json);
}

TEST(Json, TextIsCanonical) {
  EXPECT_EQ(canonical(" { \"b\" : [ 1 , true , null ] , \"a\" : \"x\" } "),
            R"({"a":"x","b":[1,true,null]})");
  EXPECT_EQ(canonical(R"("tab\t quote\" slash\/ \u00e9 \ud83c\udfb8")"),
            "\"tab\\u0009 quote\\\" slash/ é 🎸\"");
  EXPECT_EQ(canonical("[24.0, -0.0, 0.1, 1e3, 1e-9, 18446744073709551615, -9223372036854775808]"),
            "[24,0,0.1,1000,1e-09,18446744073709551615,-9223372036854775808]");
}

TEST(Json, NumbersReadBackAsTheSameDoubleInTheShortestText) {
  EXPECT_EQ(numberText(0.1), "0.1");
  EXPECT_EQ(numberText(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(numberText(5e-324), "4.94065645841247e-324");
  EXPECT_EQ(numberText(1e21), "1e+21");
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 160);
    const auto json = readJson(numberText(value));
    ASSERT_TRUE(json) << numberText(value);
    ASSERT_EQ(*json->number(), value);
  }
}

TEST(Json, ErrorsNameTheByte) {
  EXPECT_EQ(canonical("{\"a\": 1,}"),
            "byte 9: is not JSON: unexpected '}'; expected string literal");
  EXPECT_EQ(canonical("{\"a\": 1, \"a\": 2}"), "byte 12: key \"a\" stands twice in one object");
  EXPECT_EQ(canonical("[NaN]").substr(0, 22), "byte 2: is not JSON: i");
  EXPECT_EQ(canonical("[1e999]").substr(0, 29), "byte 6: is not JSON: number o");
  EXPECT_EQ(canonical("").substr(0, 48), "byte 1: is not JSON: unexpected end of input; ex");
  EXPECT_EQ(canonical("[1] 2").substr(0, 20), "byte 5: is not JSON:");
  EXPECT_EQ(canonical("[\"\xff\"]").substr(0, 20), "byte 3: is not JSON:");
}

TEST(Json, DepthSizeAndCountAreBounded) {
  const std::string open(100'000, '[');
  EXPECT_EQ(canonical(open), "byte 65: is nested deeper than 64 levels");
  EXPECT_EQ(canonical(open + std::string(100'000, ']')),
            "byte 65: is nested deeper than 64 levels");
  std::string objects;
  for (int i = 0; i < 1000; ++i) objects += "{\"a\":";
  EXPECT_EQ(canonical(objects), "byte 321: is nested deeper than 64 levels");
  const std::string deepest = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(canonical(deepest), deepest);

  EXPECT_EQ(refusal(readJson("[1,2,3]", {.bytes = 6})),
            "byte 6: is 7 bytes long; at most 6 are read");
  EXPECT_EQ(refusal(readJson("[1,2,3]", {.values = 3})), "byte 7: has more than 3 values");
  EXPECT_TRUE(readJson("[1,2,3]", {.bytes = 7, .values = 4}));
}

TEST(Json, MergePatchFollowsTheRfc) {
  // The cases of RFC 7396, appendix A.
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"b":"c"})"), R"({"a":"b","b":"c"})");
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"a":null})"), "{}");
  EXPECT_EQ(patched(R"({"a":"b","b":"c"})", R"({"a":null})"), R"({"b":"c"})");
  EXPECT_EQ(patched(R"({"a":["b"]})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(patched(R"({"a":"c"})", R"({"a":["b"]})"), R"({"a":["b"]})");
  EXPECT_EQ(patched(R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})"), R"({"a":{"b":"d"}})");
  EXPECT_EQ(patched(R"({"a":[{"b":"c"}]})", R"({"a":[1]})"), R"({"a":[1]})");
  EXPECT_EQ(patched(R"(["a","b"])", R"(["c","d"])"), R"(["c","d"])");
  EXPECT_EQ(patched(R"({"a":"b"})", R"(["c"])"), R"(["c"])");
  EXPECT_EQ(patched(R"({"a":"foo"})", "null"), "null");
  EXPECT_EQ(patched(R"({"e":null})", R"({"a":1})"), R"({"a":1,"e":null})");
  EXPECT_EQ(patched("[1,2]", R"({"a":"b","c":null})"), R"({"a":"b"})");
  EXPECT_EQ(patched("{}", R"({"a":{"bb":{"ccc":null}}})"), R"({"a":{"bb":{}}})");
}

TEST(Json, PointersEscapeAndFind) {
  EXPECT_EQ(pointerTo("/nodes", "a/b~c"), "/nodes/a~1b~0c");
  const Json root = *readJson(R"({"n":{"a/b~c":{"x":1},"":2},"w":{"from":["a","out"]}})");
  EXPECT_EQ(findPointer(root, "/n/a~1b~0c/x")->numberText(), "1");
  EXPECT_EQ(findPointer(root, "/n/")->numberText(), "2");
  EXPECT_NE(findPointer(root, "/w/from"), nullptr);
  EXPECT_EQ(findPointer(root, "/w/to"), nullptr);
  EXPECT_EQ(findPointer(root, "/n/a~1b~0c/x/y"), nullptr);
  EXPECT_EQ(findPointer(root, ""), &root);
}

TEST(Json, QuotedTextIsShortAndHarmless) {
  EXPECT_EQ(quotedText("a\"b\nc"), "\"a'b c\"");
  EXPECT_EQ(quotedText(std::string(100, 'x')), "\"" + std::string(40, 'x') + "...\"");
  EXPECT_EQ(quotedText(std::string(39, 'x') + "é!"), "\"" + std::string(39, 'x') + "...\"");
}

}  // namespace
}  // namespace sonic
