// SPDX-License-Identifier: MIT
#include "engine/dsp/oversampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <variant>

#include "engine/core/cell.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

enum class Set : std::uint8_t { kFine, kFirm, kLight };

/// An oversampler with its memory.
class Rig {
 public:
  Rig(std::size_t factorLog2, Set set, double baseHz = kRateHz) : log2_(factorLog2), memory_(4096) {
    if (set == Set::kLight) oversampler_ = Oversampler<half_band::Light>();
    const Quality quality = set == Set::kFine ? Quality::kHq : Quality::kLive;
    visit([&](auto& o) {
      Arena arena{memory_};
      o.prepare(arena, factorLog2, static_cast<float>(baseHz), quality);
      EXPECT_FALSE(arena.overflowed());
    });
  }
  template <class Call>
  void visit(Call&& call) {
    std::visit(std::forward<Call>(call), oversampler_);
  }

  std::vector<float> up(const std::vector<float>& x, std::size_t callFrames = kCellFrames) {
    std::vector<float> high(x.size() << log2_);
    inCells(x.size(), callFrames, [&](std::size_t n, std::size_t frames) {
      visit([&](auto& o) { o.up(x.data() + n, frames, high.data() + (n << log2_)); });
    });
    return high;
  }
  std::vector<float> down(const std::vector<float>& high, std::size_t callFrames = kCellFrames) {
    std::vector<float> y(high.size() >> log2_);
    inCells(y.size(), callFrames, [&](std::size_t n, std::size_t frames) {
      visit([&](auto& o) { o.down(high.data() + (n << log2_), frames, y.data() + n); });
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
      if (n % kCellFrames == 0) visit([](auto& o) { o.flush(); });
    }
  }

  std::size_t log2_;
  std::vector<std::byte> memory_;
  std::variant<Oversampler<half_band::Firm>, Oversampler<half_band::Light>> oversampler_;
};

struct Case {
  std::size_t factorLog2;
  Set set;
};
class OversamplerAt : public testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] static std::size_t log2() { return GetParam().factorLog2; }
  [[nodiscard]] static std::size_t factor() { return std::size_t{1} << log2(); }
  [[nodiscard]] static std::size_t set() { return static_cast<std::size_t>(GetParam().set); }
  static Rig rig(double baseHz = kRateHz) { return {log2(), GetParam().set, baseHz}; }
};
std::vector<Case> cases() {
  std::vector<Case> all;
  for (std::size_t k = 0; k <= 4; ++k)
    for (const Set set : {Set::kFine, Set::kFirm, Set::kLight}) all.push_back({k, set});
  return all;
}
std::string nameOf(const testing::TestParamInfo<Case>& at) {
  constexpr std::array kNames{"Fine", "Firm", "Light"};
  return kNames[static_cast<std::size_t>(at.param.set)] + std::to_string(1 << at.param.factorLog2);
}
INSTANTIATE_TEST_SUITE_P(Factors, OversamplerAt, testing::ValuesIn(cases()), nameOf);

TEST_P(OversamplerAt, IsFlatTo20kHzThereAndBack) {
  for (const double rateHz : {44100.0, 48000.0, 88200.0, 96000.0, 192000.0}) {
    Rig to = rig(rateHz);
    const std::vector<float> answer = to.down(to.up(impulse(4096)));
    for (double f = 20; f <= 20000; f *= 1.02)
      ASSERT_NEAR(responseDb(answer, f, rateHz), 0.0, 0.01) << f << " Hz at " << rateHz;
  }
}

TEST_P(OversamplerAt, EachWayIsFlatTo20kHz) {
  for (const double rateHz : {44100.0, 48000.0}) {
    const std::vector<float> up = rig(rateHz).up(impulse(2048));
    const double highHz = rateHz * static_cast<double>(factor());
    // An impulse has 1/factor of the energy density at the high rate, and the filter makes up for
    // it.
    for (double f = 20; f <= 20000; f *= 1.05)
      ASSERT_NEAR(responseDb(up, f, highHz), toDb(static_cast<double>(factor())), 0.005) << f;
  }
}

