// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>

#include "engine/dsp/simd.h"

namespace sonic {

/// Elementary functions without libm (whose float results differ between native and WASM). One
/// source serves vectors (any 4- or 1-lane tag) and scalars, so a remainder rounds like the rest.
/// Relative error <= 2e-7 over the stated range, checked against double precision. [audio]
/// Method: range reduction by exact operations, then minimax polynomials fitted for this project
/// (reweighted least squares on Chebyshev nodes, coefficients rounded to float).
namespace simd {

template <class D>
using VF = hn::Vec<D>;

/// 2^x. x is clamped to -126..127.
template <class D>
inline VF<D> exp2(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  x = Min(Max(x, Set(d, -126.0F)), Set(d, 127.0F));
  const auto whole = hn::Round(x);
  const auto f = Sub(x, whole);
  auto p = Set(d, 0.0001547589636174962F);
  p = Add(Mul(p, f), Set(d, 0.0013400283642113209F));
  p = Add(Mul(p, f), Set(d, 0.009618005715310574F));
  p = Add(Mul(p, f), Set(d, 0.055503278970718384F));
  p = Add(Mul(p, f), Set(d, 0.24022650718688965F));
  p = Add(Mul(p, f), Set(d, 0.6931471824645996F));
  p = Add(Mul(p, f), Set(d, 1.0F));
  const auto exponent = hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(di, whole), hn::Set(di, 127)));
  return Mul(p, hn::BitCast(d, exponent));
}

/// log2(x) for normal x > 0; smaller x gives log2 of the smallest normal.
template <class D>
inline VF<D> log2(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  x = Max(x, Set(d, 1.17549435e-38F));
  // Mantissa in [sqrt(1/2), sqrt(2)): subtract the bits of sqrt(1/2) to find the exponent.
  const auto bits = hn::BitCast(di, x);
  const auto shifted = hn::Sub(bits, hn::Set(di, 0x3f3504f3));
  const auto exponent = hn::ShiftRight<23>(shifted);
  const auto m = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
  const auto one = Set(d, 1.0F);
  const auto s = Div(Sub(m, one), Add(m, one));
  const auto z = Mul(s, s);
  auto p = Set(d, 0.11791301518678665F);
  p = Add(Mul(p, z), Set(d, 0.14268642663955688F));
  p = Add(Mul(p, z), Set(d, 0.20000167191028595F));
  p = Add(Mul(p, z), Set(d, 0.3333333134651184F));
  const auto atanh = Add(s, Mul(Mul(p, z), s));
  return Add(hn::ConvertTo(d, exponent), Mul(atanh, Set(d, 2.8853900817779268F)));
}

/// e^x. x is clamped to about -87..88.
template <class D>
inline VF<D> exp(D d, VF<D> x) {
  // e^x = 2^whole * e^r with r reduced in two parts, since x * log2(e) alone loses digits.
  const hn::Rebind<std::int32_t, D> di;
  x = Min(Max(x, Set(d, -87.0F)), Set(d, 88.0F));
  const auto whole = hn::Round(Mul(x, Set(d, 1.44269504F)));
  auto r = Sub(x, Mul(whole, Set(d, 0.693359375F)));
  r = Sub(r, Mul(whole, Set(d, -2.12194440e-4F)));
  const auto f = Mul(r, Set(d, 1.44269504F));
  auto p = Set(d, 0.0001547589636174962F);
  p = Add(Mul(p, f), Set(d, 0.0013400283642113209F));
  p = Add(Mul(p, f), Set(d, 0.009618005715310574F));
  p = Add(Mul(p, f), Set(d, 0.055503278970718384F));
  p = Add(Mul(p, f), Set(d, 0.24022650718688965F));
  p = Add(Mul(p, f), Set(d, 0.6931471824645996F));
  p = Add(Mul(p, f), Set(d, 1.0F));
  const auto exponent = hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(di, whole), hn::Set(di, 127)));
  return Mul(p, hn::BitCast(d, exponent));
}

/// Natural logarithm of normal x > 0.
template <class D>
inline VF<D> log(D d, VF<D> x) {
  return Mul(log2(d, x), Set(d, 0.69314718F));
}

/// Hyperbolic tangent: odd polynomial below 0.625, 1 - 2 / (e^2x + 1) above.
template <class D>
inline VF<D> tanh(D d, VF<D> x) {
  const auto a = Min(Abs(x), Set(d, 10.0F));
  const auto z = Mul(a, a);
  auto p = Set(d, -0.005717036314308643F);
  p = Add(Mul(p, z), Set(d, 0.020650578662753105F));
  p = Add(Mul(p, z), Set(d, -0.05374349653720856F));
  p = Add(Mul(p, z), Set(d, 0.13331490755081177F));
  p = Add(Mul(p, z), Set(d, -0.3333328366279602F));
  const auto small = Add(a, Mul(Mul(p, z), a));
  const auto e = exp(d, Add(a, a));
  const auto one = Set(d, 1.0F);
  const auto large = Sub(one, Div(Set(d, 2.0F), Add(e, one)));
  return hn::CopySign(IfThenElse(Lt(a, Set(d, 0.625F)), small, large), x);
}

