// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>
#include <queue>

#include "engine/graph/resolved.h"

namespace sonic {
namespace {

std::string pointer(const char* collection, const std::string& id, const std::string& rest) {
  std::string escaped;  // RFC 6901
  for (const char c : id) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return std::string("/") + collection + "/" + escaped + rest;
}

Result<Resolved::Node> resolveNode(const Graph::Node& from, const ModuleTable& table,
                                   const GraphSetup& setup) {
  Resolved::Node node;
  node.id = from.id;
  node.bypass = from.bypass;
  node.type = table.indexOf(from.type);
  if (node.type == Resolved::kPlaceholder) return node;
  const ModuleType& type = table.types()[static_cast<std::size_t>(node.type)];
  for (const ParamSpec& row : type.params) node.values.push_back(static_cast<float>(row.fallback));
  for (const auto& [id, value] : from.params) {
    const int row = type.paramIndex(id);
    if (row < 0) {
      return Error{ErrorCode::kUnknownId, pointer("nodes", from.id, "/params/" + id),
                   "The module " + from.type + " has no parameter \"" + id + "\"."};
    }
    if (!std::isfinite(value)) {
      return Error{ErrorCode::kRange, pointer("nodes", from.id, "/params/" + id),
                   "The value must be a number."};
    }
    const ParamSpec& spec = type.params[static_cast<std::size_t>(row)];
    node.values[static_cast<std::size_t>(row)] =
        static_cast<float>(std::clamp(value, spec.min, spec.max));
  }
  node.blueprint.type = static_cast<std::uint32_t>(node.type);
  node.blueprint.sampleRateHz = static_cast<float>(setup.sampleRateHz);
  node.blueprint.quality = setup.quality;
  for (std::size_t row = 0; row < type.params.size(); ++row) {
    node.blueprint.structural.push_back(type.params[row].isStructural() ? node.values[row] : 0.0F);
  }
  node.blueprint.files.resize(type.assets.size());
  for (const auto& [slot, sha256] : from.assets) {
    for (std::size_t s = 0; s < type.assets.size(); ++s) {
      if (type.assets[s].id == slot) node.blueprint.files[s] = sha256;
    }
  }
  return node;
}

struct WireNames {
  const ModuleType* from;  ///< Null for a placeholder.
  const ModuleType* to;
};

/// Fills ports and target of a wire whose nodes are known.
Result<bool> resolvePorts(const Graph::Wire& names, const WireNames& types, Resolved::Wire& wire) {
  bool fromEvents = false;
  if (types.from != nullptr) {
    const int port = types.from->portIndex(names.fromPort, Direction::kOut);
    if (port < 0 || types.from->ports[static_cast<std::size_t>(port)].role == PortRole::kDevice) {
      return Error{ErrorCode::kUnknownId, pointer("wires", names.id, "/from"),
                   "The module " + std::string(types.from->info.id) + " has no output \"" +
                       names.fromPort + "\"."};
    }
    fromEvents = types.from->ports[static_cast<std::size_t>(port)].signal == Signal::kEvent;
    wire.fromPort = fromEvents ? 0 : types.from->audioIndex(static_cast<std::size_t>(port));
  }
  if (types.to == nullptr) {
    wire.target = fromEvents ? Resolved::Target::kEvent : Resolved::Target::kAudio;
    return true;
  }
  constexpr std::string_view kParam = "param:";
  if (names.toPort.rfind(kParam, 0) == 0) {
    const std::string id = names.toPort.substr(kParam.size());
    const int row = types.to->paramIndex(id);
    if (row < 0 || types.to->params[static_cast<std::size_t>(row)].isStructural() || fromEvents) {
      return Error{ErrorCode::kUnknownId, pointer("wires", names.id, "/to"),
                   "The module " + std::string(types.to->info.id) +
                       " has no parameter that can be modulated by this wire under \"" + id +
                       "\"."};
    }
    wire.target = Resolved::Target::kParam;
    wire.toPort = static_cast<std::size_t>(row);
    return true;
  }
  const int port = types.to->portIndex(names.toPort, Direction::kIn);
  if (port < 0 || types.to->ports[static_cast<std::size_t>(port)].role == PortRole::kDevice) {
    return Error{
        ErrorCode::kUnknownId, pointer("wires", names.id, "/to"),
        "The module " + std::string(types.to->info.id) + " has no input \"" + names.toPort + "\"."};
  }
  const bool toEvents = types.to->ports[static_cast<std::size_t>(port)].signal == Signal::kEvent;
  if (types.from != nullptr && toEvents != fromEvents) {
    return Error{ErrorCode::kSchema, pointer("wires", names.id, ""),
                 "The wire joins an audio port and an event port; both ends must be of one kind."};
  }
  wire.target = toEvents ? Resolved::Target::kEvent : Resolved::Target::kAudio;
  wire.toPort = toEvents ? 0 : types.to->audioIndex(static_cast<std::size_t>(port));
  return true;
}

/// Kahn's algorithm, always taking the ready node that stands first. Empty on a loop.
std::vector<std::size_t> runningOrder(std::size_t nodes, const std::vector<Resolved::Wire>& wires) {
  std::vector<std::size_t> waiting(nodes, 0);
  std::vector<std::vector<std::size_t>> next(nodes);
  for (const auto& wire : wires) {
    ++waiting[wire.to];
    next[wire.from].push_back(wire.to);
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t n = 0; n < nodes; ++n) {
    if (waiting[n] == 0) ready.push(n);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t n = ready.top();
    ready.pop();
    order.push_back(n);
    for (const std::size_t follower : next[n]) {
      if (--waiting[follower] == 0) ready.push(follower);
    }
  }
  return order;
}

Error loopError(const Resolved& graph, const std::vector<std::size_t>& order) {
  std::string names;
  int count = 0;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (std::find(order.begin(), order.end(), n) != order.end() || ++count > 6) continue;
    names += (names.empty() ? "" : ", ") + graph.nodes[n].id;
  }
  return {ErrorCode::kCycle, "/wires",
          "These nodes form a loop or hang behind one: " + names + "."};
}

/// Stereo if any main audio input is stereo; what has none, an endpoint or a source, by its choice
/// of `channel`.
std::uint32_t solveWidth(const Resolved& graph, std::size_t n,
                         const std::vector<const Resolved::Wire*>& entering,
                         const ModuleTable& table) {
  const Resolved::Node& node = graph.nodes[n];
  std::uint32_t width = 1;
  const ModuleType* const type =
      node.type < 0 ? nullptr : &table.types()[static_cast<std::size_t>(node.type)];
  if (type != nullptr && type->info.role != ModuleRole::kEffect) {
    const int row = type->paramIndex("channel");
    if (row >= 0) {
      const auto& choices = type->params[static_cast<std::size_t>(row)].choices;
      const auto index = static_cast<std::size_t>(node.values[static_cast<std::size_t>(row)]);
      if (index < choices.size() && choices[index] == "stereo") width = 2;
    }
  }
  for (const Resolved::Wire* const wire : entering) {
    if (wire->target != Resolved::Target::kAudio) continue;
    if (type != nullptr) {
      std::size_t audio = 0;
      bool isMain = false;
      for (const PortSpec& port : type->ports) {
        if (port.signal != Signal::kAudio || port.direction != Direction::kIn) continue;
        if (audio++ == wire->toPort) isMain = port.role == PortRole::kMain;
      }
      if (!isMain) continue;
    }
    const Resolved::Node& source = graph.nodes[wire->from];
    std::uint32_t sourceWidth = source.width;
    if (source.type >= 0) {
      std::size_t audio = 0;
      for (const PortSpec& port : table.types()[static_cast<std::size_t>(source.type)].ports) {
        if (port.signal != Signal::kAudio || port.direction != Direction::kOut) continue;
        if (audio++ == wire->fromPort) sourceWidth = portWidth(port, source.width);
      }
    }
    width = std::max(width, sourceWidth);
  }
  return width;
}

}  // namespace

