// SPDX-License-Identifier: MIT
#include "engine/modules/utility/gain.h"

#include "engine/dsp/math.h"

namespace sonic {

void Gain::prepare(const Spec& spec) {
  width_ = spec.width;
}

void Gain::process(Io& io, const Params& params) noexcept {
  constexpr float kSilenceDb = -79.99F;
  const float sign = params.choice(kPolarity) == 1 ? -1.0F : 1.0F;
  const Ramp gain =
      params[kGainDb].map([=](float db) { return db <= kSilenceDb ? 0.0F : sign * dbToGain(db); });
  const float* const perFrameDb = params.perFrame(kGainDb);

  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      auto g = simd::at(d, gain, io.cellOffset + i);
      if (perFrameDb != nullptr) {
        const auto db = simd::LoadU(d, perFrameDb + i);
        g = simd::Mul(simd::exp2(d, simd::Mul(db, simd::Set(d, 0.166096404744368F))),
                      simd::Set(d, sign));
        g = simd::IfThenElse(simd::Lt(db, simd::Set(d, kSilenceDb)), simd::Zero(d), g);
      }
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), g), d, out + i);
    });
  }
}

}  // namespace sonic
