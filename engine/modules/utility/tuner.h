// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>

#include "engine/analysis/pitch.h"
#include "engine/core/module.h"

namespace sonic {

/// Tuner: shows what note sounds, and how far it is off.
///
/// Audio    mono or stereo, in place, bit-exact; muted it fades to silence in 8 ms, and still
///          listens. Of a stereo signal the mean is heard.
/// Readings frequency in Hz, the nearest note as a MIDI number, how many cents the note is off (-50
///          to 50), and how clear it is (0 to 1). Without a clear note frequency and cents are 0
///          and the note is -1.
/// Accuracy within 0.1 cent from E1 to E6; first reading 30 to 80 ms after the onset.
class Tuner {
 public:
  static constexpr ModuleInfo kInfo{.id = "tuner",
                                    .label = "Tuner",
                                    .category = "utility",
                                    .summary = "Shows the note you play and how far it is off."};
  enum Param : std::size_t { kMute, kReference, kParamCount };
  static constexpr std::array<std::string_view, 2> kSwitch{"off", "on"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      choice("mute", "Mute", kSwitch, 0),
      {"reference", "A4", Unit::kHertz, 415.0, 466.0, 440.0, Curve::kLinear, Smoothing::kNone},
  }};
  enum Reading : std::size_t { kFrequency, kNote, kCents, kClarity };
  static constexpr std::array<ReadingSpec, 4> kReadings{{
      {"frequency", Unit::kHertz},
      {"note", Unit::kNone},
      {"cents", Unit::kCents},
      {"clarity", Unit::kNone},
  }};

  /// Until the readings say that nothing sounds.
  static std::int64_t quietFrames(const Spec& spec);

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  void show(std::span<float> readings, float referenceHz) const noexcept;

  std::size_t width_ = 1;
  float muteStep_ = 1.0F;  // change of the gain per cell
  bool hasRun_ = false;
  Ramp gain_{};
  PitchDetector detector_;
};
static_assert(Module<Tuner>);

}  // namespace sonic
