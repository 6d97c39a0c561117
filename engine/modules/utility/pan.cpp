// SPDX-License-Identifier: MIT
#include "engine/modules/utility/pan.h"

#include "engine/dsp/math.h"

namespace sonic {
namespace {

/// Gain of the side towards which the knob stands at `share` (0: turned away, 1: turned to it).
template <class D>
simd::VF<D> sideGain(D d, simd::VF<D> share, std::size_t law) {
  switch (law) {
    case Pan::kConstantPower:
      return simd::sin(d, simd::Mul(share, simd::Set(d, 0.5F * kPi)));
    case Pan::kCompromise: {
      const auto s = simd::sin(d, simd::Mul(share, simd::Set(d, 0.5F * kPi)));
      return simd::Sqrt(simd::Mul(s, share));
    }
    case Pan::kConstantSum:
      return share;
    default:
      return simd::Min(simd::Add(share, share), simd::Set(d, 1.0F));
  }
}

float sideGain(float share, std::size_t law) {
  const simd::F1 d;
  return simd::hn::GetLane(sideGain(d, simd::Set(d, share), law));
}

}  // namespace

void Pan::prepare(const Spec& spec) {
  width_ = spec.width;
}

void Pan::process(Io& io, const Params& params) noexcept {
  const std::size_t law = width_ > 1 ? std::size_t{kBalance} : params.choice(kLaw);
  const Ramp pan = params[kPan];
  const Ramp leftGain =
      pan.map([=](float percent) { return sideGain(0.5F - 0.005F * percent, law); });
  const Ramp rightGain =
      pan.map([=](float percent) { return sideGain(0.5F + 0.005F * percent, law); });
  const float* const perFrame = params.perFrame(kPan);
  const float* const left = io.in[kIn].channels[0];
  const float* const right = io.in[kIn].channels[width_ - 1];

  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    auto gl = simd::at(d, leftGain, io.cellOffset + i);
    auto gr = simd::at(d, rightGain, io.cellOffset + i);
    if (perFrame != nullptr) {
      const auto half = simd::Set(d, 0.5F);
      const auto offset = simd::Mul(simd::LoadU(d, perFrame + i), simd::Set(d, 0.005F));
      gl = sideGain(d, simd::Sub(half, offset), law);
      gr = sideGain(d, simd::Add(half, offset), law);
    }
    const auto a = simd::LoadU(d, left + i);
    const auto b = simd::LoadU(d, right + i);
    simd::StoreU(simd::Mul(a, gl), d, io.out[kOut].channels[0] + i);
    simd::StoreU(simd::Mul(b, gr), d, io.out[kOut].channels[1] + i);
  });
}

}  // namespace sonic
