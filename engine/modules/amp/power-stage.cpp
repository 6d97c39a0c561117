// SPDX-License-Identifier: MIT
#include "engine/modules/amp/power-stage.h"

#include <algorithm>

namespace sonic {

/// The stage as equations in volts from ground; see fillTable(). The couplings to the power grids
/// are batteries here: what is solved is one instant.
struct PowerStage::Circuit {
  static constexpr std::size_t kUnknowns = PowerStage::kUnknowns;
  static constexpr std::size_t kFirstSideCurve = CurveTable::kCurves;
  using V = simd::V4;
  using Unknowns = std::array<V, kUnknowns>;
  enum : std::size_t { kGrid, kCathode, kPlateA, kPlateB, kGridA, kGridB, kSwing, kSwingSagged };

  PowerParts p;
  bool atRest;  ///< Both grids on the tail, no signal.
  float tailV = 0.0F, plateAOhms = 0.0F, plateBOhms = 0.0F, sourceAV = 0.0F, sourceBV = 0.0F;
  float couplingAV = 0.0F, couplingBV = 0.0F;  ///< From a plate to its power grid.

  static V set(float value) { return simd::Set(simd::F4{}, value); }

  simd::Linearised<kUnknowns> linearise(const Unknowns& x, V drive) const {
    simd::Linearised<kUnknowns> l;
    for (auto& row : l.jacobian) row.fill(set(0.0F));
    addInverter(x, drive, l);
    addPair(x, p.supplyV, kSwing, l);
    addPair(x, p.supplyV - p.saggedV, kSwingSagged, l);
    return l;
  }

  void addInverter(const Unknowns& x, V drive, simd::Linearised<kUnknowns>& l) const {
    const simd::F4 d;
    auto& r = l.residual;
    auto& j = l.jacobian;
    const float share = p.tailOhms / (p.tailOhms + p.cathodeOhms);
    const float foot = p.tailOhms + p.cathodeOhms;
    const V one = set(1.0F);
    const V gridB = atRest ? x[kGrid] : set(tailV);
    const auto tubeA = simd::triode(d, kTube12Ax7, simd::Sub(x[kPlateA], x[kCathode]),
                                    simd::Sub(x[kGrid], x[kCathode]));
    const auto tubeB = simd::triode(d, kTube12Ax7, simd::Sub(x[kPlateB], x[kCathode]),
                                    simd::Sub(gridB, x[kCathode]));
    const auto gridA = simd::gridCurrent(d, kGridEl34, x[kGridA]);
    const auto gridBCurrent = simd::gridCurrent(d, kGridEl34, x[kGridB]);
    const V rest = atRest ? simd::Mul(set(share), x[kCathode]) : set(tailV);
    r[0] = simd::Sub(simd::Sub(x[kGrid], rest), drive);
    j[0][kGrid] = one;
    if (atRest) j[0][kCathode] = set(-share);

    r[1] = simd::Sub(x[kCathode], simd::Mul(set(foot), simd::Add(tubeA.i, tubeB.i)));
    const auto byCathodeA = simd::Add(tubeA.byGrid, tubeA.byPlate);
    const auto byCathodeB = simd::Add(tubeB.byGrid, tubeB.byPlate);
    const auto gridSum = atRest ? simd::Add(tubeA.byGrid, tubeB.byGrid) : tubeA.byGrid;
    j[1][kGrid] = simd::Neg(simd::Mul(set(foot), gridSum));
    j[1][kCathode] = simd::Add(one, simd::Mul(set(foot), simd::Add(byCathodeA, byCathodeB)));
    j[1][kPlateA] = simd::Neg(simd::Mul(set(foot), tubeA.byPlate));
    j[1][kPlateB] = simd::Neg(simd::Mul(set(foot), tubeB.byPlate));

    const auto plate = [&](std::size_t row, const simd::TubePoint<simd::F4>& tube,
                           const simd::TubePoint<simd::F4>& grid, float ohms, float sourceV,
                           V byCathode) {
      const std::size_t gridRow = row + 2;
      r[row] = simd::Sub(simd::Add(x[row], simd::Mul(set(ohms), simd::Add(tube.i, grid.i))),
                         set(sourceV));
      j[row][row] = simd::Add(one, simd::Mul(set(ohms), tube.byPlate));
      j[row][kCathode] = simd::Neg(simd::Mul(set(ohms), byCathode));
      j[row][gridRow] = simd::Mul(set(ohms), grid.byGrid);
    };
    plate(kPlateA, tubeA, gridA, plateAOhms, sourceAV, byCathodeA);
    j[kPlateA][kGrid] = simd::Mul(set(plateAOhms), tubeA.byGrid);
    plate(kPlateB, tubeB, gridBCurrent, plateBOhms, sourceBV, byCathodeB);
    if (atRest) j[kPlateB][kGrid] = simd::Mul(set(plateBOhms), tubeB.byGrid);

    const auto power = [&](std::size_t row, const simd::TubePoint<simd::F4>& grid, float batteryV) {
      r[row] = simd::Add(simd::Sub(x[row], simd::Sub(x[row - 2], set(batteryV))),
                         simd::Mul(set(p.stopperOhms), grid.i));
      j[row][row] = simd::Add(one, simd::Mul(set(p.stopperOhms), grid.byGrid));
      j[row][row - 2] = set(-1.0F);
    };
    power(kGridA, gridA, couplingAV);
    power(kGridB, gridBCurrent, couplingBV);
  }

