// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>

#include "engine/dsp/svf.h"

namespace sonic {

/// Two state variable filters in series on one or two channels. All of them run side by side, as
/// the lanes of one vector, the second a frame behind the first; a call drains them: no latency.
/// [audio]
class SvfPair {
 public:
  void reset() noexcept;
  void set(const SvfCoefficients& first, const SvfCoefficients& second) noexcept;
  /// In place, up to a cell; `right` may be null.
  void process(std::size_t frames, float* left, float* right) noexcept;
  /// At a cell's end.
  void flush() noexcept;

 private:
  static constexpr std::size_t kLanes = 4;  // first left, first right, second left, second right
  static constexpr std::size_t kCoefficients = 6;

  float coefficients_[kCoefficients][kLanes]{};
  float s1_[kLanes]{}, s2_[kLanes]{};
};

}  // namespace sonic
