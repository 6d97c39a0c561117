// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/dsp/curve-table.h"
#include "engine/dsp/tube.h"
#include "engine/modules/amp/grid-network.h"

namespace sonic {

/// Values of a common-cathode 12AX7 stage.
struct TriodeParts {
  float supplyV, plateOhms, cathodeOhms;
  float cathodeFarads;            ///< Bypass; 0: none.
  float loadFarads, loadOhms;     ///< Coupling capacitor and what follows; loadFarads 0: none.
  float followerOhms = 0.0F;      ///< Cathode resistor of a DC-coupled cathode follower; 0: none.
  float followerLoadOhms = 0.0F;  ///< What the follower feeds, for AC.
};

/// One gain stage with its grid network, on deviations from rest: volts in, volts at the plate (or
/// the follower's cathode) out.
///
/// Method   what is fast and non-linear - grid current through the network's resistance, plate
///          current, an unbypassed cathode, the follower - is solved by Newton at the knots of a
///          CurveTable; what is slow - bypass and coupling capacitor - are states beside it, which
///          shift the drive and the load line. So a frame costs one lookup, and there is nothing to
///          iterate. Blocking comes from the network's own coupling capacitor, charged by the grid.
class TriodeStage {
 public:
  static constexpr std::size_t kUnknowns = 4;  ///< Grid-cathode, plate, cathode, follower.
  struct State {
    GridNetwork::State network;
    float cathodeV = 0.0F, cathodeSlope = 0.0F;  ///< Bypass capacitor: trapezoid, predicted.
    float loadV = 0.0F, loadSlope = 0.0F;        ///< Coupling capacitor to the load.
  };

  void prepare(Arena& arena, const TriodeParts& parts, std::size_t tableOctaves, double rateHz);
  /// Solves the stage for this network. A few microseconds.
  void setNetwork(std::span<const GridNetwork::Part> parts, std::size_t nodes) noexcept;

  float step(State& s, float source) const noexcept {
    const float cathodeV = s.cathodeV + s.cathodeSlope * seconds_;
    const float loadV = s.loadV + s.loadSlope * seconds_;
    alignas(16) std::array<float, 4> y;
    const float drive = network_.open(s.network, source) - cathodeV;
    simd::StoreU(table_.at(drive), simd::F4{}, y.data());
    const float pull = loadShare_ * loadV - cathodeV;
    const float plate = y[kPlate] + cathodeV + pull * y[kPlateByPull];
    const float gridAmperes = y[kGridAmperes] + pull * y[kGridByPull];
    network_.advance(s.network, source, gridAmperes);

    const float loadSlope = byLoadSeconds_ * (plate - loadV);
    s.loadV += 0.5F * seconds_ * (s.loadSlope + loadSlope);
    s.loadSlope = byLoadSeconds_ * (plate - s.loadV);
    const float amperes = (loadShare_ * loadV - plate) * byPlateOhms_ + gridAmperes;
    const float cathodeSlope = byCathodeFarads_ * (amperes - cathodeV * byCathodeOhms_);
    s.cathodeV += 0.5F * seconds_ * (s.cathodeSlope + cathodeSlope);
    s.cathodeSlope = cathodeSlope;
    return plate;
  }
  void flush(State& s) const noexcept;

  /// Rest of the stage: grid-cathode, plate, cathode, follower, in volts from ground.
  [[nodiscard]] const std::array<float, kUnknowns>& restV() const { return rest_; }

 private:
  enum Curve : std::size_t { kPlate, kGridAmperes, kPlateByPull, kGridByPull };
  struct Circuit;

  TriodeParts parts_{};
  GridNetwork network_;
  CurveTable table_;
  std::array<float, kUnknowns> rest_{};
  double rateHz_ = 1.0;
  float seconds_ = 0.0F, loadShare_ = 0.0F, byLoadSeconds_ = 0.0F, byPlateOhms_ = 0.0F;
  float byCathodeFarads_ = 0.0F, byCathodeOhms_ = 0.0F;
};

}  // namespace sonic
