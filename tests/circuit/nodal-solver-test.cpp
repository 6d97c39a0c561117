// SPDX-License-Identifier: MIT
// The reference solver is itself checked: against closed forms, and against itself at half the
// step.
#include "tests/support/nodal-solver.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using Complex = std::complex<double>;

double sineAt(double frequencyHz, double seconds) {
  return std::sin(2.0 * std::numbers::pi * frequencyHz * seconds);
}

/// The output at 48 kHz of a solver that runs `factor` times faster.
std::vector<double> play(const Netlist& netlist, const std::string& out, std::size_t factor,
                         std::size_t frames, double amplitude) {
  Solver solver(netlist, kRateHz * static_cast<double>(factor));
  std::vector<double> y;
  for (std::size_t n = 0; n < frames * factor; ++n) {
    const double seconds = static_cast<double>(n + 1) / (kRateHz * static_cast<double>(factor));
    solver.step(amplitude * sineAt(440.0, seconds));
    if ((n + 1) % factor == 0) y.push_back(solver.voltage(out));
  }
  EXPECT_TRUE(solver.converged());
  return y;
}

TEST(NodalSolver, ChargesACapacitorByTheExponential) {
  Netlist n;
  n.input("in");
  n.resistor("in", "out", 10e3);
  n.capacitor("out", "0", 100e-9);  // 1 ms
  Solver s(n, 1e6);
  s.step(1.0);
  double worst = 0.0;
  for (int k = 1; k < 5000; ++k) {
    s.step(1.0);  // the step itself is a ramp over the first frame: half a frame late
    worst = std::max(worst, std::abs(s.voltage("out") - (1.0 - std::exp(-(k + 0.5) * 1e-3))));
  }
  EXPECT_LT(worst, 1e-6);
  EXPECT_GT(s.voltage("out"), 0.99);
}

TEST(NodalSolver, RingsACoilAndACapacitorAtTheirFrequency) {
  Netlist n;
  n.input("in");
  n.resistor("in", "a", 2.0);
  n.inductor("a", "out", 10e-3, 3.0);
  n.capacitor("out", "0", 1e-6);
  Solver s(n, 1e6);
  const double w = 2.0 * std::numbers::pi * 1500.0;
  const Complex expected = 1.0 / (1.0 + Complex(0.0, w * 1e-6) * (5.0 + Complex(0.0, w * 10e-3)));
  EXPECT_LT(std::abs(s.response(1500.0, "out") - expected), 1e-9);
  double peak = 0.0;
  for (int k = 1; k <= 40000; ++k) {
    s.step(sineAt(1500.0, k * 1e-6));
    if (k > 39000) peak = std::max(peak, s.voltage("out"));
  }
  EXPECT_NEAR(peak / std::abs(expected), 1.0, 2e-4);
}

TEST(NodalSolver, HoldsAnOpAmpsInputsTogether) {
  Netlist n;
  n.input("in");
  n.resistor("in", "minus", 1e3);
  n.resistor("minus", "out", 4.7e3);
  n.opAmp("0", "minus", "out");
  Solver s(n, 48000.0);
  s.step(0.5);
  EXPECT_NEAR(s.voltage("out"), -2.35, 1e-12);
}

TEST(NodalSolver, ReflectsALoadThroughATransformer) {
  Netlist n;
  n.input("in");
  n.resistor("in", "p", 100.0);
  n.transformer("p", "0", "s", "0", 5.0);
  n.resistor("s", "0", 8.0);  // seen as 200 Ohm
  Solver s(n, 48000.0);
  s.step(3.0);
  EXPECT_NEAR(s.voltage("p"), 2.0, 1e-12);
  EXPECT_NEAR(s.voltage("s"), 0.4, 1e-12);
}

TEST(NodalSolver, PutsADiodeOnItsLoadLine) {
  Netlist n;
  n.input("in");
  n.resistor("in", "d", 2.2e3);
  const DiodeModel diode;
  n.diode("d", "0", diode);
  Solver s(n, 48000.0);
  for (const double volts : {-5.0, 0.3, 9.0, 100.0}) {
    s.step(volts);
    const double current = (volts - s.voltage("d")) / 2.2e3;
    const double expected = diode.saturationA * std::expm1(s.voltage("d") / diode.slopeV);
    EXPECT_NEAR(current, expected, 1e-9 * (1e-3 + std::abs(current)) + 1e-12);
  }
  EXPECT_TRUE(s.converged());
}

