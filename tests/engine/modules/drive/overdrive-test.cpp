// SPDX-License-Identifier: MIT
#include "engine/modules/drive/overdrive.h"

#include <gtest/gtest.h>

#include <complex>
#include <numbers>
#include <vector>

#include "tests/support/host.h"
#include "tests/support/nodal-solver.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using Complex = std::complex<double>;
constexpr double kCoreHz = 192000.0;
constexpr std::size_t kSubsteps = 8;  // the reference runs at 32 times 48 kHz

/// 15 % of the track at half its turn, as the pot's data sheet has it.
double audioTaper(double turn) {
  const double k = 2.0 * std::log(0.85 / 0.15);
  return (std::exp(k * turn) - 1.0) / (std::exp(k) - 1.0);
}
double feedbackOhms(double drive) {
  return 51e3 + 500e3 * audioTaper(drive);
}

Netlist clippingNetlist(double feedback) {
  Netlist n;
  n.input("in");
  n.opAmp("in", "m", "out");
  n.resistor("m", "g", 4.7e3);
  n.capacitor("g", "0", 47e-9);
  n.resistor("out", "m", feedback);
  n.capacitor("out", "m", 51e-12);
  n.diodePair("out", "m", DiodeModel{});
  return n;
}

double sineAt(double frequencyHz, double amplitude, double seconds) {
  return amplitude * std::sin(2.0 * std::numbers::pi * frequencyHz * seconds);
}

TEST(Overdrive, ClippingStageIsItsNetlistAtTheOversampledCore) {
  for (const double drive : {0.0, 0.5, 1.0}) {
    for (const auto& [hz, volts] : {std::pair{110.0, 0.05}, {1000.0, 0.5}, {220.0, 1.0}}) {
      std::vector<std::byte> memory(1U << 17);
      Arena arena(memory);
      ClippingCircuit circuit;
      circuit.prepare(arena, static_cast<float>(kCoreHz));
      circuit.setFeedback(static_cast<float>(feedbackOhms(drive)));
      ClippingStage stage;
      Solver reference(clippingNetlist(feedbackOhms(drive)), kCoreHz * kSubsteps);
      std::vector<double> model, truth;
      for (std::size_t n = 1; n < 5000; ++n) {  // 26 ms
        double middle = 0.0;
        for (std::size_t s = 1; s <= kSubsteps; ++s) {
          const double step = static_cast<double>((n - 1) * kSubsteps + s);
          reference.step(sineAt(hz, volts, step / (kCoreHz * kSubsteps)));
          if (2 * s == kSubsteps) middle = reference.voltage("out");
        }
        // The stage gives the mean over its frame: it lags half a frame, where the reference is
        // read.
        const auto x = static_cast<float>(sineAt(hz, volts, static_cast<double>(n) / kCoreHz));
        model.push_back(stage.process(circuit, x));
        truth.push_back(middle);
      }
      ASSERT_TRUE(reference.converged());
      EXPECT_LE(esrDb(model, truth, 2000), -50.0) << "drive " << drive << ", " << hz << " Hz";
    }
  }
}

// What is known of the circuit at a faint signal: 21.4, 35.7 and 40.4 dB at 6.6, 2.7 and 2.0 kHz
// with 0, half and all of the 500 k track, if the diodes did not leak; they take 0.1, 0.3, 0.4 dB.
TEST(Overdrive, ClippingStagePeaksWhereAndAsHighAsTheSchematicDoes) {
  struct Peak {
    float ohms;
    double db, hz;
  };
  for (const Peak& expected :
       {Peak{51e3F, 21.34, 6660.0}, {301e3F, 35.43, 2780.0}, {551e3F, 39.97, 2085.0}}) {
    std::vector<std::byte> memory(1U << 17);
    Arena arena(memory);
    ClippingCircuit circuit;
    circuit.prepare(arena, static_cast<float>(kCoreHz));
    circuit.setFeedback(expected.ohms);
    ClippingStage stage;
    std::vector<float> response;
    for (const float x : impulse(16384, 0, 1e-5F))
      response.push_back(1e5F * stage.process(circuit, x));
    EXPECT_NEAR(responseDb(response, expected.hz, kCoreHz), expected.db, 0.1) << expected.ohms;
    for (double hz = 500.0; hz < 16000.0; hz *= 1.02)
      EXPECT_LE(responseDb(response, hz, kCoreHz), expected.db + 0.1) << hz << " Hz";
  }
}

