// SPDX-License-Identifier: MIT
#include "engine/document/project-document.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::kSha;
using test::project;
using test::refusal;
using test::testTable;

const std::string kChain = project(R"(
  "nodes":{"m":{"type":"mic"},"p":{"type":"pedal","params":{"drive":24}},"r":{"type":"room"}},
  "wires":{"w1":{"from":["m","out"],"to":["p","in"]},"w2":{"from":["p","out"],"to":["r","in"]}})");

ProjectDocument loaded(const std::string& text) {
  ProjectDocument document(testTable());
  EXPECT_EQ(refusal(document.load(text)), "");
  return document;
}
std::string loadRefusal(const std::string& text) {
  ProjectDocument document(testTable());
  const std::string before = document.save();
  const std::string problem = refusal(document.load(text));
  EXPECT_EQ(document.save(), before) << "a refused file must change nothing";
  return problem;
}
/// Refusal of a patch to kChain; nothing may have changed.
std::string patchRefusal(const std::string& patch) {
  ProjectDocument document = loaded(kChain);
  const std::string before = document.save();
  const std::string problem = refusal(document.apply(patch));
  EXPECT_EQ(document.save(), before) << patch;
  return problem;
}
std::string firstWarning(const std::string& members) {
  const auto warnings = loaded(project(members)).warnings();
  return warnings.empty() ? "" : warnings[0].place + ": " + warnings[0].sentence;
}

TEST(ProjectDocument, ANewOneIsAValidEmptyProject) {
  const ProjectDocument document(testTable());
  EXPECT_EQ(document.save(), R"({"format":"sonic-core","nodes":{},"version":1,"wires":{}})");
  EXPECT_EQ(loaded(document.save()).save(), document.save());
  EXPECT_EQ(document.sampleRateHz(), 48000.0);
  EXPECT_TRUE(document.toGraph().nodes.empty());
}

TEST(ProjectDocument, UnknownContentSurvivesLoadEditAndSave) {
  const std::string text =
      project(R"("jam":{"room":[1,{"deep":null}],"seed":18446744073709551615},)"
              R"("nodes":{"x":{"type":"from-tomorrow","params":{"flux":3},"extra":{"a":[]}},)"
              R"("p":{"type":"pedal","colour":"red","params":{"drive":1,"newer":2}}},"zoom":0.1)");
  ProjectDocument document = loaded(text);
  EXPECT_EQ(refusal(document.apply(R"({"nodes":{"p":{"label":"Screamer"}}})")), "");
  EXPECT_EQ(refusal(document.setParam("x", "flux", 4.5)), "");
  EXPECT_EQ(
      document.save(),
      R"({"format":"sonic-core","jam":{"room":[1,{"deep":null}],"seed":18446744073709551615},)"
      R"("nodes":{"p":{"colour":"red","label":"Screamer","params":{"drive":1,"newer":2},)"
      R"("type":"pedal"},"x":{"extra":{"a":[]},"params":{"flux":4.5},"type":"from-tomorrow"}},)"
      R"("version":1,"wires":{},"zoom":0.1})");
  EXPECT_EQ(loaded(document.save()).save(), document.save());

  const auto warnings = document.warnings();
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_EQ(warnings[0].place, "/nodes/p/params/newer");
  EXPECT_EQ(warnings[0].sentence, "is no parameter of pedal; it has drive, tone, mode, lookahead");
  EXPECT_EQ(warnings[1].place, "/nodes/x/type");
  EXPECT_EQ(warnings[1].code, ErrorCode::kUnknownId);
}

