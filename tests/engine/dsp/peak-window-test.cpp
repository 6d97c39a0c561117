// SPDX-License-Identifier: MIT
#include "engine/dsp/peak-window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

TEST(PeakWindow, IsTheMaximumOfTheLastFramesForEveryWindowAndCallLength) {
  for (const std::size_t callFrames : {1U, 5U, 32U}) {
    for (std::size_t stage = 0; stage <= 6; ++stage) {
      alignas(16) std::array<std::byte, 4096> memory{};
      Arena arena{memory};
      PeakWindow window;
      window.prepare(arena, 100);
      ASSERT_EQ(window.stages(), 6U);
      auto x = noise(7, 1.0, 960);
      for (float& v : x) v = std::abs(v);
      auto y = x;
      for (std::size_t n = 0; n + callFrames <= y.size(); n += callFrames) {
        window.process(y.data() + n, callFrames, stage);
      }
      for (std::size_t n = 0; n < y.size(); ++n) {
        const std::size_t reach = std::min(n + 1, std::size_t{1} << stage);
        const auto end = x.begin() + static_cast<std::ptrdiff_t>(n + 1);
        ASSERT_EQ(y[n], *std::max_element(end - static_cast<std::ptrdiff_t>(reach), end));
      }
    }
  }
}

TEST(PeakWindow, TheKeyIsTheLoudestChannelAndNoBadNumber) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinite = std::numeric_limits<float>::infinity();
  const std::array<float, 5> left{0.1F, nan, -0.3F, 2e6F, -infinite};
  const std::array<float, 5> right{-0.2F, 0.5F, 0.0F, 0.0F, nan};
  const std::array<const float*, 2> channels{left.data(), right.data()};
  std::array<float, 5> level{};
  linkedMagnitude(channels, level.size(), level.data());
  EXPECT_EQ(level, (std::array<float, 5>{0.2F, 0.5F, 0.3F, 0.0F, 0.0F}));
}

}  // namespace
}  // namespace sonic::test
