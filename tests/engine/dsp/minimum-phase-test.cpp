// SPDX-License-Identifier: MIT
#include "engine/dsp/minimum-phase.h"

#include <gtest/gtest.h>

#include <complex>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

std::vector<double> magnitudeOf(const std::vector<double>& taps, std::size_t n) {
  std::vector<double> magnitude(n / 2 + 1);
  for (std::size_t k = 0; k < magnitude.size(); ++k) {
    std::complex<double> sum = 0.0;
    for (std::size_t i = 0; i < taps.size(); ++i) {
      sum += taps[i] * std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(k * i) /
                                           static_cast<double>(n));
    }
    magnitude[k] = std::abs(sum);
  }
  return magnitude;
}

// 1 + 0.5 z^-1 - 0.3 z^-2 has its zeros inside the circle; mirrored, it has the same magnitude.
TEST(MinimumPhase, FindsTheTapsOfAMinimumPhaseFilterFromItsMirrorsMagnitude) {
  const auto h = minimumPhase(magnitudeOf({-0.3, 0.5, 1.0}, 256));
  ASSERT_EQ(h.size(), 256U);
  EXPECT_NEAR(h[0], 1.0, 1e-9);
  EXPECT_NEAR(h[1], 0.5, 1e-9);
  EXPECT_NEAR(h[2], -0.3, 1e-9);
  for (std::size_t i = 3; i < h.size(); ++i) ASSERT_NEAR(h[i], 0.0, 1e-9);
}

TEST(MinimumPhase, AZeroOfTheMagnitudeIsHeldAtEightyDecibels) {
  auto magnitude = magnitudeOf({1.0}, 1024);
  magnitude[0] = 0.0;
  const auto h = minimumPhase(magnitude);
  double sum = 0.0;
  for (const double tap : h) sum += tap;
  EXPECT_NEAR(sum, 1e-4, 1e-9);
}

TEST(MinimumPhase, TheFadeTakesTheLastQuarter) {
  std::vector<double> h(200, 1.0);
  fadeOut(h, 100);
  ASSERT_EQ(h.size(), 100U);
  EXPECT_EQ(h[74], 1.0);
  EXPECT_LT(h[75], 1.0);
  EXPECT_LT(h[99], 0.01);
  EXPECT_GT(h[99], 0.0);
}

}  // namespace
}  // namespace sonic::test
