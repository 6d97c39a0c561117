// SPDX-License-Identifier: MIT
#include "engine/document/normalise.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "engine/document/text.h"
#include "engine/document/validate.h"

namespace sonic {
namespace {

/// Members of a top-level collection; none if it is absent or of another kind.
const Json::Object& membersOf(const Json& root, std::string_view key) {
  static const Json::Object kNone;
  const Json* collection = root.find(key);
  return collection == nullptr || collection->object() == nullptr ? kNone : *collection->object();
}

Graph::Node nodeOf(const std::string& id, const Json& json, const std::string& typeId,
                   const ModuleType* type) {
  Graph::Node node;
  node.id = id;
  node.type = typeId;
  const Json* bypass = json.find("bypass");
  node.bypass = bypass != nullptr && bypass->boolean() != nullptr && *bypass->boolean();
  if (type == nullptr) return node;
  for (const auto& [row, value] : membersOf(json, "params")) {
    const std::optional<double> number = value.number();
    if (number && !paramProblem(*type, row, *number)) node.params.emplace_back(row, *number);
  }
  for (const auto& [slotId, hash] : membersOf(json, "assets")) {
    const bool known =
        std::any_of(type->assets.begin(), type->assets.end(),
                    [&wanted = slotId](const AssetSpec& slot) { return slot.id == wanted; });
    if (known && hash.string() != nullptr && isSha256(*hash.string())) {
      node.assets.emplace_back(slotId, *hash.string());
    }
  }
  return node;
}

double numberOr(const Json& json, std::string_view key, double fallback, double min, double max) {
  const Json* member = json.find(key);
  const std::optional<double> value = member == nullptr ? std::nullopt : member->number();
  return value && *value >= min && *value <= max ? *value : fallback;
}

Graph::Wire wireOf(const std::string& id, const Json& json, const WireEnds& ends) {
  Graph::Wire wire;
  wire.id = id;
  wire.fromNode = ends.fromNode;
  wire.fromPort = ends.fromPort;
  wire.toNode = ends.toNode;
  wire.toPort = ends.toPort;
  wire.gain = numberOr(json, "gain", 1.0, -kMaxWireGain, kMaxWireGain);
  wire.depth = numberOr(json, "depth", 0.0, -1.0, 1.0);
  wire.delayFrames = static_cast<std::int64_t>(
      numberOr(json, "delayFrames", 0.0, 0.0, static_cast<double>(kMaxWireDelayFrames)));
  return wire;
}

}  // namespace

NodeTypes nodeTypesOf(const Json& root) {
  return [&root](std::string_view id) -> std::optional<std::string_view> {
    const auto& nodes = membersOf(root, "nodes");
    const auto it = nodes.find(id);
    const Json* type = it == nodes.end() ? nullptr : it->second.find("type");
    if (type == nullptr || type->string() == nullptr) return std::nullopt;
    return *type->string();
  };
}

Graph normalise(const Json& root, const ModuleTable& table) {
  Graph graph;
  const NodeTypes types = nodeTypesOf(root);
  for (const auto& [id, json] : membersOf(root, "nodes")) {
    const Json* type = json.find("type");
    if (type == nullptr || type->string() == nullptr) continue;
    graph.nodes.push_back(nodeOf(id, json, *type->string(), table.find(*type->string())));
  }
  std::set<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>> seen;
  for (const auto& [id, json] : membersOf(root, "wires")) {
    const auto ends = wireEnds(json);
    if (!ends || wireProblem(*ends, table, types)) continue;
    if (!seen.emplace(ends->fromNode, ends->fromPort, ends->toNode, ends->toPort).second) continue;
    graph.wires.push_back(wireOf(id, json, *ends));
  }
  return graph;
}

}  // namespace sonic
