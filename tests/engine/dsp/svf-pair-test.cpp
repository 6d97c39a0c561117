// SPDX-License-Identifier: MIT
#include "engine/dsp/svf-pair.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/cell.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr float kRate = 48000.0F;
const auto kHigh = SvfCoefficients::lowPass(3000.0F, 0.7F, kRate);
const auto kLow = SvfCoefficients::highPass(200.0F, 2.0F, kRate);

Signal2 filtered(Signal2 x, std::size_t callFrames, bool isStereo = true) {
  SvfPair pair;
  pair.set(kHigh, kLow);
  const std::size_t length = x[0].size();
  for (std::size_t n = 0; n < length;) {
    const std::size_t frames = std::min({callFrames, length - n, kCellFrames - n % kCellFrames});
    pair.process(frames, x[0].data() + n, isStereo ? x[1].data() + n : nullptr);
    n += frames;
    if (n % kCellFrames == 0) pair.flush();
  }
  return x;
}

TEST(SvfPair, IsTwoFiltersInSeriesOnEachChannel) {
  const Signal2 x{noise(1, 0.5, 4001), noise(2, 0.5, 4001)};
  const auto y = filtered(x, kCellFrames);
  for (std::size_t c = 0; c < 2; ++c) {
    Svf high, low;
    for (std::size_t i = 0; i < x[c].size(); ++i) {
      ASSERT_NEAR(y[c][i], low.process(kLow, high.process(kHigh, x[c][i])), 2e-6) << c << ' ' << i;
    }
  }
}

TEST(SvfPair, GivesTheSameBitsForEveryCallLength) {
  const Signal2 x{noise(3, 0.5, 1000), noise(4, 0.5, 1000)};
  const auto whole = filtered(x, kCellFrames);
  for (const std::size_t frames : {1U, 2U, 7U, 13U}) {
    const auto parts = filtered(x, frames);
    for (std::size_t c = 0; c < 2; ++c) EXPECT_EQ(bits(parts[c]), bits(whole[c])) << frames;
  }
}

TEST(SvfPair, OneChannelIsAsGoodAsTwo) {
  const Signal2 x{noise(5, 0.5, 320), noise(6, 0.5, 320)};
  const auto one = filtered(x, kCellFrames, false);
  EXPECT_EQ(bits(one[0]), bits(filtered(x, kCellFrames)[0]));
  EXPECT_EQ(bits(one[1]), bits(x[1]));
}

TEST(SvfPair, EndsInExactSilence) {
  Signal2 x{noise(7, 0.5, 64), noise(8, 0.5, 64)};
  for (auto& channel : x) channel.resize(48000);
  for (const auto& channel : filtered(x, kCellFrames)) EXPECT_EQ(channel.back(), 0.0F);
}

}  // namespace
}  // namespace sonic::test
