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

simd::V4 toDecibels(simd::V4 levels) {
  const simd::F4 d;
  const auto db = simd::Mul(simd::log2(d, levels), simd::Set(d, gainToDb(2.0F)));
  const auto floor = simd::Set(d, kFloorDb);
  return simd::IfThenElse(simd::Lt(simd::Set(d, kFloor), levels), simd::Max(db, floor), floor);
}

struct CellLevels {
  float most, sum, sumOfSquares;  // magnitudes
};

/// Four partial results, frame by frame in turn, so that nothing waits for the frame before.
CellLevels levelsOf(const float* frames) {
  const simd::F4 d;
  auto most = simd::Zero(d);
  auto sum = simd::Zero(d);
  auto squares = simd::Zero(d);
  for (std::size_t i = 0; i < kCellFrames; i += 4) {
    const auto x = simd::LoadU(d, frames + i);
    const auto magnitude = simd::Abs(x);
    // A sample that is no number is no level.
    most = simd::IfThenElse(simd::Lt(most, magnitude), magnitude, most);
    sum = simd::Add(sum, magnitude);
    squares = simd::Add(squares, simd::Mul(x, x));
  }
  float lanes[4];
  simd::StoreU(most, d, lanes);
  return {std::max(std::max(lanes[0], lanes[1]), std::max(lanes[2], lanes[3])), simd::sum4(sum),
          simd::sum4(squares)};
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
    std::copy_n(in, io.frames, state.cell + io.cellOffset);
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
  const CellLevels cell = levelsOf(state.cell);
  const float most = flushed(cell.most);
  state.peak = std::max(most, flushed(state.peak * peakFall_));
  state.heldFrames += static_cast<std::int64_t>(kCellFrames);
  if (most >= state.held) {
    state.held = most;
    state.heldFrames = 0;
  } else if (static_cast<float>(state.heldFrames) >= holdSeconds * sampleRateHz_) {
    state.held = state.peak;
  }
  const float meanSquare = flushed(cell.sumOfSquares) * kPerFrame;
  state.meanSquare = flushed(state.meanSquare + meanCoefficient_ * (meanSquare - state.meanSquare));

  const double mean = static_cast<double>(flushed(cell.sum) * kPerFrame);
  state.speed += needleStep_ * (mean - state.needle - 2.0 * kNeedleDamping * state.speed);
  state.needle = flushed(state.needle + needleStep_ * state.speed);
  state.speed = flushed(state.speed);
}

void LevelMeter::show(const Channel& state, float referenceDb, float* readings) const noexcept {
  constexpr float kSineOverItsMean = 0.5F * kPi;
  const simd::F4 d;
  const float levels[4] = {state.peak, state.held, math::sqrt(state.meanSquare),
                           kSineOverItsMean * std::max(static_cast<float>(state.needle), 0.0F)};
  float db[4];
  simd::StoreU(toDecibels(simd::LoadU(d, levels)), d, db);
  readings[kPeak] = db[0];
  readings[kHeld] = db[1];
  readings[kRms] = db[2];
  readings[kVu] = std::max(db[3] - referenceDb, kFloorDb);
}

}  // namespace sonic
