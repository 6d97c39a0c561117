// SPDX-License-Identifier: MIT
#include "engine/modules/delay/delay.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr std::size_t kTime10ms = 480;

/// Only echoes, unfiltered.
Host<Delay> echoes(float timeMs, float repeatsPercent, HostOptions options = {}) {
  Host<Delay> host({}, options);
  host.set(Delay::kTime, timeMs);
  host.set(Delay::kRepeats, repeatsPercent);
  host.set(Delay::kHighCut, 20000.0F);
  host.set(Delay::kLowCut, 20.0F);
  host.set(Delay::kMix, 100.0F);
  return host;
}
/// Frames that are not 0.
std::vector<std::size_t> sounding(const std::vector<float>& x) {
  std::vector<std::size_t> frames;
  for (std::size_t n = 0; n < x.size(); ++n) {
    if (x[n] != 0.0F) frames.push_back(n);
  }
  return frames;
}
Signal2 run(Host<Delay>& host, const Signal2& in, std::size_t callFrames = 32) {
  return host.run({in}, in[0].size(), callFrames)[0];
}

TEST(Delay, EchoesComeAtTheExactFrameAndFallByTheirGain) {
  for (const auto& [timeMs, frames] : {std::pair(1.0F, 48U), {10.0F, 480U}, {123.456F, 5926U}}) {
    auto host = echoes(timeMs, 50.0F);
    const auto out = host.run(impulse(8 * frames + 1), 7);
    std::vector<float> expected(out.size(), 0.0F);
    for (std::size_t k = 1; k <= 8; ++k)
      expected[k * frames] = std::exp2(1.0F - static_cast<float>(k));
    EXPECT_EQ(out, expected) << timeMs;
  }
}

TEST(Delay, EveryRepeatFallsByTheSetGainWithinATenthOfADecibel) {
  for (const float percent : {10.0F, 35.0F, 70.0F, 95.0F, 100.0F}) {
    auto host = echoes(10.0F, percent);
    const auto out = host.run(impulse(12 * kTime10ms));
    for (std::size_t k = 2; k < 8; ++k) {
      const double ratio = static_cast<double>(out[k * kTime10ms] / out[(k - 1) * kTime10ms]);
      EXPECT_NEAR(toDb(ratio), toDb(0.01 * static_cast<double>(percent)), 0.001) << percent;
    }
  }
}

TEST(Delay, NoteValuesFollowTheTempoAndFitTheRange) {
  const double beats[] = {0,   4,   3,       2,    4.0 / 3, 1.5,     1,    2.0 / 3,
                          .75, 0.5, 1.0 / 3, .375, 0.25,    1.0 / 6, 0.125};
  for (const double bpm : {50.0, 117.0, 240.0}) {
    for (std::size_t note = 1; note < Delay::kNotes.size(); ++note) {
      auto host = echoes(10.0F, 0.0F);
      host.set(Delay::kSync, static_cast<float>(note));
      host.setTime({.beatsPerFrame = bpm / 60.0 / kRateHz});
      double seconds = beats[note] * 60.0 / bpm;
      while (seconds > 2.0) seconds /= 2.0;
      const auto out = host.run(impulse(97000));
      const auto frame = static_cast<std::size_t>(std::lround(seconds * kRateHz));
      EXPECT_EQ(sounding(out), (std::vector<std::size_t>{frame})) << bpm << " " << note;
    }
  }
}

TEST(Delay, ALongerRangeHoldsLongerNotes) {
  auto host = echoes(10.0F, 0.0F);
  host.set(Delay::kSync, 1.0F);
  host.set(Delay::kRange, 2.0F);
  host.setTime({.beatsPerFrame = 40.0 / 60.0 / kRateHz});
  EXPECT_EQ(sounding(host.run(impulse(290000))), (std::vector<std::size_t>{288000}));
  EXPECT_GE(host.quietFrames(), 8 * 48000);
}

TEST(Delay, TheDryPartIsBitExactUpToHalfMix) {
  Host<Delay> host({}, {.width = 2});
  host.set(Delay::kMix, 50.0F);
  const Signal2 in{noise(1, 0.5, 19000), noise(2, 0.5, 19000)};  // before the first echo
  EXPECT_EQ(run(host, in), in);
  Host<Delay> wet;
  wet.set(Delay::kMix, 100.0F);
  EXPECT_EQ(peak(wet.run(in[0])), 0.0);
}

TEST(Delay, StereoSidesAreApart) {
  auto host = echoes(10.0F, 50.0F, {.width = 2});
  const auto out = run(host, {impulse(2000), silence(2000)});
  EXPECT_EQ(sounding(out[0]).size(), 4U);
  EXPECT_EQ(peak(out[1]), 0.0);
}

