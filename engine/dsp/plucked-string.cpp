// SPDX-License-Identifier: MIT
#include "engine/dsp/plucked-string.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sonic {
namespace {

constexpr double kLowestHz = 20.0;
constexpr double kPickupHz = 3400.0;
constexpr double kPickupQ = 1.6;
constexpr double kSoftPulseSeconds = 0.0011;
constexpr double kHardPulseSeconds = 0.00045;
constexpr double kScrape = 0.12;  // the pick's noise, beside its pulse
constexpr double kTwoPi = 2.0 * std::numbers::pi;

}  // namespace

PluckedString::PluckedString(double sampleRateHz) : sampleRateHz_(sampleRateHz) {
  std::size_t length = 1;
  while (static_cast<double>(length) < sampleRateHz / kLowestHz + 2.0) length *= 2;
  line_.resize(length);
}

void PluckedString::pluck(const Pluck& pluck) {
  std::fill(line_.begin(), line_.end(), 0.0);
  lowPassState_ = allPassIn_ = allPassOut_ = 0.0;
  in1_ = in2_ = out1_ = out2_ = 0.0;
  tune(pluck);
  strike(pluck, sampleRateHz_ / pluck.frequencyHz);
}

void PluckedString::tune(const Pluck& pluck) {
  const double w = kTwoPi * pluck.frequencyHz / sampleRateHz_;
  const double period = sampleRateHz_ / pluck.frequencyHz;
  lowPass_ = std::exp(-kTwoPi * pluck.dampingHz / sampleRateHz_);
  const double lowPassFrames = std::atan2(lowPass_ * std::sin(w), 1.0 - lowPass_ * std::cos(w)) / w;
  const double rest = std::max(period - lowPassFrames, 1.5);
  delayFrames_ = static_cast<std::size_t>(rest - 0.5);
  const double fraction = rest - static_cast<double>(delayFrames_);  // 0.5..1.5
  allPass_ = std::sin(0.5 * (1.0 - fraction) * w) / std::sin(0.5 * (1.0 + fraction) * w);

  const double lowPassGain =
      (1.0 - lowPass_) / std::sqrt(1.0 - 2.0 * lowPass_ * std::cos(w) + lowPass_ * lowPass_);
  const double perPeriod = std::pow(10.0, -3.0 / (pluck.frequencyHz * pluck.decaySeconds));
  loopGain_ = std::min(perPeriod / lowPassGain, 0.99999);  // below 1 at DC too
  pickupFrames_ = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(pluck.pickupPosition * period)));

  const double pickup = kTwoPi * std::min(kPickupHz, 0.4 * sampleRateHz_) / sampleRateHz_;
  const double alpha = std::sin(pickup) / (2.0 * kPickupQ);
  b0_ = 0.5 * (1.0 - std::cos(pickup)) / (1.0 + alpha);
  a1_ = -2.0 * std::cos(pickup) / (1.0 + alpha);
  a2_ = (1.0 - alpha) / (1.0 + alpha);
}

/// The pick's pulse, followed by its inverted image from the bridge: no constant remains.
void PluckedString::strike(const Pluck& pluck, double periodFrames) {
  const double seconds =
      kSoftPulseSeconds + pluck.velocity * (kHardPulseSeconds - kSoftPulseSeconds);
  const auto width = std::max<std::size_t>(3, static_cast<std::size_t>(seconds * sampleRateHz_));
  const auto image = std::max<std::size_t>(
      1, static_cast<std::size_t>(std::lround(pluck.pickPosition * periodFrames)));
  excitation_.assign(width + image, 0.0);
  std::uint32_t noise = 1;
  for (std::size_t n = 0; n < width; ++n) {
    noise = noise * 1664525U + 1013904223U;
    const double random = static_cast<double>(noise >> 8) / 8388608.0 - 1.0;
    const double phase = kTwoPi * (static_cast<double>(n) + 0.5) / static_cast<double>(width);
    const double pulse = pluck.velocity * 0.5 * (1.0 - std::cos(phase)) * (1.0 + kScrape * random);
    excitation_[n] += pulse;
    excitation_[n + image] -= pulse;
  }
  struck_ = 0;
}

double PluckedString::at(std::size_t delayFrames) const {
  return line_[(position_ - delayFrames) & (line_.size() - 1)];
}

double PluckedString::next() {
  const double returned = at(delayFrames_);
  allPassOut_ = allPass_ * (returned - allPassOut_) + allPassIn_;
  allPassIn_ = returned;
  lowPassState_ = allPassOut_ + lowPass_ * (lowPassState_ - allPassOut_);
  double y = loopGain_ * lowPassState_;
  if (struck_ < excitation_.size()) y += excitation_[struck_++];
  line_[position_ & (line_.size() - 1)] = y;

  const double heard = y - at(pickupFrames_);
  ++position_;
  const double out = b0_ * (heard + 2.0 * in1_ + in2_) - a1_ * out1_ - a2_ * out2_;
  in2_ = in1_;
  in1_ = heard;
  out2_ = out1_;
  out1_ = out;
  return out;
}

}  // namespace sonic
