// SPDX-License-Identifier: MIT
#include "engine/modules/dynamics/gate.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

/// The gain frame by frame, from the definition in gate.h, in double precision.
std::vector<double> definition(const std::vector<float>& key, double thresholdDb, double attackMs,
                               double holdMs, double releaseMs, double rangeDb,
                               double hysteresisDb) {
  const auto linear = [](double db) { return std::pow(10.0, db / 20); };
  const double framesPerMs = kRateHz / 1000;
  std::vector<double> gain(key.size());
  double g = 0.0;
  bool open = false;
  std::ptrdiff_t lastLoud = -1000000;
  for (std::size_t n = 0; n < key.size(); ++n) {
    const double level = std::abs(static_cast<double>(key[n]));
    if (level >= linear(thresholdDb - hysteresisDb)) lastLoud = static_cast<std::ptrdiff_t>(n);
    if (level >= linear(thresholdDb)) {
      open = true;
    } else if (static_cast<double>(static_cast<std::ptrdiff_t>(n) - lastLoud) >
               (holdMs + 10) * framesPerMs) {
      open = false;
    }
    if (open) {
      g = std::min(1.0, g + 1 / (attackMs * framesPerMs));
    } else {
      g *= linear(rangeDb / (releaseMs * framesPerMs));
      if (g <= linear(rangeDb) * 1.0001) g = rangeDb <= -80 ? 0.0 : linear(rangeDb);
    }
    gain[n] = g;
  }
  return gain;
}

/// A note that dies away through the threshold, over hum below it, then a second one.
std::vector<float> playing(std::size_t frames) {
  auto x = sine(110, 1.0, frames);
  const auto hum = sine(50, 0.0005, frames);
  for (std::size_t n = 0; n < frames; ++n) {
    const double t = static_cast<double>(n % (frames / 2)) / kRateHz;
    x[n] = static_cast<float>(static_cast<double>(x[n]) * 0.5 * std::exp(-t / 0.03)) + hum[n];
  }
  return x;
}

TEST(Gate, OpensHoldsAndClosesByTheDefinition) {
  Host<Gate> host({-40.0F, 2.0F, 20.0F, 60.0F, -80.0F, 6.0F});
  const auto x = playing(48000);
  const auto y = host.run(x);
  const auto gain = definition(x, -40, 2, 20, 60, -80, 6);
  int moves = 0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double expected = gain[n] * static_cast<double>(x[n]);
    ASSERT_NEAR(y[n], expected, 1e-3 * std::abs(expected) + 1e-7) << n;
    moves += n > 0 && (gain[n] == 1.0) != (gain[n - 1] == 1.0) ? 1 : 0;
  }
  EXPECT_EQ(moves, 4);  // opened and closed twice
  EXPECT_EQ(y[23990], 0.0F);
  EXPECT_EQ(host.readings()[Gate::kReduction], 80.0F);
}

TEST(Gate, IsBitExactWhileOpenAndExactlySilentWhileClosed) {
  Host<Gate> host;
  const auto x = noise(1, 0.5, 4800);
  const auto y = host.run(x);
  for (std::size_t n = 480; n < x.size(); ++n) ASSERT_EQ(y[n], x[n]);
  EXPECT_EQ(host.readings()[Gate::kReduction], 0.0F);
  host.run(silence(48000));
  EXPECT_EQ(peak(host.run(noise(2, 0.001, 4800))), 0.0);
}

TEST(Gate, DoesNotChatterOnLowNotesNorOnANoteThatDiesAway) {
  for (const double hz : {41.2, 55.0, 82.4, 440.0}) {
    Host<Gate> host({-30.0F, 0.05F, 5.0F, 5.0F, -80.0F, 4.0F});
    auto x = sine(hz, 1.0, 48000);
    for (std::size_t n = 0; n < x.size(); ++n) {
      x[n] *= static_cast<float>(0.5 * std::exp(-static_cast<double>(n) / 12000.0));
    }
    int closings = 0;
    bool wasOpen = false;
    for (std::size_t n = 0; n < x.size(); n += kCellFrames) {
      host.run({x.begin() + static_cast<std::ptrdiff_t>(n),
                x.begin() + static_cast<std::ptrdiff_t>(n + kCellFrames)});
      const bool isOpen = host.readings()[Gate::kReduction] < 1.0F;
      closings += wasOpen && !isOpen ? 1 : 0;
      wasOpen = isOpen;
    }
    EXPECT_EQ(closings, 1) << hz;
  }
}

TEST(Gate, RangeLeavesAFloor) {
  Host<Gate> host({-40.0F, 1.0F, 1.0F, 20.0F, -20.0F});
  const auto x = sine(1000, 0.001, 9600);
  EXPECT_NEAR(toDb(rms(host.run(x), 4800) / rms(x, 4800)), -20.0, 1e-3);
  EXPECT_NEAR(host.readings()[Gate::kReduction], 20.0F, 1e-3F);
  host.set(Gate::kRange, 0.0F);
  EXPECT_NEAR(rms(host.run(x), 4800) / rms(x, 4800), 1.0, 1e-6);
}

TEST(Gate, TheSidechainOpensIt) {
  Host<Gate> host({}, {.width = 2});
  const auto x = noise(3, 1.0, 9600);
  auto key = sine(1000, 0.5, 9600);
  std::fill(key.begin(), key.begin() + 4800, 0.0F);
  const auto y = host.run({{x, x}, {key, key}}, 9600)[0][1];
  EXPECT_EQ(peak({y.begin(), y.begin() + 4800}), 0.0);
  EXPECT_EQ(y[9000], x[9000]);
}

TEST(Gate, LookaheadOpensBeforeTheNote) {
  Host<Gate> host;
  host.set(Gate::kLookahead, 2.0F);
  ASSERT_EQ(host.latencyFrames(), 96U);
  std::vector<float> x(960, 0.0F);
  std::fill(x.begin() + 320, x.end(), 0.25F);
  const auto y = host.run(x);
  EXPECT_EQ(y[415], 0.0F);
  EXPECT_EQ(y[416], 0.25F);  // the default attack of 1 ms is over by then
}

TEST(Gate, ClosesWhileAsleep) {
  Host<Gate> host;
  host.run(noise(1, 0.5, 3200));
  host.run(silence(3200));
  EXPECT_LT(host.readings()[Gate::kReduction], 30.0F);
  host.sleep(300);
  EXPECT_EQ(peak(host.run(noise(2, 0.001, 320))), 0.0);
}

TEST(Gate, GivesTheSameBitsForEveryCallLength) {
  const auto x = playing(24000);
  const auto render = [&](std::size_t callFrames) {
    Host<Gate> host({-40.0F, 2.0F, 5.0F, 20.0F, -60.0F, 6.0F, 1.0F});
    host.run(silence(64), callFrames);
    host.set(Gate::kThreshold, -30.0F);
    return bits(host.run(x, callFrames));
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
}

}  // namespace
}  // namespace sonic::test
