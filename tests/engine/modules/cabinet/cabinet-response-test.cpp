// SPDX-License-Identifier: MIT
#include "engine/modules/cabinet/cabinet-response.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <complex>

#include "engine/dsp/minimum-phase.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr Speaker kSpeakers[] = {Speaker::k1x12Open, Speaker::k2x12Open, Speaker::k4x12Closed,
                                 Speaker::k8x10Bass};
constexpr Microphone kMicrophones[] = {Microphone::kDynamic, Microphone::kRibbon,
                                       Microphone::kCondenser};

// Level in dB relative to the rms of 300 ... 3000 Hz.
double relativeDb(const std::vector<float>& response, double frequencyHz,
                  double sampleRateHz = kRateHz) {
  double power = 0.0;
  int count = 0;
  for (double f = 300.0; f <= 3000.0; f += 50.0, ++count) {
    power += std::pow(10.0, responseDb(response, f, sampleRateHz) / 10.0);
  }
  return responseDb(response, frequencyHz, sampleRateHz) - 10.0 * std::log10(power / count);
}

struct Shape {
  Speaker speaker;
  std::vector<std::pair<double, double>> points;  // Hz, dB
};

// The recipe's own results, rounded to whole dB: dynamic microphone, 3 cm, axis 0.2.
TEST(CabinetResponse, HasTheShapeOfItsSpeaker) {
  const std::vector<Shape> shapes{
      {Speaker::k1x12Open,
       {{80, -12},
        {100, -7},
        {250, -3},
        {700, -5},
        {2500, 3},
        {3500, 4},
        {5000, -2},
        {7000, -13},
        {10000, -25}}},
      {Speaker::k4x12Closed,
       {{80, -4},
        {150, 2},
        {400, -6},
        {2500, 3},
        {3500, 3},
        {5000, -6},
        {7000, -15},
        {10000, -29}}},
      {Speaker::k8x10Bass,
       {{50, -9}, {80, -1}, {150, 2}, {400, -3}, {2500, 2}, {5000, -8}, {10000, -28}}}};
  for (const Shape& shape : shapes) {
    const auto response = cabinetResponse({.speaker = shape.speaker}, kRateHz);
    for (const auto& [f, db] : shape.points) {
      EXPECT_NEAR(relativeDb(response, f), db, 0.55) << static_cast<int>(shape.speaker) << " " << f;
    }
  }
}

TEST(CabinetResponse, KeepsItsShapeAtEveryRate) {
  const auto at48 = cabinetResponse({}, 48000.0);
  for (const double rate : {44100.0, 96000.0, 192000.0}) {
    const auto other = cabinetResponse({}, rate);
    EXPECT_NEAR(static_cast<double>(other.size()) / rate, 2048.0 / 48000.0, 1e-4);
    for (const double f : {80.0, 400.0, 2500.0, 8000.0}) {
      EXPECT_NEAR(relativeDb(other, f, rate), relativeDb(at48, f), 0.1) << rate << " " << f;
    }
  }
}

// The minimum phase response before the floor is added, cut as the module cuts it.
TEST(CabinetResponse, TheCutResponseKeepsTheCurve) {
  for (const Speaker speaker : kSpeakers) {
    const CabinetSetup setup{.speaker = speaker};
    const std::size_t taps = cabinetResponse(setup, kRateHz).size();
    const std::size_t n = 32768;
    std::vector<double> magnitude(n / 2 + 1, 0.0);
    for (std::size_t k = 1; k < magnitude.size(); ++k) {
      magnitude[k] = cabinetMagnitude(setup, kRateHz * static_cast<double>(k) / n);
    }
    auto response = minimumPhase(magnitude);
    fadeOut(response, taps);
    const std::vector<float> h(response.begin(), response.end());
    for (double f = 120.0; f < 10000.0; f *= 1.05) {
      EXPECT_NEAR(responseDb(h, f), toDb(cabinetMagnitude(setup, f)), 0.02) << f;
    }
  }
}

TEST(CabinetResponse, AnswersAtOnceAndDiesAway) {
  for (const Speaker speaker : kSpeakers) {
    for (const Microphone microphone : kMicrophones) {
      const CabinetSetup setup{.speaker = speaker, .microphone = microphone, .distanceCm = 40};
      const auto h = cabinetResponse(setup, kRateHz);
      EXPECT_GT(std::abs(h[0]), 1e-4 * peak(h));
      EXPECT_LT(peak(h, h.size() - h.size() / 100), 1e-4 * peak(h));
    }
  }
}

