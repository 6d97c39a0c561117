// SPDX-License-Identifier: MIT
#include "engine/graph/instance.h"

#include <array>

namespace sonic {
namespace {

constexpr std::size_t kMaxPorts = 32;
constexpr std::size_t kMaxRows = 128;

/// Views of the same buses, `offset` frames later.
struct ShiftedBuses {
  std::array<Bus<const float>, kMaxPorts> in;
  std::array<Bus<float>, kMaxPorts> out;
  std::array<const float*, 2 * kMaxPorts> inChannels;
  std::array<float*, 2 * kMaxPorts> outChannels;

  void shift(const Io& io, std::size_t offset) noexcept {
    std::size_t next = 0;
    for (std::size_t p = 0; p < io.in.size(); ++p) {
      const std::size_t first = next;
      for (const float* channel : io.in[p].channels) inChannels[next++] = channel + offset;
      in[p] = {{inChannels.data() + first, next - first}, io.in[p].connected};
    }
    next = 0;
    for (std::size_t p = 0; p < io.out.size(); ++p) {
      const std::size_t first = next;
      for (float* channel : io.out[p].channels) outChannels[next++] = channel + offset;
      out[p] = {{outChannels.data() + first, next - first}, io.out[p].connected};
    }
  }
};

}  // namespace

void callModule(const ModuleType& type, void* module, const Io& io, const Params& params) noexcept {
  if (io.events.empty() || (io.events.back().frameOffset == 0)) {
    Io whole = io;
    if (io.eventsOut != nullptr) io.eventsOut->setBaseOffset(0);
    type.process(module, whole, params);
    return;
  }
  ShiftedBuses buses;
  std::array<const float*, kMaxRows> perFrame{};
  std::size_t event = 0;
  std::size_t begin = 0;
  while (begin < io.frames) {
    std::size_t last = event;
    while (last < io.events.size() && io.events[last].frameOffset <= begin) ++last;
    const std::size_t end = last < io.events.size() && io.events[last].frameOffset < io.frames
                                ? io.events[last].frameOffset
                                : io.frames;
    buses.shift(io, begin);
    for (std::size_t row = 0; row < type.params.size(); ++row) {
      const float* const values = params.perFrame(row);
      perFrame[row] = values == nullptr ? nullptr : values + begin;
    }
    Io part = io;
    part.frames = end - begin;
    part.in = {buses.in.data(), io.in.size()};
    part.out = {buses.out.data(), io.out.size()};
    part.events = io.events.subspan(event, last - event);
    part.cellOffset = io.cellOffset + begin;
    part.endsCell = io.endsCell && end == io.frames;
    part.time.frame += static_cast<std::int64_t>(begin);
    if (io.time.playing) part.time.beat += io.time.beatsPerFrame * static_cast<double>(begin);
    if (io.eventsOut != nullptr) io.eventsOut->setBaseOffset(begin);
    type.process(module, part, params.withPerFrame({perFrame.data(), type.params.size()}));
    event = last;
    begin = end;
  }
}

}  // namespace sonic