TEST(ProjectDocument, ErrorsNameThePointerAndWhatWasExpected) {
  const auto node = [](const std::string& members) {
    return loadRefusal(project(R"("nodes":{"a1":{"type":"pedal",)" + members + "}}"));
  };
  EXPECT_EQ(node(R"("params":{"drive":4000})"),
            "/nodes/a1/params/drive: must be 0..100 %, got 4000");
  EXPECT_EQ(node(R"("params":{"mode":1.5})"),
            "/nodes/a1/params/mode: must be a whole number 0..2 (off, soft, hard), got 1.5");
  EXPECT_EQ(node(R"("params":{"drive":null})"),
            "/nodes/a1/params/drive: must be a number, got null");
  EXPECT_EQ(node(R"("params":{"drive":"loud"})"),
            "/nodes/a1/params/drive: must be a number, got a string");
  EXPECT_EQ(node(R"("params":[])"), "/nodes/a1/params: must be an object, got an array");
  EXPECT_EQ(node(R"("bypass":1)"), "/nodes/a1/bypass: must be true or false, got a number");
  EXPECT_EQ(node(R"("label":1)"), "/nodes/a1/label: must be a string, got a number");
  EXPECT_EQ(node(R"("position":[1])"),
            "/nodes/a1/position: must be [x, y], two numbers, got an array");
  EXPECT_EQ(node(R"("assets":{"response":"../../etc/passwd"})"),
            "/nodes/a1/assets/response: must be a SHA-256 of 64 lower-case hex digits, got "
            "\"../../etc/passwd\"");
  EXPECT_EQ(loadRefusal(project(R"("nodes":{"a/b":{}})")),
            "/nodes/a~1b/type: must be the id of a module, got nothing");
  EXPECT_EQ(loadRefusal(project(R"("nodes":[])")), "/nodes: must be an object, got an array");
  EXPECT_EQ(loadRefusal(project(R"("sampleRateHz":0)")),
            "/sampleRateHz: must be 8000..768000 Hz, got 0");
  EXPECT_EQ(loadRefusal(project(R"("transport":{"tempoBpm":0})")),
            "/transport/tempoBpm: must be 10..999 beats per minute, got 0");
  for (const char* signature : {"[4]", "[0,4]", "[4,3]", "[4.5,4]", "4", "[65,4]"}) {
    EXPECT_EQ(loadRefusal(project(R"("transport":{"signature":)" + std::string(signature) + "}"))
                  .substr(0, 30),
              "/transport/signature: must be ")
        << signature;
  }
  EXPECT_EQ(loadRefusal(project(R"("assets":{"room":{}})")),
            "/assets/room: an asset's key must be its SHA-256, 64 lower-case hex digits");
}

TEST(ProjectDocument, BrokenWiresAreErrors) {
  const auto wire = [](const std::string& text) {
    return loadRefusal(project(R"("wires":{"w":)" + text + "}"));
  };
  const std::string ends = R"("from":["a","out"],"to":["b","in"])";
  EXPECT_EQ(wire("1"), "/wires/w: must be an object, got a number");
  EXPECT_EQ(wire(R"({"from":["a","out"]})").substr(0, 19), "/wires/w: must have");
  EXPECT_EQ(wire(R"({"from":["a"],"to":["b","in"]})").substr(0, 19), "/wires/w: must have");
  EXPECT_EQ(wire("{" + ends + R"(,"gain":17})"), "/wires/w/gain: must be -16..16, got 17");
  EXPECT_EQ(wire("{" + ends + R"(,"depth":-1.5})"), "/wires/w/depth: must be -1..1, got -1.5");
  EXPECT_EQ(wire("{" + ends + R"(,"delayFrames":0.5})"),
            "/wires/w/delayFrames: must be a whole number 0..1048576 frames, got 0.5");
}

