// SPDX-License-Identifier: MIT
#include "engine/modules/utility/level-meter.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr float kFloorDb = -120.0F;
constexpr float kFloor = 1e-6F;
constexpr float kFallDbPerSecond = 20.0F / 1.7F;
constexpr float kMeanSeconds = 0.125F;
// A step overshoots by 1.25 % and passes 99 % after 4.054 / natural frequency.
constexpr double kNeedleDamping = 0.8127;
constexpr double kNeedleRadiansPerSecond = 4.054 / 0.3;
constexpr double kSlowestSeconds = 12.0;  // the peak's fall from +21 dBFS, longer than any hold

float toDecibels(float level) {
  return std::max(level <= kFloor ? kFloorDb : gainToDb(level), kFloorDb);
}

}  // namespace

std::int64_t LevelMeter::quietFrames(const Spec& spec) {
  return static_cast<std::int64_t>(kSlowestSeconds * static_cast<double>(spec.sampleRateHz));
}

void LevelMeter::prepare(const Spec& spec) {
  width_ = spec.width;
  sampleRateHz_ = spec.sampleRateHz;
  const float cellSeconds = static_cast<float>(kCellFrames) / spec.sampleRateHz;
  peakFall_ = dbToGain(-kFallDbPerSecond * cellSeconds);
  meanCoefficient_ = 1.0F - math::exp(-cellSeconds / kMeanSeconds);
  needleStep_ = kNeedleRadiansPerSecond * static_cast<double>(cellSeconds);
}

void LevelMeter::reset() noexcept {
  channels_.fill(Channel{});
}

void LevelMeter::process(Io& io, const Params& params) noexcept {
  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    Channel& state = channels_[c];
    for (std::size_t i = 0; i < io.frames; ++i) {
      const float x = in[i];
      const float magnitude = std::max(x, -x);
      state.most = std::max(state.most, magnitude);
      state.sum += magnitude;
      state.sumOfSquares += x * x;
    }
    if (in != io.out[kOut].channels[c]) std::copy_n(in, io.frames, io.out[kOut].channels[c]);
    if (io.endsCell) endCell(state, params[kHold].target);
  }
  if (!io.endsCell) return;
  const float referenceDb = params[kReference].target;
  show(channels_[0], referenceDb, io.readings.data());
  show(channels_[width_ - 1], referenceDb, io.readings.data() + 1);
}

void LevelMeter::endCell(Channel& state, float holdSeconds) const noexcept {
  constexpr float kPerFrame = 1.0F / static_cast<float>(kCellFrames);
  // A sample that is no number is no level; flushed() makes it 0.
  const float most = flushed(state.most);
  state.peak = std::max(most, flushed(state.peak * peakFall_));
  state.heldFrames += static_cast<std::int64_t>(kCellFrames);
  if (most >= state.held) {
    state.held = most;
    state.heldFrames = 0;
  } else if (static_cast<float>(state.heldFrames) >= holdSeconds * sampleRateHz_) {
    state.held = state.peak;
  }
  const float meanSquare = flushed(state.sumOfSquares) * kPerFrame;
  state.meanSquare = flushed(state.meanSquare + meanCoefficient_ * (meanSquare - state.meanSquare));

  const double mean = static_cast<double>(flushed(state.sum) * kPerFrame);
  state.speed += needleStep_ * (mean - state.needle - 2.0 * kNeedleDamping * state.speed);
  state.needle = flushed(state.needle + needleStep_ * state.speed);
  state.speed = flushed(state.speed);
  state.most = state.sum = state.sumOfSquares = 0.0F;
}

void LevelMeter::show(const Channel& state, float referenceDb, float* readings) const noexcept {
  constexpr float kSineOverItsMean = 0.5F * kPi;
  readings[kPeak] = toDecibels(state.peak);
  readings[kHeld] = toDecibels(state.held);
  readings[kRms] = toDecibels(math::sqrt(state.meanSquare));
  const float needle = kSineOverItsMean * std::max(static_cast<float>(state.needle), 0.0F);
  readings[kVu] = std::max(toDecibels(needle) - referenceDb, kFloorDb);
}

}  // namespace sonic
