// SPDX-License-Identifier: MIT
#include "engine/modules/utility/tuner.h"

#include <gtest/gtest.h>

#include "engine/dsp/plucked-string.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

enum class Shape { kSine, kSaw, kPulse, kOctave };

/// A tone with harmonics below 8 kHz, from frame `onset` on.
std::vector<float> tone(double hz, Shape shape, double seconds, double rateHz = kRateHz,
                        std::size_t onset = 0) {
  std::vector<double> levels{1.0};
  const auto count = static_cast<int>(std::min(8000.0, 0.45 * rateHz) / hz);
  for (int h = 2; h <= count && shape != Shape::kSine; ++h) {
    if (shape == Shape::kSaw) levels.push_back(1.0 / h);
    if (shape == Shape::kPulse) levels.push_back(h <= 20 ? 0.5 : 0.0);
    if (shape == Shape::kOctave) levels.push_back(h == 2 ? 2.0 : 0.3 / h);
  }
  const auto frames = static_cast<std::size_t>(seconds * rateHz);
  std::vector<float> x(onset + frames, 0.0F);
  for (std::size_t n = 0; n < frames; ++n) {
    const double phase = 2.0 * std::numbers::pi * hz * static_cast<double>(n) / rateHz;
    double sum = 0.0;
    for (std::size_t h = 0; h < levels.size(); ++h) {
      const double k = static_cast<double>(h + 1);
      if (levels[h] > 0.0) sum += levels[h] * std::sin(k * phase + 0.7 * k * k);
    }
    x[onset + n] = static_cast<float>(0.1 * sum);
  }
  return x;
}
double hzOf(double key) {
  return 440.0 * std::exp2((key - 69.0) / 12.0);
}
double centsBetween(double hz, double referenceHz) {
  return 1200.0 * std::log2(hz / referenceHz);
}

/// Worst error over the readings after `settle` seconds, in cents.
double worstCents(Host<Tuner>& host, const std::vector<float>& x, double hz, double rateHz,
                  double settleSeconds = 0.1) {
  double worst = 0.0;
  constexpr std::size_t kStep = 512;
  for (std::size_t n = 0; n + kStep <= x.size(); n += kStep) {
    host.run(std::vector<float>(x.begin() + static_cast<std::ptrdiff_t>(n),
                                x.begin() + static_cast<std::ptrdiff_t>(n + kStep)));
    if (static_cast<double>(n + kStep) < settleSeconds * rateHz) continue;
    const double heard = static_cast<double>(host.readings()[Tuner::kFrequency]);
    worst = std::max(worst, heard > 0.0 ? std::abs(centsBetween(heard, hz)) : 1e6);
  }
  return worst;
}

TEST(Tuner, EveryNoteFromE1ToE6IsReadWithinATenthOfACent) {
  double worst = 0.0;
  for (const auto shape : {Shape::kSine, Shape::kSaw, Shape::kPulse, Shape::kOctave}) {
    for (double key = 28.0; key <= 88.0; key += 2.37) {
      Host<Tuner> host;
      const double error = worstCents(host, tone(hzOf(key), shape, 0.2), hzOf(key), kRateHz);
      EXPECT_LT(error, 0.1) << key << " shape " << static_cast<int>(shape);
      worst = std::max(worst, error);
    }
  }
  RecordProperty("worstMillicents", static_cast<int>(1000.0 * worst));
}

TEST(Tuner, OtherRatesReadAlike) {
  for (const double rateHz : {44100.0, 88200.0, 96000.0, 192000.0}) {
    for (const double key : {28.0, 40.3, 59.0, 76.6, 88.0}) {
      Host<Tuner> host({}, {.sampleRateHz = static_cast<float>(rateHz)});
      const auto x = tone(hzOf(key), Shape::kSaw, 0.15, rateHz);
      EXPECT_LT(worstCents(host, x, hzOf(key), rateHz), 0.2) << rateHz << " " << key;
    }
  }
}

TEST(Tuner, PluckedStringsAreReadWithinACentWhileTheyRing) {
  for (int key = 40; key <= 86; key += 5) {
    PluckedString string(kRateHz);
    string.pluck({.frequencyHz = hzOf(key)});
    std::vector<float> x(24000);
    for (float& y : x) y = static_cast<float>(0.2 * string.next());
    Host<Tuner> host;
    EXPECT_LT(worstCents(host, x, hzOf(key), kRateHz), 1.0) << key;
  }
}

TEST(Tuner, NoiseBelowTheNoteMovesItLittle) {
  for (const double key : {28.0, 45.0, 64.0}) {
    auto x = tone(hzOf(key), Shape::kSaw, 0.3);
    const auto hiss = noise(7, 0.002, x.size());  // -40 dB
    for (std::size_t n = 0; n < x.size(); ++n) x[n] += hiss[n];
    Host<Tuner> host;
    EXPECT_LT(worstCents(host, x, hzOf(key), kRateHz), 1.0) << key;
  }
}

