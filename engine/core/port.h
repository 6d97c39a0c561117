// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <string_view>

namespace sonic {

enum class Direction { kIn, kOut };
enum class Signal { kAudio, kEvent };

/// kFollow: as wide as the instance (Spec::width). kMono, kStereo: always that wide.
enum class PortWidth { kFollow, kMono, kStereo };

/// What a port is for. Only kMain inputs decide the instance's width; a kSidechain is drawn and
/// wired apart, kDevice is the context's own input or output and takes no wires.
enum class PortRole { kMain, kSidechain, kDevice };

/// One port. Io::in and Io::out are indexed by the order of the *audio* ports of that direction in
/// the table; all event inputs of a module arrive merged in Io::events.
struct PortSpec {
  std::string_view id;
  Direction direction = Direction::kIn;
  Signal signal = Signal::kAudio;
  PortWidth width = PortWidth::kFollow;
  PortRole role = PortRole::kMain;
};

/// Index of the audio input and output that a module without kPorts has.
inline constexpr std::size_t kIn = 0;
inline constexpr std::size_t kOut = 0;

}  // namespace sonic
