// SPDX-License-Identifier: MIT
#include "engine/graph/scan.h"

#include <algorithm>

namespace sonic {

// Four running lanes in plain C++: the compilers vectorise them, and graph/ needs no SIMD layer.
Scan scan(const float* samples, std::size_t frames) noexcept {
  float peak[4] = {};
  float squares[4] = {};
  float poison[4] = {};  // x - x is 0 for every finite x and NaN otherwise
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const float x = samples[i + lane];
      const float magnitude = x < 0.0F ? -x : x;
      peak[lane] = magnitude > peak[lane] ? magnitude : peak[lane];
      squares[lane] += x * x;
      poison[lane] += x - x;
    }
  }
  for (; i < frames; ++i) {
    const float x = samples[i];
    const float magnitude = x < 0.0F ? -x : x;
    peak[0] = magnitude > peak[0] ? magnitude : peak[0];
    squares[0] += x * x;
    poison[0] += x - x;
  }
  return {
      .peak = std::max(std::max(peak[0], peak[2]), std::max(peak[1], peak[3])),
      .squares = (squares[0] + squares[2]) + (squares[1] + squares[3]),
      .isFinite = poison[0] == 0.0F && poison[1] == 0.0F && poison[2] == 0.0F && poison[3] == 0.0F};
}

void copyFinite(const float* from, float* to, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    const float x = from[i];
    to[i] = x - x == 0.0F ? x : 0.0F;
  }
}

}  // namespace sonic
