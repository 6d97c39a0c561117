// SPDX-License-Identifier: MIT
#include "engine/dsp/plucked-string.h"

#include <gtest/gtest.h>

#include <chrono>

#include "engine/dsp/demo-riff.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

std::vector<float> sound(const Pluck& pluck, double seconds, double sampleRateHz = kRateHz) {
  PluckedString string(sampleRateHz);
  string.pluck(pluck);
  std::vector<float> x(static_cast<std::size_t>(seconds * sampleRateHz));
  for (float& y : x) y = static_cast<float>(string.next());
  return x;
}

/// Amplitude and phase near `frequencyHz` of a Hann-windowed piece.
std::complex<double> bin(const std::vector<float>& x, std::size_t begin, std::size_t frames,
                         double frequencyHz, double sampleRateHz) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(begin + i) / sampleRateHz;
    const double w = 1.0 - std::cos(2.0 * std::numbers::pi * static_cast<double>(i) /
                                    static_cast<double>(frames));
    sum += w * static_cast<double>(x[begin + i]) *
           std::polar(1.0, -2.0 * std::numbers::pi * frequencyHz * t);
  }
  return sum / static_cast<double>(frames);
}

/// How far the fundamental is off, by its phase's advance between two pieces.
double offCents(const std::vector<float>& x, double frequencyHz, double sampleRateHz) {
  const auto frames = static_cast<std::size_t>(8.0 * sampleRateHz / frequencyHz);
  const std::size_t hop = frames / 2;
  const std::size_t begin = frames;
  const auto a = bin(x, begin, frames, frequencyHz, sampleRateHz);
  const auto b = bin(x, begin + hop, frames, frequencyHz, sampleRateHz);
  const double offHz =
      std::arg(b / a) / (2.0 * std::numbers::pi) * sampleRateHz / static_cast<double>(hop);
  return 1200.0 * std::log2((frequencyHz + offHz) / frequencyHz);
}

TEST(PluckedString, EveryFretIsInTuneWithinOneCent) {
  for (const double rateHz : {44100.0, 48000.0, 96000.0}) {
    for (int key = 28; key <= 88; key += rateHz == kRateHz ? 1 : 7) {
      const double hz = 440.0 * std::exp2((key - 69) / 12.0);
      const auto x = sound({.frequencyHz = hz}, 20.5 / hz, rateHz);
      EXPECT_NEAR(offCents(x, hz, rateHz), 0.0, 1.0) << key << " at " << rateHz;
    }
  }
}

TEST(PluckedString, MutedNotesAreInTuneToo) {
  for (int key = 40; key <= 64; ++key) {
    const double hz = 440.0 * std::exp2((key - 69) / 12.0);
    const auto x = sound({.frequencyHz = hz, .decaySeconds = 0.5, .dampingHz = 1500}, 20.5 / hz);
    EXPECT_NEAR(offCents(x, hz, kRateHz), 0.0, 1.0) << key;
  }
}

TEST(PluckedString, TheFundamentalFallsBy60DecibelsInItsTime) {
  const double hz = 110.0;
  const auto x = sound({.frequencyHz = hz, .decaySeconds = 2.0}, 2.4);
  const auto a = std::abs(bin(x, 9600, 4800, hz, kRateHz));
  const auto b = std::abs(bin(x, 9600 + 48000, 4800, hz, kRateHz));
  EXPECT_NEAR(toDb(b / a), -30.0, 0.3);
}

TEST(PluckedString, HarderIsLouderAndBrighter) {
  const auto brightness = [](double velocity) {
    const auto x = sound({.frequencyHz = 110, .velocity = velocity}, 0.25);
    double high = 0.0;
    for (int h = 12; h <= 20; ++h) high += std::abs(bin(x, 2400, 4800, 110.0 * h, kRateHz));
    return std::pair(std::abs(bin(x, 2400, 4800, 110, kRateHz)), high);
  };
  const auto soft = brightness(0.3), hard = brightness(1.0);
  EXPECT_GT(hard.first, 1.3 * soft.first);
  EXPECT_GT(hard.second / hard.first, 1.3 * soft.second / soft.first);
}

TEST(DemoRiff, LastsFourBarsAtItsTempoAndPeaksAtMinus9) {
  for (const double rateHz : {44100.0, 48000.0}) {
    const AudioData riff = demoRiff(rateHz);
    ASSERT_EQ(riff.channels.size(), 1U);
    EXPECT_NEAR(static_cast<double>(riff.frames()), 16.0 * 60.0 / 112.0 * rateHz, 0.5);
    EXPECT_NEAR(toDb(peak(riff.channels[0])), -9.0, 0.01);
    double sum = 0.0;
    for (const float x : riff.channels[0]) sum += static_cast<double>(x);
    EXPECT_LT(std::abs(sum / static_cast<double>(riff.frames())), 1e-4);  // no offset
  }
}

TEST(DemoRiff, LoopsWithoutAClick) {
  const auto x = demoRiff(kRateHz).channels[0];
  const std::size_t n = x.size();
  const auto bend = [&](std::size_t i) {
    return std::abs(x[(i + 1) % n] - 2.0F * x[i % n] + x[(i + n - 1) % n]);
  };
  // The first stroke's attack begins at frame 0, as those of other bars do at theirs.
  float steepest = 0.0F;
  for (std::size_t i = 0; i < 4800; ++i) steepest = std::max(steepest, bend(n / 2 - 2400 + i));
  for (std::size_t i = n - 200; i < n + 3; ++i) EXPECT_LT(bend(i), steepest) << i;
  EXPECT_GT(std::abs(x[n - 1]) + std::abs(x[n - 50]), 1e-4);  // the last chord rings over the end
}

TEST(DemoRiff, IsTheSameEachTimeAndQuick) {
  const auto begin = std::chrono::steady_clock::now();
  const AudioData first = demoRiff(kRateHz);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(bits(demoRiff(kRateHz).channels[0]), bits(first.channels[0]));
  EXPECT_LT(spent.count(), 1.5);  // 0.3 s without sanitizers on an idle core
  RecordProperty("milliseconds", static_cast<int>(spent.count() * 1000));
}

TEST(DemoRiff, HasTheNotesOfItsKeyAndStaysWithinAGuitarsLevels) {
  const auto x = demoRiff(kRateHz).channels[0];
  // The first chord is E: its root and fifth are stronger than what lies between.
  const auto level = [&](int key) {
    return std::abs(bin(x, 2400, 12000, 440.0 * std::exp2((key - 69) / 12.0), kRateHz));
  };
  EXPECT_GT(level(40), 5.0 * level(44));
  EXPECT_GT(level(47), 5.0 * level(50));
  const double levelDb = toDb(rms(x));
  EXPECT_GT(levelDb, -30.0);
  EXPECT_LT(levelDb, -14.0);
}

}  // namespace
}  // namespace sonic::test
