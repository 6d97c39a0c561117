// SPDX-License-Identifier: MIT
#include "tests/support/amp-curves.h"

#include <cmath>

namespace sonic::test {
namespace {

double knot(std::size_t index, std::size_t stepsLog2, double unit) {
  const auto steps = static_cast<double>(std::size_t{1} << stepsLog2);
  const auto octave = static_cast<double>(std::size_t{1} << (index >> stepsLog2));
  return unit * ((1.0 + std::fmod(static_cast<double>(index), steps) / steps) * octave - 1.0);
}

/// A tube's own sample of grid current, and a power tube's: the same law, three times the surface.
constexpr SoftGrid kPreampGrid{};
constexpr SoftGrid kPowerGrid{3.0 * 6.177e-4, 9.901, 1.314};

}  // namespace

void addTriode(Netlist& n, const TriodeParts& p) {
  n.supply("b+", "0", p.supplyV);
  n.resistor("b+", "plate", p.plateOhms);
  n.triode("plate", "g", "k", k12Ax7, kPreampGrid);
  n.resistor("k", "0", p.cathodeOhms);
  if (p.cathodeFarads > 0.0F) n.capacitor("k", "0", p.cathodeFarads);
  if (p.followerOhms > 0.0F) {
    n.triode("b+", "plate", "follower", k12Ax7, kPreampGrid);
    n.resistor("follower", "0", p.followerOhms);
  }
}

std::vector<StaticCurve> triodeCurves(const std::string& name, const TriodeParts& p) {
  Netlist n;
  n.input("g");
  addTriode(n, p);
  const std::string out = p.followerOhms > 0.0F ? "follower" : "plate";
  const Solver rest(n, 1.0);
  if (p.cathodeFarads > 0.0F) n.supply("k", "0", rest.voltage("k"));
  if (p.followerOhms > 0.0F) {
    n.supply("follower", "load", rest.voltage("follower"));
    n.resistor("load", "0", p.followerLoadOhms);
  }
  Solver solver(n, 1.0);
  StaticCurve plate{name + ".plate", {}, {}};
  StaticCurve grid{name + ".grid", {}, {}};
  const auto gridAt = [&] {
    return evaluate(Triode{k12Ax7, kPreampGrid}, {0.0, solver.voltage("g", "k"), 0.0});
  };
  const double restAmperes = gridAt().i[1];
  for (const std::size_t side : {0U, 1U}) {
    for (std::size_t k = 0; k < crunch::kTriodeKnots; ++k) {
      solver.settle((side == 1 ? -1.0 : 1.0) *
                    knot(k, crunch::kTriodeStepsLog2, crunch::kTriodeUnitV));
      const Currents c = gridAt();
      plate.value[side].push_back(k == 0 ? 0.0 : solver.voltage(out) - rest.voltage(out));
      plate.slope[side].push_back(solver.response(1.0, out).real());
      grid.value[side].push_back(k == 0 ? 0.0 : c.i[1] - restAmperes);
      grid.slope[side].push_back(c.di[1][1] * (1.0 - solver.response(1.0, "k").real()));
    }
  }
  return {plate, grid};
}

void addPower(Netlist& n, const PowerParts& p, double supplyV) {
  // The inverter at rest, to know its batteries: both grids on the tail.
  Netlist inverter;
  const auto addInverter = [&p](Netlist& m, const std::string& gridA, const std::string& gridB) {
    m.supply("inverter+", "0", p.inverterSupplyV);
    m.resistor("inverter+", "plate-a", p.plateAOhms);
    m.resistor("inverter+", "plate-b", p.plateBOhms);
    m.triode("plate-a", gridA, "k", k12Ax7);
    m.triode("plate-b", gridB, "k", k12Ax7);
    m.resistor("k", "tail", p.cathodeOhms);
    m.resistor("tail", "0", p.tailOhms);
  };
  inverter.input("unused");
  addInverter(inverter, "tail", "tail");
  const Solver rest(inverter, 1.0);
  n.supply("grid-b", "0", rest.voltage("tail"));
  n.supply("grid-a", "in", rest.voltage("tail"));
  addInverter(n, "grid-a", "grid-b");
  n.supply("bias", "0", p.biasV);
  n.supply("screen", "0", supplyV - p.screenDropV);
  n.supply("b+", "0", supplyV);
  n.resistor("b+", "centre", 0.01);  // to read the current
  for (const std::string side : {"a", "b"}) {
    n.supply("plate-" + side, "coupled-" + side, rest.voltage("plate-" + side) - p.biasV);
    n.resistor("coupled-" + side, "bias", p.leakOhms);
    n.resistor("coupled-" + side, "g-" + side, p.stopperOhms);
    n.pentode("anode-" + side, "screen", "g-" + side, "0", kEl34, kPowerGrid);
  }
  const double ratio = 0.5 * std::sqrt(p.plateToPlateOhms / p.speakerOhms);
  n.transformer("centre", "anode-b", "speaker", "0", ratio);
  n.transformer("anode-a", "centre", "speaker", "0", ratio);
  n.resistor("speaker", "0", p.speakerOhms);
}

std::vector<StaticCurve> powerCurves(const PowerParts& p) {
  std::vector<StaticCurve> volts;
  std::vector<StaticCurve> amperes;
  for (const bool sagged : {false, true}) {
    const double supplyV = p.supplyV - (sagged ? p.saggedV : 0.0F);
    Netlist n;
    n.input("in");
    addPower(n, p, supplyV);
    Solver solver(n, 1.0);
    StaticCurve out{sagged ? "power.sagged" : "power.full", {}, {}};
    StaticCurve current{out.name + "Amperes", {}, {}};
    const double restA = (supplyV - solver.voltage("centre")) / 0.01;
    for (const std::size_t side : {0U, 1U}) {
      for (std::size_t k = 0; k < crunch::kPowerKnots; ++k) {
        solver.settle((side == 1 ? -1.0 : 1.0) *
                      knot(k, crunch::kPowerStepsLog2, crunch::kPowerUnitV));
        out.value[side].push_back(k == 0 ? 0.0 : solver.voltage("speaker"));
        out.slope[side].push_back(solver.response(1.0, "speaker").real());
        current.value[side].push_back(k == 0 ? 0.0
                                             : (supplyV - solver.voltage("centre")) / 0.01 - restA);
        current.slope[side].push_back(-solver.response(1.0, "centre").real() / 0.01);
      }
    }
    volts.push_back(out);
    amperes.push_back(current);
  }
  return {volts[0], volts[1], amperes[0], amperes[1]};
}

}  // namespace sonic::test
