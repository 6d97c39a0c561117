// SPDX-License-Identifier: MIT
// Each circuit of amp-crunch against the nodal solver's run of its netlist, at the oversampled
// rate.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/modules/amp/amp-crunch.h"
#include "tests/support/amp-curves.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr double kHighRateHz = 384e3;

double sineAt(double frequencyHz, double seconds) {
  return std::sin(2.0 * std::numbers::pi * frequencyHz * seconds);
}

/// A stage of the bank, fed alone, and its netlist. The netlist is a circuit, not an equation: what
/// the module tables, predicts and lumps is not in it.
struct Stage {
  std::vector<std::byte> memory = std::vector<std::byte>(1 << 18);
  Arena arena{memory};
  TriodeBank bank;
  TriodeBank::Stage lane = TriodeBank::kFirst;
  Netlist netlist;
  std::string out = "plate";

  Stage() { bank.prepare(arena, kHighRateHz); }

  void addTube(const TriodeParts& p) {
    addTriode(netlist, p);
    if (p.followerOhms > 0.0F) {
      out = "follower";
      // The load hangs on a battery of the follower's rest voltage: AC only.
      netlist.supply(out, "load", Solver(netlist, kRateHz).voltage(out));
      netlist.resistor("load", "0", p.followerLoadOhms);
    }
  }
  float step(TriodeBank::State& state, double volts) const {
    const auto source = static_cast<float>(volts);
    if (lane != TriodeBank::kFirst) state.out[lane - 1] = source;
    bank.step(state, source);
    return TriodeBank::outOf(state, lane);
  }
  /// Error of the stage for volts(seconds), its half frame of delay taken out.
  template <class Signal>
  double esr(Signal volts, double seconds) const {
    Solver solver(netlist, kHighRateHz * 2.0);
    const double restV = solver.voltage(out);
    TriodeBank::State state;
    std::vector<double> y, reference;
    for (int n = 0; n < static_cast<int>(seconds * kHighRateHz); ++n) {
      y.push_back(static_cast<double>(step(state, volts((n + 1) / kHighRateHz))));
      solver.step(volts((n + 0.5) / kHighRateHz));
      reference.push_back(solver.voltage(out) - restV);
      solver.step(volts((n + 1) / kHighRateHz));
    }
    EXPECT_TRUE(solver.converged());
    return esrDb(y, reference);
  }
};

void makeFirst(Stage& s) {
  crunch::Network parts;
  s.bank.set(TriodeBank::kFirst, crunch::firstNetwork(parts), crunch::kFirstCurves);
  s.netlist.input("in");
  s.netlist.resistor("in", "g", 68e3);
  s.netlist.capacitor("g", "0", 110e-12);
  s.addTube(crunch::kFirst);
}
void makeCold(Stage& s, double gain, bool bright) {
  crunch::Network parts;
  s.lane = TriodeBank::kCold;
  s.bank.set(s.lane, crunch::coldNetwork(parts, gain, bright), crunch::kColdCurves);
  s.netlist.input("in");
  s.netlist.resistor("in", "source", crunch::kFirstSourceOhms);
  s.netlist.capacitor("source", "a", 22e-9);
  s.netlist.resistor("a", "top", 470e3);
  s.netlist.capacitor("a", "top", 470e-12);
  s.netlist.pot("top", "wiper", "0", 1e6, gain);
  if (bright) s.netlist.capacitor("top", "wiper", 1e-9);
  s.netlist.resistor("wiper", "g", 68e3);
  s.netlist.capacitor("g", "0", 20e-12);
  s.addTube(crunch::kCold);
}
void makeDriver(Stage& s) {
  crunch::Network parts;
  s.lane = TriodeBank::kDriver;
  s.bank.set(s.lane, crunch::driverNetwork(parts), crunch::kDriverCurves);
  s.netlist.input("in");
  s.netlist.resistor("in", "source", crunch::kColdSourceOhms);
  s.netlist.capacitor("source", "a", 22e-9);
  s.netlist.resistor("a", "g", 470e3);
  s.netlist.capacitor("a", "g", 470e-12);
  s.netlist.resistor("g", "0", 470e3);
  s.netlist.capacitor("g", "0", 130e-12);
  s.addTube(crunch::kDriver);
}

