// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/arena.h"
#include "engine/dsp/knot-grid.h"
#include "engine/modules/amp/crunch-circuit.h"

namespace sonic {

/// Phase inverter, push-pull output, transformer, feedback with presence, and the supply's sag.
/// Volts in at the inverter's grid, volts out at the speaker.
///
/// Method   inverter, power grids with their current, and pentodes on the transformer's load are
///          static: two solved curves, at full supply and at a sagged one, blended by the
///          reservoir's state. The transformer's band follows the curve; it and the feedback
///          network are states, so what comes back without delay is a fixed share of the curve,
///          which the table has solved beforehand. As in TriodeBank the table holds integrals: the
///          output is the mean of the curve between two frames (half a frame of delay), and the
///          loop gets its charge.
class PowerStage {
 public:
  struct Band {
    float low = 0.0F, high = 0.0F;  ///< States of two TPT one-poles.
  };
  struct State {
    float drive = 0.0F, curve = 0.0F;  ///< Of the frame before.
    std::array<float, 2> area{};       ///< Integrals at full and sagged supply, too.
    float correction = 0.0F;           ///< Mean of the curve less its trapezoid.
    float grid = 0.0F;                 ///< TPT one-pole of the inverter's input.
    Band out;
    // The loop: transformer's states, the feedback network's charge, and what the next frame will
    // feed back but for its own curve.
    float high = 0.0F, low = 0.0F, charge = 0.0F, feedback = 0.0F;
    float droopV = 0.0F;
  };
  void prepare(Arena& arena, double rateHz);
  /// presence and sag 0...1. Microseconds when presence has moved; true if so: every running State
  /// then needs refresh().
  bool set(float presence, float sag) noexcept;
  void refresh(State& s) const noexcept;
  float step(State& s, float source) const noexcept;
  static void flush(State& s) noexcept;

 private:
  /// speaker = through * curve + rest, rest = highKeep * high - through * low; charge, what the
  /// feedback network knows beforehand: next = chargeKeep * charge + chargeBySpeaker * speaker;
  /// fed back = direct * speaker + byCharge * charge.
  struct Coefficients {
    float through, highKeep;
    float direct, byCharge, chargeKeep, chargeBySpeaker;
    float droopKeep, droopByAmperes;
  };
  struct Looked {
    std::array<float, 2> area, curve, amperes;  ///< Full and sagged.
  };
  static constexpr KnotGrid kGrid{crunch::kPowerOctaves, crunch::kPowerStepsLog2,
                                  crunch::kPowerUnitV};
  /// [power of t][integral of speaker volts at full supply, sagged, supply amperes of both], then
  /// [power of t][speaker volts at full supply, sagged, -, -].
  using Piece = std::array<float, 28>;

  [[nodiscard]] Looked look(float drive) const noexcept;
  void fillSide(bool negative) noexcept;
  [[nodiscard]] float band(Band& s, float curve) const noexcept {
    const float lowStep = (curve - s.low) * lowGain_;
    const float low = s.low + lowStep;
    s.low = low + lowStep;
    const float highStep = (curve - low - s.high) * highGain_;
    const float y = s.high + highStep;
    s.high = y + highStep;
    return y;
  }

  std::span<Piece> pieces_;
  Coefficients k_{};
  float presence_ = -1.0F;
  float seconds_ = 0.0F, feedbackByCurve_ = 0.0F, gridGain_ = 0.0F, highGain_ = 0.0F,
        lowGain_ = 0.0F;
};

inline PowerStage::Looked PowerStage::look(float drive) const noexcept {
  const simd::F4 d;
  const simd::F1 one;
  const auto place = simd::place<crunch::kPowerStepsLog2>(
      one, simd::Set(one, drive), simd::Set(one, 1.0F / kGrid.unit), simd::Set(one, kGrid.limit()));
  const auto piece = static_cast<std::size_t>(simd::hn::GetLane(place.piece));
  const float* const c = pieces_[drive < 0.0F ? piece + kGrid.pieces() : piece].data();
  const auto t = simd::Set(d, simd::hn::GetLane(place.t));
  const auto coefficient = [&](std::size_t k) { return simd::LoadU(d, c + 4 * k); };
  const auto low = simd::Add(coefficient(0), simd::Mul(t, coefficient(1)));
  const auto high = simd::Add(coefficient(2), simd::Mul(t, coefficient(3)));
  const auto tt = simd::Mul(t, t);
  const auto curve = simd::Add(simd::Add(coefficient(4), simd::Mul(t, coefficient(5))),
                               simd::Mul(tt, coefficient(6)));
  alignas(16) std::array<float, 4> value;
  simd::StoreU(simd::Add(low, simd::Mul(tt, high)), d, value.data());
  return {{value[0], value[1]},
          {simd::hn::GetLane(curve), simd::hn::ExtractLane(curve, 1)},
          {value[2], value[3]}};
}

inline float PowerStage::step(State& s, float source) const noexcept {
  const float gridStep = (source - s.grid) * gridGain_;
  const float grid = s.grid + gridStep;
  s.grid = grid + gridStep;
  const float drive = grid - s.feedback;
  const Looked looked = look(drive);
  const float blend = s.droopV * (1.0F / crunch::kPower.saggedV);
  const auto mix = [blend](float full, float sagged) { return full + blend * (sagged - full); };
  const float curve = mix(looked.curve[0], looked.curve[1]);

  // All of the next feedback that does not wait for the curve, then the curve's share.
  const float fed = curve + s.correction;
  const float rest = k_.highKeep * s.high - k_.through * s.low;
  const float charge = k_.chargeKeep * s.charge + k_.chargeBySpeaker * rest;
  const float high = 2.0F * rest - s.high;
  const float low = s.low - 2.0F * lowGain_ * s.low;
  const float known = k_.byCharge * charge + k_.direct * (k_.highKeep * high - k_.through * low);
  s.feedback = known + feedbackByCurve_ * fed;
  const float through = k_.through * fed;
  s.charge = charge + k_.chargeBySpeaker * through;
  s.high = high + 2.0F * through;
  s.low = low + 2.0F * lowGain_ * fed;

  const float way = drive - s.drive;
  const float least = 0.02F * (1.0F + (drive < 0.0F ? -drive : drive));
  const bool isFar = way > least || way < -least;
  const float rise = mix(looked.area[0] - s.area[0], looked.area[1] - s.area[1]);
  const float middle = 0.5F * (curve + s.curve);
  const float mean = isFar ? rise / (isFar ? way : 1.0F) : middle;
  s.correction = mean - middle;
  s.drive = drive;
  s.curve = curve;
  s.area = looked.area;
  s.droopV =
      k_.droopKeep * s.droopV + k_.droopByAmperes * mix(looked.amperes[0], looked.amperes[1]);
  return band(s.out, mean);
}

}  // namespace sonic
