// SPDX-License-Identifier: MIT
#include "engine/dsp/svf-pair.h"

#include <algorithm>
#include <type_traits>

#include "engine/core/cell.h"
#include "engine/dsp/simd.h"

namespace sonic {
namespace {

/// to = left and right in turn, and a silent frame behind them.
void interleave(std::size_t frames, const float* left, const float* right, float* to) noexcept {
  const simd::F4 d;
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    const auto l = simd::LoadU(d, left + i);
    const auto r = right == nullptr ? simd::Zero(d) : simd::LoadU(d, right + i);
    simd::StoreU(simd::hn::InterleaveLower(d, l, r), d, to + 2 * i);
    simd::StoreU(simd::hn::InterleaveUpper(d, l, r), d, to + 2 * i + 4);
  }
  for (; i < frames; ++i) {
    to[2 * i] = left[i];
    to[2 * i + 1] = right == nullptr ? 0.0F : right[i];
  }
  simd::StoreU(simd::Zero(d), d, to + 2 * frames);
}

void deinterleave(std::size_t frames, const float* from, float* left, float* right) noexcept {
  const simd::F4 d;
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    const auto lower = simd::LoadU(d, from + 2 * i);
    const auto upper = simd::LoadU(d, from + 2 * i + 4);
    simd::StoreU(simd::hn::ConcatEven(d, upper, lower), d, left + i);
    if (right != nullptr) simd::StoreU(simd::hn::ConcatOdd(d, upper, lower), d, right + i);
  }
  for (; i < frames; ++i) {
    left[i] = from[2 * i];
    if (right != nullptr) right[i] = from[2 * i + 1];
  }
}

}  // namespace

void SvfPair::reset() noexcept {
  std::fill_n(s1_, kLanes, 0.0F);
  std::fill_n(s2_, kLanes, 0.0F);
}

void SvfPair::set(const SvfCoefficients& first, const SvfCoefficients& second) noexcept {
  const auto one = first.byStates(), two = second.byStates();
  for (std::size_t k = 0; k < kCoefficients; ++k) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      coefficients_[k][lane] = lane < 2 ? one[k] : two[k];
    }
  }
}

void SvfPair::process(std::size_t frames, float* left, float* right) noexcept {
  using simd::Add, simd::Mul, simd::Sub;
  const simd::F4 d;
  float x[2 * (kCellFrames + 2)], y[2 * (kCellFrames + 2)];
  interleave(frames, left, right, x);
  const auto k0 = simd::LoadU(d, coefficients_[0]), k1 = simd::LoadU(d, coefficients_[1]);
  const auto k2 = simd::LoadU(d, coefficients_[2]), k3 = simd::LoadU(d, coefficients_[3]);
  const auto k4 = simd::LoadU(d, coefficients_[4]), k5 = simd::LoadU(d, coefficients_[5]);
  auto s1 = simd::LoadU(d, s1_), s2 = simd::LoadU(d, s2_);
  auto passed = simd::Zero(d);
  const auto isFirst = simd::Lt(simd::Iota(d, 0.0F), simd::Set(d, 2.0F));

  // At step t the first filter works on frame t and the second on frame t - 1; whose frame is not
  // of this call keeps its state.
  const auto step = [&](std::size_t t, auto keep) {
    const auto in = simd::hn::ConcatLowerLower(d, passed, simd::LoadU(d, x + 2 * t));
    const auto rest = Sub(in, s2);
    const auto next1 = Add(Mul(k0, s1), Mul(k1, rest));
    const auto next2 = Add(Add(s2, Mul(k1, s1)), Mul(k2, rest));
    passed = Add(Add(Mul(k4, s1), Mul(k5, s2)), Mul(k3, in));
    s1 = keep(s1, next1);
    s2 = keep(s2, next2);
    simd::StoreU(simd::hn::ConcatUpperUpper(d, passed, passed), d, y + 2 * t);
  };
  step(0, [&](simd::V4 old, simd::V4 next) { return simd::IfThenElse(isFirst, next, old); });
  for (std::size_t t = 1; t < frames; ++t) step(t, [](simd::V4, simd::V4 next) { return next; });
  step(frames, [&](simd::V4 old, simd::V4 next) { return simd::IfThenElse(isFirst, old, next); });

  simd::StoreU(s1, d, s1_);
  simd::StoreU(s2, d, s2_);
  deinterleave(frames, y + 2, left, right);
}

void SvfPair::flush() noexcept {
  const simd::F4 d;
  simd::StoreU(simd::flushed(d, simd::LoadU(d, s1_)), d, s1_);
  simd::StoreU(simd::flushed(d, simd::LoadU(d, s2_)), d, s2_);
}

}  // namespace sonic
