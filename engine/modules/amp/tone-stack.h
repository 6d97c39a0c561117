// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/dsp/math.h"

namespace sonic {

/// Values of a Fender/Marshall/Vox tone stack.
struct ToneStackParts {
  double trebleOhms, bassOhms, middleOhms, slopeOhms;
  double trebleFarads, bassFarads, middleFarads;
};

/// The passive tone stack as its circuit: three capacitor voltages, trapezoid; a turning pot leaves
/// the charges where they are.
/// Source   topology: Yeh & Smith, Discretization of the '59 Fender Bassman Tone Stack, DAFx 2006.
class ToneStack {
 public:
  struct State {
    alignas(16) std::array<float, 4> v{};  ///< Of the treble, bass and middle capacitors.
    float source = 0.0F;
  };

  /// Resistance fractions 0...1 of the pots: treble 1 is bright, middle and bass 1 are full.
  void set(const ToneStackParts& parts, double treble, double middle, double bass,
           double rateHz) noexcept;

  float step(State& s, float source) const noexcept {
    const simd::F4 d;
    const auto v = simd::LoadU(d, s.v.data());
    const auto column = [&](std::size_t k) { return simd::LoadU(d, matrix_.data() + 4 * k); };
    const auto mean = simd::Set(d, 0.5F * (source + s.source));
    const auto sum01 = simd::Add(simd::Mul(simd::hn::Broadcast<0>(v), column(0)),
                                 simd::Mul(simd::hn::Broadcast<1>(v), column(1)));
    const auto sum23 =
        simd::Add(simd::Mul(simd::hn::Broadcast<2>(v), column(2)), simd::Mul(mean, column(3)));
    const auto next = simd::Add(v, simd::Add(sum01, sum23));
    simd::StoreU(next, d, s.v.data());
    s.source = source;
    return simd::sum4(simd::Mul(next, simd::LoadU(d, toOut_.data()))) + sourceToOut_ * source;
  }

 private:
  alignas(16) std::array<float, 16> matrix_{};  ///< Change of v: by v, then by the source.
  alignas(16) std::array<float, 4> toOut_{};
  float sourceToOut_ = 0.0F;
};

}  // namespace sonic
