// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/math.h"

namespace sonic {

/// Four curves over one drive, for circuits that were solved beforehand: cubic pieces between knots
/// that lie dense around 0 and wide far out (8 or 16 per doubling of 1 + |drive| / unit): a few
/// kilobytes hold both the knee of a tube and 200 V of overdrive. One lookup gives four values.
/// Curves start exactly at 0. Beyond the last knot the curves stand still.
class CurveTable {
 public:
  static constexpr std::size_t kMaxKnots = 129;  ///< Per side.
  static constexpr std::size_t kCurves = 4;

  /// Values and slopes (by drive) of the curves at the knots of one side.
  struct Knots {
    alignas(16) std::array<std::array<float, kMaxKnots + 3>, kCurves> value, slope;
  };

  /// Knots reach to unit * (2^octaves - 1) on either side; octaves << stepsLog2 <= 128.
  void prepare(Arena& arena, std::size_t octaves, std::size_t stepsLog2, float unit) {
    stepsLog2_ = stepsLog2;
    perSide_ = octaves << stepsLog2;
    byUnit_ = 1.0F / unit;
    unit_ = unit;
    limit_ = static_cast<float>(std::size_t{1} << octaves) * 0.99999994F;
    pieces_ = arena.allocate<Piece>(2 * perSide_);
  }
  [[nodiscard]] std::size_t knotsPerSide() const { return perSide_ + 1; }
  /// Distance of a knot from 0.
  [[nodiscard]] float knot(std::size_t index) const {
    const std::size_t steps = std::size_t{1} << stepsLog2_;
    const float mantissa = static_cast<float>(index % steps) / static_cast<float>(steps);
    return ((1.0F + mantissa) * static_cast<float>(std::size_t{1} << (index >> stepsLog2_)) -
            1.0F) *
           unit_;
  }
  void setSide(bool negative, const Knots& knots) noexcept;
  void slopesByDifferences(bool negative, Knots& knots, std::size_t curve) const noexcept;

  /// The four curves at a drive.
  [[nodiscard]] simd::V4 at(float drive) const noexcept {
    const simd::F4 d;
    const Place p = place(drive);
    const float* const c = pieces_[p.piece].coefficients.data();
    const auto t = simd::Set(d, p.t);
    const auto low = simd::Add(simd::LoadU(d, c), simd::Mul(simd::LoadU(d, c + 4), t));
    const auto high = simd::Add(simd::LoadU(d, c + 8), simd::Mul(simd::LoadU(d, c + 12), t));
    return simd::Add(low, simd::Mul(simd::Mul(t, t), high));
  }
  /// And their slopes.
  [[nodiscard]] simd::V4 at(float drive, simd::V4& slope) const noexcept {
    const simd::F4 d;
    const Place p = place(drive);
    const float* const c = pieces_[p.piece].coefficients.data();
    const auto t = simd::Set(d, p.t);
    const auto c1 = simd::LoadU(d, c + 4);
    const auto c2 = simd::LoadU(d, c + 8);
    const auto c3 = simd::LoadU(d, c + 12);
    const auto byT = simd::Add(
        c1, simd::Mul(
                t, simd::Add(simd::Add(c2, c2), simd::Mul(simd::Mul(simd::Set(d, 3.0F), t), c3))));
    slope = simd::Mul(byT, simd::Set(d, p.tByDrive));
    const auto low = simd::Add(simd::LoadU(d, c), simd::Mul(c1, t));
    return simd::Add(low, simd::Mul(simd::Mul(t, t), simd::Add(c2, simd::Mul(c3, t))));
  }

 private:
  struct Piece {
    std::array<float, 4 * kCurves> coefficients;  ///< [power of t][curve].
  };
  struct Place {
    std::size_t piece;
    float t, tByDrive;
  };
  // The bits of a float count its mantissa evenly within each doubling: they are the index.
  [[nodiscard]] Place place(float drive) const noexcept {
    const float magnitude = 1.0F + (drive < 0.0F ? -drive : drive) * byUnit_;
    const float y = magnitude < limit_ ? magnitude : limit_;  // NaN too
    const auto bits = __builtin_bit_cast(std::uint32_t, y);
    const std::uint32_t above = bits - 0x3f800000U;
    const std::size_t piece = above >> (23 - stepsLog2_);
    // The mantissa's other bits, moved to its top, are the place between two knots.
    const float t =
        __builtin_bit_cast(float, 0x3f800000U | ((above << stepsLog2_) & 0x007fffffU)) - 1.0F;
    const auto steps = static_cast<float>(1U << stepsLog2_);
    const float byOctave =
        __builtin_bit_cast(float, 0x7f000000U - (bits & 0x7f800000U)) * (byUnit_ * steps);
    const bool negative = drive < 0.0F;
    return {negative ? piece + perSide_ : piece, t, negative ? -byOctave : byOctave};
  }

