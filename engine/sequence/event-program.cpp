// SPDX-License-Identifier: MIT
#include "engine/sequence/event-program.h"

#include <algorithm>
#include <cmath>

namespace sonic {

EventProgram::EventProgram(std::vector<ProgramEvent> events, double loopBeats)
    : loopBeats_(loopBeats) {
  for (const ProgramEvent& from : events) {
    points_.push_back({from.beat, from.event});
    if (from.event.type != EventType::kNoteOn || !(from.lengthBeats > 0.0)) continue;
    Point off{from.beat + from.lengthBeats, from.event};
    off.event.type = EventType::kNoteOff;
    if (loopBeats_ > 0.0 && off.beat >= loopBeats_) off.beat -= loopBeats_;
    points_.push_back(off);
  }
  std::stable_sort(points_.begin(), points_.end(), [](const Point& a, const Point& b) {
    if (a.beat != b.beat) return a.beat < b.beat;
    return a.event.type == EventType::kNoteOff && b.event.type != EventType::kNoteOff;
  });
}

std::int64_t EventProgram::passOf(double beat) const {
  return static_cast<std::int64_t>(std::floor(beat / loopBeats_));
}

std::size_t EventProgram::firstFrom(double beat) const {
  const auto found = std::lower_bound(points_.begin(), points_.end(), beat,
                                      [](const Point& p, double b) { return p.beat < b; });
  return static_cast<std::size_t>(found - points_.begin());
}

std::int64_t EventProgram::frameOf(const Anchor& anchor, double beat, double beatsPerFrame) {
  // The first frame at or after the beat; a hair of tolerance, so that a beat which falls exactly
  // on a frame is not pushed to the next by rounding.
  return anchor.frame +
         static_cast<std::int64_t>(std::ceil((beat - anchor.beat) / beatsPerFrame - 1e-6));
}

}  // namespace sonic
