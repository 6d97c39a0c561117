// SPDX-License-Identifier: MIT
#include "engine/modules/utility/level-meter.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using Reading = LevelMeter::Reading;

/// Runs `seconds` of the signal's kind and gives one reading.
double after(Host<LevelMeter>& host, const std::vector<float>& x, Reading reading) {
  host.run(x);
  return static_cast<double>(host.readings()[reading]);
}

TEST(LevelMeter, PassesTheSoundBitByBit) {
  const Signal2 in{noise(1, 1.0, 333), noise(2, 1.0, 333)};
  for (const bool inPlace : {false, true}) {
    Host<LevelMeter> host({}, {.width = 2});
    host.setInPlace(inPlace);
    EXPECT_EQ(host.run({in}, 333, 7)[0], in);
  }
}

TEST(LevelMeter, ASineShowsItsPeakRmsAndVu) {
  Host<LevelMeter> host;
  const double amplitude = std::pow(10.0, -18.0 / 20.0);
  const auto x = sine(1000, amplitude, 96000);
  EXPECT_NEAR(after(host, x, Reading::kPeak), -18.0, 0.01);
  EXPECT_NEAR(host.readings()[Reading::kHeld], -18.0, 0.01);
  EXPECT_NEAR(host.readings()[Reading::kRms], -21.01, 0.02);
  EXPECT_NEAR(host.readings()[Reading::kVu], 0.0, 0.05);
  EXPECT_EQ(host.readings()[Reading::kVu + 1], host.readings()[Reading::kVu]);
}

TEST(LevelMeter, ChannelsAreApart) {
  Host<LevelMeter> host({}, {.width = 2});
  host.run({{sine(1000, 0.5, 9600), sine(1000, 0.05, 9600)}}, 9600);
  EXPECT_NEAR(host.readings()[Reading::kPeak], -6.02, 0.01);
  EXPECT_NEAR(host.readings()[Reading::kPeak + 1], -26.02, 0.01);
}

TEST(LevelMeter, ThePeakFalls20DecibelsIn1700Milliseconds) {
  for (const float rateHz : {44100.0F, 48000.0F, 96000.0F}) {
    Host<LevelMeter> host({0.0F}, {.sampleRateHz = rateHz});
    host.run(impulse(32));
    EXPECT_EQ(host.readings()[Reading::kPeak], 0.0F);
    const auto frames = static_cast<std::size_t>(1.7F * rateHz);
    EXPECT_NEAR(after(host, silence(frames), Reading::kPeak), -20.0, 0.05) << rateHz;
    EXPECT_NEAR(host.readings()[Reading::kHeld], -20.0, 0.05);
  }
}

TEST(LevelMeter, TheHighestPeakIsHeldForItsTime) {
  Host<LevelMeter> host({1.5F});
  host.run(impulse(32));
  EXPECT_EQ(after(host, silence(71936), Reading::kHeld), 0.0);  // 1.4987 s
  EXPECT_LT(after(host, silence(96), Reading::kHeld), -17.0);
  EXPECT_NEAR(after(host, impulse(32, 5, 0.5F), Reading::kHeld), -6.02, 0.01);
}

TEST(LevelMeter, RmsFollowsWith125Milliseconds) {
  Host<LevelMeter> host;
  const double mean = after(host, std::vector<float>(6016, 0.5F), Reading::kRms);  // 125.3 ms
  EXPECT_NEAR(mean, toDb(0.5 * std::sqrt(1.0 - std::exp(-6016.0 / 6000.0))), 0.02);
}

TEST(LevelMeter, TheNeedleTakes300MillisecondsAndSwingsALittleOver) {
  Host<LevelMeter> host({2.0F, 0.0F});
  const double amplitude = 0.25;
  const auto x = sine(1000, amplitude, 96000);
  double reached = 0.0, most = 0.0;
  for (std::size_t n = 0; n + 32 <= x.size(); n += 32) {
    host.run(std::vector<float>(x.begin() + static_cast<std::ptrdiff_t>(n),
                                x.begin() + static_cast<std::ptrdiff_t>(n + 32)));
    const double needle =
        std::pow(10.0, static_cast<double>(host.readings()[Reading::kVu]) / 20.0) / amplitude;
    if (reached == 0.0 && needle >= 0.99) reached = static_cast<double>(n + 32) / kRateHz;
    most = std::max(most, needle);
  }
  EXPECT_NEAR(reached, 0.3, 0.01);  // the standard allows 30 ms
  EXPECT_GE(most, 1.01);
  EXPECT_LE(most, 1.015);
}

TEST(LevelMeter, AllReadingsHaveFallenWhenItMaySleep) {
  Host<LevelMeter> host({10.0F});
  host.run(noise(1, 8.0, 4800));
  host.run(silence(static_cast<std::size_t>(host.quietFrames())));
  for (const Reading r : {Reading::kPeak, Reading::kHeld, Reading::kRms}) {
    EXPECT_EQ(host.readings()[r], -120.0F) << r;
  }
  EXPECT_LE(host.readings()[Reading::kVu], -102.0F);
}

TEST(LevelMeter, WhatIsNoNumberIsNoLevel) {
  Host<LevelMeter> host;
  auto x = sine(1000, 0.5, 4800);
  x[100] = std::numeric_limits<float>::quiet_NaN();
  x[200] = std::numeric_limits<float>::infinity();
  host.run(x);
  EXPECT_NEAR(host.readings()[Reading::kPeak], -6.02, 0.01);
  EXPECT_TRUE(std::isfinite(host.readings()[Reading::kVu]));
}

}  // namespace
}  // namespace sonic::test