std::uint32_t portWidth(const PortSpec& port, std::uint32_t width) {
  if (port.role == PortRole::kDevice || port.width == PortWidth::kStereo) return 2;
  return port.width == PortWidth::kMono ? 1 : width;
}

Result<Resolved> resolve(const Graph& graph, const ModuleTable& table, const GraphSetup& setup) {
  if (graph.nodes.size() > kMaxNodes || graph.wires.size() > kMaxWires) {
    return Error{ErrorCode::kTooLarge, "",
                 "A project may hold " + std::to_string(kMaxNodes) + " nodes and " +
                     std::to_string(kMaxWires) + " wires."};
  }
  Resolved named;
  std::map<std::string, std::size_t> indexOf;
  for (const Graph::Node& from : graph.nodes) {
    auto node = resolveNode(from, table, setup);
    if (!node) return node.error();
    indexOf[from.id] = named.nodes.size();
    named.nodes.push_back(std::move(*node));
  }
  const auto typeOf = [&](std::size_t n) -> const ModuleType* {
    const int type = named.nodes[n].type;
    return type < 0 ? nullptr : &table.types()[static_cast<std::size_t>(type)];
  };
  for (const Graph::Wire& from : graph.wires) {
    const auto a = indexOf.find(from.fromNode);
    const auto b = indexOf.find(from.toNode);
    if (a == indexOf.end() || b == indexOf.end()) {
      const bool first = a == indexOf.end();
      return Error{ErrorCode::kUnknownId, pointer("wires", from.id, first ? "/from" : "/to"),
                   "There is no node \"" + (first ? from.fromNode : from.toNode) + "\"."};
    }
    Resolved::Wire wire;
    wire.id = from.id;
    wire.from = a->second;
    wire.to = b->second;
    wire.gain = static_cast<float>(from.gain);
    wire.depth = static_cast<float>(from.depth);
    wire.delayFrames = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(from.delayFrames, 0, std::int64_t{1} << 23));
    if (!std::isfinite(wire.gain) || !std::isfinite(wire.depth)) {
      return Error{ErrorCode::kRange, pointer("wires", from.id, ""),
                   "Gain and depth must be numbers."};
    }
    const auto ports = resolvePorts(from, {typeOf(wire.from), typeOf(wire.to)}, wire);
    if (!ports) return ports.error();
    named.wires.push_back(std::move(wire));
  }

  const std::vector<std::size_t> order = runningOrder(named.nodes.size(), named.wires);
  if (order.size() != named.nodes.size()) return loopError(named, order);
  Resolved sorted;
  std::vector<std::size_t> place(order.size());
  for (const std::size_t n : order) {
    place[n] = sorted.nodes.size();
    sorted.nodes.push_back(std::move(named.nodes[n]));
  }
  sorted.wires = std::move(named.wires);
  std::vector<std::vector<const Resolved::Wire*>> entering(order.size());
  for (Resolved::Wire& wire : sorted.wires) {
    wire.from = place[wire.from];
    wire.to = place[wire.to];
    entering[wire.to].push_back(&wire);
  }
  for (std::size_t n = 0; n < sorted.nodes.size(); ++n) {
    sorted.nodes[n].width = solveWidth(sorted, n, entering[n], table);
    sorted.nodes[n].blueprint.width = sorted.nodes[n].width;
  }
  return sorted;
}

