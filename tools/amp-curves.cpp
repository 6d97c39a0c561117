// SPDX-License-Identifier: MIT
// Writes engine/modules/amp/crunch-curves.inc, the static curves of amp-crunch, from its netlists:
//   ninja -C build/native amp-curves
//   build/native/amp-curves > engine/modules/amp/crunch-curves.inc
// Needed when a value in crunch-circuit.h changes; a test compares the file with the netlists.
#include <cmath>
#include <cstdio>

#include "tests/support/amp-curves.h"

namespace {

void writeSide(const std::vector<double>& values) {
  std::printf("{");
  std::size_t column = 1;
  for (std::size_t k = 0; k < values.size(); ++k) {
    char text[32];
    const double value = std::abs(values[k]) < 1e-20 ? 0.0 : values[k];
    const int length = std::snprintf(text, sizeof text, "%.7gF", value);
    std::string number(text, static_cast<std::size_t>(length));
    if (number.find_first_of(".e") == std::string::npos) number.insert(number.size() - 1, ".0");
    if (column + number.size() + 2 > 128) {
      std::printf("\n");
      column = 0;
    }
    std::printf("%s%s", number.c_str(), k + 1 < values.size() ? "," : "");
    column += number.size() + 1;
  }
  std::printf("}");
}

void writeCurves(const char* declaration, const std::vector<sonic::test::StaticCurve>& curves) {
  std::printf("%s{\n", declaration);
  for (const auto& curve : curves) {
    std::printf("// %s: values, then slopes\n{{{", curve.name.c_str());
    writeSide(curve.value[0]);
    std::printf(",\n");
    writeSide(curve.value[1]);
    std::printf("}},\n{{");
    writeSide(curve.slope[0]);
    std::printf(",\n");
    writeSide(curve.slope[1]);
    std::printf("}}},\n");
  }
  std::printf("};\n");
}

}  // namespace

int main() {
  namespace crunch = sonic::crunch;
  std::printf(
      "// SPDX-License-Identifier: MIT\n// Written by tools/amp-curves.cpp: do not edit.\n");
  writeCurves("const TriodeCurves kFirstCurves",
              sonic::test::triodeCurves("first", crunch::kFirst));
  writeCurves("const TriodeCurves kColdCurves", sonic::test::triodeCurves("cold", crunch::kCold));
  writeCurves("const TriodeCurves kDriverCurves",
              sonic::test::triodeCurves("driver", crunch::kDriver));
  writeCurves("const PowerCurves kPowerCurves", sonic::test::powerCurves(crunch::kPower));
}
