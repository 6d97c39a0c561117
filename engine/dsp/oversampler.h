// SPDX-License-Identifier: MIT
#pragma once
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
  static auto& stage(Stages& stages) noexcept;
  template <std::size_t kStage, std::size_t kStages>
  static void split(Stages& stages, float x, float* high) noexcept;
  template <std::size_t kStage, std::size_t kStages>
  static float merge(Stages& stages, const float* high) noexcept;
  template <std::size_t kStages>
  void upFrames(const float* in, std::size_t frames, float* high) noexcept;
  template <std::size_t kStages>
  void downFrames(const float* high, std::size_t frames, float* out) noexcept;

  std::size_t factorLog2_ = 0;
  std::span<Stages> stages_;  // [up, down]
};

}  // namespace sonic
