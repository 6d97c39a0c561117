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

template <std::size_t kStage>
auto& Oversampler::stage(Stages& stages) noexcept {
  if constexpr (kStage == 0) return stages.first;
  if constexpr (kStage == 1) return stages.second;
  if constexpr (kStage == 2) return stages.third;
  if constexpr (kStage == 3) return stages.fourth;
}

// One frame goes through all stages before the next one, so that their chains of dependent
// operations overlap; and no buffer between stages is needed.
template <std::size_t kStage, std::size_t kStages>
void Oversampler::split(Stages& stages, float x, float* high) noexcept {
  if constexpr (kStage == kStages) {
    *high = x;
  } else {
    float first = 0.0F;
    float second = 0.0F;
    stage<kStage>(stages).split(x, first, second);
    split<kStage + 1, kStages>(stages, first, high);
    split<kStage + 1, kStages>(stages, second, high + (std::size_t{1} << (kStages - kStage - 1)));
  }
}

template <std::size_t kStage, std::size_t kStages>
float Oversampler::merge(Stages& stages, const float* high) noexcept {
  if constexpr (kStage == kStages) {
    return *high;
  } else {
    constexpr std::size_t kHalf = std::size_t{1} << (kStages - kStage - 1);
    const float first = merge<kStage + 1, kStages>(stages, high);
    const float second = merge<kStage + 1, kStages>(stages, high + kHalf);
    return stage<kStage>(stages).merge(first, second);
  }
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