  void addPair(const Unknowns& x, float supplyV, std::size_t row,
               simd::Linearised<kUnknowns>& l) const {
    const simd::F4 d;
    const float screenV = supplyV - p.screenDropV;
    const float quarter = 0.25F * p.plateToPlateOhms;
    const auto a = simd::pentode(d, kTubeEl34, simd::Add(set(supplyV), x[row]), x[kGridA], screenV);
    const auto b = simd::pentode(d, kTubeEl34, simd::Sub(set(supplyV), x[row]), x[kGridB], screenV);
    l.residual[row] = simd::Sub(x[row], simd::Mul(set(quarter), simd::Sub(b.i, a.i)));
    l.jacobian[row][kGridA] = simd::Mul(set(quarter), a.byGrid);
    l.jacobian[row][kGridB] = simd::Neg(simd::Mul(set(quarter), b.byGrid));
    l.jacobian[row][row] =
        simd::Add(set(1.0F), simd::Mul(set(quarter), simd::Add(a.byPlate, b.byPlate)));
  }

  void outputs(const Unknowns& x, const Unknowns& dx, const Unknowns&,
               std::array<V, CurveTable::kCurves>& value,
               std::array<V, CurveTable::kCurves>& slope) const {
    const simd::F4 d;
    // Plate to plate is twice the swing; the transformer's turns go by the root of the impedances.
    const float bySwing = 2.0F / math::sqrt(p.plateToPlateOhms / p.speakerOhms);
    for (const std::size_t sagged : {0U, 1U}) {
      const std::size_t row = kSwing + sagged;
      const float supplyV = p.supplyV - (sagged == 1 ? p.saggedV : 0.0F);
      const float screenV = supplyV - p.screenDropV;
      const auto a =
          simd::pentode(d, kTubeEl34, simd::Add(set(supplyV), x[row]), x[kGridA], screenV);
      const auto b =
          simd::pentode(d, kTubeEl34, simd::Sub(set(supplyV), x[row]), x[kGridB], screenV);
      value[kFull + sagged] = simd::Mul(set(bySwing), x[row]);
      slope[kFull + sagged] = simd::Mul(set(bySwing), dx[row]);
      value[kFullAmperes + sagged] = simd::Add(a.i, b.i);
      slope[kFullAmperes + sagged] =
          simd::Add(simd::Add(simd::Mul(a.byGrid, dx[kGridA]), simd::Mul(b.byGrid, dx[kGridB])),
                    simd::Mul(simd::Sub(a.byPlate, b.byPlate), dx[row]));
    }
  }
};

void PowerStage::prepare(Arena& arena, const PowerParts& parts, double rateHz) {
  const simd::F4 d;
  parts_ = parts;
  seconds_ = static_cast<float>(1.0 / rateHz);
  bySag_ = 1.0F / parts.saggedV;
  const auto onePole = [&](float hz) {
    const float g = prewarped(hz, static_cast<float>(rateHz));
    return g / (1.0F + g);
  };
  highGain_ = onePole(parts.highHz);
  lowGain_ = onePole(parts.lowHz);

  Circuit circuit{.p = parts, .atRest = true};
  circuit.plateAOhms = parts.plateAOhms;
  circuit.plateBOhms = parts.plateBOhms;
  circuit.sourceAV = circuit.sourceBV = parts.inverterSupplyV;
  circuit.couplingAV = circuit.couplingBV = 240.0F - parts.biasV;
  const float startV = 0.75F * parts.inverterSupplyV;
  std::array<simd::V4, kUnknowns> x{};
  const std::array<float, kUnknowns> start{30.0F,       31.0F,       startV, startV,
                                           parts.biasV, parts.biasV, 0.0F,   0.0F};
  for (std::size_t k = 0; k < kUnknowns; ++k) x[k] = simd::Set(d, start[k]);
  simd::solve<kUnknowns>(circuit, simd::Zero(d), x, 15, 40.0F);

  const auto lane = [](simd::V4 v) { return simd::hn::GetLane(v); };
  circuit.atRest = false;
  circuit.tailV = lane(x[Circuit::kGrid]);
  const auto load = [&](float plateOhms, float plateV, float& ohms, float& sourceV) {
    ohms = 1.0F / (1.0F / plateOhms + 1.0F / parts.leakOhms);
    sourceV = plateV + ohms * (parts.inverterSupplyV - plateV) / plateOhms;
  };
  const float plateA = lane(x[Circuit::kPlateA]);
  const float plateB = lane(x[Circuit::kPlateB]);
  load(parts.plateAOhms, plateA, circuit.plateAOhms, circuit.sourceAV);
  load(parts.plateBOhms, plateB, circuit.plateBOhms, circuit.sourceBV);
  circuit.couplingAV = plateA - parts.biasV;
  circuit.couplingBV = plateB - parts.biasV;
  x[Circuit::kGridA] = x[Circuit::kGridB] = simd::Set(d, parts.biasV);
  simd::solve<kUnknowns>(circuit, simd::Zero(d), x, 6, 40.0F);
  table_.prepare(arena, 7, 3, 0.5F);
  fillTable(table_, circuit, x);
  alignas(16) std::array<float, 4> slope;
  simd::V4 slopes;
  (void)table_.at(0.0F, slopes);
  simd::StoreU(slopes, d, slope.data());
  restGain_ = slope[kFull];
}

PowerStage::Coefficients PowerStage::coefficients(float presence, float sag) const noexcept {
  const PowerParts& p = parts_;
  Coefficients k{};
  const float presenceOhms = std::max(10.0F, (1.0F - presence) * p.presenceOhms);
  const float conductance = 1.0F / p.feedbackOhms + 1.0F / p.footOhms + 1.0F / presenceOhms;
  // d presenceV / dt = alpha * speaker - beta * presenceV, by the trapezoid.
  const float byRc = 1.0F / (presenceOhms * p.presenceFarads);
  const float alpha = byRc / (p.feedbackOhms * conductance);
  const float beta = byRc * (1.0F / p.feedbackOhms + 1.0F / p.footOhms) / conductance;
  const float half = 0.5F * seconds_;
  k.norm = 1.0F / (1.0F + beta * half);
  k.keep = 1.0F - beta * half;
  k.bySpeaker = alpha * half;
  k.byCharge = k.norm / (presenceOhms * conductance);
  k.direct = 1.0F / (p.feedbackOhms * conductance) + k.byCharge * k.bySpeaker;
  const float sagOhms = sag * p.sagOhms;
  k.droopKeep = 0.0F;
  if (sagOhms > 0.0F) {
    const float byTime = seconds_ / (sagOhms * p.reservoirFarads);
    k.droopKeep = 1.0F / (1.0F + byTime);
    k.droopByAmperes = k.droopKeep * seconds_ / p.reservoirFarads;
  }
  return k;
}

void PowerStage::flush(State& s) noexcept {
  for (float* const state :
       {&s.drive, &s.curve, &s.slope, &s.high, &s.low, &s.speaker, &s.presenceV, &s.droopV})
    *state = flushed(*state);
}

}  // namespace sonic
