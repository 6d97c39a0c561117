// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>

#include "engine/core/event.h"
#include "engine/core/time.h"

namespace sonic {

/// Planar channels of one port: channels[channel][frame].
template <class Sample>
struct Bus {
  std::span<Sample* const> channels;
  bool connected = false;
};

/// One call: 1..32 frames of one cell. An open input points at zeros. out[0] may alias in[0], no
/// other pair; outputs hold rubbish before they are written.
struct Io {
  std::size_t frames = 0;
  std::span<const Bus<const float>> in;
  std::span<const Bus<float>> out;
  std::span<const Event> events{};  ///< Due at frame 0: the host splits the call there.
  EventSink* eventsOut = nullptr;   ///< Not null if the module has an event output.
  Time time{};
  std::span<float> readings{};
  std::size_t cellOffset = 0;  ///< Position of frame 0 in its cell.
  bool endsCell = false;       ///< The last frame is the cell's last: flush, heal, count here.
};

}  // namespace sonic
