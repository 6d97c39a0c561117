// SPDX-License-Identifier: MIT
#include "bindings/live-engine.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr std::size_t kReportFloats = 32768;

float rmsOf(float squares, std::size_t frames) noexcept {
  return frames == 0 ? 0.0F : math::sqrt(squares / static_cast<float>(frames));
}

}  // namespace

LiveEngine::LiveEngine(GraphSetup setup, std::size_t maxFrames, std::size_t taps, bool isLive)
    : maxFrames_(maxFrames),
      memory_(new float[(4 * kChannels + 2 * taps) * maxFrames]()),
      report_(kReportFloats),
      engine_(setup),
      strip_(static_cast<float>(setup.sampleRateHz)),
      isLive_(isLive),
      monitor_(isLive ? 0.0F : 1.0F),
      monitorGoal_(monitor_),
      monitorStep_(1.0F / (0.01F * static_cast<float>(setup.sampleRateHz))) {
  for (std::size_t t = 0; t < taps; ++t) {
    for (std::size_t c = 0; c < 2; ++c) tapPointers_.push_back(tap(t, c));
  }
}

std::byte* LiveEngine::message(std::size_t bytes) {
  if (message_.size() < bytes) message_.resize(bytes);
  return message_.data();
}

/// Measures the input, and lets through as much of it as is monitored.
void LiveEngine::holdBack(std::size_t frames, LevelSums& arrived) noexcept {
  const float begin = monitor_;
  for (std::size_t c = 0; c < kChannels; ++c) {
    monitor_ = begin;
    for (std::size_t i = 0; i < frames; ++i) {
      float& x = in(c)[i];
      const float magnitude = x < 0.0F ? -x : x;
      arrived.peak[c] = std::max(arrived.peak[c], magnitude);
      arrived.squares[c] += x * x;
      if (monitor_ < monitorGoal_) monitor_ = std::min(monitorGoal_, monitor_ + monitorStep_);
      if (monitor_ > monitorGoal_) monitor_ = std::max(monitorGoal_, monitor_ - monitorStep_);
      x = monitor_ == 0.0F ? 0.0F : x * monitor_;
    }
  }
}

void LiveEngine::process(std::size_t frames, bool hasPlayback) noexcept {
  frames = std::min(frames, maxFrames_);
  LevelSums& levels = engine_.runner().deviceInLevels();
  LevelSums arrived = levels;
  const bool isHeldBack = monitor_ != 1.0F || monitorGoal_ != 1.0F;
  if (isHeldBack) holdBack(frames, arrived);
  const float* const ins[kChannels] = {in(0), in(1)};
  float* const wets[kChannels] = {wet(0), wet(1)};
  engine_.process(ins, kChannels, wets, kChannels, frames,
                  tapPointers_.empty() ? nullptr : tapPointers_.data());
  if (isHeldBack) {  // the input meter shows what arrives, heard or not
    arrived.frames = levels.frames;
    arrived.channels = 2;
    levels = arrived;
  }
  if (!isLive_) return;
  float* const outs[kChannels] = {out(0), out(1)};
  for (std::size_t c = 0; c < kChannels; ++c) std::copy(wet(c), wet(c) + frames, out(c));
  for (std::size_t c = 0; hasPlayback && c < kChannels; ++c) {
    for (std::size_t i = 0; i < frames; ++i) out(c)[i] += playback(c)[i];
  }
  strip_.process(outs, kChannels, frames);
}

std::size_t LiveEngine::report() noexcept {
  std::size_t at = 0;
  const auto put = [&](float value) { report_[at++] = value; };
  LevelSums& input = engine_.runner().deviceInLevels();
  put(input.peak[0]);
  put(input.peak[1]);
  put(rmsOf(input.squares[0], input.frames));
  put(rmsOf(input.squares[1], input.frames));
  input = {};
  const LiveOutput::Report output = strip_.take();
  put(output.peak[0]);
  put(output.peak[1]);
  put(rmsOf(output.squares[0], output.frames));
  put(rmsOf(output.squares[1], output.frames));
  put(output.gain);
  const Time time = engine_.transport().at(engine_.frame());
  put(static_cast<float>(engine_.frame()));
  put(static_cast<float>(time.beat));
  put(time.playing ? 1.0F : 0.0F);
  const std::size_t countAt = at;
  put(0.0F);
  const Schedule* const schedule = engine_.runner().schedule();
  if (schedule == nullptr) return at;
  for (const auto& slot : schedule->slots()) {
    if (at + 9 + slot->readings.size() > report_.size()) break;
    put(static_cast<float>(slot->info.handle));
    put(static_cast<float>(slot->quarantines));
    put(slot->asleep ? 1.0F : 0.0F);
    put(static_cast<float>(slot->levels.channels));
    put(slot->levels.peak[0]);
    put(slot->levels.peak[1]);
    put(rmsOf(slot->levels.squares[0], slot->levels.frames));
    put(rmsOf(slot->levels.squares[1], slot->levels.frames));
    put(static_cast<float>(slot->readings.size()));
    for (const float reading : slot->readings) put(reading);
    slot->levels = {};
    report_[countAt] += 1.0F;
  }
  return at;
}

}  // namespace sonic
