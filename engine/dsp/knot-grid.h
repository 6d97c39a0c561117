// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/dsp/math.h"

namespace sonic {

/// Where the knots of tabled circuits lie: dense around 0 and wide far out, 2^stepsLog2 for every
/// doubling of 1 + |x| / unit, so that a few kilobytes hold both the knee of a tube and 200 V of
/// overdrive. Piece k of a side lies between its knots k and k + 1.
struct KnotGrid {
  std::size_t octaves, stepsLog2;
  float unit;

  [[nodiscard]] constexpr std::size_t pieces() const { return octaves << stepsLog2; }
  /// Distance of a knot from 0.
  [[nodiscard]] constexpr float knot(std::size_t index) const {
    const std::size_t steps = std::size_t{1} << stepsLog2;
    const float mantissa = static_cast<float>(index % steps) / static_cast<float>(steps);
    return unit *
           ((1.0F + mantissa) * static_cast<float>(std::size_t{1} << (index >> stepsLog2)) - 1.0F);
  }
  /// |x| / unit must stay below this.
  [[nodiscard]] constexpr float limit() const {
    return static_cast<float>(std::size_t{1} << octaves) * 0.9999999F - 1.0F;
  }
};

/// A place on a KnotGrid, for lanes: piece (of one side), position 0...1 in it, and pieces per unit
/// of x. The bits of 1 + |x| count its mantissa evenly within each doubling: they are the index.
/// The position is measured from the knot itself, so that the faintest x still moves it.
template <class D>
struct KnotPlace {
  simd::hn::Vec<simd::hn::Rebind<std::int32_t, D>> piece;
  simd::VF<D> t, tByX;  ///< tByX is negative for negative x, as t grows outwards.
};
namespace simd {
template <int kStepsLog2, class D>
inline KnotPlace<D> place(D d, VF<D> x, VF<D> byUnit, VF<D> limit) {
  const hn::Rebind<std::int32_t, D> di;
  const auto one = Set(d, 1.0F);
  const auto scaled = Mul(Abs(x), byUnit);
  const auto units = IfThenElse(Lt(scaled, limit), scaled, limit);  // NaN: the limit
  const auto bits = hn::BitCast(di, Add(units, one));
  constexpr std::int32_t kMantissa = 0x007fffff >> kStepsLog2;
  const auto knot = Sub(hn::BitCast(d, hn::And(bits, hn::Set(di, ~kMantissa))), one);
  // 2^steps by the octave: an exponent less that of the bits.
  constexpr auto kExponent =
      static_cast<std::int32_t>(0x7f000000U + (static_cast<std::uint32_t>(kStepsLog2) << 23));
  const auto byPiece =
      hn::BitCast(d, hn::Sub(hn::Set(di, kExponent), hn::And(bits, hn::Set(di, 0x7f800000))));
  return {hn::ShiftRight<23 - kStepsLog2>(hn::Sub(bits, hn::Set(di, 0x3f800000))),
          Mul(Sub(units, knot), byPiece), hn::CopySign(Mul(byPiece, byUnit), x)};
}
}  // namespace simd

/// The cubic over t = 0...1 with these ends; slopes by t.
inline std::array<float, 4> hermite(float value0, float value1, float slope0, float slope1) {
  const float rise = value1 - value0;
  return {value0, slope0, 3.0F * rise - 2.0F * slope0 - slope1, slope0 + slope1 - 2.0F * rise};
}

}  // namespace sonic
