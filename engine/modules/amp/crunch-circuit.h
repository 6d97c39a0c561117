// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <span>

#include "engine/modules/amp/grid-network.h"
#include "engine/modules/amp/tone-stack.h"

namespace sonic {

/// Values of a common-cathode 12AX7 stage.
struct TriodeParts {
  float supplyV, plateOhms, cathodeOhms;
  float cathodeFarads = 0.0F;     ///< Bypass; 0: none.
  float followerOhms = 0.0F;      ///< Cathode resistor of a DC-coupled follower; 0: none.
  float followerLoadOhms = 0.0F;  ///< What the follower feeds, for AC.
};

/// Values of a long-tailed phase inverter with a push-pull pair of EL34.
struct PowerParts {
  float inverterSupplyV, plateAOhms, plateBOhms, cathodeOhms, tailOhms;
  float leakOhms, stopperOhms, biasV;  ///< Of each power grid.
  float supplyV, screenDropV, plateToPlateOhms, speakerOhms;
  float saggedV;                   ///< How far below supplyV the second set of curves lies.
  float reservoirFarads, sagOhms;  ///< sagOhms: the supply's resistance at sag 100 %.
  float gridHz;                    ///< Inverter's input capacitance behind the volume control.
  float lowHz, highHz;             ///< The transformer's band.
  float feedbackOhms, footOhms, presenceFarads, presenceOhms;
};

/// The circuit of amp-crunch, after the JCM800 2203 and 2204. Miller capacitance is lumped at each
/// grid; a plate feeds the next network through the resistance that it shows at rest.
namespace crunch {

inline constexpr TriodeParts kFirst{290.0F, 100e3F, 2.7e3F, 0.68e-6F};
inline constexpr TriodeParts kCold{290.0F, 100e3F, 10e3F};
inline constexpr TriodeParts kDriver{300.0F, 100e3F, 820.0F, 0.0F, 100e3F, 56e3F};
inline constexpr double kFirstSourceOhms = 33.5e3, kColdSourceOhms = 90e3;
inline constexpr ToneStackParts kStack{250e3, 1e6, 25e3, 33e3, 470e-12, 22e-9, 22e-9};
inline constexpr PowerParts kPower{.inverterSupplyV = 340.0F,
                                   .plateAOhms = 82e3F,
                                   .plateBOhms = 100e3F,
                                   .cathodeOhms = 470.0F,
                                   .tailOhms = 10e3F,
                                   .leakOhms = 220e3F,
                                   .stopperOhms = 5.6e3F,
                                   .biasV = -38.0F,
                                   .supplyV = 460.0F,
                                   .screenDropV = 10.0F,
                                   .plateToPlateOhms = 3400.0F,
                                   .speakerOhms = 8.0F,
                                   .saggedV = 100.0F,
                                   .reservoirFarads = 50e-6F,
                                   .sagOhms = 400.0F,
                                   .gridHz = 22e3F,
                                   .lowHz = 40.0F,
                                   .highHz = 12e3F,
                                   .feedbackOhms = 100e3F,
                                   .footOhms = 4.7e3F,
                                   .presenceFarads = 0.1e-6F,
                                   .presenceOhms = 22e3F};

/// Resistance fraction of an audio pot (10 % at half turn) and of a linear one, knob 0...10.
float audioTaper(float knob) noexcept;
float linearTaper(float knob) noexcept;

/// The networks in front of the grids.
using Network = std::array<GridNetwork::Part, 8>;
struct NetworkParts {
  std::span<const GridNetwork::Part> parts;
  std::size_t nodes;
};
NetworkParts firstNetwork(Network& parts) noexcept;
NetworkParts coldNetwork(Network& parts, double gain, bool bright) noexcept;
NetworkParts driverNetwork(Network& parts) noexcept;

/// Knots of the static curves lie as those of CurveTable: [curve][side][knot], values and slopes.
inline constexpr std::size_t kTriodeOctaves = 6, kTriodeStepsLog2 = 4;
inline constexpr std::size_t kTriodeKnots = (kTriodeOctaves << kTriodeStepsLog2) + 1;
inline constexpr std::size_t kPowerOctaves = 7, kPowerStepsLog2 = 3;
inline constexpr std::size_t kPowerKnots = (kPowerOctaves << kPowerStepsLog2) + 1;
inline constexpr float kTriodeUnitV = 1.0F, kPowerUnitV = 0.5F;
template <std::size_t kKnots>
struct Curve {
  std::array<std::array<float, kKnots>, 2> value, slope;
};
using TriodeCurve = Curve<kTriodeKnots>;
using PowerCurve = Curve<kPowerKnots>;
struct TriodeCurves {
  TriodeCurve plate, grid;  ///< Volts and amperes by grid volts, from rest.
};
struct PowerCurves {
  PowerCurve full, sagged, fullAmperes, saggedAmperes;  ///< By volts between the inverter's grids.
};
extern const TriodeCurves kFirstCurves, kColdCurves, kDriverCurves;
extern const PowerCurves kPowerCurves;

}  // namespace crunch
}  // namespace sonic