/// Small-signal transfer of the whole pedal, from the values of the schematic.
Complex transfer(double frequencyHz, double drive, double bright) {
  const Complex s(0.0, 2.0 * std::numbers::pi * frequencyHz);
  const Complex couplings =
      (s * 20e-9 * 510e3 / (1.0 + s * 20e-9 * 510e3)) * (s * 1e-6 * 10e3 / (1.0 + s * 1e-6 * 10e3));
  const double diodes = 2.0 * 2.52e-9 / (1.752 * 0.02585);
  const Complex feedback = 1.0 / (1.0 / feedbackOhms(drive) + diodes + s * 51e-12);
  const Complex clipping = 1.0 + feedback / (4.7e3 + 1.0 / (s * 47e-9));
  const Complex wiper = 220.0 + 1.0 / (s * 220e-9);
  const double left = std::max(bright * 20e3, 1.0);
  const double right = std::max((1.0 - bright) * 20e3, 1.0);
  const double g = 1.0 / left + 1.0 / right;
  const Complex k = g / (g + 1.0 / wiper);
  const Complex node = 1e-3 / (1e-3 + s * 220e-9 + 1e-4 + (1.0 - k) / left);
  return couplings * clipping * node * (1.0 + 1e3 * (1.0 - k) / right);
}

TEST(Overdrive, SmallSignalsFollowTheSchematicAtNineSettings) {
  for (const double drive : {0.0, 0.5, 1.0}) {
    for (const double bright : {0.0, 0.5, 1.0}) {
      Host<Overdrive> host(
          {static_cast<float>(100.0 * drive), static_cast<float>(100.0 * bright), 0.0F});
      auto response = host.run(impulse(16384, 0, 1e-5F));
      for (float& x : response) x *= 1e5F;
      for (const double hz : {50.0, 100.0, 300.0, 720.0, 1500.0, 3000.0, 6000.0, 10000.0}) {
        EXPECT_NEAR(responseDb(response, hz), toDb(std::abs(transfer(hz, drive, bright))), 0.25)
            << "drive " << drive << ", tone " << bright << ", " << hz << " Hz";
      }
    }
  }
}

double alias(double drivePercent, double hz, Quality quality) {
  constexpr std::size_t kFrames = 16384;
  Host<Overdrive> host({static_cast<float>(drivePercent), 50.0F, 0.0F}, {.quality = quality});
  const double onBin = onGrid(hz, kFrames);
  auto y = host.run(sine(onBin, 1.0, 2 * kFrames));
  y.erase(y.begin(), y.begin() + kFrames);
  return worstAliasDbc(y, onBin);
}

TEST(Overdrive, AliasesLittle) {
  EXPECT_LE(alias(50.0, 5000.0, Quality::kLive), -75.0);
  EXPECT_LE(alias(100.0, 5000.0, Quality::kLive), -60.0);
  EXPECT_LE(alias(50.0, 1250.0, Quality::kLive), -75.0);
  EXPECT_LE(alias(100.0, 1250.0, Quality::kLive), -75.0);
}

TEST(Overdrive, AliasesTenDecibelsLessInHighQuality) {
  for (const double drive : {50.0, 100.0}) {
    const double live = alias(drive, 5000.0, Quality::kLive);
    EXPECT_LE(alias(drive, 5000.0, Quality::kHq), std::max(live - 10.0, -95.0)) << drive;
  }
}

TEST(Overdrive, ClipsSymmetrically) {
  Host<Overdrive> up({80.0F, 50.0F, 0.0F});
  Host<Overdrive> down({80.0F, 50.0F, 0.0F});
  auto x = sine(330, 0.5, 4800);
  const auto y = up.run(x);
  for (float& v : x) v = -v;
  const auto z = down.run(x);
  for (std::size_t n = 0; n < y.size(); ++n) ASSERT_EQ(y[n], -z[n]) << n;
}

}  // namespace
}  // namespace sonic::test
