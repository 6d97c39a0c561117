// SPDX-License-Identifier: MIT
#include "engine/modules/reverb/reverb.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr float kLongestPredelaySeconds = 0.25F;
/// All-pass delays of Dattorro's plate (1997), and near them for the other side.
constexpr float kDiffuserMs[2][4] = {{4.771F, 3.595F, 12.734F, 9.307F},
                                     {5.110F, 3.329F, 11.897F, 9.871F}};
constexpr float kDiffuserGains[4] = {0.75F, 0.75F, 0.625F, 0.625F};
/// An all-pass rings on by itself; in a short room it must not outlast the lines' treble.
constexpr float kDiffuserDecay = 0.25F;
constexpr float kButterworth = 0.70710678F;

/// What is left after a share of a decay time.
float decayedBy(float share) {
  return math::exp2(-9.96578428F * share);  // log2(1000): 60 dB
}

/// y = d - g v, v = x + g d, where d is v delayed. The delay is never shorter than a call.
template <bool kMoving>
void diffuse(DelayLine& line, std::size_t delayFrames, const Ramp& g, const Io& io,
             float* x) noexcept {
  float v[kCellFrames];
  line.readAhead(delayFrames, io.frames, v);
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const auto gain = kMoving ? simd::at(d, g, io.cellOffset + i) : simd::Set(d, g.begin);
    const auto delayed = simd::LoadU(d, v + i);
    auto fed = simd::Add(simd::LoadU(d, x + i), simd::Mul(gain, delayed));
    const auto sounds = simd::Lt(simd::Set(d, 1e-15F), simd::Abs(fed));
    fed = simd::IfThenElse(sounds, fed, simd::Zero(d));
    simd::StoreU(simd::Sub(delayed, simd::Mul(gain, fed)), d, x + i);
    simd::StoreU(fed, d, v + i);
  });
  line.push(v, io.frames);
}

}  // namespace

std::int64_t Reverb::quietFrames(const Spec& spec) {
  const float longest =
      kLongestPredelaySeconds + ReverbTank::kLargestSize * ReverbTank::kLongestSeconds + 0.05F;
  return static_cast<std::int64_t>(longest * spec.sampleRateHz);
}

void Reverb::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  Arena& arena = spec.memory();
  sides_ = arena.allocate<Side>(spec.width);
  for (std::size_t c = 0; c < sides_.size(); ++c) {
    Side& side = sides_[c];
    side.predelay.prepare(arena,
                          static_cast<std::size_t>(kLongestPredelaySeconds * sampleRateHz_) + 1);
    for (std::size_t k = 0; k < kDiffusers; ++k) {
      const float frames = 0.001F * kDiffuserMs[c][k] * sampleRateHz_;
      side.diffuserFrames[k] = std::max(static_cast<std::size_t>(frames), kCellFrames);
      side.diffusers[k].prepare(arena, side.diffuserFrames[k]);
    }
  }
  tank_.prepare(arena, sampleRateHz_);
}

void Reverb::reset() noexcept {
  for (Side& side : sides_) {
    side.predelay.reset();
    for (DelayLine& line : side.diffusers) line.reset();
  }
  cuts_.reset();
  predelayTap_.reset();
  tank_.reset();
  diffusedSeconds_ = 0.0F;
}