  std::span<Piece> pieces_;
  std::size_t perSide_ = 0, stepsLog2_ = 4;
  float unit_ = 1.0F, byUnit_ = 1.0F, limit_ = 1.0F;
};

namespace simd {

/// Gauss elimination without pivoting, all lanes at once: for the diagonally heavy Jacobians of
/// tube stages. `x` enters as the right side.
template <std::size_t N, class D>
inline void eliminate(D d, std::array<std::array<VF<D>, N>, N>& a, std::array<VF<D>, N>& x) {
  for (std::size_t k = 0; k < N; ++k) {
    const auto byPivot = Div(Set(d, 1.0F), a[k][k]);
    for (std::size_t r = k + 1; r < N; ++r) {
      const auto factor = Mul(a[r][k], byPivot);
      for (std::size_t c = k + 1; c < N; ++c) a[r][c] = Sub(a[r][c], Mul(factor, a[k][c]));
      x[r] = Sub(x[r], Mul(factor, x[k]));
    }
  }
  for (std::size_t k = N; k-- > 0;) {
    for (std::size_t c = k + 1; c < N; ++c) x[k] = Sub(x[k], Mul(a[k][c], x[c]));
    x[k] = Div(x[k], a[k][k]);
  }
}

/// Unknown voltages of four operating points, and how the circuit leaves its equations there.
template <std::size_t N>
struct Linearised {
  std::array<V4, N> residual;                 ///< 0 when solved.
  std::array<std::array<V4, N>, N> jacobian;  ///< [equation][unknown].
};

/// Newton from `x`, its steps held to maxStepV. `circuit.linearise(x, drive)` -> Linearised.
template <std::size_t N, class Circuit>
inline void solve(const Circuit& circuit, V4 drive, std::array<V4, N>& x, int iterations,
                  float maxStepV) {
  const F4 d;
  for (int k = 0; k < iterations; ++k) {
    Linearised<N> at = circuit.linearise(x, drive);
    eliminate<N>(d, at.jacobian, at.residual);
    for (std::size_t i = 0; i < N; ++i)
      x[i] = Sub(x[i], Max(Min(at.residual[i], Set(d, maxStepV)), Set(d, -maxStepV)));
  }
}

}  // namespace simd

/// Solves a circuit at every knot, outwards from its rest, and stores what it gives there.
///   static constexpr kUnknowns; linearise(x, drive), in which equation 0 is "... - drive";
///   outputs(x, dx, side, value, slope): four outputs and their slopes, dx being dx / d drive and
///   side dx / d(the right side of equation 1);
///   static constexpr kFirstSideCurve: the outputs from here on are made of `side`; they need not
///   start at 0 and get their slopes by differences.
template <class Circuit>
void fillTable(CurveTable& table, const Circuit& circuit,
               const std::array<simd::V4, Circuit::kUnknowns>& rest) noexcept {
  constexpr std::size_t kN = Circuit::kUnknowns;
  constexpr std::size_t kSide = Circuit::kFirstSideCurve;
  const simd::F4 d;
  const auto unit = [&](std::size_t equation) {
    std::array<simd::V4, kN> x;
    x.fill(simd::Zero(d));
    x[equation] = simd::Set(d, 1.0F);
    return x;
  };
  std::array<simd::V4, CurveTable::kCurves> value;
  std::array<simd::V4, CurveTable::kCurves> slope;
  std::array<simd::V4, CurveTable::kCurves> zero;
  circuit.outputs(rest, unit(0), unit(1), zero, slope);
  for (std::size_t c = kSide; c < CurveTable::kCurves; ++c) zero[c] = simd::Zero(d);
  CurveTable::Knots knots;
  for (const bool negative : {false, true}) {
    auto x = rest;
    for (std::size_t k = 0; k < table.knotsPerSide(); k += 4) {
      alignas(16) std::array<float, 4> drives;
      for (std::size_t lane = 0; lane < 4; ++lane)
        drives[lane] = (negative ? -1.0F : 1.0F) * table.knot(k + lane);
      const auto drive = simd::LoadU(d, drives.data());
      simd::solve<kN>(circuit, drive, x, 5, 40.0F);
      const simd::Linearised<kN> at = circuit.linearise(x, drive);
      auto dx = unit(0);
      auto side = unit(1);
      auto jacobian = at.jacobian;
      simd::eliminate<kN>(d, jacobian, dx);
      if (kSide < CurveTable::kCurves) {
        jacobian = at.jacobian;
        simd::eliminate<kN>(d, jacobian, side);
      }
      circuit.outputs(x, dx, side, value, slope);
      for (std::size_t c = 0; c < CurveTable::kCurves; ++c) {
        simd::StoreU(simd::Sub(value[c], zero[c]), d, &knots.value[c][k]);
        simd::StoreU(slope[c], d, &knots.slope[c][k]);
        if (k == 0 && c < kSide) knots.value[c][0] = 0.0F;
      }
      for (auto& unknown : x)  // the next four start from the last of these
        unknown = simd::Set(d, simd::hn::ExtractLane(unknown, 3));
    }
    for (std::size_t c = kSide; c < CurveTable::kCurves; ++c)
      table.slopesByDifferences(negative, knots, c);
    table.setSide(negative, knots);
  }
}

}  // namespace sonic
