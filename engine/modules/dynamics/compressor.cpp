// SPDX-License-Identifier: MIT
#include "engine/modules/dynamics/compressor.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr float kDbPerOctave = 6.02059991327962F;  // of amplitude: 20 log10(2)
constexpr float kOctavesPerDb = 0.166096404744368F;
constexpr float kWindowSeconds = 0.0055F;

/// Time constant of the first of two poles in series so that the pair falls to 1/e after 1, when
/// the second has time constant `other` < 1. Fitted to the exact solution; the pair's time is right
/// within 0.35 % up to 0.93.
float firstPoleTime(float other) {
  const float r = std::min(other, 0.93F);
  return 1.0F + r * (-0.99047118F + r * (-1.21957431F + r * (2.52661441F + r * -1.32270676F)));
}

}  // namespace

std::size_t Compressor::latencyFrames(const Spec& spec) {
  return LookAhead::framesOf(spec.value(kLookahead), spec.sampleRateHz);
}

std::int64_t Compressor::quietFrames(const Spec& spec) {
  return static_cast<std::int64_t>(latencyFrames(spec));
}

void Compressor::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  lookAhead_.prepare(spec.memory(), spec.width, latencyFrames(spec));
  highPasses_ = spec.memory().allocate<Svf>(spec.width);
  window_.prepare(spec.memory(), static_cast<std::size_t>(kWindowSeconds * sampleRateHz_));
}

void Compressor::reset() noexcept {
  lookAhead_.reset();
  for (Svf& svf : highPasses_) svf.reset();
  window_.reset();
  heldDb_ = reductionDb_ = 0.0F;
  nextFrame_ = 0;
}

void Compressor::process(Io& io, const Params& params) noexcept {
  const Ballistics b = ballistics(params[kAttack].target, params[kRelease].target);
  if (io.time.frame > nextFrame_ && nextFrame_ != 0) sleepThrough(io.time.frame - nextFrame_, b);
  nextFrame_ = io.time.frame + static_cast<std::int64_t>(io.frames);

  float reductionDb[kCellFrames];
  keyLevel(io, params[kKeyHighPass].target, reductionDb);
  window_.process(reductionDb, io.frames, b.windowStage);
  gainComputer(io, params, reductionDb);
  smooth(b, io.frames, reductionDb);
  io.readings[kReduction] = reductionDb_;

  const Ramp mix = params[kMix].map([](float percent) { return 0.01F * percent; });
  for (std::size_t c = 0; c < highPasses_.size(); ++c) {
    float* const out = io.out[kOut].channels[c];
    const float* const in = lookAhead_.process(c, io.in[kMainIn].channels[c], io.frames, out);
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto one = simd::Set(d, 1.0F);
      const auto gainDb = simd::Sub(simd::at(d, params[kMakeup], io.cellOffset + i),
                                    simd::LoadU(d, reductionDb + i));
      const auto wet = simd::exp2(d, simd::Mul(gainDb, simd::Set(d, kOctavesPerDb)));
      const auto gain =
          simd::Add(one, simd::Mul(simd::at(d, mix, io.cellOffset + i), simd::Sub(wet, one)));
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), gain), d, out + i);
    });
  }
  if (io.endsCell) {
    for (Svf& svf : highPasses_) svf.flush();
    heldDb_ = flushed(heldDb_);
    reductionDb_ = flushed(reductionDb_);
  }
}

Compressor::Ballistics Compressor::ballistics(float attackMs, float releaseMs) const noexcept {
  const float framesPerMs = 0.001F * sampleRateHz_;
  const float releaseFrames = releaseMs * framesPerMs;
  Ballistics b;
  while (b.windowStage < window_.stages() &&
         static_cast<float>(std::size_t{8} << b.windowStage) <= releaseFrames) {
    ++b.windowStage;
  }
  const auto windowFrames = static_cast<float>((std::size_t{1} << b.windowStage) - 1);
  const float poleFrames = releaseFrames - windowFrames;
  const float attackFrames = attackMs * framesPerMs;
  b.attack = timeCoefficient(attackFrames, 1.0F);
  b.release = timeCoefficient(firstPoleTime(attackFrames / poleFrames) * poleFrames, 1.0F);
  return b;
}

/// The state after so many frames of silence; the attack pole then only follows the release.
void Compressor::sleepThrough(std::int64_t frames, const Ballistics& b) noexcept {
  const auto count = static_cast<float>(frames);
  heldDb_ *= math::pow(1.0F - b.release, count);
  reductionDb_ = std::max(heldDb_, reductionDb_ * math::pow(1.0F - b.attack, count));
  window_.reset();
}

void Compressor::keyLevel(const Io& io, float highPassHz, float* level) noexcept {
  const Bus<const float>& key = io.in[io.in[kKeyIn].connected ? kKeyIn : kMainIn];
  if (highPassHz <= static_cast<float>(kKeyHighPassOffHz)) {
    for (Svf& svf : highPasses_) svf.reset();
    return linkedMagnitude(key.channels, io.frames, level);
  }
  const SvfCoefficients c = SvfCoefficients::highPass(highPassHz, 0.7071F, sampleRateHz_);
  float filtered[2][kCellFrames];
  const float* pointers[2] = {filtered[0], filtered[1]};
  for (std::size_t ch = 0; ch < highPasses_.size(); ++ch) {
    highPasses_[ch].process(c, key.channels[ch], io.frames, filtered[ch]);
  }
  linkedMagnitude({pointers, highPasses_.size()}, io.frames, level);
}

/// Level in, reduction in dB out: slope * (t^2 / 2W + what lies above the knee), t = the part
/// inside a knee W wide.
void Compressor::gainComputer(const Io& io, const Params& params, float* level) const noexcept {
  const Ramp slope = params[kRatio].map([](float ratio) { return 1.0F - 1.0F / ratio; });
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const std::size_t frame = io.cellOffset + i;
    const auto knee = simd::Max(simd::at(d, params[kKnee], frame), simd::Set(d, 1e-3F));
    const auto half = simd::Mul(knee, simd::Set(d, 0.5F));
    const auto db = simd::Mul(simd::log2(d, simd::LoadU(d, level + i)), simd::Set(d, kDbPerOctave));
    const auto over = simd::Sub(db, simd::at(d, params[kThreshold], frame));
    const auto t = simd::Min(simd::Max(simd::Add(over, half), simd::Zero(d)), knee);
    const auto bend = simd::Div(simd::Mul(t, t), simd::Add(knee, knee));
    const auto above = simd::Max(simd::Sub(over, half), simd::Zero(d));
    simd::StoreU(simd::Mul(simd::at(d, slope, frame), simd::Add(bend, above)), d, level + i);
  });
}

void Compressor::smooth(const Ballistics& b, std::size_t frames, float* reductionDb) noexcept {
  float held = heldDb_;
  float reduction = reductionDb_;
  const float keep = 1.0F - b.release;
  for (std::size_t i = 0; i < frames; ++i) {
    const float goal = reductionDb[i];
    held = std::max(goal, keep * held + b.release * goal);
    reduction += b.attack * (held - reduction);
    reductionDb[i] = reduction;
  }
  heldDb_ = held;
  reductionDb_ = reduction;
}

}  // namespace sonic
