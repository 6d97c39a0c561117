// SPDX-License-Identifier: MIT
#pragma once
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <vector>

namespace sonic::test {

inline constexpr double kRateHz = 48000.0;

/// amplitude * sin(2 pi f n / rate), as float.
inline std::vector<float> sine(double frequencyHz, double amplitude, std::size_t frames,
                               double sampleRateHz = kRateHz) {
  std::vector<float> x(frames);
  for (std::size_t n = 0; n < frames; ++n) {
    x[n] = static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * frequencyHz *
                                                   static_cast<double>(n) / sampleRateHz));
  }
  return x;
}

/// Uniform white noise in -amplitude..amplitude, the same for a seed everywhere.
std::vector<float> noise(std::uint32_t seed, double amplitude, std::size_t frames);
std::vector<float> impulse(std::size_t frames, std::size_t at = 0, float amplitude = 1.0F);
std::vector<float> silence(std::size_t frames);

/// Floats as integers, for comparisons bit by bit.
std::vector<std::uint32_t> bits(const std::vector<float>& x);

/// In-place complex FFT in double precision, power of two.
void fft(std::vector<std::complex<double>>& x, bool inverse = false);

/// |X| of a Blackman-Harris-windowed (4 terms) power-of-two signal, scaled so that a sine of
/// amplitude 1 peaks at 1; length/2 + 1 bins.
std::vector<double> spectrum(const std::vector<float>& x);

/// Level in dB of the worst spectral line below limitHz that is no harmonic (nor DC) of
/// `frequencyHz`, relative to the fundamental. Give a steady state of a power-of-two length (the
/// first frames thrown away) and a frequency on the FFT's grid: see onGrid().
double worstAliasDbc(const std::vector<float>& x, double frequencyHz, double sampleRateHz = kRateHz,
                     double limitHz = 20000.0);
/// The odd FFT bin of `frames` next to the frequency: its images never fall on its harmonics' bins.
double onGrid(double frequencyHz, std::size_t frames, double sampleRateHz = kRateHz);

double rms(const std::vector<float>& x, std::size_t begin = 0);
double peak(const std::vector<float>& x, std::size_t begin = 0);
inline double toDb(double gain) {
  return 20.0 * std::log10(gain);
}

/// Error-to-signal ratio 10 log10(sum (y - reference)^2 / sum reference^2) from `begin` on.
template <class A, class B>
double esrDb(const std::vector<A>& y, const std::vector<B>& reference, std::size_t begin = 0) {
  double error = 0.0;
  double signal = 0.0;
  for (std::size_t n = begin; n < std::min(y.size(), reference.size()); ++n) {
    const double r = static_cast<double>(reference[n]);
    const double d = static_cast<double>(y[n]) - r;
    error += d * d;
    signal += r * r;
  }
  return 10.0 * std::log10((error + 1e-300) / (signal + 1e-300));
}

/// |H| in dB at a frequency, from an impulse response by direct Fourier sum.
double responseDb(const std::vector<float>& impulseResponse, double frequencyHz,
                  double sampleRateHz = kRateHz);

}  // namespace sonic::test
