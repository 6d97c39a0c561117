// SPDX-License-Identifier: MIT
#include "engine/modules/cabinet/cabinet.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/dsp/math.h"
#include "engine/modules/cabinet/cabinet-response.h"

namespace sonic {
namespace {

constexpr float kButterworthQ = 0.70710678F;

// How far a cut is mixed in: it comes in over the last steps from its off end, so that it is
// exactly absent there and turning it on does not click.
float lowCutAmount(float hz) {
  return std::clamp((hz - static_cast<float>(Cabinet::kLowCutOffHz)) * 0.2F, 0.0F, 1.0F);
}
float highCutAmount(float hz) {
  return std::clamp((static_cast<float>(Cabinet::kHighCutOffHz) - hz) * 0.0005F, 0.0F, 1.0F);
}

Result<std::vector<std::vector<float>>> responseFor(std::span<const std::byte> file,
                                                    const Spec& spec) {
  if (!file.empty()) return fileResponse(file, spec.sampleRateHz, spec.width);
  const CabinetSetup setup{.speaker = static_cast<Speaker>(spec.choice(Cabinet::kSpeaker)),
                           .microphone = static_cast<Microphone>(spec.choice(Cabinet::kMicrophone)),
                           .distanceCm = spec.value(Cabinet::kDistanceCm),
                           .axis = 0.01 * static_cast<double>(spec.value(Cabinet::kAxis))};
  return std::vector<std::vector<float>>{cabinetResponse(setup, spec.sampleRateHz)};
}

// Gain of a cut of the second order, as the filter's bilinear transform has it.
double cutGain(double hz, double cornerHz, double sampleRateHz, bool isLowCut, double amount) {
  const auto warped = [=](double f) {
    return std::tan(std::numbers::pi * std::min(f / sampleRateHz, 0.49));
  };
  const std::complex<double> s(0.0, warped(hz) / warped(cornerHz));
  const std::complex<double> low = 1.0 / (s * s + s / static_cast<double>(kButterworthQ) + 1.0);
  return std::abs(1.0 - amount + amount * (isLowCut ? s * s * low : low));
}

struct Cut {
  SvfCoefficients filter;
  Ramp amount;
  [[nodiscard]] bool isOff() const { return amount.begin == 0.0F && amount.target == 0.0F; }
};

// Both filters in one loop: the second works on a frame while the first waits for its own feedback.
void applyCuts(const Io& io, const Cut& low, const Cut& high, Svf& lowState, Svf& highState,
               float* wet) noexcept {
  Svf lowCut = lowState, highCut = highState;  // kept in registers: `wet` cannot alias them
  for (std::size_t i = 0; i < io.frames; ++i) {
    float x = wet[i];
    x += low.amount.at(io.cellOffset + i) * (lowCut.process(low.filter, x) - x);
    x += high.amount.at(io.cellOffset + i) * (highCut.process(high.filter, x) - x);
    wet[i] = x;
  }
  lowState = lowCut;
  highState = highCut;
}

}  // namespace

Result<std::vector<std::byte>> Cabinet::cook(std::size_t, std::span<const std::byte> file,
                                             const Spec& spec) {
  auto response = responseFor(file, spec);
  if (!response) return response.error();
  return packResponse(*response);
}

std::int64_t Cabinet::quietFrames(const Spec& spec) {
  if (spec.assets.empty()) return 0;
  return static_cast<std::int64_t>(PackedResponse(spec.assets[kResponse]).ringOutFrames());
}

Result<std::vector<float>> Cabinet::magnitudeDb(std::span<const std::byte> file, const Spec& spec,
                                                std::span<const float> frequenciesHz) {
  const auto response = responseFor(file, spec);
  if (!response) return response.error();
  const double rateHz = spec.sampleRateHz;
  std::vector<float> db = responseDb((*response)[0], rateHz, frequenciesHz);
  const auto held = [&spec](Param row) {
    return std::clamp(spec.value(row), static_cast<float>(kParams[row].min),
                      static_cast<float>(kParams[row].max));
  };
  const float lowHz = held(kLowCutHz), highHz = held(kHighCutHz);
  for (std::size_t i = 0; i < db.size(); ++i) {
    const double hz = frequenciesHz[i];
    const double cuts = cutGain(hz, lowHz, rateHz, true, lowCutAmount(lowHz)) *
                        cutGain(hz, highHz, rateHz, false, highCutAmount(highHz));
    db[i] += static_cast<float>(20.0 * std::log10(std::max(cuts, 1e-10))) + spec.value(kLevelDb);
  }
  return db;
}

void Cabinet::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  const PackedResponse response(spec.assets.empty() ? AssetBlob{} : spec.assets[kResponse]);
  channels_ = spec.memory().allocate<Channel>(spec.width);
  dry_ = spec.memory().allocate<float>(kCellFrames);
  wet_ = spec.memory().allocate<float>(kCellFrames);
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    channels_[c].convolver.prepare(spec.memory(), response, c);
  }
}

void Cabinet::reset() noexcept {
  for (Channel& channel : channels_) {
    channel.convolver.reset();
    channel.lowCut.reset();
    channel.highCut.reset();
  }
}

void Cabinet::process(Io& io, const Params& params) noexcept {
  const Cut low{
      .filter = SvfCoefficients::highPass(params[kLowCutHz].target, kButterworthQ, sampleRateHz_),
      .amount = params[kLowCutHz].map(lowCutAmount)};
  const Cut high{
      .filter = SvfCoefficients::lowPass(params[kHighCutHz].target, kButterworthQ, sampleRateHz_),
      .amount = params[kHighCutHz].map(highCutAmount)};
  const bool areOff = low.isOff() && high.isOff();
  const Ramp level = params[kLevelDb].map(dbToGain);
  const Ramp mix = params[kMix].map([](float percent) { return 0.01F * percent; });

  for (std::size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    // One bad frame would stay in the convolver for as long as the response lasts.
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto x = simd::LoadU(d, in + i);
      const auto size = simd::Abs(x);
      const auto isSane = simd::hn::And(simd::hn::Ge(size, simd::Set(d, 1e-15F)),
                                        simd::hn::Le(size, simd::Set(d, 1e6F)));
      simd::StoreU(simd::IfThenElse(isSane, x, simd::Zero(d)), d, dry_.data() + i);
    });
    channel.convolver.process(dry_.data(), io.frames, io.cellOffset, io.endsCell, wet_.data());
    if (!areOff) applyCuts(io, low, high, channel.lowCut, channel.highCut, wet_.data());
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto wetPart = simd::at(d, mix, io.cellOffset + i);
      const auto dryPart = simd::Sub(simd::Set(d, 1.0F), wetPart);
      const auto mixed = simd::Add(simd::Mul(simd::LoadU(d, dry_.data() + i), dryPart),
                                   simd::Mul(simd::LoadU(d, wet_.data() + i), wetPart));
      simd::StoreU(simd::Mul(mixed, simd::at(d, level, io.cellOffset + i)), d, out + i);
    });
    if (io.endsCell && areOff) {  // then they begin anew, which passes on what comes in
      channel.lowCut.reset();
      channel.highCut.reset();
    } else if (io.endsCell) {
      channel.lowCut.flush();
      channel.highCut.flush();
    }
  }
}

}  // namespace sonic
