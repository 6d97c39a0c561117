// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"

namespace sonic {

/// Output: what is heard, and what a render writes.
///
/// Audio    mono goes to both channels of `device`; bit-exact at 0 dB; -80 dB is silence. It never
///          limits: the safety limiter belongs to the live page.
class Output {
 public:
  static constexpr ModuleInfo kInfo{.id = "output",
                                    .label = "Output",
                                    .category = "utility",
                                    .summary = "Your speakers, and the rendered file.",
                                    .role = ModuleRole::kEndpoint};
  enum Param : std::size_t { kLevel, kParamCount };
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"level", "Level", Unit::kDecibel, -80.0, 12.0, 0.0},
  }};
  static constexpr std::array<PortSpec, 2> kPorts{{
      {"in", Direction::kIn},
      {"device", Direction::kOut, Signal::kAudio, PortWidth::kStereo, PortRole::kDevice},
  }};

  void prepare(const Spec& spec);
  void reset() noexcept {}
  void process(Io& io, const Params& params) noexcept;

 private:
  std::size_t width_ = 1;
};
static_assert(Module<Output>);

}  // namespace sonic
