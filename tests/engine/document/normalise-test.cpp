// SPDX-License-Identifier: MIT
#include "engine/document/normalise.h"

#include <gtest/gtest.h>

#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::kSha;
using test::project;
using test::testTable;

Graph graphOf(const std::string& members) {
  ProjectDocument document(testTable());
  const auto result = document.load(project(members));
  EXPECT_TRUE(result) << test::refusal(result);
  const std::string before = document.save();
  Graph graph = document.toGraph();
  EXPECT_EQ(document.save(), before) << "the normaliser never writes back";
  return graph;
}
std::string ids(const std::vector<Graph::Wire>& wires) {
  std::string list;
  for (const auto& wire : wires) list += wire.id + " ";
  return list;
}

TEST(Normalise, CarriesEverythingThatPlays) {
  const Graph graph = graphOf(R"("nodes":{
      "b":{"type":"room","assets":{"response":")" +
                              kSha + R"(","other":")" + kSha + R"("}},
      "B":{"type":"pedal","bypass":true,"params":{"tone":440,"drive":1,"newer":9}}},
    "wires":{"w2":{"from":["B","out"],"to":["b","in"],"gain":-0.5,"delayFrames":3},
             "w10":{"from":["b","out"],"to":["B","param:tone"],"depth":0.25}})");
  ASSERT_EQ(graph.nodes.size(), 2U);
  EXPECT_EQ(graph.nodes[0].id, "B");  // sorted by bytes: capitals first
  EXPECT_EQ(graph.nodes[0].type, "pedal");
  EXPECT_TRUE(graph.nodes[0].bypass);
  const std::vector<std::pair<std::string, double>> params{{"drive", 1.0}, {"tone", 440.0}};
  EXPECT_EQ(graph.nodes[0].params, params);
  const std::vector<std::pair<std::string, std::string>> assets{{"response", kSha}};
  EXPECT_EQ(graph.nodes[1].assets, assets);
  ASSERT_EQ(ids(graph.wires), "w10 w2 ");
  EXPECT_EQ(graph.wires[0].toPort, "param:tone");
  EXPECT_EQ(graph.wires[0].depth, 0.25);
  EXPECT_EQ(graph.wires[0].gain, 1.0);
  EXPECT_EQ(graph.wires[1].fromNode, "B");
  EXPECT_EQ(graph.wires[1].gain, -0.5);
  EXPECT_EQ(graph.wires[1].delayFrames, 3);
}

TEST(Normalise, LeavesOutWiresThatDoNotFit) {
  const Graph graph = graphOf(R"("nodes":{"p":{"type":"pedal"},"q":{"type":"pedal"},
      "k":{"type":"keys"},"m":{"type":"mic"},"x":{"type":"tomorrow"}},
    "wires":{
      "audioToEvent":{"from":["p","out"],"to":["k","notes"]},
      "choice":{"from":["p","out"],"to":["q","param:mode"]},
      "device":{"from":["p","out"],"to":["m","device"]},
      "eventToParam":{"from":["k","thru"],"to":["p","param:tone"]},
      "good1":{"from":["p","out"],"to":["x","in"]},
      "good2":{"from":["x","out"],"to":["q","key"]},
      "good3":{"from":["k","thru"],"to":["k","notes"]},
      "noNode":{"from":["p","out"],"to":["z","in"]},
      "noPort":{"from":["p","out"],"to":["q","side"]},
      "noRow":{"from":["p","out"],"to":["q","param:x"]},
      "structural":{"from":["p","out"],"to":["q","param:lookahead"]},
      "unknownPort":{"from":["p","out"],"to":["x","side"]},
      "unknownRow":{"from":["p","out"],"to":["x","param:y"]}})");
  EXPECT_EQ(ids(graph.wires), "good1 good2 good3 ");
}

TEST(Normalise, OfEqualWiresTheLowestIdPlays) {
  const Graph graph = graphOf(R"("nodes":{"p":{"type":"pedal"},"q":{"type":"pedal"}},
    "wires":{"b":{"from":["p","out"],"to":["q","in"],"gain":2},
             "a":{"from":["p","out"],"to":["q","in"],"gain":1},
             "c":{"from":["p","out"],"to":["q","key"]}})");
  ASSERT_EQ(ids(graph.wires), "a c ");
  EXPECT_EQ(graph.wires[0].gain, 1.0);
}

TEST(Normalise, DoesNotDependOnTheOrderOfTheFile) {
  const std::string n1 = R"("p":{"type":"pedal"})", n2 = R"("q":{"type":"room"})";
  const std::string w1 = R"("1":{"from":["p","out"],"to":["q","in"]})";
  const std::string w2 = R"("2":{"from":["q","out"],"to":["p","in"],"delayFrames":1})";
  const Graph a = graphOf("\"nodes\":{" + n1 + "," + n2 + "},\"wires\":{" + w1 + "," + w2 + "}");
  const Graph b = graphOf("\"wires\":{" + w2 + "," + w1 + "},\"nodes\":{" + n2 + "," + n1 + "}");
  ASSERT_EQ(a.nodes.size(), 2U);
  EXPECT_EQ(a.nodes[0].id, b.nodes[0].id);
  EXPECT_EQ(ids(a.wires), ids(b.wires));
  EXPECT_EQ(ids(a.wires), "1 2 ");
}

TEST(Normalise, AssetRefsAreListedOnceWithTheirPlace) {
  const std::string listed(64, 'b');
  ProjectDocument document(testTable());
  const auto result = document.load(
      project(R"("nodes":{"r1":{"type":"room","assets":{"response":")" + kSha +
              R"("}},"r2":{"type":"room","assets":{"response":")" + kSha + R"("}}},"assets":{")" +
              listed + R"(":{"name":"take.wav","kind":"audio/clip"}})"));
  ASSERT_TRUE(result) << test::refusal(result);
  const auto refs = document.assetRefs();
  ASSERT_EQ(refs.size(), 2U);
  EXPECT_EQ(refs[0].sha256, kSha);
  EXPECT_EQ(refs[0].kind, "audio/ir");  // the slot's, as the file lists none
  EXPECT_EQ(refs[0].place, "/nodes/r1/assets/response");
  EXPECT_EQ(refs[1].name, "take.wav");
  EXPECT_EQ(refs[1].kind, "audio/clip");
  EXPECT_EQ(refs[1].place, "");
}

}  // namespace
}  // namespace sonic
