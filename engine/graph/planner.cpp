// SPDX-License-Identifier: MIT
#include "engine/graph/planner.h"

#include <utility>

#include "engine/graph/hash.h"
#include "engine/graph/runner.h"

namespace sonic {
namespace {

/// True if both graphs run alike: same instances, same paths, same gains.
bool runsAlike(const Resolved& a, const Resolved& b) {
  if (a.nodes.size() != b.nodes.size() || a.wires.size() != b.wires.size()) return false;
  for (std::size_t n = 0; n < a.nodes.size(); ++n) {
    if (a.nodes[n].handle != b.nodes[n].handle || a.nodes[n].bypass != b.nodes[n].bypass) {
      return false;
    }
  }
  for (std::size_t w = 0; w < a.wires.size(); ++w) {
    const Resolved::Wire& x = a.wires[w];
    const Resolved::Wire& y = b.wires[w];
    if (x.key != y.key || x.gain != y.gain || x.depth != y.depth) return false;
  }
  return true;
}

}  // namespace

Planner::Planner(const ModuleTable& table, GraphSetup setup) : table_(table), setup_(setup) {}

const Measure* Planner::measureOf(const Blueprint& blueprint) const {
  const auto found = measures_.find(blueprint.hash());
  return found == measures_.end() ? nullptr : &found->second;
}

Result<std::vector<Blueprint>> Planner::missing(const Graph& graph) const {
  auto resolved = resolve(graph, table_, setup_);
  if (!resolved) return resolved.error();
  std::vector<Blueprint> needed;
  std::map<std::uint64_t, bool> seen;
  for (const Resolved::Node& node : resolved->nodes) {
    if (node.blueprint.files.empty() || measureOf(node.blueprint) != nullptr) continue;
    if (!seen.emplace(node.blueprint.hash(), true).second) continue;
    needed.push_back(node.blueprint);
  }
  return needed;
}

void Planner::accept(const Blueprint& blueprint, const Measure& measure) {
  measures_[blueprint.hash()] = measure;
}

Result<Resolved> Planner::solve(const Graph& graph) {
  auto resolved = resolve(graph, table_, setup_);
  if (!resolved) return resolved;
  for (Resolved::Node& node : resolved->nodes) {
    if (node.type == Resolved::kPlaceholder) continue;
    const ModuleType& type = table_.types()[static_cast<std::size_t>(node.type)];
    if (type.assets.empty() && measureOf(node.blueprint) == nullptr) {
      accept(node.blueprint, measure(type, node.blueprint, {}));
    }
    const Measure* const known = measureOf(node.blueprint);
    if (known == nullptr) {
      return Error{ErrorCode::kMissing, "/nodes/" + node.id + "/assets",
                   "The asset of this node has not been prepared yet."};
    }
    node.measure = *known;
  }
  solveLatency(*resolved, table_);
  return resolved;
}

Result<Plan> Planner::plan(const Graph& graph) {
  auto solved = solve(graph);
  if (!solved) return solved.error();
  Resolved& next = *solved;

  if (taps_.size() > Plan::kMaxTaps) {
    return Error{ErrorCode::kTooLarge, "",
                 "At most " + std::to_string(Plan::kMaxTaps) +
                     " ports can be tapped at a time, not " + std::to_string(taps_.size()) + "."};
  }
  std::uint64_t memoryBytes = 0;  // more than a page's pointers can count
  for (const Resolved::Node& node : next.nodes) {
    if (node.type == Resolved::kPlaceholder) continue;
    memoryBytes +=
        node.measure.memoryBytes + table_.types()[static_cast<std::size_t>(node.type)].objectBytes;
  }
  for (const Resolved::Wire& wire : next.wires) memoryBytes += std::uint64_t{8} * wire.delayFrames;
  if (memoryBytes > setup_.memoryCapBytes) {
    return Error{ErrorCode::kTooLarge, "",
                 "This project needs " + std::to_string(memoryBytes >> 20) +
                     " MB of audio memory; " + std::to_string(setup_.memoryCapBytes >> 20) +
                     " MB are allowed. Shorten delays or responses, or remove modules."};
  }

  decltype(handles_) handles;
  for (Resolved::Node& node : next.nodes) {
    const std::pair key{node.id, Hash()
                                     .add(static_cast<std::uint64_t>(node.type + 1))
                                     .add(node.blueprint.hash())
                                     .add(std::uint64_t{node.width})
                                     .value()};
    const auto known = handles_.find(key);
    node.isNew = known == handles_.end();
    node.handle = node.isNew ? nextHandle_++ : known->second;
    handles[key] = node.handle;
  }
  for (Resolved::Wire& wire : next.wires) {
    wire.key = Hash()
                   .add(wire.id)
                   .add(std::uint64_t{next.nodes[wire.from].handle})
                   .add(std::uint64_t{next.nodes[wire.to].handle})
                   .add(std::uint64_t{wire.fromPort})
                   .add(std::uint64_t{wire.toPort})
                   .add(static_cast<std::uint64_t>(wire.target))
                   .add(std::uint64_t{wire.delayFrames})
                   .value();
  }
  Plan plan;
  plan.deviceInputs = setup_.deviceInputs;
  plan.deviceOutputs = setup_.deviceOutputs;
  plan.fadeFrames = Runner::fadeFrames(static_cast<float>(setup_.sampleRateHz));
  buildStages(last_, next, table_, taps_, plan);
  plan.isNeeded = isFirst_ || !runsAlike(last_, next);
  isFirst_ = false;
  last_ = std::move(next);
  handles_ = std::move(handles);
  memoryBytes_ = static_cast<std::size_t>(memoryBytes);
  return plan;
}

void Planner::forgetRunner() {
  handles_.clear();
  last_ = {};
  isFirst_ = true;
}

std::uint32_t Planner::handleOf(const std::string& nodeId) const {
  for (const Resolved::Node& node : last_.nodes) {
    if (node.id == nodeId) return node.handle;
  }
  return 0;
}

}  // namespace sonic
