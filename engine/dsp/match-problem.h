// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "engine/dsp/math.h"

/// What the designs behind matchedSvf() share: an analog prototype, a digital section by its
/// squared magnitude, and linear equations. Double precision throughout: at 20 Hz the numbers span
/// eighteen decades.
namespace sonic::matched {

inline constexpr double kPiDouble = 3.14159265358979323846;

/// tan^2 of 0..pi/2 by Taylor series.
inline double tanSquared(double x) {
  const double z = x * x;
  double s = 1.0, c = 1.0;
  for (int n = 20; n >= 2; n -= 2) {
    s = 1.0 - z / (n * (n + 1.0)) * s;
    c = 1.0 - z / (n * (n - 1.0)) * c;
  }
  return z * s * s / (c * c);
}

/// (n0 s^2 + n1 s + n2) / (d0 s^2 + d1 s + d2), s = j f / f0.
struct Analog {
  std::array<double, 3> num, den;
  [[nodiscard]] double squaredMagnitude(double ratio) const {
    const double u = ratio * ratio;
    const auto square = [u](const std::array<double, 3>& c) {
      const double real = c[2] - c[0] * u;
      return real * real + c[1] * c[1] * u;
    };
    return square(num) / square(den);
  }
};

/// hd^2 + n1 T + n2 T^2 over 1 + d1 T + d2 T^2, T in units of `unit`.
struct Squared {
  double hd2 = 1.0, n1 = 0.0, n2 = 0.0, d1 = 0.0, d2 = 0.0, unit = 1.0;
};

struct Problem {
  Analog analog;
  double hz, q, sampleRateHz, topHz;
  double amplitude;  // square root of the gain, >= 1
  [[nodiscard]] double t(double f) const { return tanSquared(kPiDouble * f / sampleRateHz); }
  [[nodiscard]] double unit() const { return t(std::min(hz, 0.45 * sampleRateHz)); }
};

/// Gaussian elimination with row pivoting; false if singular.
template <std::size_t N>
bool solve(std::array<std::array<double, N>, N>& m, std::array<double, N>& x) {
  for (std::size_t c = 0; c < N; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c + 1; r < N; ++r) {
      if (m[r][c] * m[r][c] > m[pivot][c] * m[pivot][c]) pivot = r;
    }
    if (m[pivot][c] == 0.0) return false;
    std::swap(m[c], m[pivot]);
    std::swap(x[c], x[pivot]);
    for (std::size_t r = c + 1; r < N; ++r) {
      const double f = m[r][c] / m[c][c];
      for (std::size_t k = c; k < N; ++k) m[r][k] -= f * m[c][k];
      x[r] -= f * x[c];
    }
  }
  for (std::size_t c = N; c-- > 0;) {
    for (std::size_t k = c + 1; k < N; ++k) x[c] -= m[c][k] * x[k];
    x[c] /= m[c][c];
  }
  return true;
}

/// Whether poles and zeros exist that give it (damping real and positive).
inline bool isFilter(const Squared& s) {
  if (!(s.n2 > 0.0) || !(s.d2 > 0.0)) return false;
  const double p = math::sqrt(s.d2);
  return s.d1 / p + 2.0 > 1e-6 && s.n1 + 2.0 * math::sqrt(s.n2 * s.hd2) > 0.0;
}

/// A high shelf so narrow that its zeros and its poles each make a resonance of their own, a dip
/// and a peak: where both are below the top they stand in place and have the right height. False,
/// with `s` spoilt, if there is no such filter.
bool matchResonances(const Problem& p, Squared& s) noexcept;

}  // namespace sonic::matched
