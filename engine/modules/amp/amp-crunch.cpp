// SPDX-License-Identifier: MIT
#include "engine/modules/amp/amp-crunch.h"

#include <algorithm>

namespace sonic {
namespace {

/// Speaker volts to full scale: the clipped amp's 30 V peak come out at about -7 dBFS.
constexpr float kByVolt = 0.015F;

std::size_t factorLog2For(float sampleRateHz, Quality quality) {
  std::size_t log2 = 3;  // to about 384 kHz
  for (float rate = sampleRateHz; rate > 50e3F && log2 > 0; rate *= 0.5F) --log2;
  return quality == Quality::kHq ? log2 + 1 : log2;
}

}  // namespace

void AmpCrunch::prepare(const Spec& spec) {
  Arena& arena = spec.memory();
  factorLog2_ = factorLog2For(spec.sampleRateHz, spec.quality);
  const std::size_t factor = std::size_t{1} << factorLog2_;
  highRateHz_ = static_cast<double>(spec.sampleRateHz) * static_cast<double>(factor);
  channels_ = arena.allocate<Channel>(spec.width);
  oversamplers_ = arena.allocate<Oversampler<half_band::Light>>(spec.width);
  for (auto& o : oversamplers_) o.prepare(arena, factorLog2_, spec.sampleRateHz, spec.quality);
  high_ = arena.allocate<float>(kCellFrames * factor);

  crunch::Network parts;
  triodes_.prepare(arena, highRateHz_);
  triodes_.set(TriodeBank::kFirst, crunch::firstNetwork(parts), crunch::kFirstCurves);
  triodes_.set(TriodeBank::kDriver, crunch::driverNetwork(parts), crunch::kDriverCurves);
  power_.prepare(arena, highRateHz_);
  knobs_ = {};
}

void AmpCrunch::reset() noexcept {
  std::fill(channels_.begin(), channels_.end(), Channel{});
  for (auto& o : oversamplers_) o.reset();
}

void AmpCrunch::turn(const Params& params) noexcept {
  const Knobs now{.gain = params[kGain].target,
                  .bass = params[kBass].target,
                  .middle = params[kMiddle].target,
                  .treble = params[kTreble].target,
                  .bright = params.choice(kBright) == 1};
  if (now.gain != knobs_.gain || now.bright != knobs_.bright) {
    crunch::Network parts;
    triodes_.set(TriodeBank::kCold,
                 crunch::coldNetwork(parts, crunch::audioTaper(now.gain), now.bright),
                 crunch::kColdCurves);
    for (Channel& c : channels_) triodes_.refresh(TriodeBank::kCold, c.triodes);
  }
  if (now.bass != knobs_.bass || now.middle != knobs_.middle || now.treble != knobs_.treble) {
    stack_.set(crunch::kStack, crunch::linearTaper(now.treble), crunch::linearTaper(now.middle),
               crunch::audioTaper(now.bass), highRateHz_);
  }
  knobs_ = now;
  if (power_.set(0.1F * params[kPresence].target, 0.01F * params[kSag].target)) {
    for (Channel& c : channels_) power_.refresh(c.power);
  }
}

void AmpCrunch::run(Channel& channel, const Ramp& master, std::size_t cellOffset,
                    std::size_t frames) noexcept {
  Channel c = channel;  // a local copy: the buffer cannot alias it
  float* const x = high_.data();
  const float byFactor = 1.0F / static_cast<float>(std::size_t{1} << factorLog2_);
  const auto offset = static_cast<float>(cellOffset);
  triodes_.run(c.triodes, x, frames, [&](std::size_t n, float driven) {
    const float inCell = offset + static_cast<float>(n) * byFactor;
    const float share = master.begin + master.step * inCell;
    x[n] = power_.step(c.power, share * stack_.step(c.stack, driven));
  });
  channel = c;
}

void AmpCrunch::process(Io& io, const Params& params) noexcept {
  turn(params);
  const Ramp master = params[kMaster].map(crunch::audioTaper);
  const Ramp level = params[kLevelDb].map([](float db) { return kByVolt * dbToGain(db); });
  for (std::size_t ch = 0; ch < channels_.size(); ++ch) {
    auto& oversampler = oversamplers_[ch];
    oversampler.up(io.in[kIn].channels[ch], io.frames, high_.data());
    run(channels_[ch], master, io.cellOffset, io.frames << factorLog2_);
    float* const out = io.out[kOut].channels[ch];
    oversampler.down(high_.data(), io.frames, out);
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto gain = simd::at(d, level, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, out + i), gain), d, out + i);
    });
    if (io.endsCell) {
      Channel& c = channels_[ch];
      TriodeBank::flush(c.triodes);
      const simd::F4 d;
      simd::StoreU(simd::flushed(d, simd::LoadU(d, c.stack.v.data())), d, c.stack.v.data());
      c.stack.source = flushed(c.stack.source);
      PowerStage::flush(c.power);
      oversampler.flush();
    }
  }
}

}  // namespace sonic
