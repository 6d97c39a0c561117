// SPDX-License-Identifier: MIT
#include "engine/graph/stage-builder.h"

#include <algorithm>
#include <functional>
#include <queue>

#include "engine/graph/hash.h"

namespace sonic {
namespace {

/// Buffers of one stage: given out, counted while somebody still reads them, used again.
class Buffers {
 public:
  explicit Buffers(std::uint32_t first) : next_(first) {}
  std::uint32_t take() {
    if (free_.empty()) return next_++;
    const std::uint32_t buffer = free_.back();
    free_.pop_back();
    return buffer;
  }
  void give(std::uint32_t buffer) { free_.push_back(buffer); }
  [[nodiscard]] std::uint32_t count() const { return next_; }

 private:
  std::uint32_t next_;
  std::vector<std::uint32_t> free_;
};

/// The two buffers (equal for mono) that an output port writes, and how many still read them.
struct Written {
  Plan::BusRef bus;
  std::size_t readers = 0;
  bool isOwned = true;  ///< False: another port's buffers passed on by a placeholder.
};

class StageBuilder {
 public:
  StageBuilder(const StageGraph& graph, const ModuleTable& table, const std::vector<Tap>& taps,
               Plan& plan)
      : graph_(graph), table_(table), taps_(taps), plan_(plan), buffers_(1 + plan.deviceInputs) {
    for (const StageWire& wire : graph.wires) {
      into_[wire.to].push_back(&wire);
      outOf_[wire.from].push_back(&wire);
    }
    for (std::size_t i = 0; i < plan.instances.size(); ++i) {
      instances_[plan.instances[i].handle] = static_cast<std::uint32_t>(i);
    }
  }

  /// False if the graph has a loop.
  bool build(Plan::Stage& stage) {
    std::vector<std::uint32_t> order;
    if (!sort(order)) return false;
    for (const std::uint32_t handle : order) addNode(handle, stage);
    plan_.buffers = std::max(plan_.buffers, buffers_.count());
    return true;
  }

 private:
  using PortKey = std::pair<std::uint32_t, std::size_t>;  // handle, audio output
  using Wires = std::vector<const StageWire*>;
  using WiresByHandle = std::map<std::uint32_t, Wires>;

  static const Wires& at(const WiresByHandle& wires, std::uint32_t handle) {
    static const Wires kNone;
    const auto found = wires.find(handle);
    return found == wires.end() ? kNone : found->second;
  }

  const ModuleType* typeOf(const Resolved::Node& node) const {
    return node.type < 0 ? nullptr : &table_.types()[static_cast<std::size_t>(node.type)];
  }

  bool sort(std::vector<std::uint32_t>& order) {
    std::map<std::uint32_t, std::size_t> waiting;
    for (const auto& [handle, node] : graph_.nodes) waiting[handle] = 0;
    for (const auto& [handle, wires] : into_) waiting[handle] = wires.size();
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (const auto& [handle, count] : waiting) {
      if (count == 0) ready.push(handle);
    }
    while (!ready.empty()) {
      const std::uint32_t handle = ready.top();
      ready.pop();
      order.push_back(handle);
      for (const StageWire* wire : at(outOf_, handle)) {
        if (--waiting[wire->to] == 0) ready.push(wire->to);
      }
    }
    return order.size() == graph_.nodes.size();
  }

  std::uint32_t instanceIndex(std::uint32_t handle) const {
    const auto found = instances_.find(handle);
    return found == instances_.end() ? 0 : found->second;
  }

  Wires into(std::uint32_t handle, Resolved::Target target, std::size_t port) const {
    Wires found;
    for (const StageWire* wire : at(into_, handle)) {
      if (wire->wire->target != target) continue;
      if (target != Resolved::Target::kEvent && wire->wire->toPort != port) continue;
      found.push_back(wire);
    }
    return found;
  }

  std::size_t readersOf(std::uint32_t handle, std::size_t port) const {
    std::size_t readers = 0;
    for (const StageWire* wire : at(outOf_, handle)) {
      if (wire->wire->fromPort == port && wire->wire->target != Resolved::Target::kEvent) ++readers;
    }
    return readers;
  }

  void release(const PortKey& key) {
    const auto found = written_.find(key);
    if (found == written_.end()) return;
    Written& port = found->second;
    if (port.readers > 0) --port.readers;
    if (port.readers > 0) return;
    if (port.isOwned) giveBack(port.bus);
    written_.erase(found);
  }

