// SPDX-License-Identifier: MIT
#include "engine/dsp/math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace sonic::test {
namespace {

constexpr double kBound = 2e-7;

std::uint32_t bitsOf(float x) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
float floatOf(std::uint32_t bits) {
  float x = 0.0F;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

/// A function of ours, in four lanes and one, and the same in double precision.
struct Function {
  const char* name;
  float (*scalar)(float);
  simd::V4 (*vector)(simd::V4);
  double (*exact)(double);
  float min, max;  // the stated range
};
#define SONIC_FUNCTION(name, min, max)                                            \
  Function {                                                                      \
#name, [](float x) { return math::name(x); },                                   \
        [](simd::V4 x) { return simd::name(simd::F4{}, x); },                       \
        [](double x) { return std::name(x); }, min, max \
  }
const std::array<Function, 8> kFunctions{{
    SONIC_FUNCTION(exp2, -126.0F, 127.0F),
    SONIC_FUNCTION(exp, -87.0F, 88.0F),
    SONIC_FUNCTION(log2, 1.1754944e-38F, 3.4e38F),
    SONIC_FUNCTION(log, 1.1754944e-38F, 3.4e38F),
    SONIC_FUNCTION(tanh, -30.0F, 30.0F),
    SONIC_FUNCTION(sin, -8192.0F, 8192.0F),
    SONIC_FUNCTION(cos, -8192.0F, 8192.0F),
    SONIC_FUNCTION(tan, -8192.0F, 8192.0F),
}};
#undef SONIC_FUNCTION

std::string nameOf(const testing::TestParamInfo<Function>& info) {
  return info.param.name;
}

/// Calls visit(x) for every step-th float of the magnitudes from..to.
template <class Visit>
void forEachFloat(float from, float to, std::uint32_t step, Visit visit) {
  for (std::uint64_t bits = bitsOf(from); bits <= bitsOf(to); bits += step)
    visit(floatOf(static_cast<std::uint32_t>(bits)));
}

double worstError(const Function& f, std::uint32_t step) {
  constexpr float kSmallest = 1e-30F;
  double worst = 0.0;
  const auto visit = [&](float x) {
    const double exact = f.exact(static_cast<double>(x));
    if (exact == 0.0) {
      EXPECT_EQ(f.scalar(x), 0.0F) << x;
      return;
    }
    const double error = std::abs(static_cast<double>(f.scalar(x)) / exact - 1.0);
    worst = std::max(worst, error);
    EXPECT_FALSE(std::isnan(error)) << x;
  };
  forEachFloat(f.min > 0.0F ? f.min : kSmallest, f.max, step, visit);
  if (f.min < 0.0F) forEachFloat(kSmallest, -f.min, step, [&](float x) { visit(-x); });
  return worst;
}

class MathOf : public testing::TestWithParam<Function> {};
INSTANTIATE_TEST_SUITE_P(Functions, MathOf, testing::ValuesIn(kFunctions), nameOf);

TEST_P(MathOf, KeepsItsRelativeErrorOverTheStatedRange) {
  EXPECT_LE(worstError(GetParam(), 4999), kBound);
}

TEST_P(MathOf, KeepsItNearOneAndNearZeroCrossings) {
  const Function& f = GetParam();
  double worst = 0.0;
  std::vector<float> centres{1.0F, 2.0F, 0.70710678F, 1.41421356F, 0.625F};
  for (int quarter = 1; quarter < 200; ++quarter)
    centres.push_back(static_cast<float>(quarter * 1.5707963267948966));
  for (const float centre : centres) {
    if (centre > f.max) continue;
    forEachFloat(floatOf(bitsOf(centre) - 300), floatOf(bitsOf(centre) + 300), 1, [&](float x) {
      const double exact = f.exact(static_cast<double>(x));
      if (exact != 0.0)
        worst = std::max(worst, std::abs(static_cast<double>(f.scalar(x)) / exact - 1.0));
    });
  }
  EXPECT_LE(worst, kBound);
}

TEST_P(MathOf, FourLanesEqualOneBitForBit) {
  const Function& f = GetParam();
  std::mt19937 random(7);
  for (int i = 0; i < 50000; ++i) {
    alignas(16) std::array<float, 4> x{};
    alignas(16) std::array<float, 4> y{};
    for (float& lane : x) lane = floatOf(static_cast<std::uint32_t>(random()));
    for (float& lane : x) {  // any finite float, in the stated range or out of it
      if (!std::isfinite(lane)) lane = 1.0F;
    }
    simd::StoreU(f.vector(simd::LoadU(simd::F4{}, x.data())), simd::F4{}, y.data());
    for (std::size_t lane = 0; lane < 4; ++lane)
      ASSERT_EQ(bitsOf(y[lane]), bitsOf(f.scalar(x[lane]))) << x[lane];
  }
}

class MathSoak : public MathOf {};
INSTANTIATE_TEST_SUITE_P(Functions, MathSoak, testing::ValuesIn(kFunctions), nameOf);

TEST_P(MathSoak, EverySeventhFloatKeepsTheRelativeError) {
  EXPECT_LE(worstError(GetParam(), 7), kBound);
}

/// The worst relative error of x^y over results of 1e-12...1e12.
double worstPowError(int count) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  double worst = 0.0;
  for (int i = 0; i < count; ++i) {
    const double u = unit(random);
    // Bases from 2^-30 to 2^30, a third of them near 1, where large exponents hurt.
    const auto x = static_cast<float>(i % 3 == 0 ? 1.0 + 0.4 * u * u * u : std::exp2(30.0 * u));
    if (x == 1.0F) continue;
    const double resultLog2 = 39.8 * unit(random);
    const auto y = static_cast<float>(resultLog2 / std::log2(static_cast<double>(x)));
    const double exact = std::pow(static_cast<double>(x), static_cast<double>(y));
    worst = std::max(worst, std::abs(static_cast<double>(math::pow(x, y)) / exact - 1.0));
  }
  return worst;
}

TEST(MathPow, KeepsItsRelativeErrorOverResultsFrom1eMinus12To1e12) {
  EXPECT_LE(worstPowError(300000), kBound);
}

TEST(MathPowSoak, KeepsItsRelativeError) {
  EXPECT_LE(worstPowError(50'000'000), kBound);
}

TEST(MathPow, IsExactWhereItMustBe) {
  for (const float x : {1e-30F, 0.1F, 1.0F, 3.0F, 1e30F}) EXPECT_EQ(math::pow(x, 0.0F), 1.0F);
  for (const float y : {-1e30F, -3.0F, 0.5F, 1e30F}) EXPECT_EQ(math::pow(1.0F, y), 1.0F);
  for (int n = -126; n <= 127; ++n)
    EXPECT_EQ(math::pow(2.0F, static_cast<float>(n)), std::ldexp(1.0F, n));
}

TEST(MathPow, IsClampedBeyondItsRange) {
  EXPECT_EQ(math::pow(10.0F, 1000.0F), std::ldexp(1.0F, 127));
  EXPECT_EQ(math::pow(10.0F, -1000.0F), std::ldexp(1.0F, -126));
  EXPECT_EQ(math::pow(1e30F, std::numeric_limits<float>::max()), std::ldexp(1.0F, 127));
  EXPECT_EQ(math::pow(1e-30F, std::numeric_limits<float>::max()), std::ldexp(1.0F, -126));
}

TEST(MathPow, FourLanesEqualOneBitForBit) {
  std::mt19937 random(13);
  for (int i = 0; i < 50000; ++i) {
    alignas(16) std::array<float, 4> x{};
    alignas(16) std::array<float, 4> y{};
    alignas(16) std::array<float, 4> z{};
    for (std::size_t lane = 0; lane < 4; ++lane) {
      x[lane] = floatOf(static_cast<std::uint32_t>(random()) & 0x7effffffU);
      y[lane] = floatOf(static_cast<std::uint32_t>(random()) & 0xbfffffffU);
    }
    const simd::F4 d;
    simd::StoreU(simd::pow(d, simd::LoadU(d, x.data()), simd::LoadU(d, y.data())), d, z.data());
    for (std::size_t lane = 0; lane < 4; ++lane)
      ASSERT_EQ(bitsOf(z[lane]), bitsOf(math::pow(x[lane], y[lane]))) << x[lane] << ' ' << y[lane];
  }
}

TEST(Math, IsBoundedBeyondItsRanges) {
  for (const float x : {1e4F, 1e10F, 3e38F, -1e10F, -3e38F}) {
    for (const Function& f : kFunctions) {
      if (std::string_view(f.name) == "sin" || std::string_view(f.name) == "cos" ||
          std::string_view(f.name) == "tan") {
        continue;  // angles beyond their range mean nothing
      }
      EXPECT_TRUE(std::isfinite(f.scalar(x))) << f.name << ' ' << x;
    }
  }
  EXPECT_EQ(math::tanh(1e10F), 1.0F);
  EXPECT_EQ(math::tanh(-1e10F), -1.0F);
  EXPECT_EQ(math::log2(0.0F), -126.0F);
}

TEST(Math, DecibelsAndTheirGainsAreExactAtZero) {
  EXPECT_EQ(dbToGain(0.0F), 1.0F);
  EXPECT_EQ(gainToDb(1.0F), 0.0F);
  for (float db = -120.0F; db < 60.0F; db += 0.37F) {
    // The product with log2(10) / 20 is rounded: 2^-24 of up to 20 octaves.
    EXPECT_NEAR(static_cast<double>(dbToGain(db)) / std::pow(10.0, static_cast<double>(db) / 20),
                1.0, 1.5e-6);
    EXPECT_NEAR(gainToDb(dbToGain(db)), db, 2e-5);
  }
}

TEST(Math, CoefficientsOfSlowFiltersArePrecise) {
  for (const float seconds : {1e-4F, 0.01F, 1.0F, 30.0F}) {
    for (const float rateHz : {44100.0F, 768000.0F}) {
      const double exact =
          -std::expm1(-1.0 / (static_cast<double>(seconds) * static_cast<double>(rateHz)));
      EXPECT_NEAR(static_cast<double>(timeCoefficient(seconds, rateHz)) / exact, 1.0, 1e-6);
    }
  }
  EXPECT_EQ(timeCoefficient(0.0F, 48000.0F), 1.0F);
  const double corner = -std::expm1(-2.0 * 3.14159265358979 * 5.0 / 768000.0);
  EXPECT_NEAR(static_cast<double>(onePoleCoefficient(5.0F, 768000.0F)) / corner, 1.0, 1e-6);
}

TEST(Math, FlushedKeepsSoundAndDropsTheRest) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const simd::F4 d;
  for (const float x : {0.0F, 1e-14F, -1e-14F, 1.0F, -1e15F, 1e-16F, -1e-16F, 1e-40F, 2e15F,
                        infinity, -infinity, nan}) {
    const float y = flushed(x);
    const bool keeps = std::abs(x) >= 1e-15F && std::abs(x) <= 1e15F;
    EXPECT_EQ(y, keeps ? x : 0.0F) << x;
    EXPECT_EQ(simd::hn::GetLane(simd::flushed(d, simd::Set(d, x))), y) << x;
  }
}

}  // namespace
}  // namespace sonic::test
