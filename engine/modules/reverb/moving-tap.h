// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>

#include "engine/core/param.h"
#include "engine/dsp/delay-line.h"
#include "engine/dsp/simd.h"

namespace sonic {

/// Moves a whole-frame delay without a click or a change of pitch: it cross-fades from the old
/// place to the new one over kFadeCells. While it fades, a newer goal waits. The same fade serves
/// any number of taps (a reverb's lines). [audio]
class MovingTap {
 public:
  static constexpr std::size_t kFadeCells = 64;

  void reset() noexcept { *this = MovingTap{}; }
  /// In every call, with the cell's goal. True if a fade towards it begins (or it was placed for
  /// the first time: then it stands there at once).
  bool follow(std::size_t goal) noexcept {
    if (!placed_) {
      placed_ = true;
      now_ = next_ = goal;
      return true;
    }
    if (isFading() || goal == now_) return false;
    next_ = goal;
    return true;
  }
  void endCell() noexcept {
    if (!isFading()) return;
    if (++cells_ == kFadeCells) {
      now_ = next_;
      cells_ = 0;
    }
  }
  [[nodiscard]] bool isFading() const noexcept { return now_ != next_; }
  [[nodiscard]] std::size_t now() const noexcept { return now_; }
  [[nodiscard]] std::size_t next() const noexcept { return next_; }
  /// Share of the new place over this cell.
  [[nodiscard]] Ramp share() const noexcept {
    constexpr float kCell = 1.0F / static_cast<float>(kFadeCells);
    return Ramp::between(kCell * static_cast<float>(cells_),
                         kCell * static_cast<float>(cells_ + 1));
  }

 private:
  std::size_t now_ = 0;
  std::size_t next_ = 0;
  std::size_t cells_ = 0;
  bool placed_ = false;
};

/// to += share * (from - to), frame by frame.
inline void crossFade(const Ramp& share, std::size_t cellOffset, std::size_t frames,
                      const float* from, float* to) noexcept {
  simd::forEachFrame(frames, [&](auto d, std::size_t i) {
    const auto old = simd::LoadU(d, to + i);
    const auto w = simd::at(d, share, cellOffset + i);
    simd::StoreU(simd::Add(old, simd::Mul(w, simd::Sub(simd::LoadU(d, from + i), old))), d, to + i);
  });
}

}  // namespace sonic