TEST(ProjectDocument, NotAProject) {
  EXPECT_EQ(loadRefusal("[]"), ": a project must be an object, got an array");
  EXPECT_EQ(loadRefusal(R"({"version":1})"),
            "/format: must be \"sonic-core\": this is not a Sonic-Core project");
  EXPECT_EQ(loadRefusal(R"({"format":"sonic-core","version":"1"})"),
            "/version: must be a whole number from 1 on");
  EXPECT_EQ(loadRefusal(R"({"format":"sonic-core","version":0})"),
            "/version: must be a whole number from 1 on");
  EXPECT_EQ(loadRefusal(std::string(100'000, '[')), "byte 65: is nested deeper than 64 levels");
  EXPECT_EQ(loadRefusal(std::string(20U << 20U, ' ')),
            "byte 16777216: is 20971520 bytes long; at most 16777216 are read");
  EXPECT_EQ(loadRefusal(kChain.substr(0, kChain.size() / 2)).substr(0, 5), "byte ");
}

TEST(ProjectDocument, TooManyNodesOrWiresAreRefused) {
  const auto many = [](std::size_t count, const std::string& entry) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + entry;
    }
    return "{" + text + "}";
  };
  const std::string node = R"({"type":"pedal"})";
  const std::string wire = R"({"from":["a","out"],"to":["b","in"]})";
  EXPECT_EQ(loadRefusal(project("\"nodes\":" + many(4097, node))),
            "/nodes: holds 4097 nodes; at most 4096 are allowed");
  EXPECT_EQ(loadRefusal(project("\"wires\":" + many(16385, wire))),
            "/wires: holds 16385 wires; at most 16384 are allowed");
  ProjectDocument full = loaded(project("\"nodes\":" + many(4096, node)));
  EXPECT_EQ(refusal(full.apply(R"({"nodes":{"x":{"type":"pedal"}}})")),
            "/nodes: holds 4097 nodes; at most 4096 are allowed");
  EXPECT_EQ(refusal(full.apply(R"({"nodes":{"x":{"type":"pedal"},"7":null}})")), "");
  EXPECT_EQ(full.toGraph().nodes.size(), 4096U);
}

TEST(ProjectDocument, ANewerVersionOpensReadOnly) {
  const std::string text =
      R"({"format":"sonic-core","nodes":{"p":{"params":{"drive":[1,2],"tone":500},"type":"pedal"},)"
      R"("q":{"kind":"group"}},"transport":{"tempoBpm":"fast"},"version":2,"wires":{"w":"p>q"}})";
  ProjectDocument document = loaded(text);
  EXPECT_TRUE(document.isReadOnly());
  EXPECT_EQ(document.notice(),
            "This project was saved by a newer version of Sonic-Core (format 2, this one writes "
            "1): it is open for listening only and will not be saved over.");
  EXPECT_EQ(document.save(), text);  // nothing is lost when it is handed on
  EXPECT_EQ(document.apply("{}").error().code, ErrorCode::kNewer);
  EXPECT_EQ(document.setParam("p", "tone", 600.0).error().code, ErrorCode::kNewer);
  EXPECT_EQ(document.save(), text);
  EXPECT_EQ(document.warnings().size(), 4U);  // drive, q's type, w, tempoBpm

  const Graph graph = document.toGraph();  // what is understood plays
  ASSERT_EQ(graph.nodes.size(), 1U);
  const std::vector<std::pair<std::string, double>> params{{"tone", 500.0}};
  EXPECT_EQ(graph.nodes[0].params, params);
  EXPECT_TRUE(graph.wires.empty());
  EXPECT_EQ(document.transport().tempoBpm, 120.0);
  EXPECT_EQ(refusal(document.load(kChain)), "");
  EXPECT_FALSE(document.isReadOnly());
  EXPECT_EQ(document.notice(), "");
}

TEST(ProjectDocument, PatchesMergeAndDelete) {
  ProjectDocument document = loaded(kChain);
  EXPECT_EQ(refusal(document.apply(
                R"({"nodes":{"p":{"params":{"drive":null,"tone":440.5},"bypass":true}},)"
                R"("transport":{"tempoBpm":90,"signature":[6,8]},"sampleRateHz":44100,)"
                R"("score":{"a":{"b":1}}})")),
            "");
  EXPECT_EQ(document.param("p", "drive"), 50.0);
  EXPECT_EQ(document.param("p", "tone"), 440.5);
  EXPECT_EQ(document.param("p", "none"), std::nullopt);
  EXPECT_EQ(document.param("none", "drive"), std::nullopt);
  EXPECT_EQ(document.transport().beatsPerBar, 6);
  EXPECT_EQ(document.transport().beatUnit, 8);
  EXPECT_EQ(document.transport().tempoBpm, 90.0);
  EXPECT_EQ(document.sampleRateHz(), 44100.0);
  EXPECT_TRUE(document.toGraph().nodes[1].bypass);
  EXPECT_EQ(refusal(document.apply(R"({"transport":null,"sampleRateHz":null,"score":{"a":null}})")),
            "");
  EXPECT_EQ(document.transport().tempoBpm, 120.0);
  EXPECT_EQ(document.save(),
            R"({"format":"sonic-core","nodes":{"m":{"type":"mic"},"p":{"bypass":true,"params":)"
            R"({"tone":440.5},"type":"pedal"},"r":{"type":"room"}},"score":{},"version":1,"wires":)"
            R"({"w1":{"from":["m","out"],"to":["p","in"]},"w2":{"from":["p","out"],)"
            R"("to":["r","in"]}}})");
}

TEST(ProjectDocument, DeletingANodeDeletesItsWires) {
  ProjectDocument document = loaded(kChain);
  EXPECT_EQ(refusal(document.apply(R"({"nodes":{"p":null},"wires":{
      "late":{"from":["m","out"],"to":["p","in"]},"w3":{"from":["m","out"],"to":["r","in"]}}})")),
            "");
  const Graph graph = document.toGraph();
  ASSERT_EQ(graph.wires.size(), 1U);
  EXPECT_EQ(graph.wires[0].id, "w3");
  EXPECT_EQ(document.json().find("wires")->object()->size(), 1U);
  EXPECT_EQ(refusal(document.apply(R"({"nodes":null})")), "");
  EXPECT_EQ(document.save(), ProjectDocument(testTable()).save());
}

TEST(ProjectDocument, APatchIsAllOrNothing) {
  EXPECT_EQ(patchRefusal(R"({"nodes":{"a":{"type":"pedal"},"p":{"params":{"drive":101}}}})"),
            "/nodes/p/params/drive: must be 0..100 %, got 101");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"m":null},"transport":{"tempoBpm":1e6}})"),
            "/transport/tempoBpm: must be 10..999 beats per minute, got 1000000");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"m":null},"version":2})"),
            "/version: cannot be changed by a patch");
  EXPECT_EQ(patchRefusal(R"({"format":null})"), "/format: cannot be changed by a patch");
  EXPECT_EQ(patchRefusal("[]"), ": a patch must be an object, got an array");
  EXPECT_EQ(patchRefusal("{\"a\":"),
            "byte 6: is not JSON: unexpected end of input; expected '[', "
            "'{', or a literal");
  EXPECT_EQ(patchRefusal(R"({"nodes":7})"), "/nodes: must be an object or null, got a number");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"p":7}})"), "/nodes/p: must be an object, got a number");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"new":{"label":"x"}}})"),
            "/nodes/new/type: must be the id of a module, got nothing");
}

