// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

namespace sonic {

/// A linear network of resistors and at most four capacitors between an ideal source and a grid
/// that draws current, discretised by the trapezoid: every capacitor is a conductance g = 2 C / T
/// and a source g * z with z[n+1] = 2 v[n] - z[n] (v its voltage). So the network seen from the
/// grid is an open voltage and a resistance, and what the grid draws goes back into z. z is in
/// volts and given by its change, which keeps single precision sharp at 384 kHz against time
/// constants of 30 ms.
struct GridNetwork {
  static constexpr std::size_t kMaxNodes = 5, kCapacitors = 4;
  static constexpr std::size_t kSource = 100, kGround = 101;
  struct Part {
    std::size_t a, b;     ///< Nodes; 0 is the grid.
    double ohms, farads;  ///< Either may be 0: absent.
  };

  /// No loop of capacitors and the source alone: the trapezoid does not damp it.
  static GridNetwork of(std::span<const Part> parts, std::size_t nodes, double rateHz) noexcept;

  std::array<std::array<float, kCapacitors>, kCapacitors> zByZ{};  ///< [changed][by]
  std::array<float, kCapacitors> zBySource{}, zByGrid{};           ///< By volt, by ampere drawn.
  std::array<float, kCapacitors> openByZ{};
  float openBySource = 0.0F, gridOhms = 0.0F;
};

}  // namespace sonic