void expectSame(const crunch::TriodeCurve& curve, const StaticCurve& expected) {
  for (const std::size_t side : {0U, 1U}) {
    for (std::size_t k = 0; k < crunch::kTriodeKnots; ++k) {
      const double scale = 1e-6 * (1.0 + std::abs(expected.value[side].back()));
      ASSERT_NEAR(curve.value[side][k], expected.value[side][k], scale) << expected.name << k;
      ASSERT_NEAR(curve.slope[side][k], expected.slope[side][k], 1e-4) << expected.name << k;
    }
  }
}

TEST(AmpCircuits, TabledCurvesAreThoseOfTheNetlists) {
  const auto first = triodeCurves("first", crunch::kFirst);
  const auto cold = triodeCurves("cold", crunch::kCold);
  const auto driver = triodeCurves("driver", crunch::kDriver);
  expectSame(crunch::kFirstCurves.plate, first[0]);
  expectSame(crunch::kFirstCurves.grid, first[1]);
  expectSame(crunch::kColdCurves.plate, cold[0]);
  expectSame(crunch::kColdCurves.grid, cold[1]);
  expectSame(crunch::kDriverCurves.plate, driver[0]);
  expectSame(crunch::kDriverCurves.grid, driver[1]);
  const auto power = powerCurves(crunch::kPower);
  for (const std::size_t side : {0U, 1U}) {
    for (std::size_t k = 0; k < crunch::kPowerKnots; ++k) {
      ASSERT_NEAR(crunch::kPowerCurves.full.value[side][k], power[0].value[side][k], 1e-4) << k;
      ASSERT_NEAR(crunch::kPowerCurves.sagged.value[side][k], power[1].value[side][k], 1e-4) << k;
      ASSERT_NEAR(crunch::kPowerCurves.fullAmperes.value[side][k], power[2].value[side][k], 1e-6);
      ASSERT_NEAR(crunch::kPowerCurves.saggedAmperes.value[side][k], power[3].value[side][k], 1e-6);
    }
  }
}

TEST(AmpCircuits, FirstStageIsItsNetlist) {
  for (const double amplitude : {0.01, 1.0, 4.0}) {
    for (const double hz : {110.0, 1000.0}) {
      Stage s;
      makeFirst(s);
      EXPECT_LT(s.esr([&](double t) { return amplitude * sineAt(hz, t); }, 0.01),
                amplitude > 1.0 ? -45.0 : -60.0)
          << amplitude << " V, " << hz << " Hz";
    }
  }
}

TEST(AmpCircuits, ColdClipperIsItsNetlistAtAllGains) {
  for (const double gain : {0.05, 0.5, 1.0}) {
    for (const double hz : {110.0, 1000.0}) {
      Stage s;
      makeCold(s, gain, true);
      EXPECT_LT(s.esr([&](double t) { return 50.0 * sineAt(hz, t); }, 0.01), -55.0)
          << gain << " of the pot, " << hz << " Hz";
    }
  }
  Stage dull;
  makeCold(dull, 0.3, false);
  EXPECT_LT(dull.esr([](double t) { return 20.0 * sineAt(1000.0, t); }, 0.01), -60.0);
}

TEST(AmpCircuits, DriverWithItsFollowerIsItsNetlist) {
  for (const double amplitude : {1.0, 50.0}) {
    Stage s;
    makeDriver(s);
    EXPECT_LT(s.esr([&](double t) { return amplitude * sineAt(1000.0, t); }, 0.01), -55.0)
        << amplitude << " V";
  }
}

// A burst charges the coupling capacitor through the grid; what follows plays on a shifted bias
// until it has leaked away.
TEST(AmpCircuits, BurstShiftsTheBiasAsInTheNetlist) {
  const auto burst = [](double t) {
    return (t < 4.0 / 220.0 ? 60.0 : 0.5) * sineAt(220.0, t) + 0.1 * sineAt(1300.0, t);
  };
  Stage s;
  makeDriver(s);
  EXPECT_LT(s.esr(burst, 0.04), -60.0);
  Stage cold;
  makeCold(cold, 1.0, true);
  EXPECT_LT(cold.esr(burst, 0.04), -55.0);
}

// The first stage of a JCM800 into its load: 49 with its bypass capacitor.
TEST(AmpCircuits, GainIsThatOfTheTube) {
  Stage s;
  makeFirst(s);
  TriodeBank::State state;
  double most = 0.0;
  for (int n = 0; n < 32000; ++n) {
    const double y = s.step(state, 1e-3 * sineAt(3e3, n / kHighRateHz));
    if (n > 24000) most = std::max(most, std::abs(y));
  }
  const double unloaded = most / 1e-3;
  EXPECT_NEAR(unloaded, std::abs(Solver(s.netlist, kRateHz).response(3e3, "plate")), 0.3);
  const double loaded = unloaded * 320e3 / (320e3 + crunch::kFirstSourceOhms);
  EXPECT_NEAR(loaded, 49.0, 0.01 * 49.0);
}

