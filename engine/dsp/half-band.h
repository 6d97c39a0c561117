// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>

#include "engine/dsp/math.h"

namespace sonic {

/// All-pass coefficients of an elliptic half-band filter with that many sections, ascending; the
/// even-numbered belong to the branch of the even frames. Stop band >= 100 dB, symmetric about a
/// quarter of the high rate; passband ripple below 1e-8 dB.
/// Source   the closed elliptic design of Valenzuela & Constantinides: Digital Signal Processing
///          Schemes for Efficient Interpolation and Decimation, 1983.
template <std::size_t kSections>
inline constexpr std::array<float, kSections> kHalfBand{};
/// Flat to 0.229 of the high rate: 22.0 kHz at 96 kHz, 20.2 kHz at 88.2 kHz.
template <>
inline constexpr std::array<float, 8> kHalfBand<8>{.0397135109F, .1473824125F, .2953528287F,
                                                   .4540022164F, .6026548171F, .7326718054F,
                                                   .8452668748F, .9482809180F};
/// Flat to 0.125 of the high rate: 24 kHz at 192 kHz.
template <>
inline constexpr std::array<float, 4> kHalfBand<4>{.0424547099F, .1707398505F, .3933198932F,
                                                   .7457135887F};
/// Flat to 0.083 of the high rate: 32 kHz at 384 kHz.
template <>
inline constexpr std::array<float, 3> kHalfBand<3>{.0591679478F, .2532688530F, .6562710985F};
/// Flat to 0.040 of the high rate: 30.7 kHz at 768 kHz.
template <>
inline constexpr std::array<float, 2> kHalfBand<2>{.1083235082F, .5330756379F};

/// One half-band stage of one channel, in one direction: two cascades of first-order all-passes
/// that run at the low rate, H(z) = (A0(z^2) + z^-1 A1(z^2)) / 2. Minimum delay: the first frame
/// out answers the first frame in. [audio]
template <std::size_t kSections>
class HalfBand {
 public:
  /// One frame in, two frames at twice the rate out; gain 1.
  void split(float x, float& first, float& second) noexcept {
    first = even(x);
    second = odd(x);
  }
  /// Two frames in, one frame at half the rate out: the filter's output at the second of them.
  float merge(float first, float second) noexcept { return 0.5F * (odd(first) + even(second)); }

  /// At a cell's end.
  void flush() noexcept {
    const simd::F4 d;
    for (std::size_t i = 0; i < state_.size(); i += 4)
      simd::StoreU(simd::flushed(d, simd::LoadU(d, state_.data() + i)), d, state_.data() + i);
  }

 private:
  // A section's last output is the next one's last input, so a cascade of n has n + 1 states.
  static constexpr std::size_t kEven = (kSections + 1) / 2, kOdd = kSections / 2;

  float even(float x) noexcept { return cascade<0, kEven>(x, state_.data()); }
  float odd(float x) noexcept { return cascade<1, kOdd>(x, state_.data() + kEven + 1); }

  template <std::size_t kFirst, std::size_t kCount>
  static float cascade(float x, float* state) noexcept {
    for (std::size_t k = 0; k < kCount; ++k) {
      const float y = state[k] + kHalfBand<kSections>[2 * k + kFirst] * (x - state[k + 1]);
      state[k] = x;
      x = y;
    }
    state[kCount] = x;
    return x;
  }

  alignas(16) std::array<float, (kSections + 2 + 3) / 4 * 4> state_{};
};

}  // namespace sonic
