// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "engine/core/module.h"
#include "engine/modules/dynamics/look-ahead.h"

namespace sonic {

/// Noise gate.
///
/// Audio    mono or stereo (one gain for both), in place; bit-exact while open. The key is the
///          sidechain when that is connected, else the input.
/// Method   Opens in the frame in which the key's peak reaches the threshold. Stays open until the
///          peak has been below threshold - hysteresis for the hold time plus 10 ms (the half-wave
///          of a 50 Hz tone, so that no tone chatters). Opening, the gain grows linearly, by 1
///          in the attack time; closing, it falls linearly in dB, from 0 dB to the range in the
///          release time. A range of -80 dB ends in exact silence.
///          Time that the host let it sleep through counts as silence.
class Gate {
 public:
  static constexpr ModuleInfo kInfo{.id = "gate",
                                    .label = "Gate",
                                    .category = "dynamics",
                                    .summary = "Silences hum and hiss between notes."};
  enum Param : std::size_t {
    kThreshold,
    kAttack,
    kHold,
    kRelease,
    kRange,
    kHysteresis,
    kLookahead,
    kParamCount
  };
  static constexpr double kSilenceDb = -80.0;
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"threshold", "Threshold", Unit::kDecibel, -80.0, 0.0, -55.0},
      {"attack", "Attack", Unit::kMilliseconds, 0.05, 100.0, 1.0, Curve::kLogarithmic},
      {"hold", "Hold", Unit::kMilliseconds, 1.0, 1000.0, 40.0, Curve::kLogarithmic},
      {"release", "Release", Unit::kMilliseconds, 5.0, 2000.0, 150.0, Curve::kLogarithmic},
      {"range", "Range", Unit::kDecibel, kSilenceDb, 0.0, kSilenceDb},
      {"hysteresis", "Hysteresis", Unit::kDecibel, 0.0, 12.0, 4.0},
      {"lookaheadMs", "Look-ahead", Unit::kMilliseconds, 0.0, 10.0, 0.0, Curve::kLinear,
       Smoothing::kNone, Rate::kCell, Structure::kStructural},
  }};
  enum Input : std::size_t { kMainIn, kKeyIn };
  static constexpr std::array<PortSpec, 3> kPorts{{
      {"in", Direction::kIn},
      {"sidechain", Direction::kIn, Signal::kAudio, PortWidth::kFollow, PortRole::kSidechain},
      {"out", Direction::kOut},
  }};
  enum Reading : std::size_t { kReduction };
  static constexpr std::array<ReadingSpec, 1> kReadings{{{"reduction", Unit::kDecibel}}};

  static std::size_t latencyFrames(const Spec& spec);
  static std::int64_t quietFrames(const Spec& spec);
  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  /// What the knobs ask for, per frame.
  struct Motion {
    float openLevel = 0.0F, closeLevel = 0.0F;
    float floor = 0.0F;  // gain of the closed gate
    float rise = 0.0F;   // added per frame while opening
    float fallDb = 0.0F;
    float fall = 0.0F;  // fallDb as a factor
    std::int64_t holdFrames = 0;
  };
  Motion motion(const Params& params) const noexcept;
  void sleepThrough(std::int64_t frames, const Motion& m) noexcept;
  void follow(const Motion& m, std::size_t frames, float* levelToGain) noexcept;

  float sampleRateHz_ = 48000.0F;
  std::size_t width_ = 1;
  LookAhead lookAhead_;
  float gain_ = 0.0F;
  bool open_ = false;
  std::int64_t quiet_ = 0;  // frames since the key was above the closing level
  std::int64_t nextFrame_ = 0;
};
static_assert(Module<Gate>);

}  // namespace sonic
