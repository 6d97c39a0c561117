// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/live/live-output.h"

namespace sonic {

/// An Engine with memory that JavaScript can fill and read, a monitor switch before it and the live
/// output strip behind it. One lives in each AudioWorklet; offline renders use it without the
/// strip. All is called on one thread; process() is the audio path, the rest happens between
/// quanta.
class LiveEngine {
 public:
  static constexpr std::size_t kChannels = 2;

  LiveEngine(GraphSetup setup, std::size_t maxFrames, std::size_t taps, bool isLive);

  /// Where a channel of `maxFrames` floats lies. `dry` is what the graph got, `wet` what it gave.
  [[nodiscard]] float* in(std::size_t channel) { return channelAt(channel); }
  [[nodiscard]] float* wet(std::size_t channel) { return channelAt(kChannels + channel); }
  [[nodiscard]] float* out(std::size_t channel) { return channelAt(2 * kChannels + channel); }
  /// What is heard beside the graph's output, through the live strip: in no take and no render.
  [[nodiscard]] float* playback(std::size_t channel) { return channelAt(3 * kChannels + channel); }
  [[nodiscard]] float* tap(std::size_t tap, std::size_t channel) {
    return channelAt(4 * kChannels + 2 * tap + channel);
  }
  /// Room for a message of so many bytes; the last one is overwritten.
  std::byte* message(std::size_t bytes);

  Result<Ok> install(std::size_t bytes) { return engine_.install({message_.data(), bytes}); }
  void addBlob(std::uint64_t key, std::size_t totalBytes, std::size_t at, std::size_t bytes) {
    engine_.addBlob(key, totalBytes, at, {message_.data(), bytes});
  }
  /// Whether the context's input reaches the graph; fades in 10 ms.
  void setMonitor(bool on) noexcept { monitorGoal_ = on ? 1.0F : 0.0F; }
  /// `hasPlayback`: playback() holds sound for this block.
  void process(std::size_t frames, bool hasPlayback) noexcept;

  /// Writes the report and returns how many floats it has: input peaks and RMS (4), output peaks
  /// and RMS (4), the limiter's gain, engine frame, beat, playing, instances; then per instance:
  /// handle, quarantines, asleep, channels, peaks (2), RMS (2), readings' count, readings.
  std::size_t report() noexcept;
  [[nodiscard]] const float* reportData() const { return report_.data(); }

  [[nodiscard]] Engine& engine() noexcept { return engine_; }
  [[nodiscard]] LiveOutput& output() noexcept { return strip_; }

 private:
  void holdBack(std::size_t frames, LevelSums& arrived) noexcept;
  float* channelAt(std::size_t index) { return memory_.get() + index * maxFrames_; }

  std::size_t maxFrames_;
  std::unique_ptr<float[]> memory_;
  std::vector<std::byte> message_;
  std::vector<float> report_;
  std::vector<float*> tapPointers_;
  Engine engine_;
  LiveOutput strip_;
  bool isLive_;
  float monitor_, monitorGoal_, monitorStep_;
};

}  // namespace sonic
