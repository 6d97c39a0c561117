// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"

namespace sonic {

/// Pan: places a mono signal between the speakers, balances a stereo one.
///
/// Audio    mono or stereo in, stereo out. Stereo is bit-exact in the centre.
/// Method   a mono signal is panned by the chosen law, named by its level in the centre: -3 dB
///          keeps the power, -6 dB keeps the sum of both sides, -4.5 dB is their mean, 0 dB turns
///          one side down only. At either end one side has gain 1 and the other is silent. A stereo
///          signal always takes the 0 dB law. At audio rate there is a gain for every frame.
class Pan {
 public:
  static constexpr ModuleInfo kInfo{.id = "pan",
                                    .label = "Pan",
                                    .category = "utility",
                                    .summary = "Places the sound between left and right."};
  enum Param : std::size_t { kPan, kLaw, kParamCount };
  enum Law : std::size_t { kConstantPower, kCompromise, kConstantSum, kBalance };
  static constexpr std::array<std::string_view, 4> kLaws{"-3 dB", "-4.5 dB", "-6 dB", "0 dB"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"pan", "Pan", Unit::kPercent, -100.0, 100.0, 0.0, Curve::kLinear, Smoothing::kKnob,
       Rate::kAudio},
      choice("law", "Law", kLaws, kConstantPower),
  }};
  static constexpr std::array<PortSpec, 2> kPorts{{
      {"in", Direction::kIn},
      {"out", Direction::kOut, Signal::kAudio, PortWidth::kStereo},
  }};

  void prepare(const Spec& spec);
  void reset() noexcept {}
  void process(Io& io, const Params& params) noexcept;

 private:
  std::size_t width_ = 1;
};
static_assert(Module<Pan>);

}  // namespace sonic