void solveLatency(Resolved& graph, const ModuleTable& table) {
  const auto leaving = [&](const Resolved::Wire& wire) {
    const Resolved::Node& node = graph.nodes[wire.from];
    return node.arrivalFrames + static_cast<std::int64_t>(node.measure.latencyFrames);
  };
  std::vector<std::vector<Resolved::Wire*>> entering(graph.nodes.size());
  for (Resolved::Wire& wire : graph.wires) {
    if (wire.target == Resolved::Target::kAudio) entering[wire.to].push_back(&wire);
  }
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    Resolved::Node& node = graph.nodes[n];
    if (node.type >= 0) {
      for (const PortSpec& port : table.types()[static_cast<std::size_t>(node.type)].ports) {
        if (port.role == PortRole::kDevice && port.direction == Direction::kIn) node.isLive = true;
      }
    }
    std::int64_t live = 0;
    std::int64_t all = 0;
    for (const Resolved::Wire* wire : entering[n]) {
      if (graph.nodes[wire->from].isLive) {
        node.isLive = true;
        live = std::max(live, leaving(*wire));
      }
      all = std::max(all, leaving(*wire));
    }
    node.arrivalFrames = node.isLive ? live : all;
    for (Resolved::Wire* wire : entering[n]) {
      const std::int64_t meet = graph.nodes[wire->from].isLive ? live : all;
      wire->delayFrames += static_cast<std::uint32_t>(meet - leaving(*wire));
    }
    graph.latencyFrames = std::max(graph.latencyFrames, node.arrivalFrames);
  }
}

}  // namespace sonic
