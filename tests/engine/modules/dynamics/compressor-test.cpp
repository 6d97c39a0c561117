// SPDX-License-Identifier: MIT
#include "engine/modules/dynamics/compressor.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using C = Compressor;

/// What the gain must be, in dB, for a level in dB: written from the paper's formula.
double curveDb(double levelDb, double thresholdDb, double ratio, double kneeDb) {
  const double over = levelDb - thresholdDb;
  if (2 * over <= -kneeDb) return 0.0;
  if (2 * std::abs(over) < kneeDb) {
    return (1 / ratio - 1) * (over + kneeDb / 2) * (over + kneeDb / 2) / (2 * kneeDb);
  }
  return (1 / ratio - 1) * over;
}

std::vector<float> steps(float before, float after, std::size_t frames) {
  std::vector<float> x(frames, before);
  x.resize(2 * frames, after);
  return x;
}

TEST(Compressor, FollowsTheStaticCurveAtEveryLevelAndKnee) {
  for (const float knee : {0.0F, 6.0F, 24.0F}) {
    for (const float ratio : {2.0F, 4.0F, 20.0F}) {
      Host<C> host;
      host.set(C::kRatio, ratio);
      host.set(C::kAttack, 1.0F);
      host.set(C::kRelease, 100.0F);
      host.set(C::kKnee, knee);
      for (int step = 0; step < 25; ++step) {  // rising, so that the attack alone settles
        const double levelDb = -60.0 + 2.5 * step;
        const auto x = sine(1000, std::pow(10.0, levelDb / 20), 1920);
        const auto y = host.run(x);
        const double gainDb = toDb(rms(y, 960) / rms(x, 960));
        EXPECT_NEAR(gainDb,
                    curveDb(levelDb, -24, static_cast<double>(ratio), static_cast<double>(knee)),
                    0.05)
            << levelDb << " dB, knee " << knee;
        EXPECT_NEAR(host.readings()[C::kReduction], -gainDb, 0.05);
      }
    }
  }
}

TEST(Compressor, AttackAndReleaseAreTimesToSixtyThreePercent) {
  struct Case {
    float attackMs, releaseMs;
  };
  for (const Case c : {Case{10, 100}, Case{0.5F, 20}, Case{30, 60}, Case{2, 400}}) {
    Host<C> host;
    host.set(C::kAttack, c.attackMs);
    host.set(C::kRelease, c.releaseMs);
    const std::size_t half = 48000;
    const auto x = steps(1.0F, 0.001F, half);  // 0 dB: 18 dB of reduction, then none
    const auto y = host.run(x);
    const auto reduction = [&](std::size_t n) { return -toDb(static_cast<double>(y[n] / x[n])); };
    std::size_t attack = 0;
    while (reduction(attack) < 18.0 * (1 - std::exp(-1.0))) ++attack;
    std::size_t release = half;
    while (reduction(release) > 18.0 * std::exp(-1.0)) ++release;
    const double framesPerMs = kRateHz / 1000;
    EXPECT_NEAR(static_cast<double>(attack + 1) / framesPerMs, static_cast<double>(c.attackMs),
                0.02 * static_cast<double>(c.attackMs) + 1.0 / framesPerMs);
    EXPECT_NEAR(static_cast<double>(release - half + 1) / framesPerMs,
                static_cast<double>(c.releaseMs), 0.02 * static_cast<double>(c.releaseMs));
  }
}

TEST(Compressor, ASteadyToneStaysPure) {
  for (const float attackMs : {0.1F, 10.0F}) {
    Host<C> host;
    host.set(C::kAttack, attackMs);
    const std::size_t length = 16384;
    const double hz = onGrid(1000, length);
    auto y = host.run(sine(hz, 1.0, 24000 + length));
    y.erase(y.begin(), y.begin() + 24000);
    const auto s = spectrum(y);
    const auto bin = static_cast<std::size_t>(hz * static_cast<double>(length) / kRateHz + 0.5);
    double sum = 0.0;
    for (std::size_t h = 2; h * bin < s.size(); ++h) sum += s[h * bin] * s[h * bin];
    EXPECT_LT(toDb(std::sqrt(sum) / s[bin]), -100.0) << attackMs;
    EXPECT_LT(worstAliasDbc(y, hz), -100.0) << attackMs;
  }
}