// The closed form of Yeh & Smith (DAFx 2006) at 27 settings of the Marshall stack.
TEST(NodalSolver, GivesTheClosedFormOfAToneStack) {
  const double r1 = 250e3, r2 = 1e6, r3 = 25e3, r4 = 33e3, c1 = 470e-12, c2 = 22e-9, c3 = 22e-9;
  for (const double t : {0.1, 0.5, 0.9}) {
    for (const double l : {0.1, 0.5, 0.9}) {
      for (const double m : {0.1, 0.5, 0.9}) {
        Netlist n;
        n.input("in");
        n.capacitor("in", "a", c1);
        n.pot("a", "out", "b", r1, t);
        n.resistor("in", "c", r4);
        n.capacitor("c", "b", c2);
        n.resistor("b", "d", l * r2);
        n.pot("d", "w", "0", r3, m);
        n.capacitor("c", "w", c3);
        const Solver s(n, 48000.0);
        const double p = c1 * c2 * c3, q = c1 + c2;
        const double b1 = t * c1 * r1 + m * c3 * r3 + l * q * r2 + q * r3;
        const double b2 = t * c1 * (c2 + c3) * r1 * r4 - m * m * q * c3 * r3 * r3 +
                          m * (c1 * c3 * r1 * r3 + q * c3 * r3 * r3) +
                          l * (c1 * c2 * r1 * r2 + c1 * (c2 + c3) * r2 * r4) +
                          l * m * q * c3 * r2 * r3 + c1 * c2 * r1 * r3 + c1 * (c2 + c3) * r3 * r4;
        const double b3 = l * m * p * (r1 + r4) * r2 * r3 + (m - m * m) * p * (r1 + r4) * r3 * r3 +
                          (t - t * m) * p * r1 * r3 * r4 + t * l * p * r1 * r2 * r4;
        const double a1 =
            c1 * r1 + c1 * r3 + c2 * r3 + c2 * r4 + c3 * r4 + m * c3 * r3 + l * q * r2;
        const double a2 = m * (c1 * c3 * r1 * r3 - c2 * c3 * r3 * r4 + q * c3 * r3 * r3) +
                          l * m * q * c3 * r2 * r3 - m * m * q * c3 * r3 * r3 +
                          l * (c1 * c2 * r2 * r4 + c1 * c2 * r1 * r2 + q * c3 * r2 * r4) +
                          c1 * c2 * r1 * r4 + c1 * c3 * r1 * r4 + c1 * c2 * r3 * r4 +
                          c1 * c2 * r1 * r3 + q * c3 * r3 * r4;
        const double a3 = l * m * p * (r1 + r4) * r2 * r3 - m * m * p * (r1 + r4) * r3 * r3 +
                          m * p * (r3 * r3 * r4 + r1 * r3 * r3 - r1 * r3 * r4) +
                          l * p * r1 * r2 * r4 + p * r1 * r3 * r4;
        for (const double hz : {20.0, 100.0, 667.0, 5000.0, 20000.0}) {
          const Complex x(0.0, 2.0 * std::numbers::pi * hz);
          const Complex h = x * (b1 + x * (b2 + x * b3)) / (1.0 + x * (a1 + x * (a2 + x * a3)));
          EXPECT_LT(std::abs(s.response(hz, "out") / h - 1.0), 1e-9) << t << l << m << " " << hz;
        }
      }
    }
  }
}

struct Stage {
  const char* name;
  double supplyV, plateOhms, cathodeOhms, loadOhms, plateV, cathodeV, currentA, gain, gainBare;
};

