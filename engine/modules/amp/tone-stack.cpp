// SPDX-License-Identifier: MIT
#include "engine/modules/amp/tone-stack.h"

#include <algorithm>

namespace sonic {

// Nodes as in the paper: u -C1- a, treble pot a..b, u -R4- c, c -C2- b, bass rheostat b..d, middle
// pot d..ground with wiper w, c -C3- w. With v1 = u - a, v2 = c - b, v3 = c - w known, Kirchhoff at
// c alone is left: c (1/R4 + 1/R1 + 1/Rw) = u/R4 + (u - v1 + v2)/R1 + v3/Rw.
void ToneStack::set(const ToneStackParts& p, double treble, double middle, double bass,
                    double rateHz) noexcept {
  const double r1 = p.trebleOhms;
  const double wiper = std::max(1.0, middle * p.middleOhms);
  const double upper = std::max(1.0, bass * p.bassOhms) + (1.0 - middle) * p.middleOhms;
  const double sum = 1.0 / p.slopeOhms + 1.0 / r1 + 1.0 / wiper;
  // Rows over (v1, v2, v3, u).
  using Row = std::array<double, 4>;
  const Row c{-1.0 / r1 / sum, 1.0 / r1 / sum, 1.0 / wiper / sum,
              (1.0 / p.slopeOhms + 1.0 / r1) / sum};
  Row a[3];  // dv/dt
  Row out{};
  for (std::size_t k = 0; k < 4; ++k) {
    const auto is = [k](std::size_t j) { return k == j ? 1.0 : 0.0; };
    const double i1 = (is(3) - is(0) - c[k] + is(1)) / r1;
    const double ib = (is(2) - is(1)) / upper;
    a[0][k] = i1 / p.trebleFarads;
    a[1][k] = (ib - i1) / p.bassFarads;
    a[2][k] = ((c[k] - is(2)) / wiper - ib) / p.middleFarads;
    out[k] = (1.0 - treble) * (c[k] - is(1)) + treble * (is(3) - is(0));
  }
  // Trapezoid: change = T (1 - T/2 A)^-1 (A v + B mean(u)); Gauss-Jordan on [1 - T/2 A | T (A B)].
  const double t = 1.0 / rateHz;
  std::array<std::array<double, 7>, 3> m{};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t k = 0; k < 3; ++k) m[r][k] = (r == k ? 1.0 : 0.0) - 0.5 * t * a[r][k];
    for (std::size_t k = 0; k < 4; ++k) m[r][3 + k] = t * a[r][k];
  }
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t j = 6; j + 1 > k; --j) m[k][j] /= m[k][k];
    for (std::size_t r = 0; r < 3; ++r) {
      if (r == k) continue;
      for (std::size_t j = 6; j + 1 > k; --j) m[r][j] -= m[r][k] * m[k][j];
    }
  }
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t k = 0; k < 4; ++k) matrix_[4 * k + r] = static_cast<float>(m[r][3 + k]);
    toOut_[r] = static_cast<float>(out[r]);
  }
  sourceToOut_ = static_cast<float>(out[3]);
}

}  // namespace sonic
