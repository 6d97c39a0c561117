// SPDX-License-Identifier: MIT
#include "engine/modules/amp/power-stage.h"

#include <algorithm>
#include <cmath>

#include "engine/modules/amp/solved-curve.h"

namespace sonic {

void PowerStage::prepare(Arena& arena, double rateHz) {
  seconds_ = static_cast<float>(1.0 / rateHz);
  const auto onePole = [&](float hz) {
    const float g = prewarped(hz, static_cast<float>(rateHz));
    return g / (1.0F + g);
  };
  gridGain_ = onePole(crunch::kPower.gridHz);
  highGain_ = onePole(crunch::kPower.highHz);
  lowGain_ = onePole(crunch::kPower.lowHz);
  pieces_ = arena.allocate<Piece>(2 * kGrid.pieces());
}

// At each knot of the voltage without the undelayed feedback: Newton for the inverter's drive.
void PowerStage::fillSide(bool negative) noexcept {
  const float sign = negative ? -1.0F : 1.0F;
  const float loop = k_.direct * k_.through;
  const auto at = [](const crunch::PowerCurve& curve, float volts) {
    return crunch::at<crunch::kPowerStepsLog2>(curve, kGrid, volts);
  };
  for (const std::size_t sagged : {std::size_t{0}, std::size_t{1}}) {
    const auto& p = crunch::kPowerCurves;
    const auto& curves = sagged == 1 ? p.sagged : p.full;
    const auto& currents = sagged == 1 ? p.saggedAmperes : p.fullAmperes;
    float drive = 0.0F;
    double area = 0.0;
    crunch::CurvePoint before{};
    crunch::CurvePoint amperesBefore{};
    for (std::size_t k = 0; k <= kGrid.pieces(); ++k) {
      const float open = sign * kGrid.knot(k);
      crunch::CurvePoint curve = at(curves, drive);
      for (int iteration = 0; iteration < 12; ++iteration) {
        const float miss = drive + loop * curve.value - open;
        if (std::abs(miss) < 1e-6F * (1.0F + std::abs(open))) break;
        drive -= miss / (1.0F + loop * curve.slope);
        curve = at(curves, drive);
      }
      const float byOpen = 1.0F / (1.0F + loop * curve.slope);
      crunch::CurvePoint amperes = at(currents, drive);
      curve.slope *= byOpen;
      amperes.slope *= byOpen;
      if (k > 0) {
        const float width = open - sign * kGrid.knot(k - 1);
        const auto f = crunch::integral(before, curve, width, area);
        const auto a = hermite(amperesBefore.value, amperes.value, amperesBefore.slope * width,
                               amperes.slope * width);
        Piece& piece = pieces_[(negative ? kGrid.pieces() : 0) + k - 1];
        for (std::size_t power = 0; power < 4; ++power) {
          piece[4 * power + sagged] = f[power];
          piece[4 * power + 2 + sagged] = a[power];
          if (power > 0) {
            const auto factor = static_cast<float>(power);
            piece[4 * (power + 3) + sagged] = factor * f[power] / width;
          }
        }
      }
      before = curve;
      amperesBefore = amperes;
    }
  }
}

bool PowerStage::set(float presence, float sag) noexcept {
  constexpr PowerParts p = crunch::kPower;
  Coefficients& k = k_;
  const float presenceOhms = std::max(10.0F, (1.0F - presence) * p.presenceOhms);
  const float conductance = 1.0F / p.feedbackOhms + 1.0F / p.footOhms + 1.0F / presenceOhms;
  // d presenceV / dt = alpha * speaker - beta * presenceV, by the trapezoid.
  const float byRc = 1.0F / (presenceOhms * p.presenceFarads);
  const float alpha = byRc / (p.feedbackOhms * conductance);
  const float beta = byRc * (1.0F / p.feedbackOhms + 1.0F / p.footOhms) / conductance;
  const float half = 0.5F * seconds_;
  // The capacitor's voltage is norm * (charge + half * alpha * speaker), and the next charge is
  // (1 - half * beta) * voltage + half * alpha * speaker.
  const float norm = 1.0F / (1.0F + beta * half);
  const float bySpeaker = alpha * half;
  k.chargeKeep = (1.0F - beta * half) * norm;
  k.chargeBySpeaker = bySpeaker * (1.0F + k.chargeKeep);
  k.byCharge = norm / (presenceOhms * conductance);
  k.direct = 1.0F / (p.feedbackOhms * conductance) + k.byCharge * bySpeaker;
  k.through = highGain_ * (1.0F - lowGain_);
  k.highKeep = 1.0F - highGain_;
  feedbackByCurve_ =
      k.through * (k.byCharge * k.chargeBySpeaker + k.direct * 2.0F * (k.highKeep - lowGain_));
  const float sagOhms = sag * p.sagOhms;
  k.droopKeep = k.droopByAmperes = 0.0F;
  if (sagOhms > 0.0F) {
    const float byTime = seconds_ / (sagOhms * p.reservoirFarads);
    k.droopKeep = 1.0F / (1.0F + byTime);
    k.droopByAmperes = k.droopKeep * seconds_ / p.reservoirFarads;
  }
  if (presence == presence_) return false;
  presence_ = presence;
  fillSide(false);
  fillSide(true);
  return true;
}

void PowerStage::refresh(State& s) const noexcept {
  s.area = look(s.drive).area;
}

void PowerStage::flush(State& s) noexcept {
  for (float* const state :
       {&s.drive, &s.curve, &s.area[0], &s.area[1], &s.correction, &s.grid, &s.out.low, &s.out.high,
        &s.high, &s.low, &s.charge, &s.feedback, &s.droopV})
    *state = flushed(*state);
}

}  // namespace sonic
