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
    dirty_ = std::max(dirty_, next_ + 1);
    next_ = (next_ + 1) & mask_;
  }
  void push(const float* in, std::size_t frames) noexcept {
    const std::size_t head = std::min(frames, ring_.size() - next_);
    simd::copyFrames(in, head, ring_.data() + next_);
    simd::copyFrames(in + head, frames - head, ring_.data());
    dirty_ = std::max(dirty_, next_ + head);
    next_ = (next_ + frames) & mask_;
  }
  /// Instead of push(): where its frames can be written in place, in whole vectors, before
  /// pushInPlace(); null at the ring's end.
  [[nodiscard]] float* place(std::size_t frames) noexcept {
    return next_ + wholeVectors(frames) <= ring_.size() ? ring_.data() + next_ : nullptr;
  }
  void pushInPlace(std::size_t frames) noexcept {
    dirty_ = std::max(dirty_, next_ + wholeVectors(frames));
    next_ = (next_ + frames) & mask_;
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

  /// The same without a copy, but for the ring's end, where it is made in `scratch`.
  [[nodiscard]] const float* ahead(std::size_t delayFrames, std::size_t frames,
                                   float* scratch) const noexcept {
    const std::size_t from = (next_ - delayFrames) & mask_;
    if (from + frames <= ring_.size()) return ring_.data() + from;
    copy(from, frames, scratch);
    return scratch;
  }

  /// At a cell's end, where the line recirculates: flushes the cell pushed last. What is not over
  /// `floor` becomes 0 too: 1e-9 ends echoes where silence begins.
  void flushCell(float floor = 0.0F) noexcept {
    const std::size_t from = (next_ - kCellFrames) & mask_;
    const std::size_t head = std::min(kCellFrames, ring_.size() - from);
    flush(ring_.data() + from, head, floor);
    flush(ring_.data(), kCellFrames - head, floor);
  }

 private:
  // Interpolation looks two frames further; a vector written in place reaches three.
  static constexpr std::size_t kMargin = 8;

  static constexpr std::size_t wholeVectors(std::size_t frames) { return (frames + 3) / 4 * 4; }

  static void flush(float* x, std::size_t frames, float floor) noexcept {
    simd::forEachFrame(frames, [&](auto d, std::size_t i) {
      const auto healed = simd::flushed(d, simd::LoadU(d, x + i));
      const auto sounds = simd::Lt(simd::Set(d, floor), simd::Abs(healed));
      simd::StoreU(simd::hn::IfThenElseZero(sounds, healed), d, x + i);
    });
  }
  void copy(std::size_t from, std::size_t frames, float* out) const noexcept {
    const std::size_t head = std::min(frames, ring_.size() - from);
    simd::copyFrames(ring_.data() + from, head, out);
    simd::copyFrames(ring_.data(), frames - head, out + head);
  }

  std::span<float> ring_;
  std::size_t mask_ = 0;
  std::size_t next_ = 0;   // where the next frame goes
  std::size_t dirty_ = 0;  // frames from the ring's start that may not be zero
};

}  // namespace sonic
