// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>

#include "engine/core/module.h"
#include "engine/dsp/delay-line.h"
#include "engine/dsp/svf-pair.h"

namespace sonic {

/// Delay: echoes in milliseconds or in note values, straight or ping-pong.
///
/// Audio    mono or stereo in, stereo out, so that a mono guitar can ping-pong; the dry part is
///          bit-exact up to 50 % mix. At 50 % dry and wet are both at full level.
/// Time     rounded to a whole frame: echo k comes exactly k times later. A change crossfades from
///          the old tap to the new one in 20 ms, without a bend of pitch. A synced time longer than
///          `range` is halved until it fits.
/// Repeats  gain from echo to echo: 50 % is -6.02 dB each. From 100 % on it builds up by itself;
/// the
///          loop is exactly linear below +6 dBFS and never passes +12 dBFS.
/// Cuts     12 dB per octave, inside the loop: each echo is filtered once more. At their ends (20
///          Hz, 20 kHz) they are off, exactly.
/// Wow      bends the pitch with 0.7 Hz, by up to +-15 cents, the sides a quarter turn apart.
/// Duck     turns the echoes down while you play: by up to 24 dB as the input rises from -48 to
///          -12 dBFS (peak, 5 ms attack, 250 ms release).
/// Ping-pong  both sides' mean enters on the left; each repeat changes sides.
class Delay {
 public:
  static constexpr ModuleInfo kInfo{.id = "delay",
                                    .label = "Delay",
                                    .category = "space",
                                    .summary = "Echoes in time with the song or by hand."};
  enum Param : std::size_t {
    kTime,
    kSync,
    kRepeats,
    kPingPong,
    kHighCut,
    kLowCut,
    kWow,
    kDuck,
    kMix,
    kRange,
    kParamCount
  };
  static constexpr std::array<std::string_view, 15> kNotes{
      "free", "1/1", "1/2.", "1/2",   "1/2T", "1/4.",  "1/4", "1/4T",
      "1/8.", "1/8", "1/8T", "1/16.", "1/16", "1/16T", "1/32"};
  static constexpr std::array<std::string_view, 2> kSwitch{"off", "on"};
  static constexpr std::array<std::string_view, 3> kRanges{"2 s", "4 s", "8 s"};
  static constexpr double kLowestHz = 20.0, kHighestHz = 20000.0;
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"time", "Time", Unit::kMilliseconds, 1.0, 2000.0, 400.0, Curve::kLogarithmic,
       Smoothing::kNone},
      choice("sync", "Sync", kNotes, 0),
      {"repeats", "Repeats", Unit::kPercent, 0.0, 110.0, 35.0},
      choice("pingPong", "Ping-Pong", kSwitch, 0),
      {"highCut", "High Cut", Unit::kHertz, 500.0, kHighestHz, 5000.0, Curve::kLogarithmic},
      {"lowCut", "Low Cut", Unit::kHertz, kLowestHz, 1000.0, 80.0, Curve::kLogarithmic},
      {"wow", "Wow", Unit::kPercent, 0.0, 100.0, 0.0},
      {"duck", "Duck", Unit::kPercent, 0.0, 100.0, 0.0},
      {"mix", "Mix", Unit::kPercent, 0.0, 100.0, 30.0},
      choice("range", "Range", kRanges, 0, Structure::kStructural),
  }};
  static constexpr std::array<PortSpec, 2> kPorts{{
      {"in", Direction::kIn},
      {"out", Direction::kOut, Signal::kAudio, PortWidth::kStereo},
  }};

  /// From one echo to the next.
  static std::int64_t quietFrames(const Spec& spec);

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  using Block = std::array<float, kCellFrames>;
  void beginCell(const Io& io, const Params& params) noexcept;
  void endCell() noexcept;
  [[nodiscard]] std::size_t wantedFrames(const Time& time, const Params& params) const noexcept;
  void readTap(const DelayLine& line, std::size_t side, std::size_t delayFrames,
               std::size_t cellOffset, std::size_t frames, float* out) const noexcept;
  void setCuts(const Params& params) noexcept;
  void hear(const Io& io, Block* wet) noexcept;
  void feed(const Params& params, const Io& io, const Block* in, const Block* wet) noexcept;
  void mix(const Params& params, const Io& io, const Block* in, const Block* wet) const noexcept;
  [[nodiscard]] bool isOneLine() const noexcept;

  float sampleRateHz_ = 48000.0F;
  std::size_t width_ = 1;
  std::size_t longestFrames_ = 1;
  std::size_t fadeFrames_ = kCellFrames;
  std::array<DelayLine, 2> lines_;
  SvfPair cuts_;

  bool hasRun_ = false;
  std::size_t delayFrames_ = 0, oldDelayFrames_ = 0;
  std::size_t faded_ = 0;  // frames of the crossfade so far; fadeFrames_: none goes on
  std::size_t wowPhase_ = 0, wowPeriod_ = 1;
  std::array<Ramp, 2> wow_{};  // frames to add to the delay, per side
  Ramp pingPong_{};
  Ramp duck_{};  // gain of the echoes
  float duckLevel_ = 0.0F, loudest_ = 0.0F;
  float duckAttack_ = 1.0F, duckRelease_ = 1.0F;
  float highHz_ = 0.0F, lowHz_ = 0.0F;  // of the coefficients
};
static_assert(Module<Delay>);

}  // namespace sonic
