// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/graph/blueprint.h"
#include "engine/graph/graph.h"

namespace sonic {

/// A graph after names became indices, in the order in which it will run, with widths and latencies
/// solved. What the planner compares, plan by plan. [main, worker]
struct Resolved {
  static constexpr int kPlaceholder = -1;  ///< `type` of a node whose module is unknown.

  struct Node {
    std::string id;
    int type = kPlaceholder;
    Blueprint blueprint;
    std::vector<float> values;  ///< A value per parameter row.
    bool bypass = false;
    std::uint32_t width = 1;
    std::uint32_t handle = 0;
    bool isNew = false;
    Measure measure;
    bool isLive = false;             ///< A live input reaches it.
    std::int64_t arrivalFrames = 0;  ///< Latency of what enters it.
  };
  enum class Target { kAudio, kParam, kEvent };
  struct Wire {
    std::string id;
    std::size_t from = 0, to = 0;  ///< Node indices.
    std::size_t fromPort = 0;      ///< Index among the audio outputs (kAudio, kParam).
    Target target = Target::kAudio;
    std::size_t toPort = 0;  ///< Index among the audio inputs, or parameter row.
    float gain = 1.0F;
    float depth = 0.0F;
    std::uint32_t delayFrames = 0;  ///< The wire's own and what compensates latency.
    std::uint64_t key = 0;          ///< Equal keys mean the same sound path.
  };
  std::vector<Node> nodes;
  std::vector<Wire> wires;  ///< In order of id.
  std::int64_t latencyFrames = 0;
};

/// What planner and runner must agree on.
struct GraphSetup {
  double sampleRateHz = 48000.0;
  Quality quality = Quality::kLive;
  std::uint32_t deviceInputs = 2;
  std::uint32_t deviceOutputs = 2;
  std::size_t memoryCapBytes = 384U * 1024U * 1024U;
};

/// Names to indices, order, widths, blueprints. Fails on unknown parameters and ports, on values
/// that are no numbers, and on loops; the error's place is a JSON pointer into the document.
Result<Resolved> resolve(const Graph& graph, const ModuleTable& table, const GraphSetup& setup);

/// Latencies and the delays that align joins; needs every node's measure. A join never delays an
/// input that a live `input` reaches in order to meet one that it does not.
void solveLatency(Resolved& graph, const ModuleTable& table);

/// Width of a port on an instance of this width.
[[nodiscard]] std::uint32_t portWidth(const PortSpec& port, std::uint32_t width);

}  // namespace sonic
