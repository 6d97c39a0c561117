// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"

namespace sonic {

/// Input: what the context's own input (a guitar in an interface, a microphone) brings.
///
/// Audio    `device` is always two channels. The planner gives the instance two channels if
///          `channel` is stereo, else one: a guitar in one socket stays mono, and so does all that
///          follows. Bit-exact at 0 dB. Both is (left + right) / 2.
/// Level    0 dBFS stands for 1 V peak at the pedals and amps that follow; `gain` sets it.
class Input {
 public:
  static constexpr ModuleInfo kInfo{.id = "input",
                                    .label = "Input",
                                    .category = "utility",
                                    .summary = "Your instrument or microphone.",
                                    .role = ModuleRole::kEndpoint};
  enum Param : std::size_t { kGain, kChannel, kParamCount };
  enum Channel : std::size_t { kLeft, kRight, kBoth, kStereo };
  static constexpr std::array<std::string_view, 4> kChannels{"left", "right", "both", "stereo"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"gain", "Gain", Unit::kDecibel, -24.0, 24.0, 0.0},
      choice("channel", "Channel", kChannels, kLeft, Structure::kStructural),
  }};
  static constexpr std::array<PortSpec, 2> kPorts{{
      {"device", Direction::kIn, Signal::kAudio, PortWidth::kStereo, PortRole::kDevice},
      {"out", Direction::kOut},
  }};

  void prepare(const Spec& spec);
  void reset() noexcept {}
  void process(Io& io, const Params& params) noexcept;

 private:
  std::size_t width_ = 1;
  Channel channel_ = kLeft;
};
static_assert(Module<Input>);

}  // namespace sonic
