// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/dsp/math.h"

namespace sonic {

/// Tubes by Koren's equations and grid current by Dempwolf & Zoelzer, as vectors over operating
/// points: what tables of solved stages are made of.
/// Source   Koren: Improved Vacuum Tube Models for SPICE Simulations, 1996; Dempwolf, Zoelzer: A
///          Physically-Motivated Triode Model for Circuit Simulations, DAFx 2011.
struct TriodeTube {
  float mu, ex, kg1, kp, kvb;
};
struct PentodeTube {
  float mu, ex, kg1, kp, kvb;
};
/// i = g * (ln(1 + exp(c * v)) / c)^exponent.
struct GridCurrent {
  float g, c, exponent;
};
inline constexpr TriodeTube kTube12Ax7{100.0F, 1.4F, 1060.0F, 600.0F, 300.0F};
inline constexpr GridCurrent kGrid12Ax7{6.177e-4F, 9.901F, 1.314F};
/// A power tube's grid: the same law, three times the surface. Our own choice.
inline constexpr GridCurrent kGridEl34{1.853e-3F, 9.901F, 1.314F};
inline constexpr PentodeTube kTubeEl34{11.0F, 1.35F, 650.0F, 60.0F, 24.0F};

namespace simd {

/// A current and its derivatives by the plate's and the grid's voltage (from the cathode).
template <class D>
struct TubePoint {
  VF<D> i, byPlate, byGrid;
};

/// ln(1 + e^x) and its derivative.
template <class D>
inline VF<D> softplus(D d, VF<D> x, VF<D>& slope) {
  const auto one = Set(d, 1.0F);
  const auto e = exp(d, Neg(Abs(x)));
  const auto sum = Add(one, e);
  slope = Div(IfThenElse(Lt(x, Zero(d)), e, one), sum);
  return Add(Max(x, Zero(d)), log(d, sum));
}

template <class D>
inline TubePoint<D> triode(D d, const TriodeTube& t, VF<D> plate, VF<D> grid) {
  plate = Max(plate, Set(d, 1e-3F));
  const auto byRoot = Div(Set(d, 1.0F), Sqrt(Add(Set(d, t.kvb), Mul(plate, plate))));
  VF<D> slope;
  const auto s = softplus(d, Mul(Set(d, t.kp), Add(Set(d, 1.0F / t.mu), Mul(grid, byRoot))), slope);
  const auto e1 = Max(Mul(Mul(plate, Set(d, 1.0F / t.kp)), s), Set(d, 1e-25F));
  const auto i = Mul(Set(d, 2.0F / t.kg1), pow(d, e1, Set(d, t.ex)));
  const auto byE1 = Div(Mul(i, Set(d, t.ex)), e1);
  const auto share = Mul(Mul(plate, byRoot), slope);  // dE1 / dVg
  const auto bend = Mul(Mul(share, Mul(grid, plate)), Mul(byRoot, byRoot));
  return {i, Mul(byE1, Sub(Mul(s, Set(d, 1.0F / t.kp)), bend)), Mul(byE1, share)};
}

/// atan by a polynomial for |x| <= 1 (Abramowitz & Stegun 4.4.49, error 2e-8), reflected above.
template <class D>
inline VF<D> arcTangent(D d, VF<D> x) {
  const auto one = Set(d, 1.0F);
  const auto a = Abs(x);
  const auto outer = Lt(one, a);
  const auto r = IfThenElse(outer, Div(one, Max(a, one)), a);
  const auto z = Mul(r, r);
  auto p = Set(d, 0.0028662257F);
  for (const float c : {-0.0161657367F, 0.0429096138F, -0.0752896400F, 0.1065626393F,
                        -0.1420889944F, 0.1999355085F, -0.3333314528F, 1.0F})
    p = Add(Mul(p, z), Set(d, c));
  const auto inner = Mul(p, r);
  return hn::CopySign(IfThenElse(outer, Sub(Set(d, 1.57079633F), inner), inner), x);
}

/// The plate current of a pentode whose screen stands at `screen`.
template <class D>
inline TubePoint<D> pentode(D d, const PentodeTube& t, VF<D> plate, VF<D> grid, float screen) {
  VF<D> slope;
  const auto s = softplus(
      d, Mul(Set(d, t.kp), Add(Set(d, 1.0F / t.mu), Mul(grid, Set(d, 1.0F / screen)))), slope);
  const auto e1 = Max(Mul(Set(d, screen / t.kp), s), Set(d, 1e-25F));
  const auto full = Mul(Set(d, 2.0F / t.kg1), pow(d, e1, Set(d, t.ex)));
  const auto x = Mul(plate, Set(d, 1.0F / t.kvb));
  const auto share = arcTangent(d, x);
  const auto byX = Div(Set(d, 1.0F / t.kvb), Add(Set(d, 1.0F), Mul(x, x)));
  const auto byGrid = Div(Mul(Mul(full, share), Mul(Set(d, t.ex), slope)), e1);
  return {Mul(full, share), Mul(full, byX), byGrid};
}

/// Grid current; byPlate is zero.
template <class D>
inline TubePoint<D> gridCurrent(D d, const GridCurrent& m, VF<D> grid) {
  VF<D> slope;
  const auto s = Max(softplus(d, Mul(Set(d, m.c), grid), slope), Set(d, 1e-25F));
  const auto i = Mul(Set(d, m.g), pow(d, Mul(s, Set(d, 1.0F / m.c)), Set(d, m.exponent)));
  return {i, Zero(d), Div(Mul(Mul(i, Set(d, m.exponent * m.c)), slope), s)};
}

}  // namespace simd
}  // namespace sonic
