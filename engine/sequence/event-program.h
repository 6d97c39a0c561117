// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <vector>

#include "engine/core/event.h"
#include "engine/sequence/transport.h"

namespace sonic {

/// One event of a program. `lengthBeats` > 0 lets a note-on be followed by its note-off.
struct ProgramEvent {
  double beat = 0.0;
  double lengthBeats = 0.0;
  Event event{};
};

/// A flat list of events over beats, played into one module: what patterns, scores and clips are
/// compiled to. Modules never see it. Which frame an event falls on follows from the governing
/// anchor alone, so it does not depend on block sizes.
class EventProgram {
 public:
  EventProgram() = default;
  /// Sorts. `loopBeats` > 0 repeats the program for ever. [main, or between quanta]
  EventProgram(std::vector<ProgramEvent> events, double loopBeats);

  /// Calls send(event) for all that is due in the frames [begin, end) of one transport step, with
  /// frameOffset from `begin`, note-offs of a beat before its note-ons. [audio]
  template <class Send>
  void play(const Transport& transport, std::int64_t begin, std::int64_t end, Send&& send) const {
    const Anchor& anchor = transport.governing(begin);
    const Time time = transport.at(begin);
    if (!anchor.playing || points_.empty()) return;
    const double lastBeat = time.beat + static_cast<double>(end - begin) * time.beatsPerFrame;
    const std::int64_t firstPass = loopBeats_ > 0.0 ? passOf(time.beat - time.beatsPerFrame) : 0;
    const std::int64_t lastPass = loopBeats_ > 0.0 ? passOf(lastBeat) : 0;
    for (std::int64_t pass = firstPass < 0 ? 0 : firstPass; pass <= lastPass; ++pass) {
      const double start = static_cast<double>(pass) * loopBeats_;
      for (std::size_t i = firstFrom(time.beat - time.beatsPerFrame - start); i < points_.size();
           ++i) {
        const double beat = start + points_[i].beat;
        if (beat > lastBeat) break;
        const std::int64_t frame = frameOf(anchor, beat, time.beatsPerFrame);
        if (frame < begin || frame >= end) continue;
        Event event = points_[i].event;
        event.frameOffset = static_cast<std::uint16_t>(frame - begin);
        send(event);
      }
    }
  }
  /// Note-offs for every key that may sound: when the transport stops, jumps, or the program goes.
  template <class Send>
  void release(Send&& send) const {
    for (const Point& point : points_) {
      if (point.event.type == EventType::kNoteOff) send(point.event);
    }
  }

 private:
  struct Point {
    double beat = 0.0;
    Event event{};
  };
  [[nodiscard]] std::int64_t passOf(double beat) const;
  [[nodiscard]] std::size_t firstFrom(double beat) const;
  [[nodiscard]] static std::int64_t frameOf(const Anchor& anchor, double beat,
                                            double beatsPerFrame);

  std::vector<Point> points_;
  double loopBeats_ = 0.0;
};

}  // namespace sonic
