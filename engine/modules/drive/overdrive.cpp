// SPDX-License-Identifier: MIT
#include "engine/modules/drive/overdrive.h"

#include <algorithm>

namespace sonic {

namespace {

/// An audio taper: 15 % of the track's resistance at half its turn.
float audioTaper(float turn) {
  constexpr float kBase = 32.1111111F;  // (1 / 0.15 - 1)^2
  return (math::pow(kBase, turn) - 1.0F) / (kBase - 1.0F);
}
/// "W" taper: slow at both ends.
float sTaper(float turn) {
  return turn < 0.5F ? 0.5F * audioTaper(2.0F * turn)
                     : 1.0F - 0.5F * audioTaper(2.0F * (1.0F - turn));
}

}  // namespace

void Overdrive::prepare(const Spec& spec) {
  constexpr float kEnoughHz = 170e3F;
  width_ = spec.width;
  std::size_t factorLog2 = spec.quality == Quality::kHq ? 1 : 0;
  for (float rateHz = spec.sampleRateHz; rateHz < kEnoughHz && factorLog2 < 4; rateHz *= 2.0F)
    ++factorLog2;
  factorLog2 = std::min(factorLog2, Oversampler<half_band::Firm>::kMaxFactorLog2);
  highRateHz_ = spec.sampleRateHz * static_cast<float>(1 << factorLog2);

  constexpr std::array<float, 2> kCouplingSeconds{20e-9F * 510e3F, 1e-6F * 10e3F};
  for (std::size_t i = 0; i < 2; ++i) {
    const float g = 0.5F / (kCouplingSeconds[i] * spec.sampleRateHz);
    couplings_[i] = g / (1.0F + g);
  }
  circuit_.prepare(spec.memory(), highRateHz_);
  for (std::size_t c = 0; c < width_; ++c) {
    oversamplers_[c].prepare(spec.memory(), factorLog2, spec.sampleRateHz, spec.quality);
  }
}

void Overdrive::reset() noexcept {
  channels_ = {};
  for (std::size_t c = 0; c < width_; ++c) oversamplers_[c].reset();
}

void Overdrive::turnDrive(float percent) noexcept {
  if (percent == drivePercent_) return;
  const bool isFirst = drivePercent_ < 0.0F;
  drivePercent_ = percent;
  const ClippingCircuit before = circuit_;  // its tables are shared, not copied
  circuit_.setFeedback(51e3F + 500e3F * audioTaper(0.01F * percent));
  if (isFirst) return;
  for (Channel& channel : channels_) channel.clipping.turn(before, circuit_);
}

// The tone network: 1 k into node p with 220 n and 10 k to ground, an op-amp follower with 1 k in
// its feedback, the pot between its inputs, and from the wiper 220 Ohm + 220 n to ground. It has
// one zero and two real poles. In double precision, as the poles lie far below the high rate.
void Overdrive::turnTone(float percent) noexcept {
  if (percent == tonePercent_) return;
  tonePercent_ = percent;
  constexpr double kPotOhm = 20e3, kSeriesS = 1e-3, kCapacitorF = 220e-9;
  constexpr double kNodeS = 1.1e-3;  // 1 k and 10 k
  constexpr double kWiperSeconds = 220.0 * kCapacitorF;
  const auto bright = static_cast<double>(sTaper(0.01F * percent));
  const double left = std::max(bright * kPotOhm, 1.0);
  const double right = std::max((1.0 - bright) * kPotOhm, 1.0);
  // What the wiper's branch draws: s C / (g0 + s g1) of the voltage across the pot's halves.
  const double g0 = 1.0 / left + 1.0 / right;
  const double g1 = g0 * kWiperSeconds + kCapacitorF;
  const double n0 = kSeriesS * g0;
  const double n1 = kSeriesS * (g1 + 1e3 * kCapacitorF / right);
  const double d0 = kNodeS * g0;
  const double d1 = kNodeS * g1 + kCapacitorF * g0 + kCapacitorF / left;
  const double d2 = kCapacitorF * g1;
  const double middle = 0.5 * d1 / d2;
  const double spread =
      static_cast<double>(math::sqrt(static_cast<float>(1.0 - d0 * d2 / (0.25 * d1 * d1))));
  const std::array<double, 2> poles{middle * (1.0 - spread),
                                    middle * (1.0 + spread)};  // per second
  for (std::size_t i = 0; i < 2; ++i) {
    const double pole = poles[i];
    const double g = 0.5 * pole / static_cast<double>(highRateHz_);
    const double residue = (n0 - n1 * pole) / (d2 * (poles[1 - i] - pole));
    tone_.rate[i] = static_cast<float>(g / (1.0 + g));
    tone_.gain[i] = static_cast<float>(residue / pole);
  }
}

void Overdrive::process(Io& io, const Params& params) noexcept {
  turnDrive(params[kDrive].target);
  turnTone(params[kTone].target);
  const Ramp level = params[kLevelDb].map(dbToGain);

  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];  // may be `in`
    Channel channel = channels_[c];               // a local copy: `out` cannot alias it
    for (std::size_t i = 0; i < io.frames; ++i) {
      out[i] = channel.second.process(couplings_[1], channel.first.process(couplings_[0], in[i]));
    }
    oversamplers_[c].through(out, io.frames, out, [&](auto high) {
      for (float& x : high) x = channel.tone.process(tone_, channel.clipping.process(circuit_, x));
    });
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto gain = simd::at(d, level, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, out + i), gain), d, out + i);
    });
    if (io.endsCell) {
      for (float* state : {&channel.first.state, &channel.second.state, &channel.tone.state[0],
                           &channel.tone.state[1]}) {
        *state = flushed(*state);
      }
      channel.clipping.flush();
      oversamplers_[c].flush();
    }
    channels_[c] = channel;
  }
}

}  // namespace sonic