TEST(ProjectDocument, WhatAPatchNamesMustExist) {
  EXPECT_EQ(patchRefusal(R"({"nodes":{"x":{"type":"pedall"}}})"),
            "/nodes/x/type: unknown module \"pedall\"");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"p":{"params":{"dirve":1}}}})"),
            "/nodes/p/params/dirve: is no parameter of pedal; it has drive, tone, mode, lookahead");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"r":{"assets":{"ir":")" + kSha + R"("}}}})"),
            "/nodes/r/assets/ir: is no asset slot of room; it has response");
  EXPECT_EQ(patchRefusal(R"({"wires":{"w1":{"to":["p","side"]}}})"),
            "/wires/w1/to: pedal has no input \"side\"; it has in, key");
  EXPECT_EQ(patchRefusal(R"({"wires":{"w1":{"from":["p","in"]}}})"),
            "/wires/w1/from: pedal has no output \"in\"; it has out");
  EXPECT_EQ(patchRefusal(R"({"wires":{"w1":{"to":["m","device"]}}})"),
            "/wires/w1/to: a device port takes no wires");
  EXPECT_EQ(patchRefusal(R"({"wires":{"w1":{"to":["p","param:mode"]}}})"),
            "/wires/w1/to: parameter mode of pedal takes no modulation: it is a fixed setting or a "
            "choice");
  EXPECT_EQ(patchRefusal(R"({"wires":{"w1":{"to":["p","param:no"]}}})"),
            "/wires/w1/to: pedal has no parameter \"no\"");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"k":{"type":"keys"}},
                             "wires":{"w1":{"to":["k","notes"]}}})"),
            "/wires/w1/to: an audio output cannot feed an event input");
  EXPECT_EQ(patchRefusal(R"({"nodes":{"k":{"type":"keys"}},
                             "wires":{"w1":{"from":["k","thru"]}}})"),
            "/wires/w1/to: an event output cannot feed an audio input");
  // Another person may have deleted the node a moment ago: the wire is kept and not played.
  ProjectDocument document = loaded(kChain);
  EXPECT_EQ(refusal(document.apply(R"({"wires":{"w9":{"from":["gone","out"],"to":["r","in"]}}})")),
            "");
  EXPECT_EQ(document.toGraph().wires.size(), 2U);
  ASSERT_EQ(document.warnings().size(), 1U);
  EXPECT_EQ(document.warnings()[0].place, "/wires/w9/from");
}

