// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "engine/dsp/math.h"

namespace sonic {

/// Sets of elliptic half-band filters for an Oversampler: their all-pass coefficients, ascending;
/// the even-numbered belong to the branch of the even frames. Each is symmetric about a quarter of
/// the high rate; the passband's ripple is the stop band's power. All are flat to 20 kHz, there and
/// back within 0.01 dB. The fewer sections, the less they stop, and the earlier they answer.
/// Source   the closed elliptic design of Valenzuela & Constantinides: Digital Signal Processing
///          Schemes for Efficient Interpolation and Decimation, 1983.
namespace half_band {

/// Everything that could be heard <= -100 dB: for renders. First frame at 8x: -134 dB of the peak.
struct Fine {
  static constexpr std::array kUpTo88{.0397135109F, .1473824125F, .2953528287F, .4540022164F,
                                      .6026548171F, .7326718054F, .8452668748F, .9482809180F};
  static constexpr auto kUpTo96 = kUpTo88, kDownFrom88 = kUpTo88, kDownFrom96 = kUpTo88;
  static constexpr std::array kSecondUp{.0424547099F, .1707398505F, .3933198932F, .7457135887F};
  static constexpr auto kSecondDown = kSecondUp;
  static constexpr std::array kThird{.0591679478F, .2532688530F, .6562710985F};
  static constexpr std::array kFourth{.1083235082F, .5330756379F};
};

/// For a circuit that clips right behind its input. Images of content to 20 kHz <= -56 dB (at 2x
/// and 4x -64); what would fold below 20 kHz <= -33 dB, which suffices for a clipper's highest
/// harmonics behind a tone control. First frame at 4x: -36 dB.
struct Firm {
  static constexpr std::array kUpTo88{.0863587660F, .295263010F, .532136585F, .739417692F,
                                      .914524957F};
  static constexpr std::array kUpTo96{.0896980282F, .310919387F, .577350269F, .850669771F};
  static constexpr std::array kDownFrom88{.196975703F, .564151585F, .866270297F};
  static constexpr std::array kDownFrom96{.260582948F, .739707378F};
  static constexpr std::array kSecondUp{.131218983F, .573539197F};
  static constexpr std::array kSecondDown{.381249563F};
  static constexpr std::array kThird{.344223206F};
  static constexpr std::array kFourth{.335995843F};
};

/// For an amp, which has band-limited stages before it clips and a transformer behind. Images of
/// content to 14 kHz <= -47 dB, of 20 kHz -30 dB; what would fold below 20 kHz <= -37 dB.
struct Light {
  static constexpr std::array kUpTo88{.109106042F, .361632582F, .633477220F, .877443419F};
  static constexpr std::array kUpTo96{.114474943F, .397836688F, .769943151F};
  static constexpr std::array kDownFrom88{.125536275F, .401890473F, .674728251F, .895811135F};
  static constexpr std::array kDownFrom96{.143436416F, .461816363F, .810517970F};
  static constexpr std::array kSecondUp{.355688537F};
  static constexpr std::array kSecondDown{.381249563F};
  static constexpr std::array kThird{.344223206F};
  static constexpr std::array kFourth{.335995843F};
};

}  // namespace half_band

/// One half-band stage of one channel, in one direction: two cascades of first-order all-passes
/// that run at the low rate, H(z) = (A0(z^2) + z^-1 A1(z^2)) / 2. Minimum delay: the first frame
/// out answers the first frame in. [audio]
template <const auto& kCoefficients>
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
    for (float& state : state_) state = flushed(state);
  }

 private:
  // A section's last output is the next one's last input, so a cascade of n has n + 1 states.
  static constexpr std::size_t kSections = kCoefficients.size();
  static constexpr std::size_t kEven = (kSections + 1) / 2, kOdd = kSections / 2;

  float even(float x) noexcept { return cascade<0, kEven>(x, state_.data()); }
  float odd(float x) noexcept { return cascade<1, kOdd>(x, state_.data() + kEven + 1); }

  template <std::size_t kFirst, std::size_t kCount>
  static float cascade(float x, float* state) noexcept {
    for (std::size_t k = 0; k < kCount; ++k) {
      const float y = state[k] + kCoefficients[2 * k + kFirst] * (x - state[k + 1]);
      state[k] = x;
      x = y;
    }
    state[kCount] = x;
    return x;
  }

  std::array<float, kSections + 2> state_{};
};

/// The same with coefficients that are chosen when it runs: for the stage next to the base rate,
/// whose passband depends on that rate. [audio]
class FirstHalfBand {
 public:
  using Coefficients = std::span<const float>;
  static constexpr std::size_t kMaxSections = 8;

  void split(Coefficients c, float x, float& first, float& second) noexcept {
    first = cascade(c, 0, x);
    second = cascade(c, 1, x);
  }
  float merge(Coefficients c, float first, float second) noexcept {
    return 0.5F * (cascade(c, 1, first) + cascade(c, 0, second));
  }
  void flush() noexcept {
    for (auto& branch : state_)
      for (float& state : branch) state = flushed(state);
  }

 private:
  float cascade(Coefficients c, std::size_t branch, float x) noexcept {
    float* state = state_[branch].data();
    for (std::size_t k = branch; k < c.size(); k += 2, ++state) {
      const float y = state[0] + c[k] * (x - state[1]);
      state[0] = x;
      x = y;
    }
    *state = x;
    return x;
  }

  std::array<std::array<float, kMaxSections / 2 + 1>, 2> state_{};
};

}  // namespace sonic
