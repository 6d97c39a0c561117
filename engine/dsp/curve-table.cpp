// SPDX-License-Identifier: MIT
#include "engine/dsp/curve-table.h"

namespace sonic {

// Hermite: the cubic that has the knots' values and slopes at both ends.
void CurveTable::setSide(bool negative, const Knots& knots) noexcept {
  const float sign = negative ? -1.0F : 1.0F;
  for (std::size_t k = 0; k < perSide_; ++k) {
    const float width = sign * (knot(k + 1) - knot(k));
    Piece& piece = pieces_[negative ? k + perSide_ : k];
    for (std::size_t c = 0; c < kCurves; ++c) {
      const float v0 = knots.value[c][k];
      const float rise = knots.value[c][k + 1] - v0;
      const float s0 = knots.slope[c][k] * width;
      const float s1 = knots.slope[c][k + 1] * width;
      piece.coefficients[c] = v0;
      piece.coefficients[4 + c] = s0;
      piece.coefficients[8 + c] = 3.0F * rise - 2.0F * s0 - s1;
      piece.coefficients[12 + c] = s0 + s1 - 2.0F * rise;
    }
  }
}

void CurveTable::slopesByDifferences(bool negative, Knots& knots,
                                     std::size_t curve) const noexcept {
  const float sign = negative ? -1.0F : 1.0F;
  const auto& value = knots.value[curve];
  for (std::size_t k = 0; k <= perSide_; ++k) {
    const std::size_t before = k == 0 ? 0 : k - 1;
    const std::size_t after = k == perSide_ ? k : k + 1;
    knots.slope[curve][k] = (value[after] - value[before]) / (sign * (knot(after) - knot(before)));
  }
}

}  // namespace sonic
