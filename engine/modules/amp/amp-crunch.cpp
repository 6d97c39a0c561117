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

namespace crunch {

float audioTaper(float knob) noexcept {
  // (81^x - 1) / 80: 10 % at half turn.
  return std::clamp((math::exp(0.439444915F * knob) - 1.0F) * (1.0F / 80.0F), 0.0F, 1.0F);
}
float linearTaper(float knob) noexcept {
  return std::clamp(0.1F * knob, 0.0F, 1.0F);
}

namespace {
constexpr std::size_t kGrid = 0, kSource = GridNetwork::kSource, kGround = GridNetwork::kGround;
}

std::span<const GridNetwork::Part> firstNetwork(Network& parts) noexcept {
  parts[0] = {kSource, kGrid, 68e3, 0.0};
  parts[1] = {kGrid, kGround, 0.0, 110e-12};
  return {parts.data(), 2};
}
std::span<const GridNetwork::Part> coldNetwork(Network& parts, double gain, bool bright) noexcept {
  constexpr std::size_t kWiper = 1, kTop = 2, kCoupled = 3, kPlate = 4;
  parts[0] = {kSource, kPlate, kFirstSourceOhms, 0.0};
  parts[1] = {kPlate, kCoupled, 0.0, 22e-9};
  parts[2] = {kCoupled, kTop, 470e3, 470e-12};
  parts[3] = {kTop, kWiper, std::max(1.0, (1.0 - gain) * 1e6), bright ? 1e-9 : 0.0};
  parts[4] = {kWiper, kGround, std::max(1.0, gain * 1e6), 0.0};
  parts[5] = {kWiper, kGrid, 68e3, 0.0};
  parts[6] = {kGrid, kGround, 0.0, 20e-12};
  return {parts.data(), 7};
}
std::span<const GridNetwork::Part> driverNetwork(Network& parts) noexcept {
  constexpr std::size_t kCoupled = 1, kPlate = 2;
  parts[0] = {kSource, kPlate, kColdSourceOhms, 0.0};
  parts[1] = {kPlate, kCoupled, 0.0, 22e-9};
  parts[2] = {kCoupled, kGrid, 470e3, 470e-12};
  parts[3] = {kGrid, kGround, 470e3, 110e-12};
  return {parts.data(), 4};
}

}  // namespace crunch

void AmpCrunch::prepare(const Spec& spec) {
  Arena& arena = spec.memory();
  factorLog2_ = factorLog2For(spec.sampleRateHz, spec.quality);
  const std::size_t factor = std::size_t{1} << factorLog2_;
  highRateHz_ = static_cast<double>(spec.sampleRateHz) * static_cast<double>(factor);
  channels_ = arena.allocate<Channel>(spec.width);
  oversamplers_ = arena.allocate<Oversampler>(spec.width);
  for (Oversampler& o : oversamplers_) o.prepare(arena, factorLog2_);
  high_ = arena.allocate<float>(kCellFrames * factor);

  crunch::Network parts;
  first_.prepare(arena, crunch::kFirst, 6, highRateHz_);
  first_.setNetwork(crunch::firstNetwork(parts), 1);
  cold_.prepare(arena, crunch::kCold, 8, highRateHz_);
  driver_.prepare(arena, crunch::kDriver, 8, highRateHz_);
  driver_.setNetwork(crunch::driverNetwork(parts), 3);
  power_.prepare(arena, crunch::kPower, highRateHz_);
  knobs_ = {};
}

void AmpCrunch::reset() noexcept {
  std::fill(channels_.begin(), channels_.end(), Channel{});
  for (Oversampler& o : oversamplers_) o.reset();
}

void AmpCrunch::turn(const Params& params) noexcept {
  const Knobs now{.gain = params[kGain].target,
                  .bass = params[kBass].target,
                  .middle = params[kMiddle].target,
                  .treble = params[kTreble].target,
                  .bright = params.choice(kBright) == 1};
  if (now.gain != knobs_.gain || now.bright != knobs_.bright) {
    crunch::Network parts;
    cold_.setNetwork(crunch::coldNetwork(parts, crunch::audioTaper(now.gain), now.bright), 5);
  }
  if (now.bass != knobs_.bass || now.middle != knobs_.middle || now.treble != knobs_.treble) {
    stack_.set(crunch::kStack, crunch::linearTaper(now.treble), crunch::linearTaper(now.middle),
               crunch::audioTaper(now.bass), highRateHz_);
  }
  knobs_ = now;
  powerCoefficients_ =
      power_.coefficients(0.1F * params[kPresence].target, 0.01F * params[kSag].target);
}

void AmpCrunch::run(Channel& channel, const Ramp& master, std::size_t cellOffset,
                    std::size_t frames) noexcept {
  Channel c = channel;  // a local copy: the buffer cannot alias it
  float* const x = high_.data();
  const float byFactor = 1.0F / static_cast<float>(std::size_t{1} << factorLog2_);
  const auto offset = static_cast<float>(cellOffset);
  // A stage writes its frame back before the next stage takes it one turn later.
  for (std::size_t n = 0; n < frames + 4; ++n) {
    if (n >= 4) {
      const std::size_t at = n - 4;
      const float inCell = offset + static_cast<float>(at) * byFactor;
      const float share = master.begin + master.step * inCell;
      x[at] = power_.step(c.power, powerCoefficients_, share * x[at]);
    }
    if (n >= 3 && n - 3 < frames) x[n - 3] = stack_.step(c.stack, x[n - 3]);
    if (n >= 2 && n - 2 < frames) x[n - 2] = driver_.step(c.driver, x[n - 2]);
    if (n >= 1 && n - 1 < frames) x[n - 1] = cold_.step(c.cold, x[n - 1]);
    if (n < frames) x[n] = first_.step(c.first, x[n]);
  }
  channel = c;
}

void AmpCrunch::process(Io& io, const Params& params) noexcept {
  turn(params);
  const Ramp master = params[kMaster].map(crunch::audioTaper);
  const Ramp level = params[kLevelDb].map([](float db) { return kByVolt * dbToGain(db); });
  for (std::size_t ch = 0; ch < channels_.size(); ++ch) {
    Oversampler& oversampler = oversamplers_[ch];
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
      first_.flush(c.first);
      cold_.flush(c.cold);
      driver_.flush(c.driver);
      const simd::F4 d;
      simd::StoreU(simd::flushed(d, simd::LoadU(d, c.stack.v.data())), d, c.stack.v.data());
      c.stack.source = flushed(c.stack.source);
      PowerStage::flush(c.power);
      oversampler.flush();
    }
  }
}

}  // namespace sonic
