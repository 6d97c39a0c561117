// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/arena.h"
#include "engine/dsp/knot-grid.h"
#include "engine/modules/amp/crunch-circuit.h"

namespace sonic {

/// The three triode stages of an amp, one per lane, on deviations from rest in volts: the first
/// with a bypassed cathode, the second and third (with its follower) without. Lane k works on frame
/// n - k, so the bank answers two high-rate frames late and costs hardly more than one stage.
///
/// Method   what is fast and non-linear (tube, plate, unbypassed cathode, follower, grid current
///          through the network's resistance) is static: solved beforehand and tabled over the
///          voltage that the network would give without grid current. Capacitors are states, so a
///          burst charges the coupling capacitors through the grids and shifts the bias. A frame
///          costs one lookup and no iteration. The table holds the plate curve's integral: the
///          output is the mean of the curve between two frames (first-order antiderivative
///          antialiasing, half a frame of delay per stage); near-equal frames take the curve's own
///          values. What feeds the states is never averaged.
class TriodeBank {
 public:
  static constexpr std::size_t kLanes = 4, kStages = 3;
  enum Stage : std::size_t { kFirst, kCold, kDriver };
  using Lanes = std::array<float, kLanes>;

  struct State {
    alignas(16) std::array<Lanes, GridNetwork::kCapacitors> modes{};
    alignas(16) Lanes open{};  ///< Of the next frame, but for its source: the modes' sum.
    /// Of the frame before: in, the curves (plate volts, grid amperes) and their integrals.
    alignas(16) Lanes drive{}, plate{}, plateArea{}, grid{}, gridArea{};
    alignas(16) Lanes correction{};  ///< Of what the grid draws: mean less trapezoid.
    alignas(16) Lanes out{};
    alignas(16) Lanes cathode{}, cathodeSlope{};
  };

  void prepare(Arena& arena, double rateHz);
  /// A few microseconds. After it, every running State needs refresh() of the same stage, once.
  void set(Stage stage, const crunch::NetworkParts& parts,
           const crunch::TriodeCurves& curves) noexcept;
  void refresh(Stage stage, State& s) const noexcept;

  /// Source volts in, sink(frame, the driver's volts) for each frame of them; sink may write over
  /// the frames it was given. All lanes are at the same frame before and after: in the two steps at
  /// either end some of them rest.
  template <class Sink>
  void run(State& s, const float* source, std::size_t frames, Sink&& sink) const noexcept;
  /// One step of all lanes, each one frame behind the lane before it.
  void step(State& s, float source) const noexcept {
    stepSome<true>(s, source, simd::Zero(simd::F4()));
  }
  static void flush(State& s) noexcept;

  /// Each lane's output of the last frame.
  static float outOf(const State& s, Stage stage) { return s.out[stage]; }

 private:
  static constexpr KnotGrid kGrid{8, 4, 1.0F};
  static constexpr std::size_t kPiecesPerStage = 2 * kGrid.pieces();
  /// [power of t][integral of the plate's volts, of the grid's amperes].
  using Piece = std::array<float, 8>;
  struct Looked {
    simd::V4 plateArea, gridArea, plate, grid;
  };

  /// `working`: bits of the lanes that take the step, unless it is all.
  template <bool kAll>
  void stepSome(State& s, float source, simd::V4 working) const noexcept;
  [[nodiscard]] Looked look(simd::V4 drive) const noexcept;
  void fillSide(Stage stage, bool negative, const crunch::TriodeCurves& curves) noexcept;

