// SPDX-License-Identifier: MIT
#pragma once
// The project's only Highway include. Static dispatch: x86-64-v2 natively, wasm128 in the page.
#include <hwy/highway.h>

#include <cstddef>

#include "engine/core/param.h"

namespace sonic::simd {

namespace hn = hwy::HWY_NAMESPACE;
using hn::Abs;
using hn::Add;
using hn::Div;
using hn::IfThenElse;
using hn::Iota;
using hn::LoadU;
using hn::Lt;
using hn::Max;
using hn::Min;
using hn::Mul;
using hn::Neg;
using hn::Set;
using hn::Sqrt;
using hn::StoreU;
using hn::Sub;
using hn::Zero;

/// Four lanes on every target, so that native and WASM round alike.
using F4 = hn::FixedTag<float, 4>;
/// One lane: the remainder runs the same operations in the same order.
using F1 = hn::FixedTag<float, 1>;
using V4 = hn::Vec<F4>;

/// Calls body(tag, i) for whole vectors of frames, then for single ones.
template <class Body>
inline void forEachFrame(std::size_t count, Body&& body) {
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) body(F4{}, i);
  for (; i < count; ++i) body(F1{}, i);
}

/// Not memcpy: in WASM that is a call out of the module, dear for 32 frames.
inline void copyFrames(const float* from, std::size_t frames, float* to) noexcept {
  forEachFrame(frames, [&](auto d, std::size_t i) { StoreU(LoadU(d, from + i), d, to + i); });
}

/// The ramp's values for the lanes from `frameInCell` on.
template <class D>
inline hn::Vec<D> at(D d, const Ramp& ramp, std::size_t frameInCell) {
  const auto frames = Iota(d, static_cast<float>(frameInCell));
  return Add(Set(d, ramp.begin), Mul(Set(d, ramp.step), frames));
}

/// Sum of four lanes, always (0 + 2) + (1 + 3).
inline float sum4(V4 v) {
  alignas(16) float lanes[4];
  StoreU(v, F4{}, lanes);
  return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
}

}  // namespace sonic::simd
