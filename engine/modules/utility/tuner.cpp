// SPDX-License-Identifier: MIT
#include "engine/modules/utility/tuner.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr float kMuteSeconds = 0.008F;

}  // namespace

std::int64_t Tuner::quietFrames(const Spec& spec) {
  return static_cast<std::int64_t>(PitchDetector::forgetFrames(spec.sampleRateHz));
}

void Tuner::prepare(const Spec& spec) {
  width_ = spec.width;
  muteStep_ = std::min(1.0F, static_cast<float>(kCellFrames) / (kMuteSeconds * spec.sampleRateHz));
  detector_.prepare(spec.memory(), spec.sampleRateHz);
}

void Tuner::reset() noexcept {
  hasRun_ = false;
  detector_.reset();
}

void Tuner::process(Io& io, const Params& params) noexcept {
  if (io.cellOffset == 0 || !hasRun_) {
    const float goal = params.choice(kMute) == 1 ? 0.0F : 1.0F;
    const float now = hasRun_ ? gain_.target : goal;
    gain_ = Ramp::between(
        now, goal > now ? std::min(now + muteStep_, goal) : std::max(now - muteStep_, goal));
    if (!hasRun_) show(io.readings, params[kReference].target);
    hasRun_ = true;
  }

  float mono[kCellFrames];
  const float* const left = io.in[kIn].channels[0];
  const float* const right = io.in[kIn].channels[width_ - 1];
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const auto sum = simd::Add(simd::LoadU(d, left + i), simd::LoadU(d, right + i));
    simd::StoreU(simd::Mul(sum, simd::Set(d, 0.5F)), d, mono + i);
  });
  detector_.push(mono, io.frames);

  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto gain = simd::at(d, gain_, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), gain), d, out + i);
    });
  }
  if (io.endsCell && detector_.step()) show(io.readings, params[kReference].target);
}

void Tuner::show(std::span<float> readings, float referenceHz) const noexcept {
  constexpr float kA4 = 69.0F;
  const Pitch& pitch = detector_.pitch();
  readings[kFrequency] = pitch.frequencyHz;
  readings[kClarity] = pitch.clarity;
  readings[kNote] = -1.0F;
  readings[kCents] = 0.0F;
  if (pitch.frequencyHz <= 0.0F) return;
  const float key = kA4 + 12.0F * math::log2(pitch.frequencyHz / referenceHz);
  const float note = static_cast<float>(static_cast<int>(key + 0.5F));  // key is positive
  readings[kNote] = note;
  readings[kCents] = 100.0F * (key - note);
}

}  // namespace sonic