// Inverter and pentodes with the transformer's band as two RC filters behind buffers, the feedback
// and presence network around them; a stiff supply.
TEST(AmpCircuits, PowerStageIsItsNetlist) {
  const PowerParts& p = crunch::kPower;
  for (const double amplitude : {0.1, 1.0, 4.0}) {
    Netlist n;
    n.input("source");
    n.resistor("source", "held", 1e3);
    n.capacitor("held", "0", 1.0 / (2.0 * std::numbers::pi * 1e3 * p.gridHz));
    n.voltageAmplifier("in", "0", "held", "foot", 1.0);
    addPower(n, p, p.supplyV);
    n.voltageAmplifier("primary", "0", "speaker", "0", 1.0);
    n.capacitor("primary", "high", 1.0 / (2.0 * std::numbers::pi * 1e3 * p.lowHz));
    n.resistor("high", "0", 1e3);
    n.voltageAmplifier("leaking", "0", "high", "0", 1.0);
    n.resistor("leaking", "low", 1e3);
    n.capacitor("low", "0", 1.0 / (2.0 * std::numbers::pi * 1e3 * p.highHz));
    n.voltageAmplifier("out", "0", "low", "0", 1.0);
    n.resistor("out", "foot", p.feedbackOhms);
    n.resistor("foot", "0", p.footOhms);
    n.resistor("foot", "presence", 0.5 * p.presenceOhms);
    n.capacitor("presence", "0", p.presenceFarads);
    Solver solver(n, kHighRateHz * 2.0);
    std::vector<std::byte> memory(1 << 18);
    Arena arena(memory);
    PowerStage stage;
    stage.prepare(arena, kHighRateHz);
    stage.set(0.5F, 0.0F);
    PowerStage::State state;
    std::vector<double> y, reference;
    for (int k = 0; k < 6000; ++k) {
      const auto volts = [&](double t) { return amplitude * sineAt(440.0, t); };
      y.push_back(stage.step(state, static_cast<float>(volts((k + 1) / kHighRateHz))));
      solver.step(volts((k + 0.5) / kHighRateHz));
      reference.push_back(solver.voltage("out"));
      solver.step(volts((k + 1) / kHighRateHz));
    }
    EXPECT_TRUE(solver.converged());
    EXPECT_LT(esrDb(y, reference), -50.0) << amplitude << " V";
  }
}

// Yeh & Smith's closed form is the nodal solver's response to 1e-9 (its own test).
TEST(AmpCircuits, ToneStackIsTheAnalyticCircuitAt27Settings) {
  const ToneStackParts& p = crunch::kStack;
  for (const double t : {0.0, 0.5, 1.0}) {
    for (const double m : {0.0, 0.5, 1.0}) {
      for (const double l : {0.0, 0.1, 1.0}) {
        Netlist n;
        n.input("in");
        n.capacitor("in", "a", p.trebleFarads);
        n.pot("a", "out", "b", p.trebleOhms, t);
        n.resistor("in", "c", p.slopeOhms);
        n.capacitor("c", "b", p.bassFarads);
        n.resistor("b", "d", std::max(1.0, l * p.bassOhms));
        n.pot("d", "w", "0", p.middleOhms, m);
        n.capacitor("c", "w", p.middleFarads);
        const Solver solver(n, kRateHz);
        ToneStack stack;
        stack.set(p, t, m, l, kHighRateHz);
        ToneStack::State state;
        std::vector<float> response(1 << 17);
        for (std::size_t k = 0; k < response.size(); ++k)
          response[k] = stack.step(state, k == 0 ? 1.0F : 0.0F);
        for (const double hz : {82.0, 300.0, 667.0, 2000.0, 5000.0, 10000.0}) {
          EXPECT_NEAR(responseDb(response, hz, kHighRateHz),
                      toDb(std::abs(solver.response(hz, "out"))), 0.05)
              << "treble " << t << " middle " << m << " bass " << l << ", " << hz << " Hz";
        }
      }
    }
  }
}

}  // namespace
}  // namespace sonic::test