TEST(Delay, AMonoSignalIsHeardOnBothSides) {
  auto host = echoes(10.0F, 50.0F);
  const auto out = run(host, {noise(1, 0.5, 2000)});
  EXPECT_EQ(out[0], out[1]);
}

TEST(Delay, PingPongChangesSidesWithEveryRepeat) {
  for (const std::size_t width : {1U, 2U}) {
    auto host = echoes(10.0F, 50.0F, {.width = width});
    host.set(Delay::kPingPong, 1.0F);
    const Signal2 in(width, impulse(5 * kTime10ms));
    const auto out = run(host, in);
    EXPECT_EQ(sounding(out[0]), (std::vector<std::size_t>{kTime10ms, 3 * kTime10ms}));
    EXPECT_EQ(sounding(out[1]), (std::vector<std::size_t>{2 * kTime10ms, 4 * kTime10ms}));
    EXPECT_EQ(out[0][kTime10ms], 1.0F);
    EXPECT_EQ(out[1][2 * kTime10ms], 0.5F);
  }
}

TEST(Delay, TheCutsLieAtTheirCornersAndActOnEveryRepeat) {
  auto host = echoes(100.0F, 100.0F);
  host.set(Delay::kHighCut, 2000.0F);
  host.set(Delay::kLowCut, 200.0F);
  const auto out = host.run(impulse(15000));
  const std::vector<float> first(out.begin() + 4800, out.begin() + 9600);
  const std::vector<float> second(out.begin() + 9600, out.begin() + 14400);
  for (const double hz : {200.0, 2000.0}) {
    EXPECT_NEAR(responseDb(first, hz), -3.05, 0.1) << hz;  // the other cut takes 0.04 dB
    EXPECT_NEAR(responseDb(second, hz), 2.0 * responseDb(first, hz), 0.1) << hz;
  }
  EXPECT_LT(responseDb(first, 8000.0), -24.0);
  EXPECT_LT(responseDb(first, 50.0), -23.0);
}

TEST(Delay, AChangeOfTimeCrossfadesWithoutAClickOrABend) {
  auto host = echoes(300.0F, 0.0F);
  const auto x = sine(200, 0.5, 48000);
  host.run(x);
  host.set(Delay::kTime, 111.0F);
  auto next = sine(200, 0.5, 96000);
  next.erase(next.begin(), next.begin() + 48000);
  const auto out = host.run(next);
  const double bend = 0.5 * std::pow(2.0 * std::numbers::pi * 200.0 / kRateHz, 2.0);
  for (std::size_t n = 1; n + 1 < out.size(); ++n) {
    const double second = static_cast<double>(out[n + 1] - 2.0F * out[n] + out[n - 1]);
    ASSERT_LT(std::abs(second), 1.5 * bend + 1e-5) << n;
  }
  for (std::size_t n = 960; n < 4800; ++n) {  // at once the tone of the new time
    ASSERT_NEAR(out[n],
                0.5 * std::sin(2.0 * std::numbers::pi * 200.0 *
                               (1.0 - 0.111 + static_cast<double>(n) / kRateHz)),
                1e-4);
  }
}

TEST(Delay, WowBendsThePitchByUpTo15Cents) {
  auto host = echoes(200.0F, 0.0F);
  host.set(Delay::kWow, 100.0F);
  const auto out = host.run(sine(1000, 0.5, 120000));
  double lowest = 1e9, highest = 0.0, last = 0.0;
  for (std::size_t n = 20000; n < out.size(); ++n) {  // ten cycles between upward crossings
    if (out[n - 1] > 0.0F || out[n] <= 0.0F) continue;
    const double at = static_cast<double>(n) - static_cast<double>(out[n] / (out[n] - out[n - 1]));
    if (last > 0.0 && at - last < 460.0) continue;
    if (last > 0.0) {
      const double cents = 1200.0 * std::log2(480.0 / (at - last));
      lowest = std::min(lowest, cents);
      highest = std::max(highest, cents);
    }
    last = at;
  }
  EXPECT_NEAR(highest, 15.0, 0.5);
  EXPECT_NEAR(lowest, -15.0, 0.5);
}

TEST(Delay, DuckingTurnsTheEchoesDownWhileThereIsInput) {
  const auto x = sine(500, std::pow(10.0, -12.0 / 20.0), 48000);
  auto free = echoes(10.0F, 0.0F), ducked = echoes(10.0F, 0.0F);
  ducked.set(Delay::kDuck, 100.0F);
  EXPECT_NEAR(toDb(rms(ducked.run(x), 24000) / rms(free.run(x), 24000)), -24.0, 0.5);
  auto burst = echoes(2000.0F, 0.0F);
  burst.set(Delay::kDuck, 100.0F);
  auto once = sine(500, 0.25, 4800);
  once.resize(110000);
  const auto out = burst.run(once);
  EXPECT_NEAR(peak(out, 96000), 0.25, 0.001);  // the input is long over: back to full level
}

