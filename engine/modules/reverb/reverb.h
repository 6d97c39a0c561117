// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "engine/core/module.h"
#include "engine/dsp/delay-line.h"
#include "engine/dsp/svf-pair.h"
#include "engine/modules/reverb/moving-tap.h"
#include "engine/modules/reverb/reverb-tank.h"

namespace sonic {

/// Room reverb: pre-delay -> cuts -> diffusion -> feedback delay network -> width -> mix.
///
/// Audio    mono or stereo, in place. Mono in gives mono out; in stereo each side feeds the network
///          with signs of its own and hears it with others, so the sum loses nothing.
/// Method   Four all-passes per side blur the input, less in rooms so short that they would
/// lengthen
///          the decay; sixteen delay lines of prime lengths, 22 to
///          80 ms at 100 % size, are mixed by a Hadamard matrix and by eight slow rotations
///          ("modulation"), which change no energy, so the decay stays exact. Each line ends in a
///          one-pole absorber: the decay time is exact at DC and about half as long at the damping
///          frequency. The level of the reverb is about that of the dry sound for a steady one,
///          whatever the decay. Size and pre-delay change by cross-fading taps. The tail ends, as
///          exact silence, at -180 dBFS.
/// Source   Jot, Chaigne: "Digital Delay Networks for Designing Artificial Reverberators", 1991;
///          Schlecht, Habets: "Time-varying feedback matrices in feedback delay networks", 2015.
class Reverb {
 public:
  static constexpr ModuleInfo kInfo{.id = "reverb",
                                    .label = "Reverb",
                                    .category = "space",
                                    .summary = "Puts the sound into a room or hall."};
  enum Param : std::size_t {
    kDecay,
    kPredelay,
    kSize,
    kDamp,
    kLowCut,
    kHighCut,
    kModulation,
    kWidth,
    kMix,
    kParamCount
  };
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"decay", "Decay", Unit::kSeconds, 0.1, 20.0, 1.8, Curve::kLogarithmic},
      {"predelay", "Pre-delay", Unit::kMilliseconds, 0.0, 250.0, 10.0},
      {"size", "Size", Unit::kPercent, 25.0, 150.0, 100.0},
      {"damp", "Damping", Unit::kHertz, 1000.0, 30000.0, 7000.0, Curve::kLogarithmic},
      {"lowCut", "Low Cut", Unit::kHertz, 20.0, 1000.0, 120.0, Curve::kLogarithmic},
      {"highCut", "High Cut", Unit::kHertz, 1000.0, 20000.0, 12000.0, Curve::kLogarithmic},
      {"modulation", "Modulation", Unit::kPercent, 0.0, 100.0, 25.0},
      {"width", "Width", Unit::kPercent, 0.0, 100.0, 100.0},
      {"mix", "Mix", Unit::kPercent, 0.0, 100.0, 25.0},
  }};

  static std::int64_t quietFrames(const Spec& spec);
  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  static constexpr std::size_t kDiffusers = 4;
  struct Side {
    DelayLine predelay;
    std::array<DelayLine, kDiffusers> diffusers;
    std::array<std::size_t, kDiffusers> diffuserFrames{};
    std::array<float, kDiffusers> gainsBegin{}, gainsEnd{};  ///< Of the diffusers, in this cell.
  };
  void feed(Side& side, const Io& io, const float* in, float* wet) noexcept;
  void setDiffusion(float decaySeconds) noexcept;
  void setCuts(const Params& params) noexcept;
  void blend(const Io& io, const Params& params, float (*wet)[kCellFrames]) const noexcept;

  float sampleRateHz_ = 48000.0F;
  std::span<Side> sides_;  // one or two
  SvfPair cuts_;
  float lowHz_ = 0.0F, highHz_ = 0.0F;  // of the cuts
  float diffusedSeconds_ = 0.0F;        // the decay that the diffusers' gains stand for
  MovingTap predelayTap_;
  ReverbTank tank_;
};
static_assert(Module<Reverb>);

}  // namespace sonic
