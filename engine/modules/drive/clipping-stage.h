// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/math.h"

namespace sonic {

/// The clipping stage of a Tube Screamer: an ideal op-amp with 4.7 k + 47 n to ground, and in its
/// feedback Rf, 51 p and two diodes back to back. With i the current through 4.7 k and v the
/// voltage across the feedback:
///   51 p dv/dt = i - v / Rf - 2 Is sinh(v / nVt),   out = in + v.
/// Here is what the channels share: a trapezoidal step of it, solved ahead for every outcome. With
/// y = v / nVt, R = step / (2 * 51 p), u = 1 / (1 + R / Rf) and beta = 2 R Is u / nVt the step is
///   y + beta sinh y = p,   p = u R (i0 + i1) / nVt + r,   r = 2 u y0 - p0:
/// r is all that a step leaves to the next one, and the table holds r over p as straight lines, 64
/// per octave of |p|. Newton's iterations lie in prepare(), not in the loop, whose latency would be
/// the cost of the pedal. The pot changes u and beta; y follows by its series to second order in
/// ln(beta) about a middle pot. [audio]
class ClippingCircuit {
 public:
  static constexpr float kSlopeV = 1.752F * 0.02585F;  ///< n Vt of the 1N914
  static constexpr float kSaturationA = 2.52e-9F;
  static constexpr float kMinFeedbackOhm = 51e3F, kMaxFeedbackOhm = 551e3F;
  /// Steps per frame. The diodes' corners alias, and what matters is how finely they are followed,
  /// not the rate at which their current comes or their mean over a frame leaves.
  static constexpr std::size_t kSteps = 4;

  void prepare(Arena& arena, float rateHz);
  /// At the first cell and when the pot turns; some microseconds.
  void setFeedback(float ohms) noexcept;

 private:
  friend class ClippingStage;
  // |p| of 0...1/2 is line 0; then 64 lines per octave to 2^15.
  static constexpr int kShift = 17;
  static constexpr std::int32_t kFirstLine = (126 << 6) - 1;
  static constexpr std::size_t kLines = 1024;
  static constexpr std::size_t kNodes = kLines + 4;  // one closes the last line; whole vectors

  /// p -> r.
  [[nodiscard]] float reflected(float p) const noexcept {
    const auto bits = __builtin_bit_cast(std::int32_t, p);
    const std::int32_t line = ((bits & 0x7fffffff) >> kShift) - kFirstLine;
    const auto k = static_cast<std::size_t>(line < 0 ? 0 : line) & (kLines - 1);
    return __builtin_copysignf(offset_[k], p) + slope_[k] * p;
  }

  float currentPerVolt_ = 0.0F;    // of 4.7 k + 47 n, as R i / nVt
  float chargePerCurrent_ = 0.0F;  // and what it adds to the volts of the 47 n
  float resistance_ = 0.0F;        // R
  float load_ = 0.0F, u_ = 1.0F, middleU_ = 1.0F;
  // Per node: p; y there and its series in ln(beta / middle); w = 2 u y.
  std::span<float> p_, y_, first_, second_, w_;
  std::span<float> offset_, slope_;  // per line
};

/// One channel's state of it. What comes out is the mean over the frame, since that drops what a
/// sample would fold; so it lags half a frame. [audio]
class ClippingStage {
 public:
  float process(const ClippingCircuit& c, float volts) noexcept {
    constexpr float kMaxVolts = 9.0F;  // the supply: far above any signal that a guitar makes
    volts = volts < -kMaxVolts ? -kMaxVolts : (volts > kMaxVolts ? kMaxVolts : volts);
    const float e0 = current_;
    const float e1 = c.currentPerVolt_ * (volts - charge_);
    charge_ += c.chargePerCurrent_ * e1;
    current_ = e1;
    const float meanInput = 0.5F * (volts_ + volts);
    volts_ = volts;
    return meanInput + ClippingCircuit::kSlopeV * meanOfSteps(c, c.u_ * e0, c.u_ * e1);
  }
  /// The pot has turned from `before` to `after`: the charge and the diodes' current stay.
  void turn(const ClippingCircuit& before, const ClippingCircuit& after) noexcept {
    r_ = after.u_ * (r_ / before.u_ - (after.load_ - before.load_) * y_);
  }
  void flush() noexcept {
    for (float* state : {&current_, &charge_, &volts_, &y_, &r_}) *state = flushed(*state);
  }

 private:
  /// The current goes from e0 to e1 in a straight line; returns the mean of y.
  float meanOfSteps(const ClippingCircuit& c, float e0, float e1) noexcept {
    constexpr float kPart = 1.0F / ClippingCircuit::kSteps;
    const float rise = 2.0F * kPart * (e1 - e0);
    float ends = e0 + e0 + 0.5F * rise;  // the sum of the current at a step's two ends
    float r = r_;
    float sum = 0.0F;
    float w = 0.0F;
    for (std::size_t step = 0; step < ClippingCircuit::kSteps; ++step) {
      const float p = ends + r;
      r = c.reflected(p);
      w = p + r;
      sum += w;
      ends += rise;
    }
    const float toY = 0.5F + 0.5F * c.load_;  // 1 / 2u
    const float y0 = y_;
    y_ = toY * w;
    r_ = r;
    return kPart * (toY * sum + 0.5F * (y0 - y_));
  }

  float current_ = 0.0F;  // through 4.7 k, as R i / nVt
  float charge_ = 0.0F;   // volts of the 47 n, and half of what its current adds
  float volts_ = 0.0F;    // input of the frame before
  float y_ = 0.0F;
  float r_ = 0.0F;
};

}  // namespace sonic
