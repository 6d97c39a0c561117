// SPDX-License-Identifier: MIT
#include "engine/dsp/minimum-phase.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/dsp/fft-double.h"

namespace sonic {

std::vector<double> minimumPhase(std::span<const double> magnitude) {
  constexpr double kFloor = 1e-4;  // -80 dB: a deeper notch would ring longer than N
  const std::size_t half = magnitude.size() - 1;
  const std::size_t n = 2 * half;
  const double floor =
      std::max(kFloor * *std::max_element(magnitude.begin(), magnitude.end()), 1e-200);
  std::vector<std::complex<double>> x(n);
  for (std::size_t k = 0; k <= half; ++k) {
    x[k] = x[(n - k) % n] = std::log(std::max(magnitude[k], floor));
  }
  fftDouble(x, FftDirection::kInverse);
  for (std::size_t i = 1; i < half; ++i) {
    x[i] *= 2.0;
    x[n - i] = 0.0;
  }
  fftDouble(x, FftDirection::kForward);
  for (auto& value : x) value = std::polar(std::exp(value.real()), value.imag());
  fftDouble(x, FftDirection::kInverse);
  std::vector<double> response(n);
  for (std::size_t i = 0; i < n; ++i) response[i] = x[i].real();
  return response;
}

void fadeOut(std::vector<double>& response, std::size_t taps) {
  response.resize(taps, 0.0);
  const std::size_t begin = taps - taps / 4;
  for (std::size_t i = begin; i < taps; ++i) {
    const double part = static_cast<double>(i - begin + 1) / static_cast<double>(taps - begin + 1);
    response[i] *= 0.5 + 0.5 * std::cos(std::numbers::pi * part);
  }
}

}  // namespace sonic
