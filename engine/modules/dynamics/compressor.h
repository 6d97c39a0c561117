// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "engine/core/module.h"
#include "engine/dsp/peak-window.h"
#include "engine/dsp/svf.h"
#include "engine/modules/dynamics/look-ahead.h"

namespace sonic {

/// Compressor: level of the key -> high-pass -> gain computer in dB -> ballistics -> gain.
///
/// Audio    mono or stereo (one gain for both), in place. The key is the sidechain when that is
///          connected, else the input. Dry and wet share the look-ahead's delay.
/// Method   feed-forward in the log domain: quadratic knee, then the smooth decoupled peak detector
///          of the source on the reduction. Before it, the maximum over a short window (5 ms, at
///          most a quarter of the release) removes the ripple between half-waves, which otherwise
///          is distortion. Attack and release are times to 63 %: the release pole is shortened so
///          that window, release pole and attack pole together take the release time.
///          Time that the host let it sleep through counts as silence.
/// Source   Giannoulis, Massberg, Reiss: "Digital Dynamic Range Compressor Design", JAES 60 (2012).
class Compressor {
 public:
  static constexpr ModuleInfo kInfo{.id = "compressor",
                                    .label = "Compressor",
                                    .category = "dynamics",
                                    .summary = "Evens out loud and quiet playing."};
  enum Param : std::size_t {
    kThreshold,
    kRatio,
    kAttack,
    kRelease,
    kKnee,
    kMakeup,
    kMix,
    kKeyHighPass,
    kLookahead,
    kParamCount
  };
  static constexpr double kKeyHighPassOffHz = 20.0;
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"threshold", "Threshold", Unit::kDecibel, -60.0, 0.0, -24.0},
      {"ratio", "Ratio", Unit::kRatio, 1.0, 20.0, 4.0, Curve::kLogarithmic},
      {"attack", "Attack", Unit::kMilliseconds, 0.1, 500.0, 10.0, Curve::kLogarithmic},
      {"release", "Release", Unit::kMilliseconds, 2.0, 2000.0, 100.0, Curve::kLogarithmic},
      {"knee", "Knee", Unit::kDecibel, 0.0, 24.0, 6.0},
      {"makeup", "Makeup", Unit::kDecibel, -12.0, 24.0, 0.0},
      {"mix", "Mix", Unit::kPercent, 0.0, 100.0, 100.0},
      {"keyHighPass", "Key High-Pass", Unit::kHertz, kKeyHighPassOffHz, 500.0, kKeyHighPassOffHz,
       Curve::kLogarithmic},
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
  struct Ballistics {
    float attack = 1.0F, release = 1.0F;  // one-pole coefficients
    std::size_t windowStage = 0;
  };
  Ballistics ballistics(float attackMs, float releaseMs) const noexcept;
  void sleepThrough(std::int64_t frames, const Ballistics& b) noexcept;
  void keyLevel(const Io& io, float highPassHz, float* level) noexcept;
  void gainComputer(const Io& io, const Params& params, float* level) const noexcept;
  void smooth(const Ballistics& b, std::size_t frames, float* reductionDb) noexcept;

  float sampleRateHz_ = 48000.0F;
  LookAhead lookAhead_;
  std::span<Svf> highPasses_;  // a channel each
  PeakWindow window_;
  float heldDb_ = 0.0F;       // reduction after the release branch
  float reductionDb_ = 0.0F;  // and after the attack pole
  std::int64_t nextFrame_ = 0;
};
static_assert(Module<Compressor>);

}  // namespace sonic
