// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/core/time.h"

namespace sonic {

/// From this frame on, musical time runs (or stands) like this.
struct Anchor {
  std::int64_t frame = 0;
  double beat = 0.0;
  double tempoBpm = 120.0;
  bool playing = false;
};

/// Musical time as a short list of anchors over engine frames. All is computed from the governing
/// anchor, never accumulated: an hour has no drift, and block sizes do not matter. [audio]
class Transport {
 public:
  static constexpr std::size_t kMaxAnchors = 64;
  static constexpr double kMaxTempoBpm = 10'000.0;

  explicit Transport(double sampleRateHz) : sampleRateHz_(sampleRateHz) {}
  void setBeatsPerBar(double beats) noexcept {
    if (beats > 0.0 && beats < 1e6) beatsPerBar_ = beats;
  }

  /// Adds an anchor; one at the same frame is replaced. False if 64 wait already, or if it lies
  /// before the last one that time has passed, or is no time at all.
  bool set(const Anchor& anchor, std::int64_t nowFrame) noexcept;
  /// The time at a frame.
  [[nodiscard]] Time at(std::int64_t frame) const noexcept;
  /// First anchor after `frame`, or INT64_MAX: a step must end there.
  [[nodiscard]] std::int64_t nextChangeAfter(std::int64_t frame) const noexcept;
  /// The anchor that governs a frame.
  [[nodiscard]] const Anchor& governing(std::int64_t frame) const noexcept;
  /// Engine frame 0 again: what plays now plays from beat 0; what waits is dropped.
  void reset(std::int64_t nowFrame) noexcept;

 private:
  double sampleRateHz_;
  double beatsPerBar_ = 4.0;
  std::array<Anchor, kMaxAnchors> anchors_{};
  std::size_t count_ = 1;  ///< anchors_[0] always governs from the start.
};

}  // namespace sonic
