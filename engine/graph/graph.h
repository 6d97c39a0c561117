// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sonic {

/// What the planner takes: the document, normalised, as plain structs. It knows neither JSON nor
/// defaults: whatever stands in no table takes the module's fallback. [main, worker]
struct Graph {
  struct Node {
    std::string id;
    std::string type;  ///< An unknown type is a placeholder that passes `in` to `out`.
    std::vector<std::pair<std::string, double>> params;
    std::vector<std::pair<std::string, std::string>> assets;  ///< Slot id -> sha256 of the file.
    bool bypass = false;
  };
  /// From an output port into an input port, or into "param:<row id>" of a node.
  struct Wire {
    std::string id;
    std::string fromNode, fromPort;
    std::string toNode, toPort;
    double gain = 1.0;   ///< Linear; audio wires.
    double depth = 0.0;  ///< Fraction of the knob's travel; wires into parameters.
    std::int64_t delayFrames = 0;
  };
  std::vector<Node> nodes;  ///< Sorted by id, as are the wires: the plan must not depend on order.
  std::vector<Wire> wires;
};

inline constexpr std::size_t kMaxNodes = 4096;
inline constexpr std::size_t kMaxWires = 16384;

}  // namespace sonic
