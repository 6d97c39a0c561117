// SPDX-License-Identifier: MIT
#include "engine/live/live-output.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

std::vector<float> through(LiveOutput& strip, std::vector<float> x) {
  float* const channels[] = {x.data()};
  strip.process(channels, 1, x.size());
  return x;
}

TEST(LiveOutput, IsBitExactBelowTheCeilingAtZeroDecibels) {
  LiveOutput strip(48000.0F);
  const auto x = noise(1, 0.89, 4800);
  EXPECT_EQ(bits(through(strip, x)), bits(x));
}

TEST(LiveOutput, NeverExceedsMinusOneDecibelAndAddsNoFrame) {
  LiveOutput strip(48000.0F);
  const auto y = through(strip, noise(2, 20.0, 48000));
  EXPECT_LE(peak(y), 0.8912511);
  LiveOutput fresh(48000.0F);
  EXPECT_NEAR(through(fresh, impulse(64, 0, 8.0F))[0], 0.89125, 1e-5);
}

TEST(LiveOutput, RecoversAfterAnOvershoot) {
  LiveOutput strip(48000.0F);
  through(strip, impulse(64, 0, 8.0F));
  EXPECT_LT(strip.take().gain, 0.2F);
  const auto x = sine(500, 0.5, 96000);
  const auto y = through(strip, x);
  EXPECT_NEAR(y[95000], x[95000], 1e-6);
}

TEST(LiveOutput, LetsNothingThroughThatIsNoNumber) {
  LiveOutput strip(48000.0F);
  auto x = sine(500, 0.5, 9600);
  x[100] = std::numeric_limits<float>::quiet_NaN();
  x[200] = std::numeric_limits<float>::infinity();
  x[300] = -std::numeric_limits<float>::infinity();
  const auto y = through(strip, x);
  for (std::size_t n = 0; n < y.size(); ++n) ASSERT_LE(std::abs(y[n]), 0.8912511F) << n;
  EXPECT_EQ(y[100], 0.0F);
  EXPECT_EQ(y[5000], x[5000]);  // and it did not limit for their sake
  strip.setVolumeDb(std::numeric_limits<float>::quiet_NaN());
  const auto z = through(strip, sine(500, 0.5, 9600));
  for (const float v : z) ASSERT_LE(std::abs(v), 0.8912511F);
}

TEST(LiveOutput, VolumeAndMuteMoveWithoutAClick) {
  LiveOutput strip(48000.0F);
  const auto x = sine(100, 0.5, 9600);
  through(strip, x);
  strip.setVolumeDb(-12.0F);
  auto y = through(strip, x);
  EXPECT_NEAR(toDb(rms(y, 960) / rms(x, 960)), -12.0, 0.01);
  double worst = 0.0;
  for (std::size_t n = 1; n < y.size(); ++n)
    worst = std::max(worst, std::abs(double{y[n]} - double{y[n - 1]}));
  EXPECT_LT(worst, 0.5 * 2.0 * std::numbers::pi * 100.0 / 48000.0 + 0.5 / 480.0);
  strip.setMuted(true);
  y = through(strip, x);
  EXPECT_EQ(peak(y, 481), 0.0);
}

}  // namespace
}  // namespace sonic::test
