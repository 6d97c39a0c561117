// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>

#include "engine/core/param.h"
#include "engine/dsp/math.h"

namespace sonic {

/// A knob's travel 0..1 for a plain value, and back. Modulation depth is a fraction of this travel.
inline float toTravel(const ParamSpec& row, float value) noexcept {
  const auto min = static_cast<float>(row.min);
  const auto max = static_cast<float>(row.max);
  if (row.curve == Curve::kLinear) return (value - min) / (max - min);
  return math::log2(value / min) / math::log2(max / min);
}
inline float fromTravel(const ParamSpec& row, float travel) noexcept {
  const auto min = static_cast<float>(row.min);
  const auto max = static_cast<float>(row.max);
  const float t = travel > 0.0F ? std::min(travel, 1.0F) : 0.0F;  // NaN: 0
  if (row.curve == Curve::kLinear) return min + t * (max - min);
  return std::clamp(min * math::exp2(t * math::log2(max / min)), min, max);
}

}  // namespace sonic
