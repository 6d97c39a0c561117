// SPDX-License-Identifier: MIT
#include "engine/dsp/fft.h"

#include <array>
#include <bit>
#include <cmath>

#include "engine/dsp/simd.h"

namespace sonic {
namespace {

using simd::F4;
using simd::V4;

constexpr std::size_t kLanes = 4;
constexpr std::size_t kPartsPerNode = 6;  // T re, T im, S re, S im, ST re, ST im
constexpr std::size_t kMaxHigh = 256;     // nodes / 64 of the largest table

struct Turn {
  double re, im;
};
inline Turn times(Turn a, Turn b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// turns[m] = product of bits[j] over the set bits j of m.
template <std::size_t N>
void expand(const Turn* bits, std::array<Turn, N>& turns) {
  turns[0] = {1.0, 0.0};
  for (std::size_t j = 0; (std::size_t{1} << j) < N; ++j) {
    const std::size_t half = std::size_t{1} << j;
    for (std::size_t m = 0; m < half; ++m) turns[half + m] = times(turns[m], bits[j]);
  }
}

struct Complex4 {
  V4 re, im;
};
inline Complex4 load(const float* re, const float* im, std::size_t at) {
  return {simd::LoadU(F4{}, re + at), simd::LoadU(F4{}, im + at)};
}
inline void store(Complex4 v, float* re, float* im, std::size_t at) {
  simd::StoreU(v.re, F4{}, re + at);
  simd::StoreU(v.im, F4{}, im + at);
}
inline Complex4 operator+(Complex4 a, Complex4 b) {
  return {simd::Add(a.re, b.re), simd::Add(a.im, b.im)};
}
inline Complex4 operator-(Complex4 a, Complex4 b) {
  return {simd::Sub(a.re, b.re), simd::Sub(a.im, b.im)};
}
inline Complex4 operator*(Complex4 a, Complex4 b) {
  return {simd::Sub(simd::Mul(a.re, b.re), simd::Mul(a.im, b.im)),
          simd::Add(simd::Mul(a.re, b.im), simd::Mul(a.im, b.re))};
}
// a times the conjugate of b.
inline Complex4 back(Complex4 a, Complex4 b) {
  return {simd::Add(simd::Mul(a.re, b.re), simd::Mul(a.im, b.im)),
          simd::Sub(simd::Mul(a.im, b.re), simd::Mul(a.re, b.im))};
}
inline V4 backImaginary(Complex4 a, Complex4 b) {
  return simd::Sub(simd::Mul(a.im, b.re), simd::Mul(a.re, b.im));
}
inline Complex4 timesI(Complex4 a) {
  return {simd::Neg(a.im), a.re};
}

struct Roots4 {
  Complex4 t, s, st;
};
inline const float* rootsAt(const float* table, std::size_t node) {
  return table + (node / kLanes) * kLanes * kPartsPerNode + node % kLanes;
}
// One node's roots in all lanes.
inline Roots4 sameRoots(const float* table, std::size_t node) {
  const float* const r = rootsAt(table, node);
  const auto same = [r](std::size_t part) { return simd::Set(F4{}, r[part * kLanes]); };
  return {{same(0), same(1)}, {same(2), same(3)}, {same(4), same(5)}};
}
// Four neighbours' roots; `node` is a multiple of four.
inline Roots4 fourRoots(const float* table, std::size_t node) {
  const float* const r = rootsAt(table, node);
  const auto four = [r](std::size_t part) { return simd::LoadU(F4{}, r + part * kLanes); };
  return {{four(0), four(1)}, {four(2), four(3)}, {four(4), four(5)}};
}

struct Four {
  Complex4 a, b, c, d;
};
inline Four split(const Four& x, const Roots4& r) {
  const Complex4 p1 = x.b * r.s, p2 = x.c * r.t, p3 = x.d * r.st;
  const Complex4 sum = x.a + p2, difference = x.a - p2;
  const Complex4 odd = p1 + p3, cross = timesI(p1 - p3);
  return {sum + odd, sum - odd, difference + cross, difference - cross};
}
// The way back before the roots are taken out: p1, p2, p3 of split(), four times too large.
inline Four gather(const Four& y) {
  const Complex4 sum = y.a + y.b, odd = y.a - y.b;
  const Complex4 difference = y.c + y.d, cross = timesI(y.c - y.d);  // -2 (p1 - p3)
  return {sum + difference, odd - cross, sum - difference, odd + cross};
}
inline Four join(const Four& y, const Roots4& r) {
  const Four p = gather(y);
  return {p.a, back(p.b, r.s), back(p.c, r.t), back(p.d, r.st)};
}

inline void transpose(V4& a, V4& b, V4& c, V4& d) {
  const F4 f4;
  const V4 ac0 = simd::hn::InterleaveLower(f4, a, c), ac1 = simd::hn::InterleaveUpper(f4, a, c);
  const V4 bd0 = simd::hn::InterleaveLower(f4, b, d), bd1 = simd::hn::InterleaveUpper(f4, b, d);
  a = simd::hn::InterleaveLower(f4, ac0, bd0);
  b = simd::hn::InterleaveUpper(f4, ac0, bd0);
  c = simd::hn::InterleaveLower(f4, ac1, bd1);
  d = simd::hn::InterleaveUpper(f4, ac1, bd1);
}
inline void transpose(Four& x) {
  transpose(x.a.re, x.b.re, x.c.re, x.d.re);
  transpose(x.a.im, x.b.im, x.c.im, x.d.im);
}

inline Four loadFour(const float* re, const float* im, std::size_t at, std::size_t stride) {
  return {load(re, im, at), load(re, im, at + stride), load(re, im, at + 2 * stride),
          load(re, im, at + 3 * stride)};
}
inline void storeFour(const Four& y, float* re, float* im, std::size_t at, std::size_t stride) {
  store(y.a, re, im, at);
  store(y.b, re, im, at + stride);
  store(y.c, re, im, at + 2 * stride);
  store(y.d, re, im, at + 3 * stride);
}

// Calls body(roots, at) for the butterflies begin/4 ... end/4 of a pass over blocks of `length`
// points; `at` is where the first of the four quarters lies.
template <class Body>
void forEachQuad(const float* table, std::size_t node, std::size_t length, std::size_t begin,
                 std::size_t end, Body&& body) {
  const std::size_t quarter = length / 4;
  for (std::size_t i = begin / 4; i < end / 4;) {
    const std::size_t block = i / quarter;
    const std::size_t stop = (block + 1) * quarter < end / 4 ? (block + 1) * quarter : end / 4;
    const Roots4 roots = sameRoots(table, node + block);
    const std::size_t shift = block * (length - quarter);
    for (; i < stop; i += kLanes) body(roots, shift + i);
  }
}

}  // namespace

std::size_t FftRoots::floats(std::size_t points) {
  return points / 4 * 3 * kPartsPerNode;
}

void FftRoots::fill(std::span<float> table) {
  const std::size_t nodes = table.size() / kPartsPerNode;
  constexpr double kRootHalf = 0.70710678118654752440;
  constexpr double kCos3Pi8 = 0.38268343236508977173, kSin3Pi8 = 0.92387953251128675613;
  // exp(i pi q / 2), exp(i pi q / 4) for q = 1 (T), 1/2 (S), 3/2 (ST).
  constexpr std::array<std::array<Turn, 2>, 3> kFirst{
      {{{{0.0, 1.0}, {kRootHalf, kRootHalf}}},
       {{{kRootHalf, kRootHalf}, {kSin3Pi8, kCos3Pi8}}},
       {{{-kRootHalf, kRootHalf}, {kCos3Pi8, kSin3Pi8}}}}};
  for (std::size_t kind = 0; kind < kFirst.size(); ++kind) {
    std::array<Turn, 14> bits{kFirst[kind][0], kFirst[kind][1]};
    for (std::size_t j = 2; j < bits.size(); ++j) {  // half the angle
      const double re = std::sqrt(0.5 * (1.0 + bits[j - 1].re));
      bits[j] = {re, bits[j - 1].im / (2.0 * re)};
    }
    std::array<Turn, 64> low;
    std::array<Turn, kMaxHigh> high;
    expand(bits.data(), low);
    expand(bits.data() + 6, high);
    for (std::size_t m = 0; m < nodes; ++m) {
      const Turn root = times(low[m % 64], high[m / 64]);
      float* const r =
          table.data() + (m / kLanes) * kLanes * kPartsPerNode + 2 * kind * kLanes + m % kLanes;
      r[0] = static_cast<float>(root.re);
      r[kLanes] = static_cast<float>(root.im);
    }
  }
}

FftPasses::FftPasses(FftRoots roots, std::size_t points, FftModulus modulus)
    : roots_(roots.data()), points_(points), root_(static_cast<std::size_t>(modulus)) {
  const auto log2 = static_cast<std::size_t>(std::countr_zero(points));
  beginsByHalf_ = log2 % 2 == 1;
  passes_ = (log2 + 1) / 2;
}

std::size_t FftPasses::lengthOf(std::size_t pass) const {
  return std::size_t{4} << (2 * (passes_ - 1 - pass));  // of a block, for passes of radix 4
}
std::size_t FftPasses::nodeOf(std::size_t pass) const {
  return root_ * (points_ / lengthOf(pass));
}

void FftPasses::forward(std::size_t pass, std::size_t begin, std::size_t end, const float* inRe,
                        const float* inIm, float* re, float* im) const noexcept {
  const float* const fromRe = pass == 0 ? inRe : re;
  const float* const fromIm = pass == 0 ? inIm : im;
  if (pass + 1 == passes_) {
    const std::size_t node = nodeOf(pass);
    for (std::size_t at = begin; at < end; at += 4 * kLanes) {
      Four x = loadFour(fromRe, fromIm, at, kLanes);
      transpose(x);
      storeFour(split(x, fourRoots(roots_, node + at / 4)), re, im, at, kLanes);
    }
  } else if (pass == 0 && beginsByHalf_) {
    const std::size_t half = points_ / 2;
    const Complex4 root = sameRoots(roots_, root_).t;
    for (std::size_t at = begin / 2; at < end / 2; at += kLanes) {
      const Complex4 a = load(fromRe, fromIm, at);
      const Complex4 b = load(fromRe, fromIm, at + half) * root;
      store(a + b, re, im, at);
      store(a - b, re, im, at + half);
    }
  } else {
    const std::size_t length = lengthOf(pass);
    forEachQuad(roots_, nodeOf(pass), length, begin, end, [&](const Roots4& r, std::size_t at) {
      storeFour(split(loadFour(fromRe, fromIm, at, length / 4), r), re, im, at, length / 4);
    });
  }
}

void FftPasses::inverse(std::size_t pass, std::size_t begin, std::size_t end, float* re,
                        float* im) const noexcept {
  if (pass + 1 == passes_) {
    const std::size_t node = nodeOf(pass);
    for (std::size_t at = begin; at < end; at += 4 * kLanes) {
      Four x = join(loadFour(re, im, at, kLanes), fourRoots(roots_, node + at / 4));
      transpose(x);
      storeFour(x, re, im, at, kLanes);
    }
  } else if (pass == 0 && beginsByHalf_) {
    const std::size_t half = points_ / 2;
    const Complex4 root = sameRoots(roots_, root_).t;
    for (std::size_t at = begin / 2; at < end / 2; at += kLanes) {
      const Complex4 a = load(re, im, at), b = load(re, im, at + half);
      store(a + b, re, im, at);
      store(back(a - b, root), re, im, at + half);
    }
  } else {
    const std::size_t length = lengthOf(pass);
    forEachQuad(roots_, nodeOf(pass), length, begin, end, [&](const Roots4& r, std::size_t at) {
      storeFour(join(loadFour(re, im, at, length / 4), r), re, im, at, length / 4);
    });
  }
}

void FftPasses::inverseImaginary(std::size_t begin, std::size_t end, const float* re,
                                 const float* im, float* outIm) const noexcept {
  const F4 f4;
  if (beginsByHalf_) {
    const std::size_t half = points_ / 2;
    const Complex4 root = sameRoots(roots_, root_).t;
    for (std::size_t at = begin / 2; at < end / 2; at += kLanes) {
      const Complex4 a = load(re, im, at), b = load(re, im, at + half);
      simd::StoreU(simd::Add(a.im, b.im), f4, outIm + at);
      simd::StoreU(backImaginary(a - b, root), f4, outIm + at + half);
    }
    return;
  }
  const std::size_t quarter = points_ / 4;
  forEachQuad(roots_, root_, points_, begin, end, [&](const Roots4& r, std::size_t at) {
    const Four p = gather(loadFour(re, im, at, quarter));
    simd::StoreU(p.a.im, f4, outIm + at);
    simd::StoreU(backImaginary(p.b, r.s), f4, outIm + at + quarter);
    simd::StoreU(backImaginary(p.c, r.t), f4, outIm + at + 2 * quarter);
    simd::StoreU(backImaginary(p.d, r.st), f4, outIm + at + 3 * quarter);
  });
}

void FftPasses::forward(const float* inRe, const float* inIm, float* re, float* im) const noexcept {
  for (std::size_t pass = 0; pass < passes_; ++pass) {
    forward(pass, 0, points_, inRe, inIm, re, im);
  }
}

void FftPasses::inverse(float* re, float* im) const noexcept {
  for (std::size_t pass = passes_; pass-- > 0;) inverse(pass, 0, points_, re, im);
}

void RealFft::prepare(Arena& arena, std::size_t frames) {
  const std::size_t points = frames / 2;
  const std::span<float> table = arena.allocate<float>(FftRoots::floats(points));
  FftRoots::fill(table);
  roots_ = FftRoots(table);
  passes_ = FftPasses(roots_, points, FftModulus::kOne);
  re_ = arena.allocate<float>(points);
  im_ = arena.allocate<float>(points);
}

// Calls body(k, slot of Z[k], slot of Z[n - k], cos, sin of pi k / n) for 0 < k < n / 2.
template <class Body>
void RealFft::forEachPair(Body&& body) const noexcept {
  const std::size_t n = passes_.points();
  std::size_t mirrored = 0;  // k's bits mirrored; those of n - k are the complement of k - 1's
  for (std::size_t k = 1; k < n / 2; ++k) {
    const std::size_t other = (n - 1) ^ mirrored;
    std::size_t bit = n / 2;
    for (; (mirrored & bit) != 0; bit /= 2) mirrored ^= bit;
    mirrored ^= bit;
    const float* const s = rootsAt(roots_.data(), mirrored / 2) + 2 * kLanes;
    body(k, FftPasses::slotOf(other), FftPasses::slotOf(mirrored), s[0], s[kLanes]);
  }
}

// Two real halves in one complex transform: z[j] = x[2j] + i x[2j+1] has Z = E + i O, from which
// X[k] = E[k] + exp(-i pi k / n) O[k]. FftPasses turn the other way, so Z[k] is its bin n - k.
void RealFft::forward(const float* x, float* re, float* im) noexcept {
  const std::size_t n = passes_.points();
  const simd::F4 f4;
  for (std::size_t j = 0; j < n; j += kLanes) {
    V4 even, odd;
    simd::hn::LoadInterleaved2(f4, x + 2 * j, even, odd);
    simd::StoreU(even, f4, re_.data() + j);
    simd::StoreU(odd, f4, im_.data() + j);
  }
  passes_.forward(re_.data(), im_.data(), re_.data(), im_.data());
  re[0] = re_[0] + im_[0];
  re[n] = re_[0] - im_[0];
  im[0] = im[n] = 0.0F;
  forEachPair([&](std::size_t k, std::size_t at, std::size_t atOther, float c, float s) {
    const float evenRe = 0.5F * (re_[at] + re_[atOther]);
    const float evenIm = 0.5F * (im_[at] - im_[atOther]);
    const float oddRe = 0.5F * (im_[at] + im_[atOther]);
    const float oddIm = 0.5F * (re_[atOther] - re_[at]);
    const float turnedRe = c * oddRe + s * oddIm;
    const float turnedIm = c * oddIm - s * oddRe;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[n - k] = evenRe - turnedRe;
    im[n - k] = turnedIm - evenIm;
  });
  re[n / 2] = re_[FftPasses::slotOf(1)];
  im[n / 2] = -im_[FftPasses::slotOf(1)];
}

void RealFft::inverse(const float* re, const float* im, float* x) noexcept {
  const std::size_t n = passes_.points();
  const float scale = 1.0F / static_cast<float>(n);
  const float half = 0.5F * scale;
  re_[0] = half * (re[0] + re[n]);
  im_[0] = half * (re[0] - re[n]);
  forEachPair([&](std::size_t k, std::size_t at, std::size_t atOther, float c, float s) {
    const float evenRe = half * (re[k] + re[n - k]);
    const float evenIm = half * (im[k] - im[n - k]);
    const float turnedRe = half * (re[k] - re[n - k]);
    const float turnedIm = half * (im[k] + im[n - k]);
    const float oddRe = c * turnedRe - s * turnedIm;
    const float oddIm = c * turnedIm + s * turnedRe;
    re_[at] = evenRe - oddIm;
    im_[at] = evenIm + oddRe;
    re_[atOther] = evenRe + oddIm;
    im_[atOther] = oddRe - evenIm;
  });
  re_[FftPasses::slotOf(1)] = scale * re[n / 2];
  im_[FftPasses::slotOf(1)] = -scale * im[n / 2];
  passes_.inverse(re_.data(), im_.data());
  const simd::F4 f4;
  for (std::size_t j = 0; j < n; j += kLanes) {
    const V4 even = simd::LoadU(f4, re_.data() + j), odd = simd::LoadU(f4, im_.data() + j);
    simd::hn::StoreInterleaved2(even, odd, f4, x + 2 * j);
  }
}

}  // namespace sonic
