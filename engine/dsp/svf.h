// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>

#include "engine/dsp/math.h"

namespace sonic {

/// Coefficients of a state variable filter: the loop (a1, a2, a3) and the mix
/// y = m0 x + m1 band + m2 low. They may change at any frame: the states are voltages of the
/// integrators' capacitors, so no response of the class blows up when the cutoff jumps. [audio]
struct SvfCoefficients {
  float a1 = 1.0F, a2 = 0.0F, a3 = 0.0F;
  float m0 = 1.0F, m1 = 0.0F, m2 = 0.0F;

  /// The same filter by its states: s1' = k0 s1 + k1 r, s2' = s2 + k1 s1 + k2 r with r = x - s2,
  /// and y = k3 x + k4 s1 + k5 s2. Fewer steps lie between two frames than by way of band and low.
  [[nodiscard]] std::array<float, 6> byStates() const noexcept {
    const float direct = m1 * a2 + m2 * a3;
    return {2.0F * a1 - 1.0F, 2.0F * a2, 2.0F * a3, m0 + direct, m1 * a1 + m2 * a2, m2 - direct};
  }

  /// The cutoff is held below 0.49 of the rate.
  static SvfCoefficients lowPass(float cutoffHz, float q, float sampleRateHz) noexcept {
    return make(prewarped(cutoffHz, sampleRateHz), 1.0F / q, 0.0F, 0.0F, 1.0F);
  }
  static SvfCoefficients highPass(float cutoffHz, float q, float sampleRateHz) noexcept {
    const float k = 1.0F / q;
    return make(prewarped(cutoffHz, sampleRateHz), k, 1.0F, -k, -1.0F);
  }
  /// Peak gain 1.
  static SvfCoefficients bandPass(float cutoffHz, float q, float sampleRateHz) noexcept {
    const float k = 1.0F / q;
    return make(prewarped(cutoffHz, sampleRateHz), k, 0.0F, k, 0.0F);
  }
  static SvfCoefficients notch(float cutoffHz, float q, float sampleRateHz) noexcept {
    const float k = 1.0F / q;
    return make(prewarped(cutoffHz, sampleRateHz), k, 1.0F, -k, 0.0F);
  }
  static SvfCoefficients allPass(float cutoffHz, float q, float sampleRateHz) noexcept {
    const float k = 1.0F / q;
    return make(prewarped(cutoffHz, sampleRateHz), k, 1.0F, -2.0F * k, 0.0F);
  }
  static SvfCoefficients bell(float centreHz, float q, float gainDb, float sampleRateHz) noexcept {
    const float a = dbToGain(0.5F * gainDb);
    const float k = 1.0F / (q * a);
    return make(prewarped(centreHz, sampleRateHz), k, 1.0F, k * (a * a - 1.0F), 0.0F);
  }
  static SvfCoefficients lowShelf(float centreHz, float q, float gainDb,
                                  float sampleRateHz) noexcept {
    const float a = dbToGain(0.5F * gainDb);
    const float k = 1.0F / q;
    return make(prewarped(centreHz, sampleRateHz) / math::sqrt(a), k, 1.0F, k * (a - 1.0F),
                a * a - 1.0F);
  }
  static SvfCoefficients highShelf(float centreHz, float q, float gainDb,
                                   float sampleRateHz) noexcept {
    const float a = dbToGain(0.5F * gainDb);
    const float k = 1.0F / q;
    return make(prewarped(centreHz, sampleRateHz) * math::sqrt(a), k, a * a, k * (1.0F - a) * a,
                1.0F - a * a);
  }

 private:
  static SvfCoefficients make(float g, float k, float m0, float m1, float m2) noexcept {
    const float a1 = 1.0F / (1.0F + g * (g + k));
    return {a1, g * a1, g * g * a1, m0, m1, m2};
  }
};

/// One channel of a topology-preserving state variable filter, 12 dB per octave.
/// Source   Zavalishin: The Art of VA Filter Design, 2018, ch. 4; Simper: Linear Trapezoidal
///          Integrated State Variable Filter, 2013. [audio]
class Svf {
 public:
  void reset() noexcept { ic1_ = ic2_ = 0.0F; }
  float process(const SvfCoefficients& c, float x) noexcept {
    const float v3 = x - ic2_;
    const float v1 = c.a1 * ic1_ + c.a2 * v3;
    const float v2 = ic2_ + c.a2 * ic1_ + c.a3 * v3;
    ic1_ = 2.0F * v1 - ic1_;
    ic2_ = 2.0F * v2 - ic2_;
    return c.m0 * x + c.m1 * v1 + c.m2 * v2;
  }
  /// `out` may be `in`.
  void process(const SvfCoefficients& c, const float* in, std::size_t frames, float* out) noexcept {
    Svf state = *this;  // kept in registers: `out` cannot alias it
    for (std::size_t i = 0; i < frames; ++i) out[i] = state.process(c, in[i]);
    *this = state;
  }
  /// At a cell's end.
  void flush() noexcept {
    ic1_ = flushed(ic1_);
    ic2_ = flushed(ic2_);
  }

 private:
  float ic1_ = 0.0F;
  float ic2_ = 0.0F;
};

}  // namespace sonic
