// SPDX-License-Identifier: MIT
#include "engine/dsp/resampler.h"

#include <gtest/gtest.h>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr double kAmplitude = 0.9;

/// Gain of a sine at `frequencyHz` and the ratio of signal to everything else, both in dB, away
/// from the ends, by comparison with the sine sampled at the new rate.
struct Quality {
  double gainDb = 0.0;
  double snrDb = 0.0;
};
Quality quality(double frequencyHz, double fromHz, double toHz) {
  const auto in = sine(frequencyHz, kAmplitude, static_cast<std::size_t>(fromHz * 0.25), fromHz);
  const auto out = resample(in, fromHz, toHz);
  const std::size_t edge = out.size() / 8;
  double cross = 0.0, power = 0.0;
  const auto ideal = [&](std::size_t n) {
    return kAmplitude *
           std::sin(2.0 * std::numbers::pi * frequencyHz * static_cast<double>(n) / toHz);
  };
  for (std::size_t n = edge; n < out.size() - edge; ++n) {
    cross += static_cast<double>(out[n]) * ideal(n);
    power += ideal(n) * ideal(n);
  }
  const double gain = cross / power;
  double error = 0.0;
  for (std::size_t n = edge; n < out.size() - edge; ++n) {
    const double d = static_cast<double>(out[n]) - gain * ideal(n);
    error += d * d;
  }
  return {toDb(gain), 10.0 * std::log10(power / error)};
}

TEST(Resampler, KeepsSinesTo20kHzWithin140DecibelsAndAHundredthOfADecibel) {
  const double rates[][2] = {{44100, 48000}, {48000, 44100},  {44100, 96000},
                             {96000, 48000}, {192000, 44100}, {47999.5, 48000}};
  for (const auto& [fromHz, toHz] : rates) {
    for (const double frequencyHz : {100.0, 1000.0, 9973.0, 17999.0, 19999.0}) {
      const Quality q = quality(frequencyHz, fromHz, toHz);
      EXPECT_NEAR(q.gainDb, 0.0, 0.01) << fromHz << " " << toHz << " " << frequencyHz;
      EXPECT_GE(q.snrDb, 140.0) << fromHz << " " << toHz << " " << frequencyHz;
    }
  }
}

TEST(Resampler, NothingAboveTheNewHalfRateAliases) {
  for (const double frequencyHz : {22051.0, 23000.0, 24500.0, 40000.0, 47000.0}) {
    const auto out = resample(sine(frequencyHz, 1.0, 24000, 96000.0), 96000.0, 44100.0);
    const std::vector<float> inner(out.begin() + 1000, out.end() - 1000);
    EXPECT_LE(toDb(rms(inner) + 1e-12), -140.0) << frequencyHz;
  }
}

TEST(Resampler, LengthIsRounded) {
  EXPECT_EQ(resample(silence(44100), 44100, 48000).size(), 48000U);
  EXPECT_EQ(resample(silence(1000), 44100, 48000).size(), 1088U);  // 1088.4
  EXPECT_EQ(resample(silence(1001), 44100, 48000).size(), 1090U);  // 1089.5
  EXPECT_EQ(resample(silence(1000), 48000, 44100).size(), 919U);   // 918.75
  EXPECT_EQ(resample(silence(1), 192000, 44100).size(), 1U);
  EXPECT_EQ(resample(silence(0), 44100, 48000).size(), 0U);
  EXPECT_EQ(resample(silence(999), 44100.5, 48000).size(), 1087U);  // 1087.33
}

TEST(Resampler, AnOnsetStaysAtItsTime) {
  const auto out = resample(impulse(4410, 441), 44100, 48000);
  std::size_t highest = 0;
  for (std::size_t n = 0; n < out.size(); ++n) {
    if (out[n] > out[highest]) highest = n;
  }
  EXPECT_EQ(highest, 480U);
  double sum = 0.0;
  for (const float x : out) sum += static_cast<double>(x);
  EXPECT_NEAR(sum, 48000.0 / 44100.0, 1e-5);  // the same area in more frames
}

TEST(Resampler, EqualRatesCopyAndConstantsStay) {
  const auto x = noise(3, 1.0, 500);
  EXPECT_EQ(bits(resample(x, 48000, 48000)), bits(x));
  const auto out = resample(std::vector<float>(5000, 0.5F), 48000, 44100);
  for (std::size_t n = 500; n < out.size() - 500; ++n) ASSERT_NEAR(out[n], 0.5, 1e-7);
}

TEST(Resampler, EveryChannelIsConverted) {
  const AudioData audio{.sampleRateHz = 44100, .channels = {noise(1, 1, 441), noise(2, 1, 441)}};
  const AudioData out = resample(audio, 48000);
  EXPECT_EQ(out.sampleRateHz, 48000.0);
  ASSERT_EQ(out.channels.size(), 2U);
  EXPECT_EQ(out.channels[1], resample(audio.channels[1], 44100, 48000));
}

}  // namespace
}  // namespace sonic::test
