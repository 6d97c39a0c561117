// SPDX-License-Identifier: MIT
#include "tests/support/signals.h"

#include <algorithm>
#include <cstring>

namespace sonic::test {

std::vector<float> noise(std::uint32_t seed, double amplitude, std::size_t frames) {
  std::vector<float> x(frames);
  std::uint32_t state = seed * 2654435761U + 1U;
  for (float& value : x) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    value = static_cast<float>(amplitude * (static_cast<double>(state) / 2147483648.0 - 1.0));
  }
  return x;
}

std::vector<float> impulse(std::size_t frames, std::size_t at, float amplitude) {
  std::vector<float> x(frames, 0.0F);
  x[at] = amplitude;
  return x;
}

std::vector<float> silence(std::size_t frames) {
  return std::vector<float>(frames, 0.0F);
}

std::vector<std::uint32_t> bits(const std::vector<float>& x) {
  std::vector<std::uint32_t> y(x.size());
  std::memcpy(y.data(), x.data(), x.size() * sizeof(float));
  return y;
}

void fft(std::vector<std::complex<double>>& x, bool inverse) {
  const std::size_t n = x.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (std::size_t length = 2; length <= n; length <<= 1) {
    const double angle = (inverse ? 2.0 : -2.0) * std::numbers::pi / static_cast<double>(length);
    for (std::size_t k = 0; k < length / 2; ++k) {
      const auto w = std::polar(1.0, angle * static_cast<double>(k));
      for (std::size_t i = k; i < n; i += length) {
        const auto a = x[i];
        const auto b = x[i + length / 2] * w;
        x[i] = a + b;
        x[i + length / 2] = a - b;
      }
    }
  }
  if (inverse) {
    for (auto& value : x) value /= static_cast<double>(n);
  }
}

std::vector<double> spectrum(const std::vector<float>& x) {
  const std::size_t n = x.size();
  std::vector<std::complex<double>> bins(n);
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double t = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
    const double w =
        0.35875 - 0.48829 * std::cos(t) + 0.14128 * std::cos(2.0 * t) - 0.01168 * std::cos(3.0 * t);
    sum += w;
    bins[i] = w * static_cast<double>(x[i]);
  }
  fft(bins);
  std::vector<double> magnitude(n / 2 + 1);
  for (std::size_t i = 0; i < magnitude.size(); ++i) magnitude[i] = std::abs(bins[i]) * 2.0 / sum;
  return magnitude;
}

double onGrid(double frequencyHz, std::size_t frames, double sampleRateHz) {
  const double bin = frequencyHz * static_cast<double>(frames) / sampleRateHz;
  const double odd = 2.0 * std::floor(bin / 2.0) + 1.0;
  return odd * sampleRateHz / static_cast<double>(frames);
}

double worstAliasDbc(const std::vector<float>& x, double frequencyHz, double sampleRateHz,
                     double limitHz) {
  const auto magnitude = spectrum(x);
  const double binHz = sampleRateHz / static_cast<double>(x.size());
  const auto fundamental = static_cast<std::size_t>(std::lround(frequencyHz / binHz));
  std::vector<bool> harmonic(magnitude.size(), false);
  constexpr std::size_t kLobe = 5;  // half width of the window's main lobe, and one bin more
  for (std::size_t h = 0; h * fundamental < magnitude.size() + kLobe; ++h) {
    const std::size_t bin = h * fundamental;
    for (std::size_t i = bin > kLobe ? bin - kLobe : 0; i <= bin + kLobe; ++i) {
      if (i < harmonic.size()) harmonic[i] = true;
    }
  }
  double worst = 1e-30;
  for (std::size_t i = 0; i < magnitude.size(); ++i) {
    if (!harmonic[i] && static_cast<double>(i) * binHz < limitHz) {
      worst = std::max(worst, magnitude[i]);
    }
  }
  return toDb(worst / magnitude[fundamental]);
}

double rms(const std::vector<float>& x, std::size_t begin) {
  double sum = 0.0;
  for (std::size_t i = begin; i < x.size(); ++i) {
    sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  }
  return std::sqrt(sum / static_cast<double>(x.size() - begin));
}

double peak(const std::vector<float>& x, std::size_t begin) {
  double most = 0.0;
  for (std::size_t i = begin; i < x.size(); ++i) {
    most = std::max(most, std::abs(static_cast<double>(x[i])));
  }
  return most;
}

double responseDb(const std::vector<float>& impulseResponse, double frequencyHz,
                  double sampleRateHz) {
  std::complex<double> sum = 0.0;
  const double w = -2.0 * std::numbers::pi * frequencyHz / sampleRateHz;
  for (std::size_t n = 0; n < impulseResponse.size(); ++n) {
    sum += static_cast<double>(impulseResponse[n]) * std::polar(1.0, w * static_cast<double>(n));
  }
  return toDb(std::abs(sum) + 1e-300);
}

}  // namespace sonic::test
