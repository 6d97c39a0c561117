// SPDX-License-Identifier: MIT
#include "engine/live/live-output.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {

LiveOutput::LiveOutput(float sampleRateHz)
    : gain_(1.0F),
      rampFrames_(static_cast<std::size_t>(0.01F * sampleRateHz)),
      recovery_(timeCoefficient(0.1F, sampleRateHz)) {}

void LiveOutput::setVolumeDb(float volumeDb) noexcept {
  volume_ = volumeDb > -60.0F ? dbToGain(std::min(volumeDb, 6.0F)) : 0.0F;  // NaN: silence
  aim();
}

void LiveOutput::setMuted(bool muted) noexcept {
  muted_ = muted;
  aim();
}

void LiveOutput::aim() noexcept {
  goal_ = muted_ ? 0.0F : volume_;
  framesLeft_ = rampFrames_;
  step_ = (goal_ - gain_) / static_cast<float>(rampFrames_);
}

void LiveOutput::process(float* const* channels, std::size_t channelCount,
                         std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    if (framesLeft_ > 0) {
      --framesLeft_;
      gain_ = framesLeft_ == 0 ? goal_ : gain_ + step_;
    }
    float loudest = 0.0F;
    for (std::size_t c = 0; c < channelCount; ++c) {
      const float given = channels[c][i] * gain_;
      const float x = given - given == 0.0F ? given : 0.0F;  // what is no number is not heard
      const float magnitude = x < 0.0F ? -x : x;
      channels[c][i] = x;
      loudest = std::max(loudest, magnitude);
      if (c < 2) {
        report_.peak[c] = std::max(report_.peak[c], magnitude);
        report_.squares[c] += x * x;
      }
    }
    // The reduction decays, not the gain rises: near 1 a rise would stall in rounding.
    reduction_ -= recovery_ * reduction_;
    if (reduction_ < 1e-6F) reduction_ = 0.0F;
    if (loudest * (1.0F - reduction_) > kCeiling) reduction_ = 1.0F - kCeiling / loudest;
    const float limit = 1.0F - reduction_;
    report_.gain = std::min(report_.gain, limit);
    if (reduction_ == 0.0F) continue;
    for (std::size_t c = 0; c < channelCount; ++c) {
      channels[c][i] = std::clamp(channels[c][i] * limit, -kCeiling, kCeiling);
    }
  }
  report_.frames += frames;
}

LiveOutput::Report LiveOutput::take() noexcept {
  const Report report = report_;
  report_ = {};
  return report;
}

}  // namespace sonic
