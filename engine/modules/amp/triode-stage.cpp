// SPDX-License-Identifier: MIT
#include "engine/modules/amp/triode-stage.h"

namespace sonic {

/// The stage as equations in volts from ground; see fillTable().
struct TriodeStage::Circuit {
  static constexpr std::size_t kUnknowns = TriodeStage::kUnknowns, kFirstSideCurve = kPlateByPull;
  using V = simd::V4;
  enum : std::size_t { kGrid, kPlateV, kCathode, kFollower };

  float gridOhms, gridRestV, gridRestAmperes;
  float plateOhms, plateSourceV;      ///< Thevenin of supply, plate resistor and load.
  float cathodeOhms, cathodeSourceV;  ///< 0 Ohm: held by its bypass.
  float followerOhms, followerSourceV, supplyV;
  bool hasFollower;

  simd::Linearised<kUnknowns> linearise(const std::array<V, kUnknowns>& x, V drive) const {
    const simd::F4 d;
    const auto c = [&](float value) { return simd::Set(d, value); };
    const auto zero = simd::Zero(d);
    const auto one = c(1.0F);
    const auto tube = simd::triode(d, kTube12Ax7, simd::Sub(x[kPlateV], x[kCathode]), x[kGrid]);
    const auto grid = simd::gridCurrent(d, kGrid12Ax7, x[kGrid]);
    simd::Linearised<kUnknowns> l;
    auto& r = l.residual;
    auto& j = l.jacobian;
    for (auto& row : j) row.fill(zero);
    // What the source would give without grid current, less its drop.
    const auto drop = simd::Mul(c(gridOhms), simd::Sub(grid.i, c(gridRestAmperes)));
    r[0] = simd::Sub(simd::Sub(simd::Add(simd::Add(x[kGrid], x[kCathode]), drop), c(gridRestV)),
                     drive);
    j[0][kGrid] = simd::Add(one, simd::Mul(c(gridOhms), grid.byGrid));
    j[0][kCathode] = one;
    // Load line.
    r[1] = simd::Sub(simd::Add(x[kPlateV], simd::Mul(c(plateOhms), tube.i)), c(plateSourceV));
    const auto byPlate = simd::Mul(c(plateOhms), tube.byPlate);
    j[1] = {simd::Mul(c(plateOhms), tube.byGrid), simd::Add(one, byPlate), simd::Neg(byPlate),
            zero};
    // Cathode.
    const auto amperes = simd::Add(tube.i, grid.i);
    r[2] = simd::Sub(simd::Sub(x[kCathode], simd::Mul(c(cathodeOhms), amperes)), c(cathodeSourceV));
    const auto byPlateK = simd::Mul(c(cathodeOhms), tube.byPlate);
    j[2] = {simd::Neg(simd::Mul(c(cathodeOhms), simd::Add(tube.byGrid, grid.byGrid))),
            simd::Neg(byPlateK), simd::Add(one, byPlateK), zero};
    if (hasFollower) {
      addFollower(x, l);
    } else {
      r[3] = x[kFollower];
      j[3] = {zero, zero, zero, one};
    }
    return l;
  }

  // The follower's grid hangs on the plate and draws from it when driven above its cathode.
  void addFollower(const std::array<V, kUnknowns>& x, simd::Linearised<kUnknowns>& l) const {
    const simd::F4 d;
    const auto c = [&](float value) { return simd::Set(d, value); };
    const auto bias = simd::Sub(x[kPlateV], x[kFollower]);
    const auto tube = simd::triode(d, kTube12Ax7, simd::Sub(c(supplyV), x[kFollower]), bias);
    const auto grid = simd::gridCurrent(d, kGrid12Ax7, bias);
    const auto load = simd::Mul(c(plateOhms), grid.byGrid);
    l.residual[1] = simd::Add(l.residual[1], simd::Mul(c(plateOhms), grid.i));
    l.jacobian[1][kPlateV] = simd::Add(l.jacobian[1][kPlateV], load);
    l.jacobian[1][kFollower] = simd::Neg(load);
    const auto amperes = simd::Add(tube.i, grid.i);
    const auto byBias = simd::Add(tube.byGrid, grid.byGrid);
    l.residual[3] =
        simd::Sub(simd::Sub(x[kFollower], simd::Mul(c(followerOhms), amperes)), c(followerSourceV));
    l.jacobian[3] = {
        simd::Zero(d), simd::Neg(simd::Mul(c(followerOhms), byBias)), simd::Zero(d),
        simd::Add(c(1.0F), simd::Mul(c(followerOhms), simd::Add(tube.byPlate, byBias)))};
  }