TEST(Compressor, TheSidechainDucksAndTheInputThenDoesNot) {
  Host<C> host;
  host.set(C::kAttack, 1.0F);
  const std::size_t frames = 9600;
  const auto music = sine(400, 1.0, frames);
  auto key = sine(1000, 0.5, frames);
  std::fill(key.begin(), key.begin() + 4800, 0.0F);
  const auto y = host.run({{music}, {key}}, frames)[0][0];
  EXPECT_NEAR(toDb(rms({y.begin(), y.begin() + 4800}) / rms({music.begin(), music.begin() + 4800})),
              0.0, 1e-4);
  EXPECT_NEAR(toDb(rms(y, 7200) / rms(music, 7200)), curveDb(toDb(0.5), -24, 4, 6), 0.05);
}

TEST(Compressor, BothChannelsGetTheSameGain) {
  Host<C> host({}, {.width = 2});
  const auto loud = noise(1, 1.0, 4800);
  const auto soft = noise(2, 0.05, 4800);
  const auto y = host.run({{loud, soft}}, 4800)[0];
  for (std::size_t n = 1000; n < 4800; n += 37) {
    if (std::abs(soft[n]) < 0.01F || std::abs(loud[n]) < 0.2F) continue;
    ASSERT_NEAR(y[1][n] / soft[n], y[0][n] / loud[n], 1e-5);
  }
  EXPECT_LT(y[1][4000] / soft[4000], 0.9F);
}

TEST(Compressor, LookaheadDelaysDryAndWetAlikeAndCatchesTheFirstPeak) {
  Host<C> host;
  host.set(C::kLookahead, 5.0F);
  host.set(C::kAttack, 1.0F);
  ASSERT_EQ(host.latencyFrames(), 240U);
  std::vector<float> x(2400, 0.0F);
  std::fill(x.begin() + 480, x.end(), 1.0F);
  auto y = host.run(x);
  EXPECT_EQ(y[719], 0.0F);
  EXPECT_NEAR(toDb(static_cast<double>(y[720])), -18.0, 0.2);  // five attack times ago

  Host<C> dry;
  dry.set(C::kLookahead, 5.0F);
  dry.set(C::kMix, 0.0F);
  const auto tone = noise(5, 1.0, 2400);
  y = dry.run(tone);
  for (std::size_t n = 240; n < y.size(); ++n) ASSERT_EQ(y[n], tone[n - 240]);
}

TEST(Compressor, MixIsParallelCompression) {
  Host<C> host;
  host.set(C::kMix, 50.0F);
  const auto x = sine(1000, 1.0, 9600);
  const double wet = std::pow(10.0, -18.0 / 20);
  EXPECT_NEAR(rms(host.run(x), 7200) / rms(x, 7200), 0.5 + 0.5 * wet, 1e-3);
}

TEST(Compressor, TheKeyHighPassLetsLowNotesThrough) {
  Host<C> host;
  host.set(C::kKeyHighPass, 300.0F);
  host.set(C::kThreshold, -20.0F);
  host.set(C::kKnee, 0.0F);
  const auto low = sine(50, 0.9, 9600);
  EXPECT_EQ(bits(host.run(low)), bits(low));
  EXPECT_LT(toDb(rms(host.run(sine(2000, 0.9, 9600)), 4800)), -15.0);
}

TEST(Compressor, TimeAsleepReleasesAsSilenceDoes) {
  const auto burst = sine(1000, 1.0, 9600);
  const auto quiet = sine(1000, 0.01, 320);
  const auto gainAfter = [&](bool asleep) {
    Host<C> host;
    host.set(C::kRelease, 400.0F);
    host.run(burst);
    host.run(silence(320));
    if (asleep) {
      host.sleep(600);
    } else {
      host.run(silence(600 * kCellFrames));
    }
    const auto y = host.run(quiet);
    return toDb(rms(y) / rms(quiet));
  };
  EXPECT_LT(gainAfter(false), -4.0);
  EXPECT_NEAR(gainAfter(true), gainAfter(false), 0.3);
}

TEST(Compressor, GivesTheSameBitsForEveryCallLength) {
  auto x = noise(9, 0.8, 4000);
  x.resize(8000);
  const auto render = [&](std::size_t callFrames) {
    Host<C> host;
    host.set(C::kLookahead, 1.0F);
    host.run(silence(64), callFrames);
    host.set(C::kThreshold, -40.0F);
    host.set(C::kRelease, 5.0F);
    host.set(C::kKeyHighPass, 200.0F);
    return bits(host.run(x, callFrames));
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
}

}  // namespace
}  // namespace sonic::test
