// SPDX-License-Identifier: MIT
#include "engine/dsp/svf.h"

#include <gtest/gtest.h>

#include <complex>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr float kRate = 48000.0F;
using Complex = std::complex<double>;

std::vector<float> impulseResponse(const SvfCoefficients& c, std::size_t frames = 16384) {
  Svf svf;
  auto y = impulse(frames);
  svf.process(c, y.data(), frames, y.data());
  return y;
}

/// dB of num(s) / den(s), both as {s^2, s, 1}, at the frequency that the bilinear transform maps
/// to, for a prototype cutoff of 1.
double prototypeDb(const double (&num)[3], const double (&den)[3], double cutoffHz, double hz) {
  const double ratio =
      std::tan(std::numbers::pi * hz / kRateHz) / std::tan(std::numbers::pi * cutoffHz / kRateHz);
  const Complex s(0.0, ratio);
  return toDb(
      std::abs((num[0] * s * s + num[1] * s + num[2]) / (den[0] * s * s + den[1] * s + den[2])));
}

TEST(Svf, EveryResponseIsItsPrototypeUnderTheBilinearTransform) {
  const double q = 2.5;
  const double a = std::pow(10.0, 9.0 / 40);
  const double r = std::sqrt(a);
  struct Case {
    const char* name;
    SvfCoefficients c;
    double num[3], den[3];
  };
  const float hz = 1200.0F;
  const auto qf = static_cast<float>(q);
  const Case cases[] = {
      {"low", SvfCoefficients::lowPass(hz, qf, kRate), {0, 0, 1}, {1, 1 / q, 1}},
      {"high", SvfCoefficients::highPass(hz, qf, kRate), {1, 0, 0}, {1, 1 / q, 1}},
      {"band", SvfCoefficients::bandPass(hz, qf, kRate), {0, 1 / q, 0}, {1, 1 / q, 1}},
      {"notch", SvfCoefficients::notch(hz, qf, kRate), {1, 0, 1}, {1, 1 / q, 1}},
      {"all", SvfCoefficients::allPass(hz, qf, kRate), {1, -1 / q, 1}, {1, 1 / q, 1}},
      {"bell", SvfCoefficients::bell(hz, qf, 9, kRate), {1, a / q, 1}, {1, 1 / (q * a), 1}},
      {"low shelf",
       SvfCoefficients::lowShelf(hz, qf, 9, kRate),
       {a, a * r / q, a * a},
       {a, r / q, 1}},
      {"high shelf",
       SvfCoefficients::highShelf(hz, qf, 9, kRate),
       {a * a, a * r / q, a},
       {1, r / q, a}},
  };
  for (const Case& c : cases) {
    const auto h = impulseResponse(c.c);
    for (const double f : {50.0, 700.0, 1150.0, 1900.0, 12000.0}) {
      const double expected = prototypeDb(c.num, c.den, hz, f);
      if (expected < -100.0) continue;
      EXPECT_NEAR(responseDb(h, f), expected, 0.01) << c.name << " at " << f;
    }
  }
}

TEST(Svf, StaysBoundedWhileTheCutoffJumpsAtEveryFrame) {
  Svf svf;
  const auto x = noise(3, 1.0, 48000);
  const auto place = noise(4, 1.0, x.size());
  double worst = 0.0;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const float hz = 630.0F * std::pow(31.0F, place[n]);  // 20 Hz .. 20 kHz
    worst = std::max(worst, std::abs(static_cast<double>(
                                svf.process(SvfCoefficients::lowPass(hz, 0.7071F, kRate), x[n]))));
  }
  EXPECT_GT(worst, 0.3);
  EXPECT_LT(worst, 4.0);
}

TEST(Svf, FlushingEndsTheTailAndHeals) {
  const auto c = SvfCoefficients::lowPass(100.0F, 0.7071F, kRate);
  Svf svf;
  svf.process(c, 1.0F);
  for (int cell = 0; cell < 1000; ++cell) {
    for (int i = 0; i < 32; ++i) svf.process(c, 0.0F);
    svf.flush();
  }
  EXPECT_EQ(svf.process(c, 0.0F), 0.0F);
  svf.process(c, std::numeric_limits<float>::quiet_NaN());
  svf.flush();
  EXPECT_EQ(svf.process(c, 0.0F), 0.0F);
}

}  // namespace
}  // namespace sonic::test
