// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>

namespace sonic {

/// The strip between the engine and the ears: volume, mute, and a safety limiter at -1 dBFS. Only
/// the live output passes it; takes and renders never do. No latency: the limiter's gain falls in
/// the very frame that would exceed the ceiling and recovers over 100 ms, so what stays below the
/// ceiling is multiplied by the volume and by nothing else. [audio]
class LiveOutput {
 public:
  static constexpr float kCeiling = 0.89125094F;  // -1 dBFS

  explicit LiveOutput(float sampleRateHz);
  /// Reached in 10 ms.
  void setVolumeDb(float volumeDb) noexcept;
  void setMuted(bool muted) noexcept;
  void process(float* const* channels, std::size_t channelCount, std::size_t frames) noexcept;

  /// Largest magnitude per channel before the limiter, and the limiter's deepest gain, since
  /// take().
  struct Report {
    std::array<float, 2> peak{};
    std::array<float, 2> squares{};
    float gain = 1.0F;
    std::size_t frames = 0;
  };
  Report take() noexcept;

 private:
  void aim() noexcept;
  float volume_ = 1.0F;
  bool muted_ = false;
  float gain_ = 0.0F, goal_ = 1.0F, step_ = 0.0F;
  std::size_t framesLeft_ = 0, rampFrames_ = 480;
  float reduction_ = 0.0F, recovery_ = 0.0F;
  Report report_;
};

}  // namespace sonic