void Reverb::process(Io& io, const Params& params) noexcept {
  const float predelay = 0.001F * params[kPredelay].target * sampleRateHz_;
  predelayTap_.follow(static_cast<std::size_t>(predelay + 0.5F));
  alignas(16) float wet[2][kCellFrames];
  for (std::size_t c = 0; c < sides_.size(); ++c) {
    feed(sides_[c], io, io.in[kIn].channels[c], wet[c]);
  }
  if (params[kLowCut].target != lowHz_ || params[kHighCut].target != highHz_) setCuts(params);
  cuts_.process(io.frames, wet[0], sides_.size() == 2 ? wet[1] : nullptr);
  if (io.endsCell) cuts_.flush();
  setDiffusion(params[kDecay].target);
  for (std::size_t c = 0; c < sides_.size(); ++c) {
    Side& side = sides_[c];
    for (std::size_t k = 0; k < kDiffusers; ++k) {
      const Ramp gain = Ramp::between(side.gainsBegin[k], side.gainsEnd[k]);
      const auto run = gain.step == 0.0F ? diffuse<false> : diffuse<true>;
      run(side.diffusers[k], side.diffuserFrames[k], gain, io, wet[c]);
    }
    if (io.endsCell) side.gainsBegin = side.gainsEnd;
  }
  tank_.process(io,
                {.decaySeconds = params[kDecay].target,
                 .dampHz = params[kDamp].target,
                 .size = 0.01F * params[kSize].target,
                 .modulation = 0.01F * params[kModulation].target},
                sides_.size(), wet);
  blend(io, params, wet);
  if (io.endsCell) predelayTap_.endCell();
}

/// One side's way from the input to the cuts.
void Reverb::feed(Side& side, const Io& io, const float* in, float* wet) noexcept {
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const auto x = simd::LoadU(d, in + i);  // nothing absurd, for it would ring on
    const auto sane = simd::Lt(simd::Abs(x), simd::Set(d, 1e4F));
    simd::StoreU(simd::IfThenElse(sane, x, simd::Zero(d)), d, wet + i);
  });
  side.predelay.push(wet, io.frames);
  side.predelay.read(predelayTap_.now(), io.frames, wet);
  if (predelayTap_.isFading()) {
    float next[kCellFrames];
    side.predelay.read(predelayTap_.next(), io.frames, next);
    crossFade(predelayTap_.share(), io.cellOffset, io.frames, next, wet);
  }
}

/// The diffusers' gains at this cell's end.
void Reverb::setDiffusion(float decaySeconds) noexcept {
  if (decaySeconds == diffusedSeconds_) return;
  for (std::size_t c = 0; c < sides_.size(); ++c) {
    for (std::size_t k = 0; k < kDiffusers; ++k) {
      const float share = 0.001F * kDiffuserMs[c][k] / (kDiffuserDecay * decaySeconds);
      sides_[c].gainsEnd[k] = std::min(kDiffuserGains[k], decayedBy(share));
    }
    if (diffusedSeconds_ == 0.0F) sides_[c].gainsBegin = sides_[c].gainsEnd;
  }
  diffusedSeconds_ = decaySeconds;
}

void Reverb::setCuts(const Params& params) noexcept {
  lowHz_ = params[kLowCut].target;
  highHz_ = params[kHighCut].target;
  cuts_.set(SvfCoefficients::highPass(lowHz_, kButterworth, sampleRateHz_),
            SvfCoefficients::lowPass(highHz_, kButterworth, sampleRateHz_));
}

void Reverb::blend(const Io& io, const Params& params, float (*wet)[kCellFrames]) const noexcept {
  const Ramp mix = params[kMix].map([](float percent) { return 0.01F * percent; });
  const Ramp width = params[kWidth].map([](float percent) { return 0.01F * percent; });
  for (std::size_t c = 0; c < sides_.size(); ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    const float* const other = wet[sides_.size() - 1 - c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto here = simd::LoadU(d, wet[c] + i);
      const auto there = simd::LoadU(d, other + i);
      const auto half = simd::Set(d, 0.5F);
      const auto mid = simd::Mul(simd::Add(here, there), half);
      const auto side = simd::Mul(simd::Sub(here, there), half);
      const auto w = simd::at(d, width, io.cellOffset + i);
      const auto placed = simd::Add(mid, simd::Mul(w, side));
      const auto dry = simd::LoadU(d, in + i);
      const auto m = simd::at(d, mix, io.cellOffset + i);
      simd::StoreU(simd::Add(dry, simd::Mul(m, simd::Sub(placed, dry))), d, out + i);
    });
  }
}

}  // namespace sonic
