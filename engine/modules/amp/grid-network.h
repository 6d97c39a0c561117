// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

namespace sonic {

/// A linear network of resistors and at most four capacitors between an ideal source and a grid
/// that draws current, discretised by the trapezoid: every capacitor is a conductance g = 2 C / T
/// and a source g * z with z[n+1] = 2 v[n] - z[n] (v its voltage). So the network seen from the
/// grid is an open voltage and a resistance, and what the grid draws goes back into z.
///
/// With its capacitors weighed by their size, such a network is symmetric: it falls into modes that
/// do not see each other and decay each at its own rate. What runs are the modes, scaled so that
/// their sum is the open voltage; each is given by its change, which keeps single precision sharp
/// at 384 kHz against time constants of 30 ms.
struct GridNetwork {
  static constexpr std::size_t kMaxNodes = 5, kCapacitors = 4;
  static constexpr std::size_t kSource = 100, kGround = 101;
  struct Part {
    std::size_t a, b;     ///< Nodes; 0 is the grid.
    double ohms, farads;  ///< Either may be 0: absent.
  };
  using Modes = std::array<double, kCapacitors>;

  /// No loop of capacitors and the source alone: the trapezoid does not damp it.
  static GridNetwork of(std::span<const Part> parts, std::size_t nodes, double rateHz) noexcept;

  /// A mode's change: by itself, by volt of the source and by ampere that the grid draws.
  Modes change{}, changeBySource{}, changeByGrid{};
  double openBySource = 0.0, gridOhms = 0.0;
  /// Modes from the capacitors' z and back, for a network whose pot turns: the charges stay.
  std::array<Modes, kCapacitors> modesByZ{}, zByModes{};  ///< [of][by]
};

}  // namespace sonic