// Operating points and gains of well-known stages around a 12AX7; loads are the next stage's.
TEST(NodalSolver, FindsTheOperatingPointsAndGainsOfTriodeStages) {
  for (const Stage& g : {
           Stage{"JCM800 V1a", 290, 100e3, 2.7e3, 320e3, 222, 1.84, 0.68e-3, 49, 17.8},
           Stage{"JCM800 V1b", 290, 100e3, 10e3, 470e3, 263, 2.7, 0.27e-3, 0, 6.5},
           Stage{"JCM800 V2a", 300, 100e3, 820, 1e12, 175, 1.02, 1.25e-3, 0, 42.7},
           Stage{"SLO V2", 350, 100e3, 1.8e3, 1.47e6, 246, 1.88, 1.04e-3, 59, 0},
           Stage{"SLO V3", 350, 100e3, 39e3, 287e3, 339, 4.1, 0.106e-3, 0, 1.65},
       }) {
    for (const bool bypassed : {true, false}) {
      Netlist n;
      n.supply("b+", "0", g.supplyV);
      n.input("grid");
      n.resistor("b+", "plate", g.plateOhms);
      n.resistor("k", "0", g.cathodeOhms);
      if (bypassed) n.capacitor("k", "0", 1.0);
      n.triode("plate", "grid", "k", k12Ax7);
      n.capacitor("plate", "out", 1.0);
      n.resistor("out", "0", g.loadOhms);
      const Solver s(n, 48000.0);
      EXPECT_TRUE(s.converged());
      EXPECT_NEAR(s.voltage("k"), g.cathodeV, 0.01 * g.cathodeV) << g.name;
      EXPECT_NEAR(s.voltage("plate"), g.plateV, 0.01 * g.plateV) << g.name;
      EXPECT_NEAR(s.voltage("k") / g.cathodeOhms, g.currentA, 0.01 * g.currentA) << g.name;
      const double gain = std::abs(s.response(1000.0, "out"));
      const double expected = bypassed ? g.gain : g.gainBare;  // 0: no figure
      if (expected > 0.0) {
        EXPECT_NEAR(gain, expected, 0.01 * expected) << g.name;
      }
    }
  }
}

TEST(NodalSolver, GivesThePentodesDataSheetCurrent) {
  Netlist n;
  n.supply("plate", "0", 250.0);
  n.supply("screen", "0", 265.0);
  n.input("grid", "0", -13.5);
  n.resistor("k", "0", 1e-3);
  n.pentode("plate", "screen", "grid", "k", kEl34);
  const Solver s(n, 48000.0);
  const double screenA = std::pow(265.0 / 11.0 - 13.5, 1.5) / 4200.0;
  EXPECT_NEAR(s.voltage("k") / 1e-3 - screenA, 115e-3, 1e-3);
}

// Grid conduction through a coupling capacitor: the hardest part of an amp's netlist.
TEST(NodalSolver, ChangesLittleWhenTheStepIsHalved) {
  for (const GridModel& grid : {GridModel{SoftGrid{}}, GridModel{KneeGrid{}}}) {
    Netlist n;
    n.supply("b+", "0", 290.0);
    n.input("in");
    n.capacitor("in", "a", 22e-9);
    n.resistor("a", "g", 470e3);
    n.resistor("a", "0", 470e3);
    n.capacitor("g", "0", 100e-12);
    n.resistor("b+", "plate", 100e3);
    n.resistor("k", "0", 2.7e3);
    n.capacitor("k", "0", 0.68e-6);
    n.triode("plate", "g", "k", k12Ax7, grid);
    const auto coarse = play(n, "plate", 32, 480, 30.0);
    const auto fine = play(n, "plate", 64, 480, 30.0);
    EXPECT_LT(esrDb(coarse, fine), -80.0);
    EXPECT_GT(rms(std::vector<float>(fine.begin(), fine.end())), 10.0);
  }
}

TEST(NodalSolver, ChangesLittleWhenTheStepIsHalvedWithDiodesAroundAnOpAmp) {
  Netlist n;  // the clipping stage of a Tube Screamer, all gain
  n.input("in");
  n.opAmp("in", "minus", "out");
  n.resistor("minus", "x", 4.7e3);
  n.capacitor("x", "0", 47e-9);
  n.resistor("minus", "out", 551e3);
  n.capacitor("minus", "out", 51e-12);
  n.diodePair("minus", "out", DiodeModel{});
  const auto coarse = play(n, "out", 32, 480, 0.2);
  const auto fine = play(n, "out", 64, 480, 0.2);
  EXPECT_LT(esrDb(coarse, fine), -80.0);
}

}  // namespace
}  // namespace sonic::test
