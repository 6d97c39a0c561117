// SPDX-License-Identifier: MIT
#include "engine/dsp/oversampler.h"

#include <algorithm>

namespace sonic {

void Oversampler::prepare(Arena& arena, std::size_t factorLog2) {
  factorLog2_ = std::min(factorLog2, kMaxFactorLog2);
  stages_ = arena.allocate<Stages>(2);
}

void Oversampler::reset() noexcept {
  std::fill(stages_.begin(), stages_.end(), Stages{});
}

template <std::size_t kStages>
void Oversampler::upFrames(const float* in, std::size_t frames, float* high) noexcept {
  Stages stages = stages_[0];  // a local copy: `high` cannot alias it
  for (std::size_t i = 0; i < frames; ++i) split<0, kStages>(stages, in[i], high + (i << kStages));
  stages_[0] = stages;
}

template <std::size_t kStages>
void Oversampler::downFrames(const float* high, std::size_t frames, float* out) noexcept {
  Stages stages = stages_[1];
  for (std::size_t i = 0; i < frames; ++i)
    out[i] = merge<0, kStages>(stages, high + (i << kStages));
  stages_[1] = stages;
}

void Oversampler::up(const float* in, std::size_t frames, float* high) noexcept {
  switch (factorLog2_) {
    case 0:
      return upFrames<0>(in, frames, high);
    case 1:
      return upFrames<1>(in, frames, high);
    case 2:
      return upFrames<2>(in, frames, high);
    case 3:
      return upFrames<3>(in, frames, high);
    default:
      return upFrames<4>(in, frames, high);
  }
}

void Oversampler::down(const float* high, std::size_t frames, float* out) noexcept {
  switch (factorLog2_) {
    case 0:
      return downFrames<0>(high, frames, out);
    case 1:
      return downFrames<1>(high, frames, out);
    case 2:
      return downFrames<2>(high, frames, out);
    case 3:
      return downFrames<3>(high, frames, out);
    default:
      return downFrames<4>(high, frames, out);
  }
}

void Oversampler::flush() noexcept {
  for (Stages& stages : stages_) {
    stages.first.flush();
    stages.second.flush();
    stages.third.flush();
    stages.fourth.flush();
  }
}

}  // namespace sonic