  void outputs(const std::array<V, kUnknowns>& x, const std::array<V, kUnknowns>& dx,
               const std::array<V, kUnknowns>& side, std::array<V, CurveTable::kCurves>& value,
               std::array<V, CurveTable::kCurves>& slope) const {
    const simd::F4 d;
    const std::size_t out = hasFollower ? kFollower : kPlateV;
    const auto grid = simd::gridCurrent(d, kGrid12Ax7, x[kGrid]);
    value = {x[out], grid.i, side[kPlateV], simd::Mul(grid.byGrid, side[kGrid])};
    slope = {dx[out], simd::Mul(grid.byGrid, dx[kGrid]), simd::Zero(d), simd::Zero(d)};
  }
};

void TriodeStage::prepare(Arena& arena, const TriodeParts& parts, std::size_t tableOctaves,
                          double rateHz) {
  const simd::F4 d;
  parts_ = parts;
  rateHz_ = rateHz;
  table_.prepare(arena, tableOctaves, 4, 1.0F);
  // Rest: capacitors open, the grid at ground.
  const bool follows = parts.followerOhms > 0.0F;
  const Circuit dc{.gridOhms = 0.0F,
                   .gridRestV = 0.0F,
                   .gridRestAmperes = 0.0F,
                   .plateOhms = parts.plateOhms,
                   .plateSourceV = parts.supplyV,
                   .cathodeOhms = parts.cathodeOhms,
                   .cathodeSourceV = 0.0F,
                   .followerOhms = parts.followerOhms,
                   .followerSourceV = 0.0F,
                   .supplyV = parts.supplyV,
                   .hasFollower = follows};
  std::array<simd::V4, kUnknowns> x{simd::Set(d, -1.5F), simd::Set(d, 0.7F * parts.supplyV),
                                    simd::Set(d, 1.5F),
                                    simd::Set(d, follows ? 0.7F * parts.supplyV : 0.0F)};
  simd::solve<kUnknowns>(dc, simd::Zero(d), x, 12, 40.0F);
  for (std::size_t k = 0; k < kUnknowns; ++k) rest_[k] = simd::hn::GetLane(x[k]);

  seconds_ = static_cast<float>(1.0 / rateHz);
  if (parts.loadFarads > 0.0F) {
    loadShare_ = parts.plateOhms / (parts.plateOhms + parts.loadOhms);
    byLoadSeconds_ = 1.0F / (parts.loadFarads * parts.loadOhms);
  }
  byPlateOhms_ = (loadShare_ > 0.0F ? 1.0F / parts.loadOhms : 0.0F) + 1.0F / parts.plateOhms;
  if (parts.cathodeFarads > 0.0F) {
    byCathodeFarads_ = 1.0F / parts.cathodeFarads;
    byCathodeOhms_ = 1.0F / parts.cathodeOhms;
  }
}

void TriodeStage::setNetwork(std::span<const GridNetwork::Part> parts, std::size_t nodes) noexcept {
  const simd::F4 d;
  network_.set(parts, nodes, rateHz_);
  const bool bypassed = parts_.cathodeFarads > 0.0F;
  const bool follows = parts_.followerOhms > 0.0F;
  const float plateOhms = 1.0F / byPlateOhms_;
  const float amperes = (parts_.supplyV - rest_[Circuit::kPlateV]) / parts_.plateOhms;
  const float followerOhms =
      follows ? 1.0F / (1.0F / parts_.followerOhms + 1.0F / parts_.followerLoadOhms) : 0.0F;
  const float followerV = rest_[Circuit::kFollower];
  const Circuit ac{.gridOhms = network_.gridOhms(),
                   .gridRestV = rest_[Circuit::kGrid] + rest_[Circuit::kCathode],
                   .gridRestAmperes = simd::hn::GetLane(
                       simd::gridCurrent(d, kGrid12Ax7, simd::Set(d, rest_[Circuit::kGrid])).i),
                   .plateOhms = plateOhms,
                   .plateSourceV = rest_[Circuit::kPlateV] + plateOhms * amperes,
                   .cathodeOhms = bypassed ? 0.0F : parts_.cathodeOhms,
                   .cathodeSourceV = bypassed ? rest_[Circuit::kCathode] : 0.0F,
                   .followerOhms = followerOhms,
                   .followerSourceV =
                       follows ? followerV - followerOhms * followerV / parts_.followerOhms : 0.0F,
                   .supplyV = parts_.supplyV,
                   .hasFollower = follows};
  std::array<simd::V4, kUnknowns> x;
  for (std::size_t k = 0; k < kUnknowns; ++k) x[k] = simd::Set(d, rest_[k]);
  simd::solve<kUnknowns>(ac, simd::Zero(d), x, 3, 40.0F);
  fillTable(table_, ac, x);
}

void TriodeStage::flush(State& s) const noexcept {
  const simd::F4 d;
  float* const z = s.network.z.data();
  simd::StoreU(simd::flushed(d, simd::LoadU(d, z)), d, z);
  s.cathodeV = flushed(s.cathodeV);
  s.cathodeSlope = flushed(s.cathodeSlope);
  s.loadV = flushed(s.loadV);
  s.loadSlope = flushed(s.loadSlope);
}

}  // namespace sonic
