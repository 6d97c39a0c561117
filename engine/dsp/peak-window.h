// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>

#include "engine/core/arena.h"
#include "engine/core/cell.h"
#include "engine/dsp/simd.h"

namespace sonic {

/// out = the largest magnitude among the channels, frame by frame. What is not a number, and
/// anything over +120 dBFS, counts as silence, so that a detector behind it never has to heal.
inline void linkedMagnitude(std::span<const float* const> channels, std::size_t frames,
                            float* out) noexcept {
  simd::forEachFrame(frames, [&](auto d, std::size_t i) {
    auto level = simd::Zero(d);
    for (const float* const channel : channels) {
      const auto a = simd::Abs(simd::LoadU(d, channel + i));
      level = simd::Max(level, simd::IfThenElse(simd::Lt(a, simd::Set(d, 1e6F)), a, simd::Zero(d)));
    }
    simd::StoreU(level, d, out + i);
  });
}

/// Running maximum over the last 2^k frames by doubling: stage s keeps the maximum over 2^s frames
/// and joins it with its own value 2^s frames ago. k may change at any call. [audio]
class PeakWindow {
 public:
  /// Windows up to `maxFrames` (rounded down to a power of two).
  void prepare(Arena& arena, std::size_t maxFrames) {
    stages_ = 0;
    while ((std::size_t{2} << stages_) <= maxFrames) ++stages_;
    memory_ = arena.allocate<float>((std::size_t{1} << stages_) - 1 + stages_ * kCellFrames);
  }
  void reset() noexcept {
    for (float& x : memory_) x = 0.0F;
  }
  [[nodiscard]] std::size_t stages() const noexcept { return stages_; }

  /// In place; level[i] becomes the maximum over the last 2^stage frames. At most a cell at once.
  void process(float* level, std::size_t frames, std::size_t stage) noexcept {
    float* history = memory_.data();  // of one stage: 2^s frames, then room for a cell
    float current[kCellFrames];
    simd::forEachFrame(frames, [&](auto d, std::size_t i) {
      simd::StoreU(simd::LoadU(d, level + i), d, current + i);
    });
    for (std::size_t s = 0; s < stages_; ++s) {
      const std::size_t reach = std::size_t{1} << s;
      simd::forEachFrame(frames, [&](auto d, std::size_t i) {
        const auto now = simd::LoadU(d, current + i);
        simd::StoreU(now, d, history + reach + i);
        simd::StoreU(simd::Max(now, simd::LoadU(d, history + i)), d, current + i);
      });
      simd::forEachFrame(reach, [&](auto d, std::size_t i) {
        simd::StoreU(simd::LoadU(d, history + frames + i), d, history + i);
      });
      if (s + 1 == stage) {
        simd::forEachFrame(frames, [&](auto d, std::size_t i) {
          simd::StoreU(simd::LoadU(d, current + i), d, level + i);
        });
      }
      history += reach + kCellFrames;
    }
  }

 private:
  std::span<float> memory_;
  std::size_t stages_ = 0;
};

}  // namespace sonic
