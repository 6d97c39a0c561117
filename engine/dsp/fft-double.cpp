// SPDX-License-Identifier: MIT
#include "engine/dsp/fft-double.h"

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace sonic {
namespace {

using Complex = std::complex<double>;

// Without the NaN rules of operator*, which cost a branch each.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

void mirrorBits(std::span<Complex> x) {
  const std::size_t n = x.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
}

}  // namespace

void fftDouble(std::span<Complex> x, FftDirection direction) {
  const std::size_t n = x.size();
  if (n < 2) return;
  const double turn = direction == FftDirection::kForward ? -2.0 : 2.0;
  std::vector<Complex> roots(n / 2);
  for (std::size_t k = 0; k < n / 2; ++k) {
    roots[k] =
        std::polar(1.0, turn * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n));
  }
  mirrorBits(x);
  for (std::size_t half = 1; half < n; half *= 2) {
    const std::size_t step = n / (2 * half);
    for (std::size_t begin = 0; begin < n; begin += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const Complex a = x[begin + k];
        const Complex b = times(x[begin + half + k], roots[k * step]);
        x[begin + k] = a + b;
        x[begin + half + k] = a - b;
      }
    }
  }
  if (direction == FftDirection::kForward) return;
  const double scale = 1.0 / static_cast<double>(n);
  for (Complex& value : x) value *= scale;
}

}  // namespace sonic
