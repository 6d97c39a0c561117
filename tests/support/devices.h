// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <variant>

namespace sonic::test {

/// i = saturationA * (exp(v / slopeV) - 1), slopeV = n * Vt.
struct DiodeModel {
  double saturationA = 2.52e-9;  // 1N914 with n = 1.752
  double slopeV = 1.752 * 0.02585;
};

struct NoGridCurrent {};
/// i = g * (ln(1 + exp(c * v)) / c)^exponent. Source: Dempwolf & Zoelzer, DAFx 2011.
struct SoftGrid {
  double g = 6.177e-4, c = 9.901, exponent = 1.314;
};
/// 0 below onset - knee, (v - onset) / ohms above onset + knee, the joining parabola between.
struct KneeGrid {
  double onsetV = 0.33, kneeV = 0.1, ohms = 2000.0;
};
using GridModel = std::variant<NoGridCurrent, SoftGrid, KneeGrid>;

/// Source: Koren, "Improved Vacuum Tube Models for SPICE Simulations", 1996.
struct TriodeModel {
  double mu, ex, kg1, kp, kvb;
};
struct PentodeModel {
  double mu, ex, kg1, kg2, kp, kvb;
};
inline constexpr TriodeModel k12Ax7{100.0, 1.4, 1060.0, 600.0, 300.0};
inline constexpr TriodeModel k12At7{60.0, 1.35, 460.0, 300.0, 300.0};
inline constexpr TriodeModel k12Au7{21.5, 1.3, 1180.0, 84.0, 300.0};
inline constexpr PentodeModel kEl34{11.0, 1.35, 650.0, 4200.0, 60.0, 24.0};
inline constexpr PentodeModel k6L6Gc{8.7, 1.35, 1460.0, 4500.0, 48.0, 12.0};

struct Diode {
  DiodeModel model;
};
struct DiodePair {
  DiodeModel model;
};
struct Triode {
  TriodeModel model;
  GridModel grid;
};
struct Pentode {
  PentodeModel model;
  GridModel grid;
};
using Device = std::variant<Diode, DiodePair, Triode, Pentode>;

/// Currents into a device's terminals and their derivatives, by the voltages of these terminals to
/// the last (the reference). Triode: plate, grid. Pentode: plate, screen, grid.
struct Currents {
  std::array<double, 3> i{};
  std::array<std::array<double, 3>, 3> di{};
};
Currents evaluate(const Device& device, const std::array<double, 3>& v);
/// `next`, drawn towards `last` where Newton would overshoot.
std::array<double, 3> limited(const Device& device, const std::array<double, 3>& next,
                              const std::array<double, 3>& last);

}  // namespace sonic::test
