// SPDX-License-Identifier: MIT
#include "engine/modules/dynamics/gate.h"

#include <algorithm>

#include "engine/dsp/math.h"
#include "engine/dsp/peak-window.h"

namespace sonic {
namespace {

constexpr float kHalfWaveMs = 10.0F;
constexpr float kClosedDb = static_cast<float>(Gate::kSilenceDb) + 0.01F;

}  // namespace

std::size_t Gate::latencyFrames(const Spec& spec) {
  return LookAhead::framesOf(spec.value(kLookahead), spec.sampleRateHz);
}

std::int64_t Gate::quietFrames(const Spec& spec) {
  return static_cast<std::int64_t>(latencyFrames(spec));
}

void Gate::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  width_ = spec.width;
  lookAhead_.prepare(spec.memory(), spec.width, latencyFrames(spec));
}

void Gate::reset() noexcept {
  lookAhead_.reset();
  gain_ = 0.0F;
  open_ = false;
  quiet_ = 0;
  nextFrame_ = 0;
}

void Gate::process(Io& io, const Params& params) noexcept {
  const Motion m = motion(params);
  if (io.time.frame > nextFrame_ && nextFrame_ != 0) sleepThrough(io.time.frame - nextFrame_, m);
  nextFrame_ = io.time.frame + static_cast<std::int64_t>(io.frames);

  float gain[kCellFrames];
  linkedMagnitude(io.in[io.in[kKeyIn].connected ? kKeyIn : kMainIn].channels, io.frames, gain);
  follow(m, io.frames, gain);
  io.readings[kReduction] = std::min(-gainToDb(gain_), -static_cast<float>(kSilenceDb));

  for (std::size_t c = 0; c < width_; ++c) {
    float* const out = io.out[kOut].channels[c];
    const float* const in = lookAhead_.process(c, io.in[kMainIn].channels[c], io.frames, out);
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), simd::LoadU(d, gain + i)), d, out + i);
    });
  }
}

Gate::Motion Gate::motion(const Params& params) const noexcept {
  const float framesPerMs = 0.001F * sampleRateHz_;
  const float thresholdDb = params[kThreshold].target;
  const float rangeDb = params[kRange].target;
  Motion m;
  m.openLevel = dbToGain(thresholdDb);
  m.closeLevel = dbToGain(thresholdDb - params[kHysteresis].target);
  m.floor = rangeDb <= kClosedDb ? 0.0F : dbToGain(rangeDb);
  m.rise = 1.0F / std::max(params[kAttack].target * framesPerMs, 1.0F);
  m.fallDb = rangeDb / std::max(params[kRelease].target * framesPerMs, 1.0F);
  m.fall = dbToGain(m.fallDb);
  m.holdFrames = static_cast<std::int64_t>((params[kHold].target + kHalfWaveMs) * framesPerMs);
  return m;
}

/// The state after so many frames of silence.
void Gate::sleepThrough(std::int64_t frames, const Motion& m) noexcept {
  const std::int64_t held = open_ ? std::clamp(m.holdFrames - quiet_, std::int64_t{0}, frames) : 0;
  quiet_ += held;
  if (held == frames) return;
  open_ = false;
  gain_ *= dbToGain(m.fallDb * static_cast<float>(frames - held));
  if (gain_ <= std::max(m.floor, 1e-4F)) gain_ = m.floor;
}

void Gate::follow(const Motion& m, std::size_t frames, float* levelToGain) noexcept {
  const float closed = std::max(m.floor, 1e-4F);  // -80 dB: from here it is the floor itself
  float gain = gain_;
  for (std::size_t i = 0; i < frames; ++i) {
    const float level = levelToGain[i];
    quiet_ = level >= m.closeLevel ? 0 : quiet_ + 1;
    open_ = level >= m.openLevel || (open_ && quiet_ <= m.holdFrames);
    if (open_) {
      gain = std::min(gain + m.rise, 1.0F);
    } else if (gain > closed) {
      gain *= m.fall;
      if (gain <= closed) gain = m.floor;
    } else {
      gain = std::min(gain + m.rise, m.floor);  // the range was turned up
    }
    levelToGain[i] = gain;
  }
  gain_ = gain;
}

}  // namespace sonic
