// SPDX-License-Identifier: MIT
#pragma once
// Small modules that exercise what the shop's modules may not: used by the graph's tests only.
#include <array>
#include <limits>

#include "engine/core/module-table.h"
#include "engine/core/module.h"
#include "engine/graph/graph.h"

namespace sonic::test {

/// The context's input and output, as the shop's own endpoints have them.
struct DeviceIn {
  static constexpr ModuleInfo kInfo{
      .id = "input", .label = "In", .category = "utility", .role = ModuleRole::kEndpoint};
  static constexpr std::array<PortSpec, 2> kPorts{
      {{"device", Direction::kIn, Signal::kAudio, PortWidth::kStereo, PortRole::kDevice},
       {"out", Direction::kOut}}};
  void prepare(const Spec& spec) { width = spec.width; }
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) io.out[0].channels[0][i] = io.in[0].channels[0][i];
  }
  std::size_t width = 1;
};

struct DeviceOut {
  static constexpr ModuleInfo kInfo{
      .id = "output", .label = "Out", .category = "utility", .role = ModuleRole::kEndpoint};
  static constexpr std::array<PortSpec, 2> kPorts{
      {{"in", Direction::kIn},
       {"device", Direction::kOut, Signal::kAudio, PortWidth::kStereo, PortRole::kDevice}}};
  void prepare(const Spec& spec) { width = spec.width; }
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t c = 0; c < 2; ++c) {
      for (std::size_t i = 0; i < io.frames; ++i) {
        io.out[0].channels[c][i] = io.in[0].channels[width == 2 ? c : 0][i];
      }
    }
  }
  std::size_t width = 1;
};

/// Pure delay of `latency` frames that declares it: makes joins need compensation.
struct Late {
  static constexpr ModuleInfo kInfo{.id = "late", .label = "Late", .category = "utility"};
  enum Param : std::size_t { kLatency, kParamCount };
  static constexpr std::array<ParamSpec, kParamCount> kParams{
      {{"latency", "Latency", Unit::kNone, 1, 512, 100, Curve::kLinear, Smoothing::kNone,
        Rate::kCell, Structure::kStructural}}};
  static std::size_t latencyFrames(const Spec& spec) {
    return static_cast<std::size_t>(spec.value(kLatency));
  }
  static std::int64_t quietFrames(const Spec& spec) {
    return static_cast<std::int64_t>(spec.value(kLatency));
  }
  void prepare(const Spec& spec) {
    ring = spec.memory().allocate<float>(static_cast<std::size_t>(spec.value(kLatency)));
  }
  void reset() noexcept {
    for (float& x : ring) x = 0.0F;
    at = 0;
  }
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) {
      const float x = io.in[0].channels[0][i];
      io.out[0].channels[0][i] = ring[at];
      ring[at] = x;
      at = at + 1 == ring.size() ? 0 : at + 1;
    }
  }
  std::span<float> ring;
  std::size_t at = 0;
};

/// Gives NaN for every input above 1, otherwise passes it.
struct Fragile {
  static constexpr ModuleInfo kInfo{.id = "fragile", .label = "Fragile", .category = "utility"};
  void prepare(const Spec&) {}
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) {
      const float x = io.in[0].channels[0][i];
      io.out[0].channels[0][i] = x > 1.0F ? std::numeric_limits<float>::quiet_NaN() : x;
    }
  }
};

/// One-pole smear: has a tail, sleeps, and shows whether state survived. `gain` is audio-rate,
/// `offset` is added (so that modulation can be heard).
struct Smear {
  static constexpr ModuleInfo kInfo{.id = "smear", .label = "Smear", .category = "utility"};
  enum Param : std::size_t { kGain, kOffset, kParamCount };
  static constexpr std::array<ParamSpec, kParamCount> kParams{
      {{"gain", "Gain", Unit::kNone, 0, 2, 1, Curve::kLinear, Smoothing::kKnob, Rate::kAudio},
       {"offset", "Offset", Unit::kNone, -1, 1, 0}}};
  void prepare(const Spec&) {}
  void reset() noexcept { state = 0.0F; }
  void process(Io& io, const Params& params) noexcept {
    const float* const perFrame = params.perFrame(kGain);
    for (std::size_t i = 0; i < io.frames; ++i) {
      const float gain = perFrame == nullptr ? params[kGain].at(io.cellOffset + i) : perFrame[i];
      state += 0.25F * (io.in[0].channels[0][i] - state);
      io.out[0].channels[0][i] = gain * state + params[kOffset].at(io.cellOffset + i);
    }
    if (io.endsCell && state < 1e-15F && state > -1e-15F) state = 0.0F;
  }
  float state = 0.0F;
};

