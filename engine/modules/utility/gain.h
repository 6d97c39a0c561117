// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"

namespace sonic {

/// Gain: level in dB, polarity. The smallest module, and the one to copy.
///
/// Audio    mono or stereo, in place; bit-exact at 0 dB.
/// Method   the knob's ramp in dB becomes a linear ramp of gain per cell; at audio rate one gain
/// per
///          frame. -80 dB is silence.
class Gain {
 public:
  static constexpr ModuleInfo kInfo{.id = "gain",
                                    .label = "Gain",
                                    .category = "utility",
                                    .summary = "Turns the level up or down."};
  enum Param : std::size_t { kGainDb, kPolarity, kParamCount };
  static constexpr std::array<std::string_view, 2> kPolarities{"normal", "inverted"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"gain", "Gain", Unit::kDecibel, -80.0, 24.0, 0.0, Curve::kLinear, Smoothing::kKnob,
       Rate::kAudio},
      choice("polarity", "Polarity", kPolarities, 0),
  }};

  void prepare(const Spec& spec);
  void reset() noexcept {}
  void process(Io& io, const Params& params) noexcept;

 private:
  std::size_t width_ = 1;
};
static_assert(Module<Gain>);

}  // namespace sonic
