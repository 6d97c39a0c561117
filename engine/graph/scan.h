// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>

namespace sonic {

/// Below this (-180 dB) a frame counts as silent.
inline constexpr float kSilence = 1e-9F;

/// What one pass over a channel tells.
struct Scan {
  float peak = 0.0F;     ///< Largest magnitude.
  float squares = 0.0F;  ///< Sum of squares.
  bool isFinite = true;  ///< No NaN, no infinity.
};

Scan scan(const float* samples, std::size_t frames) noexcept;

/// Copies and replaces NaN and infinity by 0.
void copyFinite(const float* from, float* to, std::size_t frames) noexcept;

}  // namespace sonic