  void giveBack(const Plan::BusRef& bus) {
    if (bus.buffers[0] > plan_.deviceInputs) buffers_.give(bus.buffers[0]);
    if (bus.channels == 2 && bus.buffers[1] != bus.buffers[0] &&
        bus.buffers[1] > plan_.deviceInputs) {
      buffers_.give(bus.buffers[1]);
    }
  }

  /// The bus an input port reads: silence, one wire's own buffers, or a mix written for it.
  Plan::BusRef input(const Wires& wires, std::uint32_t channels, Plan::Stage& stage,
                     std::vector<std::uint32_t>& temporary) {
    Plan::BusRef bus;
    bus.channels = channels;
    bus.connected = !wires.empty();
    if (wires.empty()) return bus;
    if (wires.size() == 1) {
      const StageWire& wire = *wires[0];
      const Plan::BusRef& from = written_.at({wire.from, wire.wire->fromPort}).bus;
      if (wire.gainBegin == 1.0F && wire.gainEnd == 1.0F && wire.wire->delayFrames == 0 &&
          from.channels <= channels) {
        bus.buffers = {from.buffers[0], from.buffers[from.channels - 1]};
        return bus;
      }
    }
    for (std::uint32_t c = 0; c < channels; ++c) {
      Plan::Op mix;
      mix.kind = Plan::OpKind::kMix;
      for (const StageWire* wire : wires) addSources(*wire, c, channels, mix);
      mix.buffer = buffers_.take();
      temporary.push_back(mix.buffer);
      bus.buffers[c] = mix.buffer;
      stage.ops.push_back(std::move(mix));
    }
    if (channels == 1) bus.buffers[1] = bus.buffers[0];
    return bus;
  }

  void addSources(const StageWire& wire, std::uint32_t channel, std::uint32_t channels,
                  Plan::Op& mix) const {
    const Plan::BusRef& from = written_.at({wire.from, wire.wire->fromPort}).bus;
    const bool sums = from.channels == 2 && channels == 1;  // stereo to mono: (L + R) / 2
    for (std::uint32_t c = 0; c < (sums ? 2U : 1U); ++c) {
      const std::uint32_t source = sums ? c : std::min(channel, from.channels - 1);
      const float share = sums ? 0.5F : 1.0F;
      mix.sources.push_back({.buffer = from.buffers[source],
                             .gainBegin = share * wire.gainBegin,
                             .gainEnd = share * wire.gainEnd,
                             .delayKey = Hash()
                                             .add(wire.wire->key)
                                             .add(std::uint64_t{channel})
                                             .add(std::uint64_t{source})
                                             .value(),
                             .delayFrames = wire.wire->delayFrames});
    }
  }

  void addNode(std::uint32_t handle, Plan::Stage& stage) {
    const StageNode& entry = graph_.nodes.at(handle);
    const Resolved::Node& node = *entry.node;
    const ModuleType* const type = typeOf(node);
    std::vector<std::uint32_t> temporary;
    if (type == nullptr) {
      addPlaceholder(handle, node, stage);
      return;
    }
    Plan::Op op;
    op.kind = Plan::OpKind::kProcess;
    op.instance = instanceIndex(handle);
    op.bypass = node.bypass;
    Wires read;
    std::size_t audioIn = 0;
    for (const PortSpec& port : type->ports) {
      if (port.signal != Signal::kAudio || port.direction != Direction::kIn) continue;
      const std::size_t index = audioIn++;
      if (port.role == PortRole::kDevice) {
        op.in.push_back({{1, std::min(2U, plan_.deviceInputs)}, 2, true});
        continue;
      }
      const auto wires = into(handle, Resolved::Target::kAudio, index);
      op.in.push_back(input(wires, portWidth(port, node.width), stage, temporary));
      read.insert(read.end(), wires.begin(), wires.end());
    }
    for (const StageWire* wire : at(into_, handle)) {
      if (wire->wire->target != Resolved::Target::kParam) continue;
      const Plan::BusRef& from = written_.at({wire->from, wire->wire->fromPort}).bus;
      op.modulations.push_back(
          {static_cast<std::uint32_t>(wire->wire->toPort), from.buffers[0], wire->wire->depth});
      read.push_back(wire);
    }
    for (const StageWire* wire : into(handle, Resolved::Target::kEvent, 0)) {
      op.eventSources.push_back(instanceIndex(wire->from));
    }
    std::vector<Plan::BusRef> device;
    std::size_t audioOut = 0;
    for (const PortSpec& port : type->ports) {
      if (port.signal != Signal::kAudio || port.direction != Direction::kOut) continue;
      Plan::BusRef bus{{buffers_.take(), 0}, portWidth(port, node.width), true};
      bus.buffers[1] = bus.channels == 2 ? buffers_.take() : bus.buffers[0];
      op.out.push_back(bus);
      if (port.role == PortRole::kDevice) device.push_back(bus);
      written_[{handle, audioOut}] = {bus, readersOf(handle, audioOut), true};
      ++audioOut;
    }
    stage.ops.push_back(std::move(op));
    for (const Plan::BusRef& bus : device) addDeviceOut(entry, bus, stage);
    finishNode(handle, node, *type, read, temporary, stage);
  }

