// SPDX-License-Identifier: MIT
#include "engine/dsp/delay-line.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

struct Line {
  alignas(16) std::array<std::byte, 8192> memory{};
  Arena arena{memory};
  DelayLine line;
  explicit Line(std::size_t maxDelayFrames) { line.prepare(arena, maxDelayFrames); }
};

TEST(DelayLine, ReadsEveryDelayUpToTheLongestForEveryBlockLength) {
  Line l(480);
  const auto x = noise(1, 1.0, 3000);
  std::array<float, kCellFrames> out{};
  std::size_t n = 0;
  for (std::size_t frames = 1; n + frames <= x.size(); n += frames, frames = 1 + frames % 32) {
    l.line.push(x.data() + n, frames);
    for (const std::size_t delay : {0U, 1U, 31U, 32U, 479U, 480U}) {
      if (delay > n) continue;
      l.line.read(delay, frames, out.data());
      for (std::size_t i = 0; i < frames; ++i) ASSERT_EQ(out[i], x[n + i - delay]) << n << delay;
      ASSERT_EQ(l.line.at(delay), x[n + frames - 1 - delay]);
    }
  }
}

TEST(DelayLine, ReadsAheadOfTheNextPush) {
  Line l(100);
  const auto x = noise(2, 1.0, 640);
  std::array<float, kCellFrames> out{};
  for (std::size_t n = 0; n < x.size(); n += kCellFrames) {
    l.line.readAhead(100, kCellFrames, out.data());
    for (std::size_t i = 0; i < kCellFrames; ++i) {
      ASSERT_EQ(out[i], n + i < 100 ? 0.0F : x[n + i - 100]);
    }
    l.line.push(x.data() + n, kCellFrames);
  }
}

TEST(DelayLine, InterpolatesBetweenFrames) {
  Line l(64);
  const auto course = [](double t) { return 0.3 + 0.02 * t + 0.001 * t * t; };
  for (int n = 0; n < 64; ++n) l.line.push(static_cast<float>(course(n)));
  for (const float fraction : {0.0F, 0.25F, 0.5F, 0.875F, 1.0F}) {
    const double t = 63.0 - 10.0 - static_cast<double>(fraction);
    EXPECT_NEAR(l.line.hermite(10, fraction), course(t), 2e-6) << fraction;  // exact for parabolas
    const double f = static_cast<double>(fraction);
    EXPECT_NEAR(l.line.linear(10, fraction), (1 - f) * course(53) + f * course(52), 1e-6);
  }
}

TEST(DelayLine, HermiteErrorOnASineIsThatOfACubic) {
  Line l(64);
  const double w = 2.0 * std::numbers::pi * 5000.0 / kRateHz;
  double worst = 0.0;
  for (int n = 0; n < 4000; ++n) {
    l.line.push(static_cast<float>(std::sin(w * n)));
    if (n > 20) {
      worst = std::max(
          worst, std::abs(static_cast<double>(l.line.hermite(7, 0.5F)) - std::sin(w * (n - 7.5))));
    }
  }
  const double expected = 1.0 - (9.0 * std::cos(w / 2) - std::cos(3.0 * w / 2)) / 8;
  EXPECT_NEAR(toDb(worst), toDb(expected), 0.1);
}

TEST(DelayLine, ResetForgetsAndFlushingZeroesTheLastCell) {
  Line l(40);
  for (int n = 0; n < 50; ++n) l.line.push(1.0F);
  l.line.reset();
  for (std::size_t d = 0; d <= 40; ++d) ASSERT_EQ(l.line.at(d), 0.0F);
  for (int n = 0; n < 32; ++n) l.line.push(1e-20F);
  l.line.push(0.5F);
  l.line.flushCell();
  EXPECT_EQ(l.line.at(0), 0.5F);
  for (std::size_t d = 1; d < 32; ++d) EXPECT_EQ(l.line.at(d), 0.0F);
  EXPECT_EQ(l.line.at(32), 1e-20F);  // an earlier cell: not touched
}

TEST(DelayLine, ReadsAndWritesInPlaceAsByCopy) {
  Line copied(150), direct(150);
  const auto x = noise(4, 1.0, 4000);
  std::array<float, kCellFrames> scratch{}, out{};
  std::size_t n = 0, inPlace = 0;
  for (std::size_t frames = 1; n + frames + 4 <= x.size(); n += frames, frames = 1 + frames % 32) {
    for (const std::size_t delay : {40U, 150U}) {
      copied.line.readAhead(delay, frames, out.data());
      const float* const ahead = direct.line.ahead(delay, frames, scratch.data());
      for (std::size_t i = 0; i < frames; ++i) ASSERT_EQ(ahead[i], out[i]) << n << ' ' << delay;
    }
    copied.line.push(x.data() + n, frames);
    if (float* const place = direct.line.place(frames)) {
      std::copy_n(x.data() + n, (frames + 3) / 4 * 4, place);  // in whole vectors
      direct.line.pushInPlace(frames);
      ++inPlace;
    } else {
      direct.line.push(x.data() + n, frames);
    }
  }
  EXPECT_GT(inPlace, 100U);
  direct.line.reset();
  for (std::size_t i = 0; i < 128; ++i) direct.line.push(0.0F);
  for (std::size_t delay = 0; delay <= 150; ++delay) EXPECT_EQ(direct.line.at(delay), 0.0F);
}

}  // namespace
}  // namespace sonic::test
