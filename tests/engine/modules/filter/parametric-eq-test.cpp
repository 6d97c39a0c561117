// SPDX-License-Identifier: MIT
#include "engine/modules/filter/parametric-eq.h"

#include <gtest/gtest.h>

#include <complex>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using eq::BandType;

constexpr std::size_t row(std::size_t band, eq::BandRow what) {
  return (band - 1) * eq::kRowsPerBand + what;
}

void setBand(ModuleHost& host, std::size_t band, BandType type, double hz, double gainDb,
             double q) {
  host.set(row(band, eq::kType), static_cast<float>(type));
  host.set(row(band, eq::kFreq), static_cast<float>(hz));
  host.set(row(band, eq::kGain), static_cast<float>(gainDb));
  host.set(row(band, eq::kQ), static_cast<float>(q));
}

/// Eight bands at work, one of each type twice or so.
void setAll(ModuleHost& host) {
  setBand(host, 1, BandType::kLowCut, 40, 0, 0.71);
  setBand(host, 2, BandType::kLowShelf, 150, 6, 0.71);
  setBand(host, 3, BandType::kBell, 300, -9, 3);
  setBand(host, 4, BandType::kBell, 1000, 12, 1);
  setBand(host, 5, BandType::kNotch, 2500, 0, 8);
  setBand(host, 6, BandType::kBell, 12000, 9, 0.8);
  setBand(host, 7, BandType::kHighShelf, 9000, -6, 0.71);
  setBand(host, 8, BandType::kHighCut, 15000, 0, 0.71);
}

double analogDb(double f) {
  const auto s = [f](double hz) { return std::complex<double>(0.0, f / hz); };
  const auto plain = [&](double hz, double q) { return s(hz) * s(hz) + s(hz) / q + 1.0; };
  const auto bell = [&](double hz, double db, double q) {
    const double a = std::pow(10.0, db / 40);
    return plain(hz, q / a) / plain(hz, q * a);
  };
  const auto shelf = [&](std::complex<double> x, double db) {  // s for high, 1/s for low
    const double a = std::pow(10.0, db / 40);
    const double r = std::sqrt(a);
    return a * (a * x * x + r * x / 0.71 + 1.0) / (x * x + r * x / 0.71 + a);
  };
  std::complex<double> h = s(40) * s(40) / plain(40, 0.71);
  h *= shelf(1.0 / s(150), 6) * bell(300, -9, 3) * bell(1000, 12, 1);
  h *= (s(2500) * s(2500) + 1.0) / plain(2500, 8);
  h *= bell(12000, 9, 0.8) * shelf(s(9000), -6) / plain(15000, 0.71);
  return toDb(std::abs(h));
}

TEST(ParametricEq, IsBitExactUntilABandIsTurned) {
  for (const std::size_t width : {1U, 2U}) {
    Host<ParametricEq> host({}, {.width = width});
    const auto x = noise(1, 0.9, 1001);
    EXPECT_EQ(bits(host.run(x)), bits(x));
  }
}

TEST(ParametricEq, EightBandsFollowTheAnalogChainOnBothChannels) {
  Host<ParametricEq> host({}, {.width = 2});
  setAll(host);
  const auto y = host.run({{impulse(32768), impulse(32768, 5)}}, 32768)[0];
  for (const double f : {30.0, 100.0, 300.0, 700.0, 1000.0, 2300.0, 5000.0, 9000.0, 12000.0,
                         15000.0, 17000.0, 18000.0}) {
    EXPECT_NEAR(responseDb(y[0], f), analogDb(f), 0.3) << f;
    EXPECT_NEAR(responseDb(y[1], f), responseDb(y[0], f), 1e-3) << f;
  }
}

TEST(ParametricEq, AnswersInTheFirstFrame) {
  Host<ParametricEq> host;
  setAll(host);
  const auto y = host.run(impulse(64));
  EXPECT_GT(std::abs(y[0]), 0.05F);
}

TEST(ParametricEq, AnySingleBandIsTheSameFilterInEveryPlace) {
  std::vector<std::uint32_t> first;
  for (std::size_t band = 1; band <= eq::kBands; ++band) {
    Host<ParametricEq> host;
    setBand(host, band, BandType::kBell, 2000, 9, 2);
    for (std::size_t other = 1; other <= eq::kBands; ++other) {
      if (other != band) host.set(row(other, eq::kType), 0.0F);
    }
    const auto y = bits(host.run(noise(3, 0.5, 500)));
    if (first.empty()) first = y;
    EXPECT_EQ(y, first) << band;
  }
}

