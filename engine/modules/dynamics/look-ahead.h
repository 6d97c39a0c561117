// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/delay-line.h"

namespace sonic {

/// Holds the sound back behind its key, so that a gain can move before it is needed.
class LookAhead {
 public:
  [[nodiscard]] static std::size_t framesOf(float ms, float sampleRateHz) noexcept {
    return static_cast<std::size_t>(ms * 0.001F * sampleRateHz + 0.5F);
  }

  void prepare(Arena& arena, std::size_t width, std::size_t frames) {
    frames_ = frames;
    if (frames > 0) delays_ = arena.allocate<DelayLine>(width);
    for (DelayLine& line : delays_) line.prepare(arena, frames);
  }
  void reset() noexcept {
    for (DelayLine& line : delays_) line.reset();
  }
  /// A channel's `in`, held back in `out`; or `in` itself, where nothing is held back. [audio]
  [[nodiscard]] const float* process(std::size_t channel, const float* in, std::size_t frames,
                                     float* out) noexcept {
    if (frames_ == 0) return in;
    delays_[channel].push(in, frames);
    delays_[channel].read(frames_, frames, out);
    return out;
  }

 private:
  std::size_t frames_ = 0;
  std::span<DelayLine> delays_;  // a channel each; none at 0 frames
};

}  // namespace sonic
