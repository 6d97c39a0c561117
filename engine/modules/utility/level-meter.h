// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>

#include "engine/core/module.h"

namespace sonic {

/// Level meter: passes the sound through and shows how loud it is.
///
/// Audio    mono or stereo, in place, bit-exact.
/// Peak     highest sample, rising at once, falling 20 dB in 1.7 s (IEC 60268-18).
/// Hold     the highest peak of the last `hold` seconds.
/// RMS      exponential mean of the square over 125 ms (IEC 61672-1, "fast"); a sine of peak 0 dBFS
///          shows -3.01 dB.
/// VU       a needle: rectified mean, 99 % after 300 ms, 1.25 % over (IEC 60268-17). A sine whose
///          peak lies at `reference` shows 0.
/// Readings are dB per channel, not below -120; with one channel both show it.
class LevelMeter {
 public:
  static constexpr ModuleInfo kInfo{.id = "level-meter",
                                    .label = "Level Meter",
                                    .category = "utility",
                                    .summary = "Shows peak, RMS and VU levels."};
  enum Param : std::size_t { kHold, kReference, kParamCount };
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"hold", "Hold", Unit::kSeconds, 0.0, 10.0, 2.0, Curve::kLinear, Smoothing::kNone},
      {"reference", "0 VU", Unit::kDecibel, -30.0, 0.0, -18.0, Curve::kLinear, Smoothing::kNone},
  }};
  enum Reading : std::size_t { kPeak = 0, kHeld = 2, kRms = 4, kVu = 6 };
  static constexpr std::array<ReadingSpec, 4> kReadings{{
      {"peak", Unit::kDecibel, 2},
      {"hold", Unit::kDecibel, 2},
      {"rms", Unit::kDecibel, 2},
      {"vu", Unit::kDecibel, 2},
  }};

  /// Until all readings have fallen to their floor, so that none freezes when the host lets it
  /// sleep.
  static std::int64_t quietFrames(const Spec& spec);

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  struct Channel {
    float cell[kCellFrames]{};  // its frames so far
    // Since long.
    float peak = 0.0F, held = 0.0F, meanSquare = 0.0F;
    std::int64_t heldFrames = 0;
    double needle = 0.0, speed = 0.0;
  };
  void endCell(Channel& state, float holdSeconds) const noexcept;
  void show(const Channel& state, float referenceDb, float* readings) const noexcept;

  std::size_t width_ = 1;
  float sampleRateHz_ = 48000.0F;
  float peakFall_ = 1.0F;         // factor per cell
  float meanCoefficient_ = 0.0F;  // per cell
  double needleStep_ = 0.0;       // natural frequency of the needle x duration of a cell
  std::array<Channel, 2> channels_;
};
static_assert(Module<LevelMeter>);

}  // namespace sonic