TEST(Tuner, TheFirstReadingComesWithin80MillisecondsAndIsRight) {
  double latest = 0.0;
  for (const double key : {28.0, 40.0, 45.0, 52.0, 64.0, 76.0, 88.0}) {
    for (const std::size_t onset : {5000U, 5111U, 5500U, 5903U}) {
      Host<Tuner> host;
      const auto x = tone(hzOf(key), Shape::kSaw, 0.12, kRateHz, onset);
      std::size_t n = 0;
      for (; n + 32 <= x.size() && host.readings()[Tuner::kFrequency] == 0.0F; n += 32) {
        host.run(std::vector<float>(x.begin() + static_cast<std::ptrdiff_t>(n),
                                    x.begin() + static_cast<std::ptrdiff_t>(n + 32)));
      }
      const double seconds = (static_cast<double>(n) - static_cast<double>(onset)) / kRateHz;
      latest = std::max(latest, seconds);
      EXPECT_LT(seconds, 0.08) << key;
      EXPECT_GT(seconds, 0.0);
      EXPECT_NEAR(centsBetween(static_cast<double>(host.readings()[Tuner::kFrequency]), hzOf(key)),
                  0.0, 3.0)
          << key << " " << onset;
    }
  }
  RecordProperty("latestMicroseconds", static_cast<int>(1e6 * latest));
}

TEST(Tuner, NamesNotesAndFollowsTheReference) {
  Host<Tuner> host;
  host.run(tone(hzOf(45.0) * std::exp2(12.0 / 1200.0), Shape::kSaw, 0.2));
  EXPECT_EQ(host.readings()[Tuner::kNote], 45.0F);
  EXPECT_NEAR(host.readings()[Tuner::kCents], 12.0, 0.1);
  EXPECT_GT(host.readings()[Tuner::kClarity], 0.99F);
  Host<Tuner> low({0.0F, 432.0F});
  low.run(tone(432.0, Shape::kSaw, 0.2));
  EXPECT_EQ(low.readings()[Tuner::kNote], 69.0F);
  EXPECT_NEAR(low.readings()[Tuner::kCents], 0.0, 0.1);
}

TEST(Tuner, SaysNothingWhenNothingSounds) {
  Host<Tuner> host;
  const auto expectNothing = [&](const char* what) {
    EXPECT_EQ(host.readings()[Tuner::kFrequency], 0.0F) << what;
    EXPECT_EQ(host.readings()[Tuner::kNote], -1.0F) << what;
    EXPECT_EQ(host.readings()[Tuner::kCents], 0.0F) << what;
  };
  host.run(silence(32));
  expectNothing("at first");
  host.run(noise(1, 0.3, 9600));
  expectNothing("noise");
  host.run(tone(110.0, Shape::kSaw, 0.2));
  EXPECT_GT(host.readings()[Tuner::kFrequency], 0.0F);
  host.run(silence(static_cast<std::size_t>(host.quietFrames())));
  expectNothing("after a note");
  auto hum = tone(50.0, Shape::kSine, 0.2);
  for (float& x : hum) x *= 0.002F;  // -74 dBFS
  host.run(hum);
  expectNothing("faint hum");
}

TEST(Tuner, PassesTheSoundBitByBitAndMutesWithoutAClick) {
  const Signal2 in{noise(1, 0.9, 3000), noise(2, 0.9, 3000)};
  Host<Tuner> host({}, {.width = 2});
  host.setInPlace(true);
  EXPECT_EQ(host.run({in}, 3000, 7)[0], in);
  const auto x = sine(100, 0.5, 4800);
  Host<Tuner> muting;
  muting.run(x);
  muting.set(Tuner::kMute, 1.0F);
  const auto out = muting.run(x);
  for (std::size_t n = 1; n < out.size(); ++n) ASSERT_LT(std::abs(out[n] - out[n - 1]), 0.01F);
  EXPECT_EQ(peak(out, 480), 0.0);
  EXPECT_NEAR(muting.readings()[Tuner::kFrequency], 100.0, 0.1);
}

TEST(Tuner, GivesTheSameReadingsForEveryCallLength) {
  auto x = tone(97.3, Shape::kSaw, 0.3);
  x[4000] = std::numeric_limits<float>::quiet_NaN();
  const auto read = [&](std::size_t callFrames) {
    Host<Tuner> host;
    std::vector<float> all;
    for (std::size_t n = 0; n + 480 <= x.size(); n += 480) {
      host.run({Signal2{{x.begin() + static_cast<std::ptrdiff_t>(n),
                         x.begin() + static_cast<std::ptrdiff_t>(n + 480)}}},
               480, callFrames);
      all.insert(all.end(), host.readings().begin(), host.readings().end());
    }
    EXPECT_EQ(host.allocations(), 0U);
    return bits(all);
  };
  const auto whole = read(32);
  EXPECT_EQ(read(1), whole);
  EXPECT_EQ(read(7), whole);
}

}  // namespace
}  // namespace sonic::test
