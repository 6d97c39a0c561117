// SPDX-License-Identifier: MIT
#include "engine/dsp/matched-svf.h"

#include <gtest/gtest.h>

#include <array>
#include <complex>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using Complex = std::complex<double>;

double analogDb(MatchedShape shape, double f0, double q, double gainDb, double f) {
  const Complex s(0.0, f / f0);
  const double a = std::pow(10.0, gainDb / 40);
  const double r = std::sqrt(a);
  const Complex s2 = s * s;
  const Complex plain = s2 + s / q + 1.0;
  Complex h;
  switch (shape) {
    case MatchedShape::kBell:
      h = (s2 + s * a / q + 1.0) / (s2 + s / (a * q) + 1.0);
      break;
    case MatchedShape::kLowShelf:
      h = a * (s2 + s * r / q + a) / (a * s2 + s * r / q + 1.0);
      break;
    case MatchedShape::kHighShelf:
      h = a * (a * s2 + s * r / q + 1.0) / (s2 + s * r / q + a);
      break;
    case MatchedShape::kLowCut:
      h = s2 / plain;
      break;
    case MatchedShape::kHighCut:
      h = 1.0 / plain;
      break;
    case MatchedShape::kNotch:
      h = (s2 + 1.0) / plain;
      break;
  }
  return toDb(std::abs(h));
}

/// Response of the filter that the coefficients play, in double precision.
double playedDb(const SvfCoefficients& c, double f, double rate) {
  const double g = static_cast<double>(c.a2) / static_cast<double>(c.a1);
  const double k = (1.0 / static_cast<double>(c.a1) - 1.0) / g - g;
  const Complex s(0.0, std::tan(std::numbers::pi * f / rate) / g);
  const Complex h =
      static_cast<double>(c.m0) +
      (static_cast<double>(c.m1) * s + static_cast<double>(c.m2)) / (s * s + k * s + 1.0);
  return toDb(std::abs(h));
}

/// Largest difference in dB from 20 Hz to 18 kHz where the analog filter is above -40 dB.
double worstErrorDb(MatchedShape shape, double f0, double q, double gainDb, double rate = kRateHz) {
  const SvfCoefficients c = matchedSvf(shape, static_cast<float>(f0), static_cast<float>(q),
                                       static_cast<float>(gainDb), static_cast<float>(rate));
  double worst = 0.0;
  const auto compare = [&](double f) {
    const double expected = analogDb(shape, f0, q, gainDb, f);
    if (f < 20.0 || f > 18000.0 || expected < -40.0) return;
    worst = std::max(worst, std::abs(playedDb(c, f, rate) - expected));
  };
  for (int i = 0; i <= 100; ++i) compare(20.0 * std::pow(900.0, i / 100.0));
  for (int i = -20; i <= 20; ++i) compare(f0 * std::pow(1.5, i / 20.0));
  return worst;
}

constexpr std::array<double, 13> kCentresHz{20,    100,   700,   3000,  5000,  8000, 10000,
                                            12000, 13700, 15000, 17000, 19000, 20000};

struct Case {
  const char* name;
  MatchedShape shape;
  double lowQ, highQ, limitDb, highestHz;
};

/// 18 kHz is 0.375 of the rate at 48 kHz but 0.41 of it at 44.1.
double limitAt44Db(double limitDb) {
  return std::max(0.6, 1.75 * limitDb);
}

void sweep(const Case& c, double rate, int steps) {
  const double limitDb = rate < 48000.0 ? limitAt44Db(c.limitDb) : c.limitDb;
  double worst = 0.0, atHz = 0.0, atQ = 0.0, atDb = 0.0;
  for (const double hz : kCentresHz) {
    if (hz > c.highestHz) continue;
    for (int i = 0; i <= steps; ++i) {
      const double q = c.lowQ * std::pow(c.highQ / c.lowQ, static_cast<double>(i) / steps);
      for (const double db : {-24.0, -11.0, -3.0, -0.4, 0.2, 1.0, 5.0, 12.0, 18.0, 24.0}) {
        const double error = worstErrorDb(c.shape, hz, q, db, rate);
        if (error > worst) worst = error, atHz = hz, atQ = q, atDb = db;
        if (c.shape >= MatchedShape::kLowCut) break;
      }
    }
  }
  EXPECT_LT(worst, limitDb) << c.name << " at " << atHz << " Hz, Q " << atQ << ", " << atDb;
}

TEST(MatchedSvf, FollowsTheAnalogPrototypeToEighteenKilohertz) {
  for (const Case& c : {Case{"bell", MatchedShape::kBell, 0.1, 40, 0.3, 20000},
                        Case{"low shelf", MatchedShape::kLowShelf, 0.1, 2, 0.3, 20000},
                        Case{"high shelf", MatchedShape::kHighShelf, 0.1, 2, 0.3, 20000},
                        Case{"narrow low shelf", MatchedShape::kLowShelf, 2, 40, 0.35, 3000},
                        Case{"narrow low shelf", MatchedShape::kLowShelf, 2, 40, 1.0, 6000},
                        Case{"narrow low shelf", MatchedShape::kLowShelf, 2, 40, 7.5, 20000},
                        Case{"narrow high shelf", MatchedShape::kHighShelf, 2, 40, 0.35, 3000},
                        Case{"narrow high shelf", MatchedShape::kHighShelf, 2, 40, 1.0, 6000},
                        Case{"narrow high shelf", MatchedShape::kHighShelf, 2, 40, 7.5, 20000},
                        Case{"high cut", MatchedShape::kHighCut, 0.1, 40, 0.3, 20000},
                        Case{"low cut", MatchedShape::kLowCut, 0.2, 1.4, 0.3, 20000},
                        Case{"low cut", MatchedShape::kLowCut, 0.1, 40, 0.3, 4000},
                        Case{"low cut", MatchedShape::kLowCut, 1.4, 2, 0.3, 17000},
                        Case{"low cut", MatchedShape::kLowCut, 1.4, 5, 0.6, 17000},
                        Case{"low cut", MatchedShape::kLowCut, 1.4, 40, 0.6, 13700},
                        Case{"low cut", MatchedShape::kLowCut, 1.4, 40, 1.1, 17000},
                        Case{"low cut", MatchedShape::kLowCut, 1.4, 40, 3.0, 20000},
                        Case{"notch", MatchedShape::kNotch, 0.3, 40, 0.3, 20000}}) {
    sweep(c, kRateHz, 20);
    sweep(c, 44100.0, 7);
    sweep(c, 96000.0, 7);
  }
}

TEST(MatchedSvf, IsWhatTheFilterReallyPlays) {
  const auto c = matchedSvf(MatchedShape::kBell, 15000.0F, 1.0F, 18.0F, 48000.0F);
  Svf svf;
  auto h = impulse(4096);
  svf.process(c, h.data(), h.size(), h.data());
  for (const double f : {1000.0, 9000.0, 15000.0, 18000.0}) {
    EXPECT_NEAR(responseDb(h, f), analogDb(MatchedShape::kBell, 15000, 1, 18, f), 0.3) << f;
  }
}

TEST(MatchedSvf, IsExactlyNothingAtZeroDecibels) {
  for (const auto shape :
       {MatchedShape::kBell, MatchedShape::kLowShelf, MatchedShape::kHighShelf}) {
    const SvfCoefficients c = matchedSvf(shape, 3000.0F, 2.0F, 0.0F, 48000.0F);
    EXPECT_EQ(c.m0, 1.0F);
    EXPECT_EQ(c.m1, 0.0F);
    EXPECT_EQ(c.m2, 0.0F);
  }
}

}  // namespace
}  // namespace sonic::test
