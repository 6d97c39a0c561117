// SPDX-License-Identifier: MIT
#include "engine/document/schema.h"

#include <gtest/gtest.h>

#include "engine/document/json-reader.h"
#include "engine/modules/all.h"
#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::testTable;

TEST(Schema, ModuleTableHasTheShapeOfModuleMeta) {
  const std::string json = moduleTableJson(testTable());
  const std::string pedal =
      R"([{"id":"pedal","label":"Pedal","category":"drive","summary":"Says \"hello\".",)"
      R"("role":"effect","ports":[)"
      R"({"id":"in","direction":"in","signal":"audio","role":"main","width":"follow"},)"
      R"({"id":"key","direction":"in","signal":"audio","role":"sidechain","width":"mono"},)"
      R"({"id":"out","direction":"out","signal":"audio","role":"main","width":"follow"}],)"
      R"("params":[{"id":"drive","label":"Drive","unit":"%","min":0,"max":100,"default":50,)"
      R"("curve":"linear","structural":false,"audioRate":false},)"
      R"({"id":"tone","label":"Tone","unit":"Hz","min":20,"max":20000,"default":1000.1,)"
      R"("curve":"logarithmic","structural":false,"audioRate":true},)"
      R"({"id":"mode","label":"Mode","unit":"","min":0,"max":2,"default":1,"curve":"linear",)"
      R"("structural":false,"audioRate":false,"choices":["off","soft","hard"]},)"
      R"({"id":"lookahead","label":"Look-ahead","unit":"ms","min":0,"max":10,"default":0.1,)"
      R"("curve":"linear","structural":true,"audioRate":false}],"assets":[],)"
      R"("readings":[{"id":"reduction","unit":"dB","count":2}],"latencyFrames":5},)";
  EXPECT_EQ(json.substr(0, pedal.size()), pedal);
  EXPECT_NE(json.find(R"("assets":[{"id":"response","kind":"audio/ir"}],"readings":[],)"),
            std::string::npos);
  EXPECT_NE(
      json.find(R"("role":"source","ports":[{"id":"notes","direction":"in","signal":"event")"),
      std::string::npos);
  EXPECT_NE(json.find(R"("role":"device")"), std::string::npos);
}

TEST(Schema, BothAreJsonForEveryRealModule) {
  const auto table = readJson(moduleTableJson(allModules()));
  ASSERT_TRUE(table) << test::refusal(table);
  EXPECT_EQ(table->array()->size(), allModules().types().size());
  for (const std::size_t indent : {0U, 2U}) {
    const auto schema = readJson(documentSchemaJson(allModules(), indent));
    ASSERT_TRUE(schema) << test::refusal(schema);
    const Json* rules = findPointer(*schema, "/properties/nodes/additionalProperties/allOf");
    ASSERT_NE(rules, nullptr);
    EXPECT_EQ(rules->array()->size(), allModules().types().size());
  }
}

TEST(Schema, ParametersCarryTheirRanges) {
  const auto schema = readJson(documentSchemaJson(testTable()));
  ASSERT_TRUE(schema) << test::refusal(schema);
  const Json* rules = findPointer(*schema, "/properties/nodes/additionalProperties/allOf");
  const Json& pedal = (*rules->array())[0];
  EXPECT_EQ(*findPointer(pedal, "/if/properties/type/const")->string(), "pedal");
  const Json* mode = findPointer(pedal, "/then/properties/params/properties/mode");
  ASSERT_NE(mode, nullptr);
  EXPECT_EQ(*mode->find("type")->string(), "integer");
  EXPECT_EQ(mode->find("maximum")->numberText(), "2");
  const Json* drive = findPointer(pedal, "/then/properties/params/properties/drive");
  EXPECT_EQ(*drive->find("description")->string(), "0..100 %");
}

}  // namespace
}  // namespace sonic