TEST(CabinetResponse, MovingOffAxisDarkens) {
  const auto centre = cabinetResponse({.axis = 0.0}, kRateHz);
  const auto edge = cabinetResponse({.axis = 1.0}, kRateHz);
  const auto change = [&](double f) {
    return (responseDb(edge, f) - responseDb(edge, 300)) -
           (responseDb(centre, f) - responseDb(centre, 300));
  };
  EXPECT_NEAR(change(2500), -2.6, 0.2);
  EXPECT_NEAR(change(5000), -5.5, 0.2);
  EXPECT_NEAR(change(10000), -8.1, 0.2);
}

// Bass against middle at 1 cm and at 100 cm, where the floor is the only difference left.
TEST(CabinetResponse, ComingCloseRaisesTheBassMostForARibbon) {
  const auto bass = [](Microphone microphone, double distanceCm) {
    const CabinetSetup setup{.microphone = microphone, .distanceCm = distanceCm};
    return toDb(cabinetMagnitude(setup, 100.0) / cabinetMagnitude(setup, 2000.0));
  };
  const double dynamic = bass(Microphone::kDynamic, 1) - bass(Microphone::kDynamic, 100);
  const double ribbon = bass(Microphone::kRibbon, 1) - bass(Microphone::kRibbon, 100);
  const double condenser = bass(Microphone::kCondenser, 1) - bass(Microphone::kCondenser, 100);
  EXPECT_GT(ribbon, dynamic + 4.0);
  EXPECT_GT(dynamic, condenser + 2.0);
  EXPECT_GT(condenser, 5.0);
}

// 50 cm before a 4x12, its floor echo comes (0.943 - 0.5) m later: it fills at multiples of the
// inverse of that time and cuts between.
TEST(CabinetResponse, TheFloorCombs) {
  const CabinetSetup setup{.distanceCm = 50};
  const auto h = cabinetResponse(setup, kRateHz);
  const double delay = (std::hypot(0.5, 0.8) - 0.5) / 343.0;
  const auto extra = [&](double f) { return responseDb(h, f) - toDb(cabinetMagnitude(setup, f)); };
  const double full = extra(1.0 / delay), cut = extra(0.5 / delay);
  EXPECT_GT(full - cut, 4.0);
  EXPECT_LT(full - cut, 8.0);
}

// BS.1770's two filters at 48 kHz, as the recommendation prints them; the mean square in dB.
double loudnessDb(const std::vector<float>& x) {
  struct Biquad {
    double b0, b1, b2, a1, a2, z1 = 0, z2 = 0;
    double process(double in) {
      const double y = b0 * in + z1;
      z1 = b1 * in - a1 * y + z2;
      z2 = b2 * in - a2 * y;
      return y;
    }
  };
  Biquad shelf{1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241,
               0.73248077421585};
  Biquad highPass{1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621};
  double sum = 0.0;
  for (const float value : x) {
    const double y = highPass.process(shelf.process(value));
    sum += y * y;
  }
  return 10.0 * std::log10(sum / static_cast<double>(x.size()));
}

// White noise through the usual pole and zero ladder for -3 dB per octave.
std::vector<float> pinkNoise(std::size_t frames) {
  auto x = noise(21, 0.5, frames);
  double a = 0, b = 0, c = 0;
  for (float& value : x) {
    const double white = value;
    a = 0.99765 * a + white * 0.0990460;
    b = 0.96300 * b + white * 0.2965164;
    c = 0.57000 * c + white * 1.0526913;
    value = static_cast<float>(0.2 * (a + b + c + white * 0.1848));
  }
  return x;
}

std::vector<float> convolved(const std::vector<float>& h, const std::vector<float>& x) {
  std::size_t n = 1;
  while (n < h.size() + x.size()) n *= 2;
  std::vector<std::complex<double>> a(h.begin(), h.end()), b(x.begin(), x.end());
  a.resize(n);
  b.resize(n);
  fft(a);
  fft(b);
  for (std::size_t k = 0; k < n; ++k) a[k] *= b[k];
  fft(a, true);
  std::vector<float> y(x.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(a[i].real());
  return y;
}

// All lie about 1 dB below the input, whose noise above 12 kHz no cabinet lets through.
TEST(CabinetResponse, SwappingKeepsTheLoudness) {
  const auto x = pinkNoise(60000);
  double quietest = 100.0, loudest = -100.0;
  for (const Speaker speaker : kSpeakers) {
    for (const Microphone microphone : kMicrophones) {
      const auto h = cabinetResponse({.speaker = speaker, .microphone = microphone}, kRateHz);
      const double change = loudnessDb(convolved(h, x)) - loudnessDb(x);
      quietest = std::min(quietest, change);
      loudest = std::max(loudest, change);
    }
  }
  EXPECT_LT(loudest - quietest, 0.7);
  EXPECT_GT(quietest, -1.5);
  EXPECT_LT(loudest, 0.5);
}

}  // namespace
}  // namespace sonic::test
