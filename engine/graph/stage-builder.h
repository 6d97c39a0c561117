// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <vector>

#include "engine/graph/planner.h"

namespace sonic {

/// A wire of one stage: ends are handles, the gain may run.
struct StageWire {
  const Resolved::Wire* wire = nullptr;
  std::uint32_t from = 0, to = 0;
  float gainBegin = 1.0F, gainEnd = 1.0F;
};

struct StageNode {
  const Resolved::Node* node = nullptr;
  float outBegin = 1.0F, outEnd = 1.0F;  ///< An output endpoint's share in the device.
};

struct StageGraph {
  std::map<std::uint32_t, StageNode> nodes;  ///< By handle.
  std::vector<StageWire> wires;
};

/// Adds the graph as the plan's next stage: its order, its buffers, its operations. False, and
/// nothing is added, if the graph has a loop (only a union of two graphs can).
bool addStage(const StageGraph& graph, const ModuleTable& table, const std::vector<Tap>& taps,
              Plan& plan);

}  // namespace sonic
