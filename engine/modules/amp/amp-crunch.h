// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"
#include "engine/dsp/oversampler.h"
#include "engine/modules/amp/power-stage.h"
#include "engine/modules/amp/tone-stack.h"
#include "engine/modules/amp/triode-stage.h"

namespace sonic {

/// The circuit of amp-crunch, after the JCM800 2203/2204. Miller capacitance is lumped at each
/// grid; a plate feeds the next network through the resistance that it shows at rest.
namespace crunch {
inline constexpr double kFirstSourceOhms = 40e3, kColdSourceOhms = 98e3;
inline constexpr TriodeParts kFirst{290.0F, 100e3F, 2.7e3F, 0.68e-6F, 0.0F, 0.0F};
inline constexpr TriodeParts kCold{290.0F, 100e3F, 10e3F, 0.0F, 0.0F, 0.0F};
inline constexpr TriodeParts kDriver{300.0F, 100e3F, 820.0F, 0.0F, 0.0F, 0.0F, 100e3F, 56e3F};
inline constexpr ToneStackParts kStack{250e3, 1e6, 25e3, 33e3, 470e-12, 22e-9, 22e-9};
inline constexpr PowerParts kPower{.inverterSupplyV = 340.0F,
                                   .plateAOhms = 82e3F,
                                   .plateBOhms = 100e3F,
                                   .cathodeOhms = 470.0F,
                                   .tailOhms = 10e3F,
                                   .leakOhms = 220e3F,
                                   .stopperOhms = 5.6e3F,
                                   .biasV = -38.0F,
                                   .supplyV = 460.0F,
                                   .screenDropV = 10.0F,
                                   .plateToPlateOhms = 3400.0F,
                                   .speakerOhms = 8.0F,
                                   .saggedV = 100.0F,
                                   .reservoirFarads = 50e-6F,
                                   .sagOhms = 400.0F,
                                   .lowHz = 40.0F,
                                   .highHz = 12e3F,
                                   .feedbackOhms = 100e3F,
                                   .footOhms = 4.7e3F,
                                   .presenceFarads = 0.1e-6F,
                                   .presenceOhms = 22e3F};
/// Resistance fraction of an audio pot (10 % at half turn) and of a linear one, 0...10.
float audioTaper(float knob) noexcept;
float linearTaper(float knob) noexcept;
using Network = std::array<GridNetwork::Part, 8>;
std::span<const GridNetwork::Part> firstNetwork(Network& parts) noexcept;  ///< 1 node.
std::span<const GridNetwork::Part> coldNetwork(Network& parts, double gain,
                                               bool bright) noexcept;       ///< 5 nodes.
std::span<const GridNetwork::Part> driverNetwork(Network& parts) noexcept;  ///< 3 nodes.
}  // namespace crunch

/// Amp, crunch: two 12AX7 stages (the second one a cold clipper), a third with a cathode follower,
/// the tone stack, a long-tailed inverter with two EL34 and their transformer, feedback and supply.
///
/// Audio    mono or stereo (two amps); 0 dBFS in is 1 V at the input jack; out is a fixed part of
///          the speaker's voltage. Put a cabinet behind it.
/// Method   circuit by circuit as in TriodeStage, ToneStack and PowerStage, at about 384 kHz (hq
///          768). Stages run as a wave: in one turn of the loop the first works on frame n, the
///          second on n - 1 and so on, so that their chains of operations overlap; nothing is late.
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
    TriodeStage::State first, cold, driver;
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

  TriodeStage first_, cold_, driver_;
  ToneStack stack_;
  PowerStage power_;
  PowerStage::Coefficients powerCoefficients_{};
  Knobs knobs_;
  double highRateHz_ = 384e3;
  std::size_t factorLog2_ = 3;
  std::span<Channel> channels_;
  std::span<Oversampler> oversamplers_;
  std::span<float> high_;  ///< One cell at the high rate.
};
static_assert(Module<AmpCrunch>);

}  // namespace sonic
