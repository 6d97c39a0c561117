// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/half-band.h"

namespace sonic {

/// One channel's way up to 2, 4, 8 or 16 times the rate and back, for non-linear stages.
///
/// Method   a cascade of minimum-phase polyphase half-band IIR filters: flat to 20 kHz at a base of
///          44.1 kHz or more, images and aliases of it <= -100 dB. The way up and back at 8x costs
///          about 5 frames of delay at low frequencies (more near 20 kHz). Nothing is delayed as a
///          whole: the first frame out answers the first frame in, though faintly (2x -66 dB of the
///          peak, 4x -110, 8x -134), since a minimum-phase filter starts the more gently the more
///          it stops. Declared latency 0.
/// Bits     do not depend on how the frames are split into calls. [audio]
class Oversampler {
 public:
  static constexpr std::size_t kMaxFactorLog2 = 4;

  /// factorLog2 0...4: factor 1, 2, 4, 8, 16.
  void prepare(Arena& arena, std::size_t factorLog2);
  void reset() noexcept;
  /// `frames` in, `frames << factorLog2` out, same level.
  void up(const float* in, std::size_t frames, float* high) noexcept;
  /// `frames << factorLog2` in, `frames` out; `out` may be `high`.
  void down(const float* high, std::size_t frames, float* out) noexcept;
  /// Both ways at once: body(high) changes the high-rate frames of one frame in place, and gets a
  /// std::span<float, factor>. Faster than up() and down(), since the processor overlaps the
  /// filters with the body. `out` may be `in`.
  template <class Body>
  void through(const float* in, std::size_t frames, float* out, Body&& body) noexcept {
    switch (factorLog2_) {
      case 0:
        return throughFrames<0>(in, frames, out, body);
      case 1:
        return throughFrames<1>(in, frames, out, body);
      case 2:
        return throughFrames<2>(in, frames, out, body);
      case 3:
        return throughFrames<3>(in, frames, out, body);
      default:
        return throughFrames<4>(in, frames, out, body);
    }
  }
  /// At a cell's end.
  void flush() noexcept;

 private:
  struct Stages {
    HalfBand<8> first;
    HalfBand<4> second;
    HalfBand<3> third;
    HalfBand<2> fourth;
  };

  template <std::size_t kStage>
  static auto& stage(Stages& stages) noexcept {
    if constexpr (kStage == 0) return stages.first;
    if constexpr (kStage == 1) return stages.second;
    if constexpr (kStage == 2) return stages.third;
    if constexpr (kStage == 3) return stages.fourth;
  }

  // One frame goes through all stages before the next one, so that their chains of dependent
  // operations overlap; and no buffer between stages is needed.
  template <std::size_t kStage, std::size_t kStages>
  static void split(Stages& stages, float x, float* high) noexcept {
    if constexpr (kStage == kStages) {
      *high = x;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - kStage - 1);
      float first = 0.0F;
      float second = 0.0F;
      stage<kStage>(stages).split(x, first, second);
      split<kStage + 1, kStages>(stages, first, high);
      split<kStage + 1, kStages>(stages, second, high + kHalf);
    }
  }
  template <std::size_t kStage, std::size_t kStages>
  static float merge(Stages& stages, const float* high) noexcept {
    if constexpr (kStage == kStages) {
      return *high;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - kStage - 1);
      const float first = merge<kStage + 1, kStages>(stages, high);
      const float second = merge<kStage + 1, kStages>(stages, high + kHalf);
      return stage<kStage>(stages).merge(first, second);
    }
  }
  template <std::size_t kStages, class Body>
  void throughFrames(const float* in, std::size_t frames, float* out, Body& body) noexcept {
    Stages ups = stages_[0];  // local copies: `out` cannot alias them
    Stages downs = stages_[1];
    alignas(16) std::array<float, std::size_t{1} << kStages> high;
    for (std::size_t i = 0; i < frames; ++i) {
      split<0, kStages>(ups, in[i], high.data());
      body(std::span(high));
      out[i] = merge<0, kStages>(downs, high.data());
    }
    stages_[0] = ups;
    stages_[1] = downs;
  }
  template <std::size_t kStages>
  void upFrames(const float* in, std::size_t frames, float* high) noexcept;
  template <std::size_t kStages>
  void downFrames(const float* high, std::size_t frames, float* out) noexcept;

  std::size_t factorLog2_ = 0;
  std::span<Stages> stages_;  // [up, down]
};

}  // namespace sonic
