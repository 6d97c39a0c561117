// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/cell.h"

namespace sonic {

/// At one frame events are ordered note-off before note-on, then by arrival.
enum class EventType : std::uint8_t { kNoteOff, kNoteOn, kControl, kTrigger };

struct Event {
  EventType type = EventType::kNoteOn;
  std::uint8_t channel = 0;
  std::uint16_t frameOffset =
      0;  ///< From the call's first frame when sent; of no meaning in Io::events.
  std::int32_t noteId = -1;  ///< Pairs a note-off with its note-on; -1: by key.
  float key = 60.0F;         ///< Semitones, 69 = 440 Hz; may be fractional.
  float value = 1.0F;        ///< Velocity or control value 0..1.
};

/// Bounded receiver of the events a module sends. [audio]
class EventSink {
 public:
  EventSink() = default;
  explicit EventSink(std::span<Event> storage) : storage_(storage) {}
  /// `frameOffset` counts from the call's first frame. False (and counted) when full.
  bool push(const Event& event) noexcept {
    if (count_ == storage_.size()) {
      ++dropped_;
      return false;
    }
    storage_[count_] = event;
    storage_[count_].frameOffset = static_cast<std::uint16_t>(event.frameOffset + baseOffset_);
    ++count_;
    return true;
  }
  [[nodiscard]] std::span<const Event> events() const noexcept { return storage_.first(count_); }
  [[nodiscard]] std::size_t dropped() const noexcept { return dropped_; }
  void clear() noexcept { count_ = 0; }
  /// The host sets where the module's call starts within the cell step when it splits a call.
  void setBaseOffset(std::size_t frames) noexcept { baseOffset_ = frames; }

 private:
  std::span<Event> storage_;
  std::size_t count_ = 0;
  std::size_t dropped_ = 0;
  std::size_t baseOffset_ = 0;
};

}  // namespace sonic