TEST(ProjectDocument, WhatTheFileAlreadyHeldDoesNotBlockAPatch) {
  ProjectDocument document = loaded(
      project(R"("nodes":{"x":{"type":"from-tomorrow"},"p":{"type":"pedal","params":{"newer":2}}},)"
              R"("wires":{"w":{"from":["p","out"],"to":["x","sidechain"]}})"));
  EXPECT_EQ(refusal(document.apply(R"({"nodes":{"x":{"position":[1,2],"params":{"any":3}},
      "p":{"params":{"drive":3}}},"wires":{"w":{"gain":0.5}}})")),
            "");
  EXPECT_EQ(document.warnings().size(), 3U);
}

TEST(ProjectDocument, SetParamChecksLikeAPatch) {
  ProjectDocument document = loaded(kChain);
  const std::string before = document.save();
  EXPECT_EQ(refusal(document.setParam("p", "drive", std::nan(""))),
            "/nodes/p/params/drive: must be 0..100 %, got nan");
  EXPECT_EQ(refusal(document.setParam("p", "drive", std::numeric_limits<double>::infinity())),
            "/nodes/p/params/drive: must be 0..100 %, got inf");
  EXPECT_EQ(refusal(document.setParam("p", "mode", 0.5)),
            "/nodes/p/params/mode: must be a whole number 0..2 (off, soft, hard), got 0.5");
  EXPECT_EQ(refusal(document.setParam("p", "dirve", 1)).substr(0, 24), "/nodes/p/params/dirve: i");
  EXPECT_EQ(refusal(document.setParam("q", "drive", 1)), "/nodes/q: there is no such node");
  EXPECT_EQ(document.save(), before);
  EXPECT_EQ(refusal(document.setParam("p", "drive", 0.1)), "");
  EXPECT_EQ(refusal(document.setParam("r", "any", 1)).substr(0, 22), "/nodes/r/params/any: i");
  EXPECT_NE(document.save().find(R"("params":{"drive":0.1})"), std::string::npos);
}

TEST(ProjectDocument, LoadWarnsOfWhatDoesNotFit) {
  EXPECT_EQ(firstWarning(R"("nodes":{"p":{"type":"pedal"}},
                            "wires":{"w":{"from":["p","out"],"to":["gone","in"]}})"),
            "/wires/w/to: names node \"gone\", which does not exist");
  EXPECT_EQ(firstWarning(R"("nodes":{"x":{"type":"tomorrow","params":{"a":1}}})"),
            "/nodes/x/type: unknown module \"tomorrow\"");
  EXPECT_EQ(firstWarning(R"("nodes":{"p":{"type":"pedal"},"q":{"type":"pedal"}},"wires":{
      "w1":{"from":["p","out"],"to":["q","in"]},"w2":{"from":["p","out"],"to":["q","in"]}})"),
            "/wires/w2: joins the same two ports as wire \"w1\", which is the one that plays");
  EXPECT_EQ(firstWarning(R"("nodes":{"p":{"type":"pedal"}})"), "");
}

}  // namespace
}  // namespace sonic