TEST(Delay, AtFullRepeatsItStaysBelow12DecibelsForLong) {
  Host<Delay> host({}, {.width = 2});
  host.set(Delay::kTime, 20.0F);
  host.set(Delay::kRepeats, 110.0F);
  host.set(Delay::kHighCut, 20000.0F);
  host.set(Delay::kLowCut, 20.0F);
  host.set(Delay::kMix, 100.0F);
  run(host, {noise(1, 1.0, 48000), noise(2, 1.0, 48000)});
  const Signal2 quiet(2, silence(96000));
  for (int seconds = 0; seconds < 20; seconds += 2) {
    const auto out = run(host, quiet);
    ASSERT_LE(peak(out[0]), 4.0) << seconds;
    ASSERT_GT(peak(out[0]), 0.1) << seconds;
  }
}

TEST(Delay, GivesTheSameBitsForEveryCallLength) {
  const auto render = [](std::size_t callFrames) {
    Host<Delay> host({}, {.width = 1});
    host.set(Delay::kTime, 15.0F);
    host.set(Delay::kMix, 50.0F);
    std::vector<std::uint32_t> all;
    const auto add = [&](std::vector<float> x) {
      const Signal2 out = run(host, {std::move(x)}, callFrames);
      for (const auto& channel : out) {
        const auto b = bits(channel);
        all.insert(all.end(), b.begin(), b.end());
      }
    };
    add(noise(1, 0.5, 3001));
    host.set(Delay::kTime, 40.0F);
    host.set(Delay::kWow, 70.0F);
    host.set(Delay::kDuck, 80.0F);
    add(noise(2, 0.5, 3001));
    host.set(Delay::kPingPong, 1.0F);
    host.set(Delay::kRepeats, 90.0F);
    host.set(Delay::kHighCut, 900.0F);
    add(noise(3, 0.5, 3001));
    host.set(Delay::kPingPong, 0.0F);
    host.set(Delay::kMix, 100.0F);
    host.set(Delay::kTime, 5.0F);
    add(silence(3001));
    EXPECT_EQ(host.allocations(), 0U);
    return all;
  };
  const auto whole = render(32);
  EXPECT_EQ(render(1), whole);
  EXPECT_EQ(render(7), whole);
}

TEST(Delay, PingPongMayBeSwitchedWhileItSounds) {
  Host<Delay> host;
  host.set(Delay::kTime, 50.0F);
  host.set(Delay::kMix, 100.0F);
  std::vector<float> left, right;
  auto x = sine(200, 0.3, 96000);
  for (int part = 0; part < 10; ++part) {
    host.set(Delay::kPingPong, static_cast<float>(part % 2));
    const std::vector<float> piece(x.begin() + 9600 * part, x.begin() + 9600 * (part + 1));
    const auto out = run(host, {piece});
    left.insert(left.end(), out[0].begin(), out[0].end());
    right.insert(right.end(), out[1].begin(), out[1].end());
  }
  for (std::size_t n = 3000; n < left.size(); ++n) {
    ASSERT_LT(std::abs(left[n] - left[n - 1]), 0.02F) << n;  // the tone's own: 0.013
    ASSERT_LT(std::abs(right[n] - right[n - 1]), 0.02F) << n;
  }
}

TEST(Delay, EndsInExactSilenceAndHealsFromWhatIsNoNumber) {
  auto host = echoes(10.0F, 50.0F, {.width = 2});
  auto bad = noise(1, 0.5, 2000);
  bad[500] = std::numeric_limits<float>::quiet_NaN();
  bad[600] = std::numeric_limits<float>::infinity();
  run(host, {bad, bad});
  const auto healed = run(host, {noise(2, 0.5, 4800), noise(3, 0.5, 4800)});
  for (const auto& channel : healed) {
    for (const float y : channel) ASSERT_TRUE(std::isfinite(y));
  }
  const auto tail = run(host, Signal2(2, silence(40 * kTime10ms)));
  EXPECT_GT(peak(tail[0]), 0.01);
  EXPECT_EQ(peak(tail[0], 36 * kTime10ms), 0.0);  // 30 repeats take it below -180 dB
}

TEST(DelaySoak, TenMinutesAt95PercentStayStable) {
  auto host = echoes(37.0F, 95.0F);
  host.set(Delay::kWow, 100.0F);
  for (std::uint32_t second = 0; second < 600; ++second) {
    ASSERT_LE(peak(host.run(noise(second + 1, 0.5, 48000))), 4.0) << second;
  }
}

}  // namespace
}  // namespace sonic::test