/// Sine of radians, |x| <= 8192.
template <class D>
inline VF<D> sin(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  const auto whole = hn::Round(Mul(x, Set(d, 0.318309886F)));
  auto r = Sub(x, Mul(whole, Set(d, 3.140625F)));  // pi in three parts
  r = Sub(r, Mul(whole, Set(d, 9.67502593994140625e-4F)));
  r = Sub(r, Mul(whole, Set(d, 1.509957990978376432e-7F)));
  const auto z = Mul(r, r);
  auto p = Set(d, -2.3888906852675973e-08F);
  p = Add(Mul(p, z), Set(d, 2.752538421191275e-06F));
  p = Add(Mul(p, z), Set(d, -0.0001984086848096922F));
  p = Add(Mul(p, z), Set(d, 0.008333330973982811F));
  p = Add(Mul(p, z), Set(d, -0.1666666716337204F));
  const auto s = Add(r, Mul(Mul(p, z), r));
  const auto odd = hn::ShiftLeft<31>(hn::ConvertTo(di, whole));
  return hn::BitCast(d, hn::Xor(hn::BitCast(di, s), odd));
}

/// x^y for normal x > 0.
template <class D>
inline VF<D> pow(D d, VF<D> x, VF<D> y) {
  return exp2(d, Mul(y, log2(d, x)));
}

/// See the scalar one below.
template <class D>
inline VF<D> flushed(D d, VF<D> x) {
  const auto magnitude = Abs(x);
  const auto keep = hn::And(hn::Ge(magnitude, Set(d, 1e-15F)), hn::Le(magnitude, Set(d, 1e15F)));
  return hn::IfThenElseZero(keep, x);
}

}  // namespace simd

#define SONIC_SCALAR(name)                                    \
  inline float name(float x) noexcept {                       \
    const simd::F1 d;                                         \
    return simd::hn::GetLane(simd::name(d, simd::Set(d, x))); \
  }
namespace math {
SONIC_SCALAR(exp2)
SONIC_SCALAR(log2)
SONIC_SCALAR(exp)
SONIC_SCALAR(log)
SONIC_SCALAR(tanh)
SONIC_SCALAR(sin)
inline float cos(float x) noexcept {
  return sin(x + 1.57079633F);
}
inline float tan(float x) noexcept {
  return sin(x) / cos(x);
}
inline float pow(float x, float y) noexcept {
  const simd::F1 d;
  return simd::hn::GetLane(simd::pow(d, simd::Set(d, x), simd::Set(d, y)));
}
inline float sqrt(float x) noexcept {
  const simd::F1 d;
  return simd::hn::GetLane(simd::Sqrt(simd::Set(d, x)));
}
}  // namespace math
#undef SONIC_SCALAR

inline constexpr float kPi = 3.14159265358979F;

/// Linear gain of decibels; exactly 1 at 0 dB.
inline float dbToGain(float db) noexcept {
  return math::exp2(db * 0.166096404744368F);
}
/// Decibels of a linear gain; about -758 at 0.
inline float gainToDb(float gain) noexcept {
  return math::log2(gain) * 6.02059991327962F;
}

/// a in y += a * (x - y) so that the -3 dB corner lies at cutoffHz.
inline float onePoleCoefficient(float cutoffHz, float sampleRateHz) noexcept {
  return 1.0F - math::exp(-2.0F * kPi * cutoffHz / sampleRateHz);
}
/// a in y += a * (x - y) so that a step reaches 1 - 1/e after `seconds`.
inline float timeCoefficient(float seconds, float sampleRateHz) noexcept {
  return seconds <= 0.0F ? 1.0F : 1.0F - math::exp(-1.0F / (seconds * sampleRateHz));
}
/// Zavalishin's prewarped g = tan(pi f / fs), f held below 0.49 fs.
inline float prewarped(float cutoffHz, float sampleRateHz) noexcept {
  const float ratio = cutoffHz / sampleRateHz;
  return math::tan(kPi * (ratio < 0.49F ? ratio : 0.49F));
}

/// Recirculating state at a cell's end: below 1e-15 (-300 dB) it becomes exact zero, since WASM
/// does not flush denormals; NaN and values over 1e15 become zero too, so that a module heals.
inline float flushed(float x) noexcept {
  const float magnitude = x < 0.0F ? -x : x;
  return magnitude >= 1e-15F && magnitude <= 1e15F ? x : 0.0F;
}
inline double flushed(double x) noexcept {
  const double magnitude = x < 0.0 ? -x : x;
  return magnitude >= 1e-15 && magnitude <= 1e15 ? x : 0.0;
}

}  // namespace sonic
