// SPDX-License-Identifier: MIT
#include "engine/modules/amp/triode-bank.h"

#include <algorithm>
#include <cmath>

#include "engine/modules/amp/solved-curve.h"

namespace sonic {
namespace {

constexpr KnotGrid kStaticGrid{crunch::kTriodeOctaves, crunch::kTriodeStepsLog2,
                               crunch::kTriodeUnitV};

crunch::CurvePoint at(const crunch::TriodeCurve& curve, float volts) noexcept {
  return crunch::at<crunch::kTriodeStepsLog2>(curve, kStaticGrid, volts);
}

}  // namespace

void TriodeBank::prepare(Arena& arena, double rateHz) {
  rateHz_ = rateHz;
  seconds_ = static_cast<float>(1.0 / rateHz);
  pieces_ = arena.allocate<Piece>(kStages * kPiecesPerStage);
  byCathodeFarads_[kFirst] = 1.0F / crunch::kFirst.cathodeFarads;
  byCathodeOhms_[kFirst] = 1.0F / crunch::kFirst.cathodeOhms;
  byPlateOhms_[kFirst] = 1.0F / crunch::kFirst.plateOhms;
  // A plate follows its cathode by what the tube's resistance passes on.
  plateByCathode_[kFirst] =
      1.0F - static_cast<float>(crunch::kFirstSourceOhms) / crunch::kFirst.plateOhms;
}

void TriodeBank::set(Stage stage, const crunch::NetworkParts& parts,
                     const crunch::TriodeCurves& curves) noexcept {
  const GridNetwork n = GridNetwork::of(parts.parts, parts.nodes, rateHz_);
  const auto lane = [stage](Lanes& lanes, double value) {
    lanes[stage] = static_cast<float>(value);
  };
  double byGrid = 0.0;
  for (std::size_t k = 0; k < GridNetwork::kCapacitors; ++k) {
    lane(change_[k], n.change[k]);
    lane(changeBySource_[k], n.changeBySource[k]);
    lane(changeByGrid_[k], n.changeByGrid[k]);
    byGrid += n.changeByGrid[k];
    for (std::size_t j = 0; j < GridNetwork::kCapacitors; ++j) {
      turn_[k][j] = 0.0;
      for (std::size_t c = 0; c < GridNetwork::kCapacitors; ++c)
        turn_[k][j] += n.modesByZ[k][c] * zByModes_[stage][c][j];
    }
  }
  zByModes_[stage] = n.zByModes;
  lane(openBySource_, n.openBySource);
  lane(openByGrid_, byGrid);
  lane(gridOhms_, n.gridOhms);
  fillSide(stage, false, curves);
  fillSide(stage, true, curves);
}

// At each knot of the open voltage: Newton for the grid's voltage, on the grid's tabled current.
void TriodeBank::fillSide(Stage stage, bool negative, const crunch::TriodeCurves& curves) noexcept {
  const float sign = negative ? -1.0F : 1.0F;
  const float ohms = gridOhms_[stage];
  Piece* const pieces = &pieces_[stage * kPiecesPerStage + (negative ? kGrid.pieces() : 0)];
  float grid = 0.0F;
  float byOpenBefore = 1.0F;
  double plateArea = 0.0;
  double gridArea = 0.0;
  crunch::CurvePoint plateBefore{};
  crunch::CurvePoint amperesBefore{};
  for (std::size_t k = 0; k <= kGrid.pieces(); ++k) {
    const float open = sign * kGrid.knot(k);
    const float width = k == 0 ? 0.0F : open - sign * kGrid.knot(k - 1);
    grid += width * byOpenBefore;
    crunch::CurvePoint amperes = at(curves.grid, grid);
    for (int iteration = 0; iteration < 12; ++iteration) {
      const float miss = grid + ohms * amperes.value - open;
      if (std::abs(miss) < 1e-5F * (1.0F + std::abs(open))) break;
      grid -= miss / (1.0F + ohms * amperes.slope);
      amperes = at(curves.grid, grid);
    }
    const float byOpen = 1.0F / (1.0F + ohms * amperes.slope);
    crunch::CurvePoint plate = at(curves.plate, grid);
    plate.slope *= byOpen;
    amperes.slope *= byOpen;
    if (k > 0) {
      const auto f = crunch::integral(plateBefore, plate, width, plateArea);
      const auto g = crunch::integral(amperesBefore, amperes, width, gridArea);
      for (std::size_t power = 0; power < 4; ++power) {
        pieces[k - 1][2 * power] = f[power];
        pieces[k - 1][2 * power + 1] = g[power];
      }
    }
    byOpenBefore = byOpen;
    plateBefore = plate;
    amperesBefore = amperes;
  }
}

void TriodeBank::refresh(Stage stage, State& s) const noexcept {
  constexpr std::size_t kModes = GridNetwork::kCapacitors;
  std::array<float, kModes> before{};
  for (std::size_t k = 0; k < kModes; ++k) before[k] = s.modes[k][stage];
  double open = 0.0;
  for (std::size_t k = 0; k < kModes; ++k) {
    double mode = 0.0;
    for (std::size_t j = 0; j < kModes; ++j) mode += turn_[k][j] * static_cast<double>(before[j]);
    s.modes[k][stage] = static_cast<float>(mode);
    open += mode;
  }
  s.open[stage] = static_cast<float>(open);
  const simd::F4 d;
  const Looked looked = look(simd::LoadU(d, s.drive.data()));
  simd::StoreU(looked.plate, d, s.plate.data());
  simd::StoreU(looked.plateArea, d, s.plateArea.data());
  simd::StoreU(looked.grid, d, s.grid.data());
  simd::StoreU(looked.gridArea, d, s.gridArea.data());
}

void TriodeBank::flush(State& s) noexcept {
  const simd::F4 d;
  for (Lanes* const lanes :
       {&s.modes[0], &s.modes[1], &s.modes[2], &s.modes[3], &s.open, &s.drive, &s.plate,
        &s.plateArea, &s.grid, &s.gridArea, &s.out, &s.cathode, &s.cathodeSlope})
    simd::StoreU(simd::flushed(d, simd::LoadU(d, lanes->data())), d, lanes->data());
}

}  // namespace sonic