  using Matrix = std::array<GridNetwork::Modes, GridNetwork::kCapacitors>;
  std::array<Matrix, kStages> zByModes_{};  ///< Of the network set last,
  Matrix turn_{};                           ///< and its modes by those of the one before.
  std::array<Lanes, GridNetwork::kCapacitors> change_{}, changeBySource_{}, changeByGrid_{};
  Lanes openBySource_{}, openByGrid_{};
  Lanes byCathodeFarads_{}, byCathodeOhms_{}, byPlateOhms_{}, plateByCathode_{};
  Lanes gridOhms_{};
  float seconds_ = 0.0F;
  double rateHz_ = 1.0;
  std::span<Piece> pieces_;
};

inline TriodeBank::Looked TriodeBank::look(simd::V4 drive) const noexcept {
  namespace hn = simd::hn;
  const simd::F4 d;
  const hn::Rebind<std::int32_t, simd::F4> di;
  const auto place =
      simd::place<4>(d, drive, simd::Set(d, 1.0F / kGrid.unit), simd::Set(d, kGrid.limit()));
  const auto side = hn::BitCast(di, hn::VecFromMask(d, simd::Lt(drive, simd::Zero(d))));
  const auto index =
      hn::Add(place.piece, hn::And(side, hn::Set(di, static_cast<int>(kGrid.pieces()))));
  const auto row = [&](std::size_t lane, int piece) {
    return pieces_[lane * kPiecesPerStage + static_cast<std::size_t>(piece)].data();
  };
  const float* const a = row(0, hn::ExtractLane(index, 0));
  const float* const b = row(1, hn::ExtractLane(index, 1));
  const float* const c = row(2, hn::ExtractLane(index, 2));
  // Rows of lanes become columns: [area, grid] of two powers of t at a time.
  const auto turn = [&](std::size_t offset, std::array<simd::V4, 4>& column) {
    const auto ra = simd::LoadU(d, a + offset);
    const auto rb = simd::LoadU(d, b + offset);
    const auto rc = simd::LoadU(d, c + offset);
    const auto ac = hn::InterleaveLower(d, ra, rc);
    const auto bc = hn::InterleaveLower(d, rb, rc);
    column[0] = hn::InterleaveLower(d, ac, bc);
    column[1] = hn::InterleaveUpper(d, ac, bc);
    const auto acHigh = hn::InterleaveUpper(d, ra, rc);
    const auto bcHigh = hn::InterleaveUpper(d, rb, rc);
    column[2] = hn::InterleaveLower(d, acHigh, bcHigh);
    column[3] = hn::InterleaveUpper(d, acHigh, bcHigh);
  };
  std::array<simd::V4, 4> low;
  std::array<simd::V4, 4> high;
  turn(0, low);
  turn(4, high);
  // The powers of t are there before the coefficients: then the sums are the shortest way.
  const auto t = place.t;
  const auto tt = simd::Mul(t, t);
  const auto ttt = simd::Mul(tt, t);
  const auto slope1 = simd::Mul(simd::Add(t, t), place.tByX);
  const auto slope2 = simd::Mul(simd::Mul(simd::Set(d, 3.0F), tt), place.tByX);
  const auto cubic = [&](std::size_t k) {
    return simd::Add(simd::Add(low[k], simd::Mul(low[k + 2], t)),
                     simd::Add(simd::Mul(high[k], tt), simd::Mul(high[k + 2], ttt)));
  };
  const auto slope = [&](std::size_t k) {
    return simd::Add(simd::Mul(low[k + 2], place.tByX),
                     simd::Add(simd::Mul(high[k], slope1), simd::Mul(high[k + 2], slope2)));
  };
  return {cubic(0), cubic(1), slope(0), slope(1)};
}

template <class Sink>
void TriodeBank::run(State& s, const float* source, std::size_t frames,
                     Sink&& sink) const noexcept {
  const simd::F4 d;
  const auto lane = simd::hn::Iota(d, 0.0F);
  constexpr std::size_t kBehind = kStages - 1;
  for (std::size_t n = 0; n < frames + kBehind; ++n) {
    if (n >= kBehind && n < frames) {
      stepSome<true>(s, source[n], lane);
    } else {  // lane k has frame n - k: not yet for the last ones, no more for the first ones
      const auto latest = simd::Set(d, static_cast<float>(n));
      const auto oldest = simd::Set(d, static_cast<float>(n) - static_cast<float>(frames));
      const auto isBegun = simd::hn::Le(lane, latest);
      const auto working = simd::hn::VecFromMask(d, simd::hn::And(isBegun, simd::Lt(oldest, lane)));
      stepSome<false>(s, n < frames ? source[n] : 0.0F, working);
    }
    if (n >= kBehind) sink(n - kBehind, s.out[kDriver]);
  }
}

template <bool kAll>
void TriodeBank::stepSome(State& s, float source,
                          [[maybe_unused]] simd::V4 working) const noexcept {
  namespace hn = simd::hn;
  const simd::F4 d;
  const auto load = [&](const Lanes& lanes) { return simd::LoadU(d, lanes.data()); };
  const auto store = [&](simd::V4 v, Lanes& lanes) {
    if constexpr (!kAll) v = simd::IfThenElse(hn::MaskFromVec(working), v, load(lanes));
    simd::StoreU(v, d, lanes.data());
  };

  // Each lane's source is the output of the lane before it, one turn ago.
  const auto u = simd::IfThenElse(hn::FirstN(d, 1), simd::Set(d, source),
                                  hn::ShiftLeftLanes<1>(d, load(s.out)));
  const auto seconds = simd::Set(d, seconds_);
  const auto slope = load(s.cathodeSlope);
  const auto cathode = simd::Add(load(s.cathode), simd::Mul(slope, seconds));  // predicted
  const auto drive = simd::Add(simd::Sub(load(s.open), cathode),
                               simd::Mul(load(openBySource_), u));  // u comes last
  // The networks, all but for what the grid draws: it does not wait for the lookup.
  std::array<simd::V4, GridNetwork::kCapacitors> kept;
  for (std::size_t k = 0; k < GridNetwork::kCapacitors; ++k) {
    const auto mode = load(s.modes[k]);
    kept[k] = simd::Add(
        mode, simd::Add(simd::Mul(load(change_[k]), mode), simd::Mul(load(changeBySource_[k]), u)));
  }
  const auto next = simd::Add(simd::Add(kept[0], kept[1]), simd::Add(kept[2], kept[3]));
  const Looked looked = look(drive);

  // Means of the curves since the frame before; what the grid draws gets the charge of the mean.
  const auto half = simd::Set(d, 0.5F);
  const auto step = simd::Sub(drive, load(s.drive));
  const auto least =
      simd::Mul(simd::Set(d, 0.02F), simd::Add(simd::Set(d, 1.0F), simd::Abs(drive)));
  const auto far = simd::Lt(least, simd::Abs(step));
  const auto byStep = simd::Div(simd::Set(d, 1.0F), simd::IfThenElse(far, step, least));
  const auto mean = [&](simd::V4 area, simd::V4 areaBefore, simd::V4 middle) {
    return simd::IfThenElse(far, simd::Mul(simd::Sub(area, areaBefore), byStep), middle);
  };
  const auto plateMiddle = simd::Mul(half, simd::Add(looked.plate, load(s.plate)));
  const auto gridMiddle = simd::Mul(half, simd::Add(looked.grid, load(s.grid)));
  const auto plateMean = mean(looked.plateArea, load(s.plateArea), plateMiddle);
  const auto gridMean = mean(looked.gridArea, load(s.gridArea), gridMiddle);
  // A frame late, so that the next drive need not wait for it.
  const auto drawn = simd::Add(looked.grid, load(s.correction));
  store(simd::Sub(gridMean, gridMiddle), s.correction);

  for (std::size_t k = 0; k < GridNetwork::kCapacitors; ++k)
    store(simd::Add(kept[k], simd::Mul(load(changeByGrid_[k]), drawn)), s.modes[k]);
  store(simd::Add(next, simd::Mul(load(openByGrid_), drawn)), s.open);

  // The bypassed cathode: trapezoid with a predicted end.
  const auto follow = simd::Mul(load(plateByCathode_), cathode);
  const auto amperes =
      simd::Sub(looked.grid, simd::Mul(load(byPlateOhms_), simd::Add(looked.plate, follow)));
  const auto slopeNow = simd::Mul(load(byCathodeFarads_),
                                  simd::Sub(amperes, simd::Mul(load(byCathodeOhms_), cathode)));
  const auto halfStep = simd::Set(d, 0.5F * seconds_);
  store(simd::Add(load(s.cathode), simd::Mul(halfStep, simd::Add(slope, slopeNow))), s.cathode);
  store(slopeNow, s.cathodeSlope);

  const auto out = simd::Add(plateMean, follow);
  store(drive, s.drive);
  store(looked.plate, s.plate);
  store(looked.plateArea, s.plateArea);
  store(looked.grid, s.grid);
  store(looked.gridArea, s.gridArea);
  store(out, s.out);
}

}  // namespace sonic
