// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "engine/dsp/math.h"

namespace sonic {

/// A linear network of resistors and at most four capacitors between an ideal source and a grid
/// that draws current: discretised by the trapezoid, ready for a solved grid.
///
/// Method   every capacitor is a conductance g = 2 C / T and a source g * z with
///          z[n+1] = 2 v[n] - z[n] (v its voltage), so that the network seen from the grid is a
///          voltage without grid current and a resistance; what the grid draws goes back into z.
///          z is in volts and moves by differences, which keeps single precision sharp at
///          384 kHz against time constants of 30 ms.
class GridNetwork {
 public:
  static constexpr std::size_t kMaxNodes = 5;
  /// Node numbers: 0 is the grid.
  static constexpr std::size_t kSource = 100, kGround = 101;
  struct Part {
    std::size_t a, b;
    double ohms, farads;  ///< Either may be 0: absent.
  };
  struct State {
    alignas(16) std::array<float, 4> z{};
  };

  /// Any thread; per cell while a pot moves.
  void set(std::span<const Part> parts, std::size_t nodes, double rateHz) noexcept;

  [[nodiscard]] float gridOhms() const { return gridOhms_; }
  /// The grid's voltage if it drew no current.
  [[nodiscard]] float open(const State& s, float source) const noexcept {
    const simd::F4 d;
    return simd::sum4(simd::Mul(simd::LoadU(d, s.z.data()), simd::LoadU(d, toGrid_.data()))) +
           sourceToGrid_ * source;
  }
  void advance(State& s, float source, float gridAmperes) const noexcept {
    const simd::F4 d;
    const auto z = simd::LoadU(d, s.z.data());
    const auto column = [&](std::size_t k) { return simd::LoadU(d, matrix_.data() + 4 * k); };
    const auto fromSource = simd::Mul(simd::Set(d, source), simd::LoadU(d, fromSource_.data()));
    const auto fromGrid = simd::Mul(simd::Set(d, gridAmperes), simd::LoadU(d, fromGrid_.data()));
    const auto sum01 = simd::Add(simd::Mul(simd::hn::Broadcast<0>(z), column(0)),
                                 simd::Mul(simd::hn::Broadcast<1>(z), column(1)));
    const auto sum23 = simd::Add(simd::Mul(simd::hn::Broadcast<2>(z), column(2)),
                                 simd::Mul(simd::hn::Broadcast<3>(z), column(3)));
    const auto change = simd::Add(simd::Add(sum01, sum23), fromSource);
    simd::StoreU(simd::Add(z, simd::Add(change, fromGrid)), d, s.z.data());
  }

 private:
  alignas(16) std::array<float, 16> matrix_{};  ///< By columns: change of z by z.
  alignas(16) std::array<float, 4> fromSource_{}, fromGrid_{}, toGrid_{};
  float sourceToGrid_ = 0.0F, gridOhms_ = 0.0F;
};

}  // namespace sonic
