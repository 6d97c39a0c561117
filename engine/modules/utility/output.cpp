// SPDX-License-Identifier: MIT
#include "engine/modules/utility/output.h"

#include "engine/dsp/math.h"

namespace sonic {

void Output::prepare(const Spec& spec) {
  width_ = spec.width;
}

void Output::process(Io& io, const Params& params) noexcept {
  constexpr float kSilenceDb = -79.99F;
  const Ramp level =
      params[kLevel].map([](float db) { return db <= kSilenceDb ? 0.0F : dbToGain(db); });
  const float* const left = io.in[kIn].channels[0];
  const float* const right = io.in[kIn].channels[width_ - 1];

  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const auto g = simd::at(d, level, io.cellOffset + i);
    const auto a = simd::Mul(simd::LoadU(d, left + i), g);
    const auto b = simd::Mul(simd::LoadU(d, right + i), g);
    simd::StoreU(a, d, io.out[kOut].channels[0] + i);
    simd::StoreU(b, d, io.out[kOut].channels[1] + i);
  });
}

}  // namespace sonic
