// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>

#include "engine/dsp/knot-grid.h"
#include "engine/modules/amp/crunch-circuit.h"

namespace sonic::crunch {

/// A static curve at a place, and its slope by volts.
struct CurvePoint {
  float value, slope;
};

/// Between the curve's knots.
template <int kStepsLog2, std::size_t kKnots>
CurvePoint at(const Curve<kKnots>& curve, const KnotGrid& grid, float volts) noexcept {
  const simd::F1 d;
  const auto place = simd::place<kStepsLog2>(d, simd::Set(d, volts), simd::Set(d, 1.0F / grid.unit),
                                             simd::Set(d, grid.limit()));
  const auto k = static_cast<std::size_t>(simd::hn::GetLane(place.piece));
  const float t = simd::hn::GetLane(place.t);
  const float tByVolt = simd::hn::GetLane(place.tByX);
  const auto& value = curve.value[volts < 0.0F ? 1 : 0];
  const auto& slope = curve.slope[volts < 0.0F ? 1 : 0];
  const auto c = hermite(value[k], value[k + 1], slope[k] / tByVolt, slope[k + 1] / tByVolt);
  return {c[0] + t * (c[1] + t * (c[2] + t * c[3])),
          (c[1] + t * (2.0F * c[2] + t * 3.0F * c[3])) * tByVolt};
}

/// The integral of the cubic between two points, as a cubic over the way between them; `area` is
/// its value at the first one and becomes that at the second.
inline std::array<float, 4> integral(const CurvePoint& before, const CurvePoint& now, float width,
                                     double& area) noexcept {
  const auto h = static_cast<double>(width);
  const auto start = static_cast<float>(area);
  area += 0.5 * h * static_cast<double>(before.value + now.value) +
          h * h / 12.0 * static_cast<double>(before.slope - now.slope);
  return hermite(start, static_cast<float>(area), before.value * width, now.value * width);
}

}  // namespace sonic::crunch
