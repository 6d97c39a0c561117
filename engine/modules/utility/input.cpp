// SPDX-License-Identifier: MIT
#include "engine/modules/utility/input.h"

#include "engine/dsp/math.h"

namespace sonic {

void Input::prepare(const Spec& spec) {
  width_ = spec.width;
  channel_ = static_cast<Channel>(spec.choice(kChannel));
  // One channel is all that there is room for.
  if (channel_ == kStereo && width_ == 1) channel_ = kBoth;
}

void Input::process(Io& io, const Params& params) noexcept {
  const Ramp gain = params[kGain].map(dbToGain);
  const float* const left = io.in[kIn].channels[0];
  const float* const right = io.in[kIn].channels[1];

  // Both sides are read before either output, which may be the same memory, is written.
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    auto a = simd::LoadU(d, left + i);
    auto b = simd::LoadU(d, right + i);
    if (channel_ == kBoth) a = b = simd::Mul(simd::Add(a, b), simd::Set(d, 0.5F));
    if (channel_ == kLeft) b = a;
    if (channel_ == kRight) a = b;
    const auto g = simd::at(d, gain, io.cellOffset + i);
    simd::StoreU(simd::Mul(a, g), d, io.out[kOut].channels[0] + i);
    if (width_ > 1) simd::StoreU(simd::Mul(b, g), d, io.out[kOut].channels[1] + i);
  });
}

}  // namespace sonic
