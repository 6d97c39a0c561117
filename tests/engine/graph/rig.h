// SPDX-License-Identifier: MIT
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/graph/planner.h"
#include "engine/graph/runner.h"
#include "tests/engine/graph/test-modules.h"

namespace sonic::test {

/// Writes graphs in a line: graph("input>smear>output") names nodes by their type; "a:late" gives a
/// node another id; "product.side" names an input port, "oracle!seed" an output port.
inline Graph graph(const std::vector<std::string>& chains) {
  Graph g;
  const auto addNode = [&](const std::string& id, const std::string& type) {
    for (const auto& node : g.nodes) {
      if (node.id == id) return;
    }
    Graph::Node node;
    node.id = id;
    node.type = type;
    g.nodes.push_back(node);
  };
  for (const std::string& chain : chains) {
    std::string previous, previousPort;
    std::size_t at = 0;
    while (at <= chain.size()) {
      const std::size_t end = std::min(chain.find('>', at), chain.size());
      std::string word = chain.substr(at, end - at);
      at = end + 1;
      std::string in = "in", out = "out";
      if (const auto bang = word.find('!'); bang != std::string::npos) {
        out = word.substr(bang + 1);
        word.resize(bang);
      }
      if (const auto dot = word.find('.'); dot != std::string::npos) {
        in = word.substr(dot + 1);
        word.resize(dot);
      }
      std::string type = word;
      if (const auto colon = word.find(':'); colon != std::string::npos) {
        type = word.substr(colon + 1);
        word.resize(colon);
      }
      addNode(word, type);
      if (!previous.empty()) {
        Graph::Wire wire;
        wire.id = previous + "." + previousPort + "-" + word + "." + in;
        wire.fromNode = previous;
        wire.fromPort = previousPort;
        wire.toNode = word;
        wire.toPort = in;
        g.wires.push_back(wire);
      }
      previous = word;
      previousPort = out;
    }
  }
  return g;
}

/// Planner and runner over the test modules, without an engine around them.
class Rig {
 public:
  explicit Rig(GraphSetup setup = {})
      : planner(testModules(), setup),
        runner(testModules(), static_cast<float>(setup.sampleRateHz)) {}

  void install(const Graph& g, bool now = true) {
    auto plan = planner.plan(g);
    ASSERT_TRUE(plan.has_value()) << plan.error().place << " " << plan.error().sentence;
    const auto installed = runner.install(encodePlan(*plan));
    ASSERT_TRUE(installed.has_value()) << installed.error().sentence;
    if (now) runner.installNow();
  }
  /// Left output for a mono input, in blocks of `block` frames.
  std::vector<float> run(const std::vector<float>& in, std::size_t block = 128) {
    std::vector<float> left(in.size()), right(in.size());
    for (std::size_t begin = 0; begin < in.size(); begin += block) {
      const std::size_t end = std::min(in.size(), begin + block);
      runner.advance();
      for (std::size_t at = begin; at < end;) {
        const auto offset = static_cast<std::size_t>(frame) % kCellFrames;
        const std::size_t n = std::min(end - at, kCellFrames - offset);
        const float* const ins[] = {in.data() + at, in.data() + at};
        float* const outs[] = {left.data() + at, right.data() + at};
        Time time;
        time.frame = frame;
        runner.step(ins, 2, outs, 2, n, time, offset, nullptr);
        at += n;
        frame += static_cast<std::int64_t>(n);
      }
    }
    lastRight = right;
    return left;
  }

  Planner planner;
  Runner runner;
  std::int64_t frame = 0;
  std::vector<float> lastRight;
};

}  // namespace sonic::test
