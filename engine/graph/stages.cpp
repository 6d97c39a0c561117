// SPDX-License-Identifier: MIT
// From two resolved graphs to the stages between them: what fades, what is held.
#include <algorithm>
#include <map>
#include <set>

#include "engine/graph/hash.h"
#include "engine/graph/stage-builder.h"

namespace sonic {
namespace {

using Keys = std::map<std::uint64_t, const Resolved::Wire*>;

Keys keysOf(const Resolved& graph) {
  Keys keys;
  for (const Resolved::Wire& wire : graph.wires) keys[wire.key] = &wire;
  return keys;
}

std::set<std::uint32_t> handlesOf(const Resolved& graph) {
  std::set<std::uint32_t> handles;
  for (const Resolved::Node& node : graph.nodes) handles.insert(node.handle);
  return handles;
}

StageWire wireOf(const Resolved& graph, const Resolved::Wire& wire, float begin, float end) {
  return {&wire, graph.nodes[wire.from].handle, graph.nodes[wire.to].handle, begin, end};
}

StageGraph whole(const Resolved& graph) {
  StageGraph stage;
  for (const Resolved::Node& node : graph.nodes) stage.nodes[node.handle] = {&node};
  for (const Resolved::Wire& wire : graph.wires) {
    stage.wires.push_back(wireOf(graph, wire, wire.gain, wire.gain));
  }
  return stage;
}

bool isAudio(const Resolved::Wire& wire) {
  return wire.target == Resolved::Target::kAudio;
}

/// What leaves an instance that goes, and wires that go between instances that stay, fade; what
/// enters an instance that goes or comes is held at full, so that only one fade is heard.
struct Change {
  const Resolved& before;
  const Resolved& after;
  Keys oldKeys = keysOf(before), newKeys = keysOf(after);
  std::set<std::uint32_t> oldHandles = handlesOf(before), newHandles = handlesOf(after);

  bool goes(std::uint32_t handle) const { return newHandles.count(handle) == 0; }
  bool comes(std::uint32_t handle) const { return oldHandles.count(handle) == 0; }

  StageWire leaving(const Resolved::Wire& wire) const {
    const std::uint32_t to = before.nodes[wire.to].handle;
    return wireOf(before, wire, wire.gain, goes(to) ? wire.gain : 0.0F);
  }
  StageWire arriving(const Resolved::Wire& wire) const {
    const std::uint32_t to = after.nodes[wire.to].handle;
    return wireOf(after, wire, comes(to) ? wire.gain : 0.0F, wire.gain);
  }
};

StageGraph unionOf(const Change& change) {
  StageGraph stage;
  for (const Resolved::Node& node : change.before.nodes) {
    stage.nodes[node.handle] = {&node, 1.0F, change.goes(node.handle) ? 0.0F : 1.0F};
  }
  for (const Resolved::Node& node : change.after.nodes) {
    stage.nodes[node.handle] = {&node, change.comes(node.handle) ? 0.0F : 1.0F, 1.0F};
  }
  for (const Resolved::Wire& wire : change.before.wires) {
    if (change.newKeys.count(wire.key) == 0 && isAudio(wire)) {
      stage.wires.push_back(change.leaving(wire));
    }
  }
  for (const Resolved::Wire& wire : change.after.wires) {
    const auto old = change.oldKeys.find(wire.key);
    stage.wires.push_back(old != change.oldKeys.end()
                              ? wireOf(change.after, wire, old->second->gain, wire.gain)
                          : isAudio(wire) ? change.arriving(wire)
                                          : wireOf(change.after, wire, wire.gain, wire.gain));
  }
  return stage;
}

bool runs(const StageGraph& stage) {
  return std::any_of(stage.wires.begin(), stage.wires.end(),
                     [](const auto& w) { return w.gainBegin != w.gainEnd; }) ||
         std::any_of(stage.nodes.begin(), stage.nodes.end(),
                     [](const auto& n) { return n.second.outBegin != n.second.outEnd; });
}

StageGraph fadingOut(const Change& change) {
  StageGraph stage = whole(change.before);
  for (auto& [handle, node] : stage.nodes) node.outEnd = change.goes(handle) ? 0.0F : 1.0F;
  for (StageWire& wire : stage.wires) {
    if (change.newKeys.count(wire.wire->key) == 0 && isAudio(*wire.wire)) {
      wire = change.leaving(*wire.wire);
    }
  }
  return stage;
}

StageGraph fadingIn(const Change& change) {
  StageGraph stage = whole(change.after);
  for (auto& [handle, node] : stage.nodes) node.outBegin = change.comes(handle) ? 0.0F : 1.0F;
  for (StageWire& wire : stage.wires) {
    if (change.oldKeys.count(wire.wire->key) == 0 && isAudio(*wire.wire)) {
      wire = change.arriving(*wire.wire);
    }
  }
  return stage;
}

Plan::Instance instanceOf(const Resolved::Node& node) {
  Plan::Instance instance;
  instance.handle = node.handle;
  instance.type = static_cast<std::uint32_t>(node.type);
  instance.width = node.width;
  instance.isNew = node.isNew;
  if (!node.isNew) return instance;
  instance.seed = Hash().add(node.id).value();
  instance.sampleRateHz = node.blueprint.sampleRateHz;
  instance.memoryBytes = node.measure.memoryBytes;
  instance.latencyFrames = node.measure.latencyFrames;
  instance.quietFrames = node.measure.quietFrames;
  instance.quality = node.blueprint.quality;
  instance.structural = node.blueprint.structural;
  instance.values = node.values;
  for (std::size_t slot = 0; slot < node.blueprint.files.size(); ++slot) {
    instance.blobKeys.push_back(node.blueprint.blobKey(slot));
  }
  return instance;
}

}  // namespace

void buildStages(const Resolved& before, const Resolved& after, const ModuleTable& table,
                 const std::vector<Tap>& taps, Plan& plan) {
  plan.taps = static_cast<std::uint32_t>(taps.size());
  plan.buffers = 1 + plan.deviceInputs;
  const Change change{before, after};
  for (const Resolved::Node& node : after.nodes) {
    if (node.type >= 0) plan.instances.push_back(instanceOf(node));
  }
  for (const Resolved::Node& node : before.nodes) {  // they sound until their fade is over
    if (node.type < 0 || !change.goes(node.handle)) continue;
    plan.instances.push_back(instanceOf(node));
    plan.instances.back().isNew = false;
  }
  const auto add = [&](const StageGraph& graph) { return addStage(graph, table, taps, plan); };
  const StageGraph joined = unionOf(change);
  if (runs(joined) && !add(joined)) {
    add(fadingOut(change));
    add(fadingIn(change));
  }
  add(whole(after));
}

}  // namespace sonic
