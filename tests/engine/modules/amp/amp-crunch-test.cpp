// SPDX-License-Identifier: MIT
#include "engine/modules/amp/amp-crunch.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

TEST(AmpCrunch, AnswersInTheVeryFrame) {
  Host<AmpCrunch> host;
  const auto y = host.run(impulse(4800));
  EXPECT_GT(std::abs(y[0]), 1e-3 * peak(y));
  // A table that rounded to its unit would answer with zero.
  Host<AmpCrunch> other;
  EXPECT_NE(other.run(impulse(64, 0, 1e-6F))[0], 0.0F);
}

TEST(AmpCrunch, PlaysACrunchAtALevelFitForTheNextModule) {
  for (const float gain : {4.0F, 6.0F, 10.0F}) {
    Host<AmpCrunch> host({gain});
    const auto y = host.run(sine(220, 1.0, 9600));
    EXPECT_GT(toDb(rms(y, 4800)), -13.0) << gain;
    EXPECT_LT(toDb(rms(y, 4800)), -5.0) << gain;
    EXPECT_LT(peak(y), 1.0) << gain;
  }
}

// Worst line below 20 kHz of a sine at 0 dBFS.
double aliasDbc(float gain, double hz, Quality quality) {
  Host<AmpCrunch> host({gain}, {.quality = quality});
  const std::size_t frames = 1 << 14;
  const double onBin = onGrid(hz, frames);
  const auto y = host.run(sine(onBin, 1.0, frames + 6000));
  return worstAliasDbc({y.end() - frames, y.end()}, onBin);
}
TEST(AmpCrunch, AliasesLittle) {
  EXPECT_LT(aliasDbc(5.0F, 5000.0, Quality::kLive), -70.0);
  EXPECT_LT(aliasDbc(10.0F, 5000.0, Quality::kLive), -50.0);
  EXPECT_LT(aliasDbc(5.0F, 1250.0, Quality::kLive), -75.0);
  EXPECT_LT(aliasDbc(10.0F, 1250.0, Quality::kLive), -75.0);
}
TEST(AmpCrunch, AliasesTenDecibelsLessInHighQuality) {
  EXPECT_LT(aliasDbc(5.0F, 5000.0, Quality::kHq), -80.0);
  EXPECT_LT(aliasDbc(10.0F, 5000.0, Quality::kHq), -60.0);
}

TEST(AmpCrunch, CleansUpWithTheGuitarsVolume) {
  const auto distortionDb = [](double amplitude) {
    Host<AmpCrunch> host({4.0F});
    const std::size_t frames = 1 << 13;
    const double hz = onGrid(220, frames);
    const auto y = host.run(sine(hz, amplitude, 2 * frames));
    const auto lines = spectrum({y.end() - frames, y.end()});
    const auto bin = static_cast<std::size_t>(std::lround(hz * frames / kRateHz));
    double harmonics = 0.0;
    for (std::size_t k = 2; k < 10; ++k) harmonics += lines[k * bin] * lines[k * bin];
    return toDb(std::sqrt(harmonics) / lines[bin]);
  };
  EXPECT_LT(distortionDb(0.005), -30.0);
  EXPECT_GT(distortionDb(0.5), -20.0);
}

// The supply gives way under a loud chord and comes back: the sustained level falls.
TEST(AmpCrunch, SagsUnderLoad) {
  const auto fallDb = [](float sag) {
    Host<AmpCrunch> host;
    host.set(AmpCrunch::kSag, sag);
    host.set(AmpCrunch::kMaster, 8.0F);
    const auto y = host.run(sine(220, 0.5, 9600));
    const std::vector<float> attack(y.begin() + 100, y.begin() + 318);
    const std::vector<float> later(y.begin() + 7200, y.begin() + 7200 + 218);
    return toDb(rms(attack) / rms(later));
  };
  EXPECT_LT(std::abs(fallDb(0.0F)), 0.7);
  EXPECT_GT(fallDb(100.0F), fallDb(0.0F) + 1.0);
}

TEST(AmpCrunch, PresenceLiftsTheTreble) {
  const auto trebleDb = [](float presence) {
    Host<AmpCrunch> host({2.0F});
    host.set(AmpCrunch::kPresence, presence);
    const auto y = host.run(impulse(9600, 0, 1e-3F));
    return responseDb(y, 4000.0) - responseDb(y, 300.0);
  };
  EXPECT_GT(trebleDb(10.0F), trebleDb(0.0F) + 2.0);
}

TEST(AmpCrunch, EndsInExactSilence) {
  Host<AmpCrunch> host({10.0F});
  auto x = sine(220, 1.0, 4800);
  x.resize(48000 * 2);
  const auto y = host.run(x);
  EXPECT_EQ(peak(y, y.size() - 1000), 0.0);
  EXPECT_GT(peak(y), 0.1);
}

}  // namespace
}  // namespace sonic::test