  void finishNode(std::uint32_t handle, const Resolved::Node& node, const ModuleType& type,
                  const Wires& read, const std::vector<std::uint32_t>& temporary,
                  Plan::Stage& stage) {
    for (std::size_t t = 0; t < taps_.size(); ++t) {
      const int port =
          taps_[t].node == node.id ? type.portIndex(taps_[t].port, Direction::kOut) : -1;
      if (port < 0 || type.ports[static_cast<std::size_t>(port)].signal != Signal::kAudio) continue;
      Plan::Op tap;
      tap.kind = Plan::OpKind::kTap;
      tap.instance = static_cast<std::uint32_t>(t);
      tap.in.push_back(written_.at({handle, type.audioIndex(static_cast<std::size_t>(port))}).bus);
      stage.ops.push_back(std::move(tap));
    }
    for (const std::uint32_t buffer : temporary) buffers_.give(buffer);
    for (const StageWire* wire : read) release({wire->from, wire->wire->fromPort});
    for (std::size_t port = 0; port < type.audioPorts(Direction::kOut); ++port) {
      const auto found = written_.find({handle, port});
      if (found != written_.end() && found->second.readers == 0) release({handle, port});
    }
  }

  void addDeviceOut(const StageNode& entry, Plan::BusRef bus, Plan::Stage& stage) {
    std::vector<std::uint32_t> temporary;
    if (entry.outBegin != 1.0F || entry.outEnd != 1.0F) {
      for (std::uint32_t c = 0; c < bus.channels; ++c) {
        Plan::Op mix;
        mix.kind = Plan::OpKind::kMix;
        mix.sources.push_back(
            {.buffer = bus.buffers[c], .gainBegin = entry.outBegin, .gainEnd = entry.outEnd});
        mix.buffer = buffers_.take();
        temporary.push_back(mix.buffer);
        bus.buffers[c] = mix.buffer;
        stage.ops.push_back(std::move(mix));
      }
      if (bus.channels == 1) bus.buffers[1] = bus.buffers[0];
    }
    Plan::Op out;
    out.kind = Plan::OpKind::kDeviceOut;
    out.in.push_back(bus);
    stage.ops.push_back(std::move(out));
    for (const std::uint32_t buffer : temporary) buffers_.give(buffer);
  }

  /// An unknown module passes the sum of all that enters it.
  void addPlaceholder(std::uint32_t handle, const Resolved::Node& node, Plan::Stage& stage) {
    Wires wires;
    for (const StageWire* wire : at(into_, handle)) {
      if (wire->wire->target == Resolved::Target::kAudio) wires.push_back(wire);
    }
    std::vector<std::uint32_t> mixed;
    Written out;
    out.bus = input(wires, node.width, stage, mixed);
    out.isOwned = !mixed.empty();
    out.readers = readersOf(handle, 0);
    // Buffers passed on unmixed stay with their writer, which must outlive this node's readers.
    if (mixed.empty() && !wires.empty()) {
      written_.at({wires[0]->from, wires[0]->wire->fromPort}).readers += 1U << 20;
    } else {
      for (const StageWire* wire : wires) release({wire->from, wire->wire->fromPort});
    }
    written_[{handle, 0}] = out;
  }

  const StageGraph& graph_;
  const ModuleTable& table_;
  const std::vector<Tap>& taps_;
  Plan& plan_;
  WiresByHandle into_, outOf_;  ///< In the graph's order.
  std::map<std::uint32_t, std::uint32_t> instances_;
  Buffers buffers_;
  std::map<PortKey, Written> written_;
};

}  // namespace

bool addStage(const StageGraph& graph, const ModuleTable& table, const std::vector<Tap>& taps,
              Plan& plan) {
  Plan::Stage stage;
  if (!StageBuilder(graph, table, taps, plan).build(stage)) return false;
  plan.stages.push_back(std::move(stage));
  return true;
}

}  // namespace sonic