TEST_P(OversamplerAt, ImagesStayBelowTheBound) {
  const double boundDb = std::array{-100.0, -56.0, -47.0}[set()];
  const double contentHz = std::array{20e3, 20e3, 14e3}[set()];
  for (const double rateHz : {44100.0, 48000.0, 96000.0}) {
    const std::vector<float> up = rig(rateHz).up(impulse(2048));
    const double highHz = rateHz * static_cast<double>(factor());
    const double fullDb = toDb(static_cast<double>(factor()));
    for (double f = 20; f <= contentHz; f += 470) {
      for (double multiple = rateHz; multiple <= highHz / 2; multiple += rateHz) {
        ASSERT_LT(responseDb(up, multiple - f, highHz), fullDb + boundDb) << multiple - f;
        if (multiple + f < highHz / 2) {
          ASSERT_LT(responseDb(up, multiple + f, highHz), fullDb + boundDb) << multiple + f;
        }
      }
    }
  }
}

TEST_P(OversamplerAt, WhatWouldAliasBelow20kHzStaysBelowTheBound) {
  const double boundDb = std::array{-100.0, -33.0, -37.0}[set()];
  const double highHz = kRateHz * static_cast<double>(factor());
  constexpr std::size_t kFrames = 2048;
  for (double multiple = kRateHz; multiple <= highHz / 2; multiple += kRateHz) {
    for (double f = multiple - 20000; f <= multiple + 20000 && f < highHz / 2; f += 1777) {
      const auto y = rig().down(sine(f, 1.0, kFrames << log2(), highHz));
      ASSERT_LT(toDb(rms(y, kFrames / 2) * std::sqrt(2.0)), boundDb) << f;
    }
  }
}

TEST_P(OversamplerAt, TheFirstFrameOutAnswersTheFirstFrameIn) {
  Rig to = rig();
  const std::vector<float> answer = to.down(to.up(impulse(256)));
  constexpr std::array<std::array<double, 5>, 3> kOfPeakDb{
      {{-0.1, -70, -112, -136, -144}, {-0.1, -26, -36, -40, -42}, {-0.1, -26, -36, -40, -42}}};
  EXPECT_GT(toDb(std::abs(static_cast<double>(answer[0])) / peak(answer)),
            kOfPeakDb[set()][log2()]);
}

TEST_P(OversamplerAt, GivesTheSameBitsForEveryCallLength) {
  auto x = noise(3, 0.7, 500);
  x.resize(3000);  // the decay and its flushing are compared too
  const auto render = [&](std::size_t callFrames) {
    Rig to = rig();
    return bits(to.down(to.up(x, callFrames), callFrames));
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
  EXPECT_EQ(wholeCells.back(), 0U);  // the tail has become exact silence
}

TEST_P(OversamplerAt, ThroughIsUpAndDownInOne) {
  const auto x = noise(5, 0.7, 100);
  Rig to = rig();
  std::vector<float> high = to.up(x);
  for (float& h : high) h *= h;
  const auto expected = to.down(high);
  Rig other = rig();
  std::vector<float> y = x;  // in place
  other.visit([&](auto& o) {
    o.through(y.data(), y.size(), y.data(), [](auto frames) {
      for (float& h : frames) h *= h;
    });
  });
  EXPECT_EQ(bits(y), bits(expected));
}

TEST_P(OversamplerAt, HealsAndResets) {
  Rig to = rig();
  std::vector<float> x(64, 0.0F);
  x[5] = std::nanf("");
  x[6] = 3e38F;
  (void)to.down(to.up(x));
  const auto clean = noise(4, 0.5, 320);
  const auto healed = to.down(to.up(clean));
  for (const float y : healed) ASSERT_TRUE(std::isfinite(y));
  to.visit([](auto& o) { o.reset(); });
  Rig fresh = rig();
  EXPECT_EQ(bits(to.down(to.up(clean))), bits(fresh.down(fresh.up(clean))));
}

}  // namespace
}  // namespace sonic::test
