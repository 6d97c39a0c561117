// SPDX-License-Identifier: MIT
#include "engine/dsp/resampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace sonic {
namespace {

constexpr double kAttenuationDb = 160.0;
constexpr double kPassband = 0.907;  // of half the lower rate
constexpr double kCutoff = 0.5 * (1.0 + kPassband);
// Kaiser: length = (A - 7.95) / (2.285 * transition width in radians), in frames of the lower rate.
constexpr double kHalfLength =
    0.5 * (kAttenuationDb - 7.95) / (2.285 * std::numbers::pi * (1.0 - kPassband));
constexpr double kBeta = 0.1102 * (kAttenuationDb - 8.7);
constexpr std::size_t kEntriesPerUnit = 512;
constexpr std::uint64_t kMostTaps = std::uint64_t{1} << 20;  // kept for all phases together

/// Modified Bessel function of order 0.
double besselI0(double x) {
  double sum = 1.0, term = 1.0;
  for (int k = 1; term > 1e-18 * sum; ++k) {
    term *= 0.25 * x * x / (static_cast<double>(k) * static_cast<double>(k));
    sum += term;
  }
  return sum;
}

/// The kernel at a distance from its centre, in frames of the lower rate.
double kernelAt(double distance) {
  const double u = distance / kHalfLength;
  if (u >= 1.0) return 0.0;
  const double window = besselI0(kBeta * std::sqrt(1.0 - u * u)) / besselI0(kBeta);
  const double phase = std::numbers::pi * kCutoff * distance;
  return window * kCutoff * (phase < 1e-9 ? 1.0 : std::sin(phase) / phase);
}

bool isWhole(double rateHz) {
  return rateHz == std::floor(rateHz) && rateHz < 1e9;
}

/// Four sums in a fixed order: the compiler may use vectors and the bits are the same everywhere.
double dot(const double* taps, const float* in, std::size_t count) {
  double sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      sums[lane] += taps[i + lane] * static_cast<double>(in[i + lane]);
    }
  }
  for (; i < count; ++i) sums[0] += taps[i] * static_cast<double>(in[i]);
  return (sums[0] + sums[2]) + (sums[1] + sums[3]);
}

}  // namespace

Resampler::Resampler(double fromHz, double toHz) : step_(fromHz / toHz) {
  if (fromHz == toHz) return;
  stretch_ = std::max(1.0, step_);
  half_ = static_cast<std::size_t>(std::ceil(kHalfLength * stretch_)) + 1;
  wing_.resize(static_cast<std::size_t>(kHalfLength + 2.0) * kEntriesPerUnit + 4);
  for (std::size_t i = 0; i < wing_.size(); ++i) {
    wing_[i] = kernelAt(static_cast<double>(i) / kEntriesPerUnit);
  }
  if (!isWhole(fromHz) || !isWhole(toHz)) return;
  const auto from = static_cast<std::uint64_t>(fromHz);
  const auto to = static_cast<std::uint64_t>(toHz);
  const std::uint64_t common = std::gcd(from, to);
  if (to / common > kMostTaps / (2 * half_)) return;
  numerator_ = from / common;
  denominator_ = to / common;
  phases_.resize(static_cast<std::size_t>(denominator_) * 2 * half_);
  for (std::uint64_t phase = 0; phase < denominator_; ++phase) {
    fillTaps(static_cast<double>(phase) / static_cast<double>(denominator_),
             phases_.data() + phase * 2 * half_);
  }
}

/// Taps for a point `fraction` after an input frame: taps[i] weighs frame i + 1 - half_ from there.
void Resampler::fillTaps(double fraction, double* taps) const {
  for (std::size_t i = 0; i < 2 * half_; ++i) {
    const double frame = static_cast<double>(i) + 1.0 - static_cast<double>(half_);
    const double position = std::abs(frame - fraction) / stretch_ * kEntriesPerUnit;
    const auto whole = static_cast<std::size_t>(position);
    if (whole + 2 >= wing_.size()) {
      taps[i] = 0.0;
      continue;
    }
    const double f = position - static_cast<double>(whole);
    const double before = wing_[whole == 0 ? 1 : whole - 1];  // the kernel is even
    const double a = wing_[whole], b = wing_[whole + 1], after = wing_[whole + 2];
    // Lagrange's cubic through the four entries.
    const double c1 = b - before / 3.0 - 0.5 * a - after / 6.0;
    const double c2 = 0.5 * (before + b) - a;
    const double c3 = (after - before) / 6.0 + 0.5 * (a - b);
    taps[i] = (((c3 * f + c2) * f + c1) * f + a) / stretch_;
  }
}

std::size_t Resampler::outputFrames(std::size_t inputFrames) const {
  if (inputFrames == 0) return 0;
  if (denominator_ != 0) {
    const std::uint64_t doubled = 2 * std::uint64_t{inputFrames} * denominator_ + numerator_;
    return std::max<std::size_t>(1, static_cast<std::size_t>(doubled / (2 * numerator_)));
  }
  return std::max<std::size_t>(
      1, static_cast<std::size_t>(static_cast<double>(inputFrames) / step_ + 0.5));
}

std::vector<float> Resampler::process(std::span<const float> in) const {
  if (half_ == 0) return {in.begin(), in.end()};
  // Silence around the signal, so that no tap needs a bounds check.
  std::vector<float> padded(in.size() + 2 * half_ + 2, 0.0F);
  std::copy(in.begin(), in.end(), padded.begin() + static_cast<std::ptrdiff_t>(half_));
  std::vector<float> out(outputFrames(in.size()));
  std::vector<double> taps(2 * half_);
  std::uint64_t whole = 0, phase = 0;  // position = whole + phase / denominator_
  for (std::size_t k = 0; k < out.size(); ++k) {
    const double* row = taps.data();
    if (denominator_ != 0) {
      row = phases_.data() + phase * 2 * half_;
    } else {
      const double position = static_cast<double>(k) * step_;
      whole = static_cast<std::uint64_t>(position);
      fillTaps(position - static_cast<double>(whole), taps.data());
    }
    out[k] = static_cast<float>(dot(row, padded.data() + whole + 1, 2 * half_));
    phase += numerator_;
    if (denominator_ != 0) {
      whole += phase / denominator_;
      phase %= denominator_;
    }
  }
  return out;
}

std::vector<float> resample(std::span<const float> in, double fromHz, double toHz) {
  return Resampler(fromHz, toHz).process(in);
}

AudioData resample(const AudioData& audio, double toHz) {
  const Resampler resampler(audio.sampleRateHz, toHz);
  AudioData out{.sampleRateHz = toHz, .channels = {}};
  for (const auto& channel : audio.channels) out.channels.push_back(resampler.process(channel));
  return out;
}

}  // namespace sonic
