// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"
#include "engine/dsp/oversampler.h"
#include "engine/modules/amp/power-stage.h"
#include "engine/modules/amp/tone-stack.h"
#include "engine/modules/amp/triode-bank.h"

namespace sonic {

/// Amp, crunch: two 12AX7 stages (the second one a cold clipper), a third with a cathode follower,
/// the tone stack, a long-tailed inverter with two EL34 and their transformer, feedback and supply.
///
/// Audio    mono or stereo (two amps); 0 dBFS in is 1 V at the input jack; out is a fixed part of
///          the speaker's voltage. Put a cabinet behind it.
/// Method   circuit by circuit as in TriodeBank, ToneStack and PowerStage, at about 384 kHz (hq:
///          768). The stages' means take a quarter of a frame of delay; the answer still begins in
///          the very frame.
/// Source   component values: published schematics of the 2203 and 2204.
class AmpCrunch {
 public:
  static constexpr ModuleInfo kInfo{
      .id = "amp-crunch",
      .label = "Amp crunch",
      .category = "amp",
      .summary = "British tube amp, from edge of breakup to a roar: circuit by circuit."};
  enum Param : std::size_t {
    kGain,
    kBass,
    kMiddle,
    kTreble,
    kPresence,
    kSag,
    kMaster,
    kLevelDb,
    kBright,
    kParamCount
  };
  static constexpr std::array<std::string_view, 2> kSwitch{"off", "on"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"gain", "Gain", Unit::kNone, 0.0, 10.0, 6.0},
      {"bass", "Bass", Unit::kNone, 0.0, 10.0, 5.0},
      {"middle", "Middle", Unit::kNone, 0.0, 10.0, 5.0},
      {"treble", "Treble", Unit::kNone, 0.0, 10.0, 5.0},
      {"presence", "Presence", Unit::kNone, 0.0, 10.0, 5.0},
      {"sag", "Sag", Unit::kPercent, 0.0, 100.0, 30.0},
      {"master", "Master", Unit::kNone, 0.0, 10.0, 4.0},
      {"level", "Level", Unit::kDecibel, -36.0, 12.0, 0.0},
      choice("bright", "Bright", kSwitch, 1),
  }};

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  struct Channel {
    TriodeBank::State triodes;
    ToneStack::State stack;
    PowerStage::State power;
  };
  struct Knobs {
    float gain = -1.0F, bass = -1.0F, middle = -1.0F, treble = -1.0F;
    bool bright = false;
  };

  void turn(const Params& params) noexcept;
  void run(Channel& channel, const Ramp& master, std::size_t cellOffset,
           std::size_t frames) noexcept;

  TriodeBank triodes_;
  ToneStack stack_;
  PowerStage power_;
  Knobs knobs_;
  double highRateHz_ = 384e3;
  std::size_t factorLog2_ = 3;
  std::span<Channel> channels_;
  std::span<Oversampler<half_band::Light>> oversamplers_;
  std::span<float> high_;  ///< One cell at the high rate.
};
static_assert(Module<AmpCrunch>);

}  // namespace sonic
