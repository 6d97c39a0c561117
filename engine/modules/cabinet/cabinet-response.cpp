// SPDX-License-Identifier: MIT
#include "engine/modules/cabinet/cabinet-response.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/dsp/fft-double.h"
#include "engine/dsp/minimum-phase.h"

namespace sonic {
namespace {

constexpr double kSpeedOfSound = 343.0;  // m/s

struct Bell {
  double frequencyHz, gainDb, q;
};
struct Corner {
  double frequencyHz, q;
};
struct SpeakerCurve {
  Corner box;                 // second-order highpass of driver and enclosure
  double dipoleHz;            // 0: closed back; else its rear wave cancels the front below this
  std::array<Bell, 8> bells;  // box resonance, cancellations, cone break-up
  std::array<Corner, 2> rollOff;
  double coneRadius, height;  // metres
  double frames48k;
};

// Shaped on published plots of typical cabinets, not measured on one.
constexpr std::array<SpeakerCurve, 4> kSpeakers{{
    {{95, 1.0},
     150,
     {{{130, 1.5, 1.5},
       {420, -2.5, 1.2},
       {1100, -2, 1.5},
       {1700, 2, 2},
       {2500, 5, 2},
       {3400, 5, 3},
       {4600, 3, 4},
       {6000, -5, 3}}},
     {{{5200, 0.9}, {6500, 0.7}}},
     0.13,
     0.30,
     2048},
    {{82, 1.0},
     110,
     {{{120, 2, 1.5},
       {400, -2, 1},
       {900, -2.5, 1.5},
       {2200, 5, 1.8},
       {3400, 6, 3},
       {4700, 4, 4},
       {6300, -4, 3},
       {1000, 0, 1}}},
     {{{5600, 0.9}, {7000, 0.7}}},
     0.13,
     0.30,
     2048},
    {{88, 1.1},
     0,
     {{{125, 4, 1.6},
       {420, -4, 1},
       {800, -1.5, 2},
       {1500, 1.5, 2},
       {2300, 5, 2},
       {3100, 3, 3},
       {4000, 4, 3},
       {5600, -6, 3}}},
     {{{4800, 1.0}, {5500, 0.7}}},
     0.13,
     0.40,
     2048},
    {{58, 0.75},
     0,
     {{{110, 2, 1},
       {350, -2, 1},
       {700, -1.5, 1.5},
       {1800, 3, 2},
       {2600, 4, 2.5},
       {3500, 2.5, 3},
       {4800, -4, 3},
       {1000, 0, 1}}},
     {{{4500, 0.8}, {6000, 0.7}}},
     0.105,
     0.55,
     3072},
}};

// Magnitudes of the analogue prototypes at u = frequency / corner.
double secondOrder(double u, double q) {
  return 1.0 / std::sqrt((1.0 - u * u) * (1.0 - u * u) + u * u / (q * q));
}
double highPass(double f, Corner c) {
  const double u = f / c.frequencyHz;
  return u * u * secondOrder(u, c.q);
}
double lowPass(double f, Corner c) {
  return secondOrder(f / c.frequencyHz, c.q);
}
double bell(double f, const Bell& b) {
  const double u = f / b.frequencyHz, a = std::pow(10.0, b.gainDb / 40.0);
  return secondOrder(u, b.q * a) / secondOrder(u, b.q / a);
}
double highShelf(double f, double cornerHz, double gainDb) {
  const double u = f / cornerHz, a = u * std::pow(10.0, gainDb / 20.0);
  return std::sqrt((1.0 + a * a) / (1.0 + u * u));
}
double lowShelf(double f, double cornerHz, double gainDb) {
  return highShelf(cornerHz, f, gainDb);
}

// The pressure gradient part of a near source's sound, exact for a point; the cone's width makes
// the source look further away.
double proximity(double f, double gradient, double distance, double coneRadius) {
  const double effective = std::hypot(distance, 0.6 * coneRadius);
  const double boost = gradient * kSpeedOfSound / (2.0 * std::numbers::pi * f * effective);
  return std::hypot(1.0, boost);
}

double microphoneMagnitude(Microphone microphone, double f) {
  switch (microphone) {
    case Microphone::kDynamic:
      return highPass(f, {160, 0.6}) * bell(f, {5500, 5, 1.2}) * lowPass(f, {13000, 0.707});
    case Microphone::kRibbon:  // with the cut that tames it this close to a speaker
      return highPass(f, {35, 0.707}) * lowPass(f, {11000, 0.6}) * lowShelf(f, 150, -6);
    case Microphone::kCondenser:
      return bell(f, {9000, 2, 1});
  }
  return 1.0;
}

double gradientOf(Microphone microphone) {
  switch (microphone) {
    case Microphone::kDynamic:
      return 0.5;  // cardioid
    case Microphone::kRibbon:
      return 1.0;  // figure of eight
    case Microphone::kCondenser:
      return 0.35;
  }
  return 0.0;
}

// Adds the response's echo from the floor: later by the detour, weaker, duller.
void addFloor(std::vector<double>& response, double distance, double height, double sampleRateHz) {
  const double path = std::hypot(distance, 2.0 * height);
  const double delayFrames = (path - distance) / kSpeedOfSound * sampleRateHz;
  const double gain = 0.7 * distance / path;
  const double a = 1.0 - std::exp(-2.0 * std::numbers::pi * 3000.0 / sampleRateHz);
  const auto whole = static_cast<std::size_t>(delayFrames);
  const double fraction = delayFrames - static_cast<double>(whole);
  const std::vector<double> direct = response;
  double dull = 0.0, before = 0.0;
  for (std::size_t i = 0; i + whole < response.size(); ++i) {
    dull += a * (direct[i] - dull);
    response[i + whole] += gain * (dull + fraction * (before - dull));
    before = dull;
  }
}

// Close to BS.1770's weighting: a shelf of +4 dB above about 1.5 kHz and a highpass at 38 Hz.
double loudnessWeight(double f) {
  return highShelf(f, 1100.0, 4.0) * highPass(f, {38.1, 0.5});
}

}  // namespace

double cabinetMagnitude(const CabinetSetup& setup, double f) {
  const SpeakerCurve& speaker = kSpeakers[static_cast<std::size_t>(setup.speaker)];
  double gain = highPass(f, speaker.box);
  if (speaker.dipoleHz > 0.0) gain *= f / std::hypot(f, speaker.dipoleHz);
  for (const Bell& b : speaker.bells) gain *= bell(f, b);
  for (const Corner c : speaker.rollOff) gain *= lowPass(f, c);
  gain *= highShelf(f, 2500.0, -10.0 * setup.axis);
  gain *= proximity(f, gradientOf(setup.microphone), setup.distanceCm * 0.01, speaker.coneRadius);
  return gain * microphoneMagnitude(setup.microphone, f);
}

std::vector<float> cabinetResponse(const CabinetSetup& setup, double sampleRateHz) {
  const SpeakerCurve& speaker = kSpeakers[static_cast<std::size_t>(setup.speaker)];
  const auto taps =
      static_cast<std::size_t>(std::lround(speaker.frames48k * sampleRateHz / 48000.0));
  const std::size_t n = 8 * std::bit_ceil(taps);
  std::vector<double> magnitude(n / 2 + 1, 0.0);
  for (std::size_t k = 1; k < magnitude.size(); ++k) {
    magnitude[k] =
        cabinetMagnitude(setup, sampleRateHz * static_cast<double>(k) / static_cast<double>(n));
  }
  std::vector<double> response = minimumPhase(magnitude);
  addFloor(response, setup.distanceCm * 0.01, speaker.height, sampleRateHz);
  fadeOut(response, taps);
  std::vector<std::vector<float>> channels{{response.begin(), response.end()}};
  levelLoudness(channels, sampleRateHz);
  return std::move(channels[0]);
}

void levelLoudness(std::span<std::vector<float>> channels, double sampleRateHz) {
  constexpr double kMaxPeakGain = 16.0;  // a lone resonance outside the ear's range
  double in = 0.0, out = 0.0, highest = 0.0;
  for (const auto& channel : channels) {
    const std::size_t n = std::bit_ceil(std::max<std::size_t>(channel.size(), 8192));
    std::vector<std::complex<double>> x(channel.begin(), channel.end());
    x.resize(n);
    fftDouble(x, FftDirection::kForward);
    for (std::size_t k = 1; k < n / 2; ++k) {
      highest = std::max(highest, std::abs(x[k]));
      const double f = sampleRateHz * static_cast<double>(k) / static_cast<double>(n);
      if (f < 50.0 || f > 12000.0) continue;
      const double weight = loudnessWeight(f);
      const double power = weight * weight / f;  // pink noise
      in += power;
      out += power * std::norm(x[k]);
    }
  }
  const double levelled = out > 0.0 ? std::sqrt(in / out) : 1.0;
  const double gain = highest > 0.0 ? std::min(levelled, kMaxPeakGain / highest) : 1.0;
  for (auto& channel : channels) {
    for (float& tap : channel) tap = static_cast<float>(static_cast<double>(tap) * gain);
  }
}

std::vector<float> responseDb(std::span<const float> response, double sampleRateHz,
                              std::span<const float> frequenciesHz) {
  // A padded transform, read between bins on a line: 16 times the resolution of the response.
  const std::size_t n = 16 * std::bit_ceil(std::max<std::size_t>(response.size(), 256));
  std::vector<std::complex<double>> x(response.begin(), response.end());
  x.resize(n);
  fftDouble(x, FftDirection::kForward);
  std::vector<float> db;
  db.reserve(frequenciesHz.size());
  for (const float f : frequenciesHz) {
    const double bin =
        std::clamp(static_cast<double>(f) / sampleRateHz, 0.0, 0.5) * static_cast<double>(n);
    const auto k = std::min(static_cast<std::size_t>(bin), n / 2 - 1);
    const double fraction = bin - static_cast<double>(k);
    const double power = (1.0 - fraction) * std::norm(x[k]) + fraction * std::norm(x[k + 1]);
    db.push_back(static_cast<float>(10.0 * std::log10(std::max(power, 1e-20))));
  }
  return db;
}

}  // namespace sonic
