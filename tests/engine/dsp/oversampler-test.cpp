// SPDX-License-Identifier: MIT
#include "engine/dsp/oversampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "engine/core/cell.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

/// An oversampler with its memory.
class Rig {
 public:
  explicit Rig(std::size_t factorLog2) : log2_(factorLog2), memory_(4096) {
    Arena arena{memory_};
    oversampler_.prepare(arena, factorLog2);
    EXPECT_FALSE(arena.overflowed());
  }
  Oversampler& operator*() { return oversampler_; }

  std::vector<float> up(const std::vector<float>& x, std::size_t callFrames = kCellFrames) {
    std::vector<float> high(x.size() << log2_);
    inCells(x.size(), callFrames, [&](std::size_t n, std::size_t frames) {
      oversampler_.up(x.data() + n, frames, high.data() + (n << log2_));
    });
    return high;
  }
  std::vector<float> down(const std::vector<float>& high, std::size_t callFrames = kCellFrames) {
    std::vector<float> y(high.size() >> log2_);
    inCells(y.size(), callFrames, [&](std::size_t n, std::size_t frames) {
      oversampler_.down(high.data() + (n << log2_), frames, y.data() + n);
    });
    return y;
  }

 private:
  template <class Call>
  void inCells(std::size_t length, std::size_t callFrames, Call call) {
    for (std::size_t n = 0; n < length;) {
      const std::size_t toEdge = kCellFrames - n % kCellFrames;
      const std::size_t frames = std::min({callFrames, toEdge, length - n});
      call(n, frames);
      n += frames;
      if (n % kCellFrames == 0) oversampler_.flush();
    }
  }

  std::size_t log2_;
  std::vector<std::byte> memory_;
  Oversampler oversampler_;
};

class OversamplerAt : public testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] std::size_t factor() const { return std::size_t{1} << GetParam(); }
};
INSTANTIATE_TEST_SUITE_P(Factors, OversamplerAt, testing::Values(0, 1, 2, 3, 4));

TEST_P(OversamplerAt, IsFlatTo20kHzThereAndBack) {
  for (const double rateHz : {44100.0, 48000.0, 96000.0}) {
    Rig rig(GetParam());
    const std::vector<float> answer = rig.down(rig.up(impulse(4096)));
    for (double f = 20; f <= 20000; f *= 1.02)
      ASSERT_NEAR(responseDb(answer, f, rateHz), 0.0, 0.01) << f << " Hz at " << rateHz;
  }
}

TEST_P(OversamplerAt, EachWayIsFlatTo20kHz) {
  Rig rig(GetParam());
  const std::vector<float> up = rig.up(impulse(2048));
  const double highHz = 44100.0 * static_cast<double>(factor());
  // An impulse has 1/factor of the energy density at the high rate, and the filter makes up for it.
  for (double f = 20; f <= 20000; f *= 1.05)
    ASSERT_NEAR(responseDb(up, f, highHz), toDb(static_cast<double>(factor())), 0.005) << f;
}

TEST_P(OversamplerAt, ImagesOfContentTo20kHzAreBelow100Decibels) {
  Rig rig(GetParam());
  const std::vector<float> up = rig.up(impulse(2048));
  const double highHz = 44100.0 * static_cast<double>(factor());
  const double fullDb = toDb(static_cast<double>(factor()));
  for (double f = 20; f <= 20000; f += 190) {
    for (double multiple = 44100; multiple <= highHz / 2; multiple += 44100) {
      ASSERT_LT(responseDb(up, multiple - f, highHz), fullDb - 100) << multiple - f;
      if (multiple + f < highHz / 2) {
        ASSERT_LT(responseDb(up, multiple + f, highHz), fullDb - 100) << multiple + f;
      }
    }
  }
}

TEST_P(OversamplerAt, WhatWouldAliasBelow20kHzIsBelow100Decibels) {
  const double highHz = kRateHz * static_cast<double>(factor());
  constexpr std::size_t kFrames = 2048;
  for (double multiple = kRateHz; multiple <= highHz / 2; multiple += kRateHz) {
    for (double f = multiple - 20000; f <= multiple + 20000 && f < highHz / 2; f += 1777) {
      Rig rig(GetParam());
      const auto y = rig.down(sine(f, 1.0, kFrames << GetParam(), highHz));
      ASSERT_LT(toDb(rms(y, kFrames / 2) * std::sqrt(2.0)), -100) << f;
    }
  }
}

TEST_P(OversamplerAt, TheFirstFrameOutAnswersTheFirstFrameIn) {
  Rig rig(GetParam());
  const std::vector<float> answer = rig.down(rig.up(impulse(256)));
  constexpr std::array<double, 5> kOfPeakDb{-0.1, -70, -112, -136, -144};
  EXPECT_GT(toDb(std::abs(static_cast<double>(answer[0])) / peak(answer)), kOfPeakDb[GetParam()]);
}

TEST_P(OversamplerAt, GivesTheSameBitsForEveryCallLength) {
  auto x = noise(3, 0.7, 500);
  x.resize(3000);  // the decay and its flushing are compared too
  const auto render = [&](std::size_t callFrames) {
    Rig rig(GetParam());
    return bits(rig.down(rig.up(x, callFrames), callFrames));
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
  EXPECT_EQ(wholeCells.back(), 0U);  // the tail has become exact silence
}

TEST_P(OversamplerAt, ThroughIsUpAndDownInOne) {
  const auto x = noise(5, 0.7, 100);
  Rig rig(GetParam());
  std::vector<float> high = rig.up(x);
  for (float& h : high) h *= h;
  const auto expected = rig.down(high);
  Rig other(GetParam());
  std::vector<float> y = x;  // in place
  (*other).through(y.data(), y.size(), y.data(), [](auto frames) {
    for (float& h : frames) h *= h;
  });
  EXPECT_EQ(bits(y), bits(expected));
}

TEST_P(OversamplerAt, HealsAndResets) {
  Rig rig(GetParam());
  std::vector<float> x(64, 0.0F);
  x[5] = std::nanf("");
  x[6] = 3e38F;
  (void)rig.down(rig.up(x));
  const auto clean = noise(4, 0.5, 320);
  const auto healed = rig.down(rig.up(clean));
  for (const float y : healed) ASSERT_TRUE(std::isfinite(y));
  (*rig).reset();
  Rig fresh(GetParam());
  EXPECT_EQ(bits(rig.down(rig.up(clean))), bits(fresh.down(fresh.up(clean))));
}

}  // namespace
}  // namespace sonic::test