/// Sends a trigger `echo` frames after each event it gets, and puts a 1 where one arrives.
struct Pinger {
  static constexpr ModuleInfo kInfo{
      .id = "pinger", .label = "Pinger", .category = "utility", .role = ModuleRole::kSource};
  static constexpr std::array<PortSpec, 3> kPorts{
      {{"notes", Direction::kIn, Signal::kEvent},
       {"out", Direction::kOut, Signal::kAudio, PortWidth::kMono},
       {"sent", Direction::kOut, Signal::kEvent}}};
  static constexpr std::array<ReadingSpec, 1> kReadings{{{"count", Unit::kNone, 1}}};
  void prepare(const Spec&) {}
  void reset() noexcept { count = 0; }
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) io.out[0].channels[0][i] = 0.0F;
    for (const Event& event : io.events) {
      io.out[0].channels[0][0] += event.value;
      Event answer = event;
      answer.type = EventType::kTrigger;
      answer.frameOffset = 0;
      io.eventsOut->push(answer);
      ++count;
    }
    io.readings[0] = static_cast<float>(count);
  }
  int count = 0;
};

/// Its seed, and the musical time, as sound.
struct Oracle {
  static constexpr ModuleInfo kInfo{
      .id = "oracle", .label = "Oracle", .category = "utility", .role = ModuleRole::kSource};
  static constexpr std::array<PortSpec, 2> kPorts{
      {{"out", Direction::kOut, Signal::kAudio, PortWidth::kMono},
       {"seed", Direction::kOut, Signal::kAudio, PortWidth::kMono}}};
  static std::int64_t quietFrames(const Spec&) { return kNeverSleeps; }
  void prepare(const Spec& spec) { seed = static_cast<float>(spec.seed % 1024) / 1024.0F; }
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) {
      const double moved = io.time.playing ? static_cast<double>(i) * io.time.beatsPerFrame : 0.0;
      io.out[0].channels[0][i] = static_cast<float>(io.time.beat + moved);
      io.out[1].channels[0][i] = seed;
    }
  }
  float seed = 0.0F;
};

/// Spreads mono to stereo with the right side inverted.
struct Widen {
  static constexpr ModuleInfo kInfo{.id = "widen", .label = "Widen", .category = "utility"};
  static constexpr std::array<PortSpec, 2> kPorts{
      {{"in", Direction::kIn, Signal::kAudio, PortWidth::kMono},
       {"out", Direction::kOut, Signal::kAudio, PortWidth::kStereo}}};
  void prepare(const Spec&) {}
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t i = 0; i < io.frames; ++i) {
      const float x = io.in[0].channels[0][i];
      io.out[0].channels[0][i] = x;
      io.out[0].channels[1][i] = -x;
    }
  }
};

/// Multiplies `in` by its sidechain.
struct Product {
  static constexpr ModuleInfo kInfo{.id = "product", .label = "Product", .category = "utility"};
  static constexpr std::array<PortSpec, 3> kPorts{
      {{"in", Direction::kIn},
       {"side", Direction::kIn, Signal::kAudio, PortWidth::kMono, PortRole::kSidechain},
       {"out", Direction::kOut}}};
  void prepare(const Spec& spec) { width = spec.width; }
  void reset() noexcept {}
  void process(Io& io, const Params&) noexcept {
    for (std::size_t c = 0; c < width; ++c) {
      for (std::size_t i = 0; i < io.frames; ++i) {
        const float side = io.in[1].connected ? io.in[1].channels[0][i] : 1.0F;
        io.out[0].channels[c][i] = io.in[0].channels[c][i] * side;
      }
    }
  }
  std::size_t width = 1;
};

using TestModules =
    TypeList<DeviceIn, DeviceOut, Late, Fragile, Smear, Pinger, Oracle, Widen, Product>;

inline const ModuleTable& testModules() {
  static const ModuleTable table{TestModules{}};
  return table;
}

}  // namespace sonic::test
