// SPDX-License-Identifier: MIT
// Each circuit of amp-crunch against the nodal solver's run of its netlist, at the oversampled
// rate.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/modules/amp/amp-crunch.h"
#include "tests/support/nodal-solver.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr double kHighRateHz = 384e3;
constexpr std::size_t kFiner = 2;  // the reference runs at 768 kHz

double sineAt(double frequencyHz, double seconds) {
  return std::sin(2.0 * std::numbers::pi * frequencyHz * seconds);
}

/// A stage and its netlist from the same values. The netlist is a circuit, not an equation: what
/// the module tables, predicts and lumps is not in it.
struct Stage {
  std::vector<std::byte> memory = std::vector<std::byte>(1 << 18);
  Arena arena{memory};
  TriodeStage stage;
  Netlist netlist;
  std::string out = "plate";

  void addTube(const TriodeParts& p) {
    netlist.supply("b+", "0", p.supplyV);
    netlist.resistor("b+", "plate", p.plateOhms);
    netlist.resistor("k", "0", p.cathodeOhms);
    if (p.cathodeFarads > 0.0F) netlist.capacitor("k", "0", p.cathodeFarads);
    netlist.triode("plate", "g", "k", k12Ax7, SoftGrid{});
    if (p.loadFarads > 0.0F) {
      netlist.capacitor("plate", "load", p.loadFarads);
      netlist.resistor("load", "0", p.loadOhms);
    }
    if (p.followerOhms > 0.0F) {
      netlist.triode("b+", "plate", "follower", k12Ax7, SoftGrid{});
      netlist.resistor("follower", "0", p.followerOhms);
      out = "follower";
      // The load hangs on a battery of the follower's rest voltage: AC only.
      const double restV = Solver(netlist, kRateHz).voltage(out);
      netlist.supply(out, "load", restV);
      netlist.resistor("load", "0", p.followerLoadOhms);
    }
  }
  /// Error of the stage for volts(seconds).
  template <class Signal>
  double esr(Signal volts, double seconds) {
    Solver solver(netlist, kHighRateHz * kFiner);
    const double restV = solver.voltage(out);
    TriodeStage::State state;
    std::vector<double> y, reference;
    for (int n = 0; n < static_cast<int>(seconds * kHighRateHz); ++n) {
      y.push_back(
          static_cast<double>(stage.step(state, static_cast<float>(volts((n + 1) / kHighRateHz)))));
      for (std::size_t k = 1; k <= kFiner; ++k)
        solver.step(volts((n + static_cast<double>(k) / kFiner) / kHighRateHz));
      reference.push_back(solver.voltage(out) - restV);
    }
    EXPECT_TRUE(solver.converged());
    return esrDb(y, reference);
  }
};

void makeFirst(Stage& s) {
  crunch::Network parts;
  s.stage.prepare(s.arena, crunch::kFirst, 6, kHighRateHz);
  s.stage.setNetwork(crunch::firstNetwork(parts), 1);
  s.netlist.input("in");
  s.netlist.resistor("in", "g", 68e3);
  s.netlist.capacitor("g", "0", 110e-12);
  s.addTube(crunch::kFirst);
}
void makeCold(Stage& s, double gain, bool bright) {
  crunch::Network parts;
  s.stage.prepare(s.arena, crunch::kCold, 8, kHighRateHz);
  s.stage.setNetwork(crunch::coldNetwork(parts, gain, bright), 5);
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
  s.stage.prepare(s.arena, crunch::kDriver, 8, kHighRateHz);
  s.stage.setNetwork(crunch::driverNetwork(parts), 3);
  s.netlist.input("in");
  s.netlist.resistor("in", "source", crunch::kColdSourceOhms);
  s.netlist.capacitor("source", "a", 22e-9);
  s.netlist.resistor("a", "g", 470e3);
  s.netlist.capacitor("a", "g", 470e-12);
  s.netlist.resistor("g", "0", 470e3);
  s.netlist.capacitor("g", "0", 110e-12);
  s.addTube(crunch::kDriver);
}

TEST(AmpCircuits, FirstStageIsItsNetlist) {
  for (const double amplitude : {0.01, 1.0, 4.0}) {
    for (const double hz : {110.0, 1000.0}) {
      Stage s;
      makeFirst(s);
      EXPECT_LT(s.esr([&](double t) { return amplitude * sineAt(hz, t); }, 0.01), -60.0)
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
    EXPECT_LT(s.esr([&](double t) { return amplitude * sineAt(1000.0, t); }, 0.01), -60.0)
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

TEST(AmpCircuits, GainsAreThoseOfTheTubes) {
  const auto gain = [](Stage& s) {
    TriodeStage::State state;
    double peak = 0.0;
    for (int n = 0; n < 16000; ++n) {
      const float y = s.stage.step(state, static_cast<float>(1e-3 * sineAt(1e3, n / kHighRateHz)));
      if (n > 12000) peak = std::max(peak, static_cast<double>(std::abs(y)));
    }
    return peak / 1e-3;
  };
  Stage first;
  makeFirst(first);
  const double expected = std::abs(Solver(first.netlist, kRateHz).response(1000.0, "plate"));
  EXPECT_NEAR(gain(first), expected, 0.01 * expected);
  EXPECT_NEAR(first.stage.restV()[1], 222.0, 1.0);
  EXPECT_NEAR(first.stage.restV()[2], 1.84, 0.02);
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
