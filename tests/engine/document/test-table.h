// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <string>

#include "engine/core/module-table.h"
#include "engine/document/project-document.h"

namespace sonic::test {

/// Tables with one row of each kind; the document only reads tables, so these make no sound.
struct SilentModule {
  void prepare(const Spec&) {}
  void reset() noexcept {}
  void process(Io&, const Params&) noexcept {}
};

struct Pedal : SilentModule {
  static constexpr ModuleInfo kInfo{
      .id = "pedal", .label = "Pedal", .category = "drive", .summary = "Says \"hello\"."};
  static constexpr std::array<std::string_view, 3> kModes{"off", "soft", "hard"};
  static constexpr std::array<ParamSpec, 4> kParams{{
      {"drive", "Drive", Unit::kPercent, 0.0, 100.0, 50.0},
      {"tone", "Tone", Unit::kHertz, 20.0, 20000.0, 0.1 + 1000.0, Curve::kLogarithmic,
       Smoothing::kKnob, Rate::kAudio},
      choice("mode", "Mode", kModes, 1),
      {"lookahead", "Look-ahead", Unit::kMilliseconds, 0.0, 10.0, 0.1, Curve::kLinear,
       Smoothing::kNone, Rate::kCell, Structure::kStructural},
  }};
  static constexpr std::array<PortSpec, 3> kPorts{{
      {"in", Direction::kIn},
      {"key", Direction::kIn, Signal::kAudio, PortWidth::kMono, PortRole::kSidechain},
      {"out", Direction::kOut},
  }};
  static constexpr std::array<ReadingSpec, 1> kReadings{{{"reduction", Unit::kDecibel, 2}}};
  static std::size_t latencyFrames(const Spec& spec) {
    return static_cast<std::size_t>(spec.value(3) * 0.001F * spec.sampleRateHz + 0.5F);
  }
};

struct Room : SilentModule {
  static constexpr ModuleInfo kInfo{.id = "room", .label = "Room", .category = "space"};
  static constexpr std::array<AssetSpec, 1> kAssets{{{"response", "audio/ir"}}};
  static Result<std::vector<std::byte>> cook(std::size_t, std::span<const std::byte>, const Spec&) {
    return std::vector<std::byte>{};
  }
};

struct Keys : SilentModule {
  static constexpr ModuleInfo kInfo{
      .id = "keys", .label = "Keys", .category = "instrument", .role = ModuleRole::kSource};
  static constexpr std::array<PortSpec, 3> kPorts{{
      {"notes", Direction::kIn, Signal::kEvent},
      {"out", Direction::kOut, Signal::kAudio, PortWidth::kStereo},
      {"thru", Direction::kOut, Signal::kEvent},
  }};
};

struct Mic : SilentModule {
  static constexpr ModuleInfo kInfo{
      .id = "mic", .label = "Mic", .category = "utility", .role = ModuleRole::kEndpoint};
  static constexpr std::array<PortSpec, 2> kPorts{{
      {"device", Direction::kIn, Signal::kAudio, PortWidth::kFollow, PortRole::kDevice},
      {"out", Direction::kOut},
  }};
};

inline const ModuleTable& testTable() {
  static const ModuleTable table(TypeList<Pedal, Room, Keys, Mic>{});
  return table;
}

/// A document with these top-level members behind format and version.
inline std::string project(const std::string& members) {
  return R"({"format":"sonic-core","version":1,)" + members + "}";
}

inline const std::string kSha(64, 'a');

/// "place: sentence" of what a step refused, "" if it was accepted.
template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "" : result.error().place + ": " + result.error().sentence;
}

}  // namespace sonic::test
