// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/dsp/curve-table.h"
#include "engine/dsp/tube.h"

namespace sonic {

/// Values of a long-tailed phase inverter with a push-pull pair of pentodes.
struct PowerParts {
  float inverterSupplyV, plateAOhms, plateBOhms, cathodeOhms, tailOhms;
  float leakOhms, stopperOhms, biasV;  ///< Of each power grid.
  float supplyV, screenDropV, plateToPlateOhms, speakerOhms;
  float saggedV;                   ///< How far below supplyV the second set of curves lies.
  float reservoirFarads, sagOhms;  ///< sagOhms: the supply's resistance at sag 100 %.
  float lowHz, highHz;             ///< The transformer's band.
  float feedbackOhms, footOhms, presenceFarads, presenceOhms;
};

/// Phase inverter, push-pull output, transformer, feedback with presence, and the supply's sag.
/// Volts in at the inverter's grid, volts out at the speaker.
///
/// Method   inverter, power grids with their current, and pentodes on the transformer's load are
///          solved together at a CurveTable's knots, once at full supply and once at a sagged one,
///          and blended by the reservoir's state. The feedback loop has no delay: each frame solves
///          it on the curve's tangent of the frame before.
class PowerStage {
 public:
  struct State {
    float drive = 0.0F, curve = 0.0F, slope = 0.0F;  ///< Of the frame before.
    float high = 0.0F, low = 0.0F;                   ///< Transformer, TPT one-poles.
    float speaker = 0.0F, presenceV = 0.0F;          ///< Before; the presence capacitor.
    float droopV = 0.0F;
  };
  struct Coefficients {
    // Feedback = direct * speaker + byCharge * charge, charge being what is known beforehand:
    // keep * presenceV + bySpeaker * speaker before; presenceV = norm * (charge + bySpeaker *
    // speaker).
    float direct, byCharge, keep, bySpeaker, norm;
    float droopKeep, droopByAmperes;
  };

  void prepare(Arena& arena, const PowerParts& parts, double rateHz);
  /// presence and sag 0...1.
  [[nodiscard]] Coefficients coefficients(float presence, float sag) const noexcept;

  float step(State& s, const Coefficients& k, float source) const noexcept {
    // The speaker is lowGain * highGain * curve + rest.
    const float direct = highGain_ * (1.0F - lowGain_);
    const float rest = (1.0F - highGain_) * s.high - direct * s.low;
    const float charge = k.keep * s.presenceV + k.bySpeaker * s.speaker;
    const float loop = k.direct * direct;
    const float open = source - k.byCharge * charge - k.direct * rest;
    s.drive = (open - loop * (s.curve - s.slope * s.drive)) / (1.0F + loop * s.slope);

    alignas(16) std::array<float, 4> y;
    alignas(16) std::array<float, 4> slope;
    simd::V4 slopes;
    simd::StoreU(table_.at(s.drive, slopes), simd::F4{}, y.data());
    simd::StoreU(slopes, simd::F4{}, slope.data());
    const float blend = s.droopV * bySag_;
    s.curve = y[kFull] + blend * (y[kSagged] - y[kFull]);
    s.slope = slope[kFull] + blend * (slope[kSagged] - slope[kFull]);
    const float amperes = y[kFullAmperes] + blend * (y[kSaggedAmperes] - y[kFullAmperes]);
    s.droopV = k.droopKeep * s.droopV + k.droopByAmperes * amperes;

    const float lowStep = (s.curve - s.low) * lowGain_;
    const float low = s.low + lowStep;
    s.low = low + lowStep;
    const float highStep = (s.curve - low - s.high) * highGain_;
    s.speaker = s.high + highStep;
    s.high = s.speaker + highStep;
    s.presenceV = k.norm * (charge + k.bySpeaker * s.speaker);
    return s.speaker;
  }
  static void flush(State& s) noexcept;
  /// Slope of the curve at rest: open-loop gain.
  [[nodiscard]] float restGain() const { return restGain_; }

 private:
  static constexpr std::size_t kUnknowns = 8;
  enum Curve : std::size_t { kFull, kSagged, kFullAmperes, kSaggedAmperes };
  struct Circuit;

  PowerParts parts_{};
  CurveTable table_;
  float seconds_ = 0.0F, bySag_ = 0.0F, restGain_ = 0.0F;
  float highGain_ = 0.0F, lowGain_ = 0.0F;
};

}  // namespace sonic
