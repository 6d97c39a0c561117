// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "engine/modules/amp/crunch-circuit.h"
#include "tests/support/nodal-solver.h"

namespace sonic::test {

/// One curve of a table: value and slope at the knots of both sides, as crunch-curves.inc has them:
/// [side: positive, negative][knot].
struct StaticCurve {
  std::string name;
  std::vector<double> value[2], slope[2];
};

/// The static part of a triode stage at its grid's voltage (from rest): what the plate or follower
/// does, and what the grid draws. From the nodal solver, capacitors being batteries.
std::vector<StaticCurve> triodeCurves(const std::string& name, const TriodeParts& parts);
/// Inverter and output pair: speaker volts and supply amperes, at full supply and sagged.
std::vector<StaticCurve> powerCurves(const PowerParts& parts);
/// Tube, plate and cathode with their rest, for the stage's netlists: nodes "g", "plate", "k".
void addTriode(Netlist& netlist, const TriodeParts& parts);
/// From "in" (at the inverter's grid) to "speaker"; the couplings to the power grids are batteries.
void addPower(Netlist& netlist, const PowerParts& parts, double supplyV);

}  // namespace sonic::test
