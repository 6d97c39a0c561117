// SPDX-License-Identifier: MIT
#include "engine/modules/amp/triode-bank.h"

#include <algorithm>
#include <cmath>

namespace sonic {
namespace {

constexpr KnotGrid kStaticGrid{crunch::kTriodeOctaves, crunch::kTriodeStepsLog2,
                               crunch::kTriodeUnitV};

struct Point {
  float value, slope;
};

/// A static curve between its knots, and its slope by volts.
Point at(const crunch::TriodeCurve& curve, float volts) {
  const simd::F1 d;
  const auto place = simd::place<crunch::kTriodeStepsLog2>(d, simd::Set(d, volts),
                                                           simd::Set(d, 1.0F / kStaticGrid.unit),
                                                           simd::Set(d, kStaticGrid.limit()));
  const auto k = static_cast<std::size_t>(simd::hn::GetLane(place.piece));
  const float t = simd::hn::GetLane(place.t);
  const float tByVolt = simd::hn::GetLane(place.tByX);
  const auto& value = curve.value[volts < 0.0F ? 1 : 0];
  const auto& slope = curve.slope[volts < 0.0F ? 1 : 0];
  const auto c = hermite(value[k], value[k + 1], slope[k] / tByVolt, slope[k + 1] / tByVolt);
  return {c[0] + t * (c[1] + t * (c[2] + t * c[3])),
          (c[1] + t * (2.0F * c[2] + t * 3.0F * c[3])) * tByVolt};
}

/// The integral of the cubic between two points, as a cubic over the way between them.
std::array<float, 4> integral(const Point& before, const Point& now, float width, double& area) {
  const auto h = static_cast<double>(width);
  const auto start = static_cast<float>(area);
  area += 0.5 * h * static_cast<double>(before.value + now.value) +
          h * h / 12.0 * static_cast<double>(before.slope - now.slope);
  return hermite(start, static_cast<float>(area), before.value * width, now.value * width);
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
  Point plateBefore{};
  Point amperesBefore{};
  for (std::size_t k = 0; k <= kGrid.pieces(); ++k) {
    const float open = sign * kGrid.knot(k);
    const float width = k == 0 ? 0.0F : open - sign * kGrid.knot(k - 1);
    grid += width * byOpenBefore;
    Point amperes = at(curves.grid, grid);
    for (int iteration = 0; iteration < 12; ++iteration) {
      const float miss = grid + ohms * amperes.value - open;
      if (std::abs(miss) < 1e-5F * (1.0F + std::abs(open))) break;
      grid -= miss / (1.0F + ohms * amperes.slope);
      amperes = at(curves.grid, grid);
    }
    const float byOpen = 1.0F / (1.0F + ohms * amperes.slope);
    Point plate = at(curves.plate, grid);
    plate.slope *= byOpen;
    amperes.slope *= byOpen;
    if (k > 0) {
      const auto f = integral(plateBefore, plate, width, plateArea);
      const auto g = integral(amperesBefore, amperes, width, gridArea);
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