TEST(ParametricEq, SweepsAndTypeChangesNeitherClickNorBlowUp) {
  // A tone far from the swept band: what the band adds above 3 kHz is click.
  Host<ParametricEq> host;
  setBand(host, 4, BandType::kBell, 150, 12, 2);
  const std::size_t length = 16384;
  const double hz = onGrid(150, length);
  const auto x = sine(hz, 0.25, 8192 + length);
  std::vector<float> y;
  for (std::size_t n = 0; n < x.size(); n += 512) {
    const double turn = std::sin(static_cast<double>(n) / 2000.0);
    host.set(row(4, eq::kFreq), static_cast<float>(150.0 * std::pow(1.5, turn)));
    host.set(row(4, eq::kGain), static_cast<float>(12.0 * turn));
    const auto part = host.run({x.begin() + static_cast<std::ptrdiff_t>(n),
                                x.begin() + static_cast<std::ptrdiff_t>(n + 512)});
    y.insert(y.end(), part.begin(), part.end());
  }
  y.erase(y.begin(), y.begin() + 8192);
  const auto s = spectrum(y);
  double above = 0.0;
  for (std::size_t bin = 1024; bin < s.size(); ++bin) above = std::max(above, s[bin]);
  EXPECT_LT(toDb(above), -90.0);

  Host<ParametricEq> wild;
  setAll(wild);
  const auto n = noise(4, 1.0, 480);
  const auto dice = noise(5, 1.0, 4000);
  double worst = 0.0;
  for (std::size_t i = 0; i + 4 < 800; i += 4) {
    const std::size_t band = 1 + (i / 4) % eq::kBands;
    wild.set(row(band, eq::kType), std::floor(3.5F + 3.49F * dice[i]));
    wild.set(row(band, eq::kFreq), 632.0F * std::pow(31.6F, dice[i + 1]));
    wild.set(row(band, eq::kGain), 6.0F * dice[i + 2]);
    wild.set(row(band, eq::kQ), std::pow(10.0F, dice[i + 3]));
    worst = std::max(worst, peak(wild.run(n)));
  }
  EXPECT_GT(worst, 0.1);
  EXPECT_LT(worst, 300.0);
}

TEST(ParametricEq, SwitchingABandOnAndOffIsSoft) {
  Host<ParametricEq> host;
  setBand(host, 4, BandType::kOff, 1000, 12, 1);
  const auto x = sine(1000, 0.1, 4800);
  host.run(x);
  const double steady = 2.0 * std::numbers::pi * 1000 / kRateHz * 0.1 * 4.0;  // slope at +12 dB
  for (const auto type : {BandType::kBell, BandType::kHighCut, BandType::kOff}) {
    host.set(row(4, eq::kType), static_cast<float>(type));
    const auto y = host.run(x);
    for (std::size_t i = 1; i < y.size(); ++i) {
      ASSERT_LT(std::abs(static_cast<double>(y[i] - y[i - 1])), 1.02 * steady);
    }
  }
  EXPECT_EQ(bits(host.run(x)), bits(x));
}

TEST(ParametricEq, OutputGainIsALevel) {
  Host<ParametricEq> host;
  host.set(eq::kOutputRow, -6.0F);
  const auto x = noise(1, 0.5, 960);
  EXPECT_NEAR(toDb(rms(host.run(x)) / rms(x)), -6.0, 1e-4);
}

TEST(ParametricEq, GivesTheSameBitsForEveryCallLengthAndEndsInSilence) {
  auto x = noise(9, 0.5, 2000);
  x.resize(40000);
  const auto render = [&](std::size_t callFrames) {
    Host<ParametricEq> host({}, {.width = 2});
    setAll(host);
    host.run({{silence(64)}}, 64, callFrames);
    host.set(row(4, eq::kFreq), 3000.0F);
    host.set(row(5, eq::kType), 1.0F);
    host.set(row(1, eq::kType), 0.0F);
    host.set(eq::kOutputRow, 3.0F);
    return bits(host.run({{x}}, x.size(), callFrames)[0][1]);
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
  EXPECT_EQ(wholeCells.back() << 1U, 0U);
}

}  // namespace
}  // namespace sonic::test
