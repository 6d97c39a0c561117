// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <cstddef>
#include <span>

#include "engine/core/arena.h"
#include "engine/core/cell.h"
#include "engine/dsp/math.h"
#include "engine/dsp/simd.h"

namespace sonic {

/// One channel's memory of the past: a ring whose length is a power of two. Delays count back from
/// the frame pushed last, which has delay 0. [audio]
class DelayLine {
 public:
  /// Reads reach back `maxDelayFrames` (fractional ones too) while up to `blockFrames` are pushed
  /// at once.
  void prepare(Arena& arena, std::size_t maxDelayFrames, std::size_t blockFrames = kCellFrames) {
    std::size_t length = 1;
    while (length < maxDelayFrames + blockFrames + kMargin) length *= 2;
    ring_ = arena.allocate<float>(length);
    mask_ = length - 1;
    next_ = 0;
    dirty_ = 0;
  }
  /// Clears what was written since the last reset, so a fresh line costs nothing.
  void reset() noexcept {
    std::fill(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(dirty_), 0.0F);
    next_ = 0;
    dirty_ = 0;
  }

  void push(float x) noexcept {
    ring_[next_] = x;
    next_ = (next_ + 1) & mask_;
    dirty_ = std::min(dirty_ + 1, ring_.size());
  }
  void push(const float* in, std::size_t frames) noexcept {
    const std::size_t head = std::min(frames, ring_.size() - next_);
    copyFrames(in, head, ring_.data() + next_);
    copyFrames(in + head, frames - head, ring_.data());
    next_ = (next_ + frames) & mask_;
    dirty_ = std::min(dirty_ + frames, ring_.size());
  }

  [[nodiscard]] float at(std::size_t delayFrames) const noexcept {
    return ring_[(next_ - 1 - delayFrames) & mask_];
  }
  /// Between delayFrames (fraction 0) and delayFrames + 1 (fraction 1).
  [[nodiscard]] float linear(std::size_t delayFrames, float fraction) const noexcept {
    const float a = at(delayFrames);
    return a + fraction * (at(delayFrames + 1) - a);
  }
  /// Cubic through four frames (Catmull-Rom); delayFrames >= 1.
  [[nodiscard]] float hermite(std::size_t delayFrames, float fraction) const noexcept {
    const float before = at(delayFrames - 1), a = at(delayFrames);
    const float b = at(delayFrames + 1), after = at(delayFrames + 2);
    const float slope = 0.5F * (b - before);
    const float middle = a - b;
    const float bend = slope + middle + 0.5F * (after - a) + middle;
    return ((bend * fraction - (bend + slope + middle)) * fraction + slope) * fraction + a;
  }

  /// out[i] is what was pushed `delayFrames` before frame i of the `frames` pushed last.
  void read(std::size_t delayFrames, std::size_t frames, float* out) const noexcept {
    copy((next_ - frames - delayFrames) & mask_, frames, out);
  }
  /// For feedback, before pushing: out[i] will have this delay to frame i of the next push;
  /// delayFrames >= frames.
  void readAhead(std::size_t delayFrames, std::size_t frames, float* out) const noexcept {
    copy((next_ - delayFrames) & mask_, frames, out);
  }

  /// At a cell's end, where the line recirculates: flushes the cell pushed last. What is below
  /// `floor` becomes 0 too: 1e-9 ends echoes where silence begins.
  void flushCell(float floor = 0.0F) noexcept {
    for (std::size_t i = 1; i <= kCellFrames; ++i) {
      float& x = ring_[(next_ - i) & mask_];
      const float healed = flushed(x);
      x = healed > floor || healed < -floor ? healed : 0.0F;
    }
  }

 private:
  static constexpr std::size_t kMargin = 4;  // interpolation looks two frames further

  /// Not memcpy: in WASM that is a call out of the module, dear for 32 frames.
  static void copyFrames(const float* from, std::size_t frames, float* to) noexcept {
    simd::forEachFrame(
        frames, [&](auto d, std::size_t i) { simd::StoreU(simd::LoadU(d, from + i), d, to + i); });
  }
  void copy(std::size_t from, std::size_t frames, float* out) const noexcept {
    const std::size_t head = std::min(frames, ring_.size() - from);
    copyFrames(ring_.data() + from, head, out);
    copyFrames(ring_.data(), frames - head, out + head);
  }

  std::span<float> ring_;
  std::size_t mask_ = 0;
  std::size_t next_ = 0;   // where the next frame goes
  std::size_t dirty_ = 0;  // frames from the ring's start that may not be zero
};

}  // namespace sonic
