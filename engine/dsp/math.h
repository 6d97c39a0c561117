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

/// 2^(whole + f) for |f| <= 1/2.
template <class D>
inline VF<D> exp2Parts(D d, VF<D> whole, VF<D> f) {
  const hn::Rebind<std::int32_t, D> di;
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

/// 2^x. x is clamped to -126..127.
template <class D>
inline VF<D> exp2(D d, VF<D> x) {
  x = Min(Max(x, Set(d, -126.0F)), Set(d, 127.0F));
  const auto whole = hn::Round(x);
  return exp2Parts(d, whole, Sub(x, whole));
}

/// The upper 12 bits of the mantissa: products of two such are exact.
template <class D>
inline VF<D> upperHalf(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  return hn::BitCast(d, hn::And(hn::BitCast(di, x), hn::Set(di, static_cast<int>(0xfffff000U))));
}

/// x = 2^exponent * (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), f exact; log(1 + f) is
/// 2 atanh(s), s = f / (2 + f), = 2 s + s * tail.
template <class D>
struct LogParts {
  VF<D> exponent, f, s, tail;
};
/// x below the smallest normal counts as that.
template <class D>
inline LogParts<D> logParts(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  x = Max(x, Set(d, 1.17549435e-38F));
  // Subtracting the bits of sqrt(1/2) leaves the exponent on top.
  const auto bits = hn::BitCast(di, x);
  const auto exponent = hn::ShiftRight<23>(hn::Sub(bits, hn::Set(di, 0x3f3504f3)));
  const auto m = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
  const auto f = Sub(m, Set(d, 1.0F));
  const auto s = Div(f, Add(m, Set(d, 1.0F)));
  const auto z = Mul(s, s);
  auto p = Set(d, 0.11791301518678665F);
  p = Add(Mul(p, z), Set(d, 0.14268642663955688F));
  p = Add(Mul(p, z), Set(d, 0.20000167191028595F));
  p = Add(Mul(p, z), Set(d, 0.3333333134651184F));
  return {hn::ConvertTo(d, exponent), f, s, Mul(Add(p, p), z)};
}

/// log2(x) for normal x > 0; smaller x gives log2 of the smallest normal.
template <class D>
inline VF<D> log2(D d, VF<D> x) {
  // log(1 + f) = f - half + s * (half + tail) loses nothing near x = 1; its large part is split, so
  // that the factor 1 / ln 2 does not either.
  const LogParts<D> parts = logParts(d, x);
  const auto half = Mul(Mul(parts.f, parts.f), Set(d, 0.5F));
  const auto upper = upperHalf(d, Sub(parts.f, half));
  const auto lower = Add(Sub(Sub(parts.f, upper), half), Mul(parts.s, Add(half, parts.tail)));
  const auto factor = Set(d, 1.44287109375F);
  const auto factorRest = Set(d, -1.7605285393074155e-4F);
  const auto small = Add(Mul(Add(lower, upper), factorRest), Mul(lower, factor));
  return Add(Add(small, Mul(upper, factor)), parts.exponent);
}

/// e^x. x is clamped to about -87..88.
template <class D>
inline VF<D> exp(D d, VF<D> x) {
  // e^x = 2^whole * e^r with r reduced in two parts, since x * log2(e) alone loses digits.
  x = Min(Max(x, Set(d, -87.0F)), Set(d, 88.0F));
  const auto whole = hn::Round(Mul(x, Set(d, 1.44269504F)));
  auto r = Sub(x, Mul(whole, Set(d, 0.693359375F)));
  r = Sub(r, Mul(whole, Set(d, -2.12194440e-4F)));
  return exp2Parts(d, whole, Mul(r, Set(d, 1.44269504F)));
}

/// Natural logarithm of normal x > 0.
template <class D>
inline VF<D> log(D d, VF<D> x) {
  const LogParts<D> parts = logParts(d, x);
  const auto half = Mul(Mul(parts.f, parts.f), Set(d, 0.5F));
  auto sum = Mul(parts.s, Add(half, parts.tail));
  sum = Sub(Add(sum, Mul(parts.exponent, Set(d, 1.428606765330187e-06F))), half);
  return Add(Add(sum, parts.f), Mul(parts.exponent, Set(d, 0.693145751953125F)));
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

/// x - multiple * pi for |multiple| < 4096 in steps of 1/2: pi in four parts, of which three have
/// 11 bits, so that the products are exact and no zero crossing is blurred.
template <class D>
inline VF<D> withoutPi(D d, VF<D> x, VF<D> multiple) {
  x = Sub(x, Mul(multiple, Set(d, 3.140625F)));
  x = Sub(x, Mul(multiple, Set(d, 9.675025939941406e-4F)));
  x = Sub(x, Mul(multiple, Set(d, 1.5099067240953445e-7F)));
  return Sub(x, Mul(multiple, Set(d, 5.126688136514179e-12F)));
}

/// sin(r + whole * pi) for |r| <= pi/2.
template <class D>
inline VF<D> sinOfReduced(D d, VF<D> r, VF<D> whole) {
  const hn::Rebind<std::int32_t, D> di;
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

/// Sine of radians, |x| <= 8192.
template <class D>
inline VF<D> sin(D d, VF<D> x) {
  const auto whole = hn::Round(Mul(x, Set(d, 0.318309886F)));
  return sinOfReduced(d, withoutPi(d, x, whole), whole);
}

/// Cosine of radians, |x| <= 8192: the sine counted from its own zero crossing at pi/2.
template <class D>
inline VF<D> cos(D d, VF<D> x) {
  const auto half = Set(d, 0.5F);
  const auto before = hn::Round(Sub(Mul(x, Set(d, 0.318309886F)), half));
  const auto r = withoutPi(d, x, Add(before, half));
  return sinOfReduced(d, r, Add(before, Set(d, 1.0F)));
}

/// Tangent of radians, |x| <= 8192; at odd quarters -1 / tan of what is left.
template <class D>
inline VF<D> tan(D d, VF<D> x) {
  const hn::Rebind<std::int32_t, D> di;
  const auto quarter = hn::Round(Mul(x, Set(d, 0.636619772F)));
  // As withoutPi(), with what the subtractions round away: the tangent is steep.
  const auto second = Mul(quarter, Set(d, 4.837512969970703e-4F));
  const auto third = Mul(quarter, Set(d, 7.549533620476723e-8F));
  const auto r1 = Sub(x, Mul(quarter, Set(d, 1.5703125F)));
  const auto r2 = Sub(r1, second);
  const auto back = Sub(r2, r1);
  const auto r = Sub(r2, third);
  auto rest = Sub(Sub(r1, Sub(r2, back)), Add(second, back));
  rest = Add(rest, Sub(Sub(r2, r), third));
  rest = Sub(rest, Mul(quarter, Set(d, 2.5633440682570896e-12F)));
  const auto z = Mul(r, r);
  auto p = Set(d, 0.009402671828866005F);
  p = Add(Mul(p, z), Set(d, 0.0030920293647795916F));
  p = Add(Mul(p, z), Set(d, 0.02444654516875744F));
  p = Add(Mul(p, z), Set(d, 0.05340703949332237F));
  p = Add(Mul(p, z), Set(d, 0.1333884447813034F));
  p = Add(Mul(p, z), Set(d, 0.33333155512809753F));
  const auto slope = Add(z, Set(d, 1.0F));
  const auto t = Add(r, Add(Mul(Mul(p, z), r), Mul(rest, slope)));
  const auto odd = hn::And(hn::ConvertTo(di, quarter), hn::Set(di, 1));
  const auto isEven = hn::RebindMask(d, hn::Eq(odd, hn::Zero(di)));
  return IfThenElse(isEven, t, Div(Set(d, -1.0F), t));
}

/// x^y for normal x > 0, as long as the result is in 2^-126..2^127; clamped there.
template <class D>
inline VF<D> pow(D d, VF<D> x, VF<D> y) {
  // log2(x) as hi + lo with about 30 bits: s and 2 / ln 2 are split so that the products are exact.
  const LogParts<D> parts = logParts(d, x);
  const auto s = upperHalf(d, parts.s);
  const auto f = upperHalf(d, parts.f);
  auto rest = Sub(Sub(parts.f, Add(s, s)), Mul(s, f));
  rest = Sub(rest, Mul(s, Sub(parts.f, f)));
  const auto sRest = Div(rest, Add(parts.f, Set(d, 2.0F)));
  const auto factor = Set(d, 2.8857421875F);
  const auto large = Mul(s, factor);
  const auto small =
      Add(Add(Mul(s, Set(d, -3.521057078614831e-4F)), Mul(sRest, Set(d, 2.885390043258667F))),
          Mul(Mul(parts.s, parts.tail), Set(d, 1.4426950216293335F)));
  const auto sum = Add(parts.exponent, large);
  const auto sumRest = Add(Sub(large, Sub(sum, parts.exponent)), small);
  const auto hi = Add(sum, sumRest);
  const auto lo = Sub(sumRest, Sub(hi, sum));

  // The same for the product with y, whose whole part is taken off exactly.
  y = Min(Max(y, Set(d, -1e9F)), Set(d, 1e9F));
  const auto yUpper = upperHalf(d, y), hiUpper = upperHalf(d, hi);
  const auto yLower = Sub(y, yUpper), hiLower = Sub(hi, hiUpper);
  const auto product = Mul(y, hi);
  auto error = Sub(Mul(yUpper, hiUpper), product);
  error = Add(Add(Add(error, Mul(yUpper, hiLower)), Mul(yLower, hiUpper)), Mul(yLower, hiLower));
  error = Add(error, Mul(y, lo));
  const auto clamped = Min(Max(product, Set(d, -126.0F)), Set(d, 127.0F));
  const auto whole = hn::Round(clamped);
  const auto fraction = Add(Sub(clamped, whole), error);
  const auto isInside = hn::Eq(product, clamped);
  return exp2Parts(d, whole, IfThenElse(isInside, fraction, Zero(d)));
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
SONIC_SCALAR(cos)
SONIC_SCALAR(tan)
inline float pow(float x, float y) noexcept {
  const simd::F1 d;
  return simd::hn::GetLane(simd::pow(d, simd::Set(d, x), simd::Set(d, y)));
}
inline float sqrt(float x) noexcept {
  const simd::F1 d;
  return simd::hn::GetLane(simd::Sqrt(simd::Set(d, x)));
}
/// One instruction on every target (Highway has no doubles in WASM).
inline double sqrt(double x) noexcept {
  return __builtin_sqrt(x);
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

/// 1 - e^-x for x >= 0, precise where x is small.
inline float oneMinusExp(float x) noexcept {
  const float t = math::tanh(0.5F * x);
  return 2.0F * t / (1.0F + t);
}
/// a in y += a * (x - y) so that the -3 dB corner lies at cutoffHz.
inline float onePoleCoefficient(float cutoffHz, float sampleRateHz) noexcept {
  return oneMinusExp(2.0F * kPi * cutoffHz / sampleRateHz);
}
/// a in y += a * (x - y) so that a step reaches 1 - 1/e after `seconds`.
inline float timeCoefficient(float seconds, float sampleRateHz) noexcept {
  return seconds <= 0.0F ? 1.0F : oneMinusExp(1.0F / (seconds * sampleRateHz));
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
