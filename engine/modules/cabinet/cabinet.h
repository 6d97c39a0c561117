// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"
#include "engine/dsp/convolver.h"
#include "engine/dsp/svf.h"

namespace sonic {

/// Guitar cabinet: the response of speakers and a microphone, or any response from a file.
///
/// Audio    mono or stereo, in place, no latency. Stereo: both sides through the same response, or
///          through the two channels of a stereo file.
/// Method   convolution (see Convolver), then low cut and high cut of 12 dB per octave, which are
///          truly off at the ends of their ranges. The built-in responses are computed from
///          parametric curves (see cabinet-response.h). All responses are equally loud.
class Cabinet {
 public:
  static constexpr ModuleInfo kInfo{
      .id = "cabinet",
      .label = "Cabinet",
      .category = "amp",
      .summary = "Speakers and a microphone for an amp, or any response from a WAV file."};

  enum Param : std::size_t {
    kSpeaker,
    kMicrophone,
    kDistanceCm,
    kAxis,
    kLowCutHz,
    kHighCutHz,
    kLevelDb,
    kMix,
    kParamCount
  };
  static constexpr std::array<std::string_view, 4> kSpeakers{"1x12-open", "2x12-open",
                                                             "4x12-closed", "8x10-bass"};
  static constexpr std::array<std::string_view, 3> kMicrophones{"dynamic", "ribbon", "condenser"};
  static constexpr double kLowCutOffHz = 20.0;
  static constexpr double kHighCutOffHz = 20000.0;
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      choice("speaker", "Speaker", kSpeakers, 2, Structure::kStructural),
      choice("microphone", "Microphone", kMicrophones, 0, Structure::kStructural),
      {"distance", "Distance", Unit::kCentimetres, 1.0, 100.0, 3.0, Curve::kLogarithmic,
       Smoothing::kNone, Rate::kCell, Structure::kStructural},
      {"axis", "Axis", Unit::kPercent, 0.0, 100.0, 20.0, Curve::kLinear, Smoothing::kNone,
       Rate::kCell, Structure::kStructural},
      {"lowCut", "Low cut", Unit::kHertz, kLowCutOffHz, 500.0, kLowCutOffHz, Curve::kLogarithmic},
      {"highCut", "High cut", Unit::kHertz, 1000.0, kHighCutOffHz, kHighCutOffHz,
       Curve::kLogarithmic},
      {"level", "Level", Unit::kDecibel, -24.0, 24.0, 0.0},
      {"mix", "Mix", Unit::kPercent, 0.0, 100.0, 100.0},
  }};

  enum Asset : std::size_t { kResponse };
  static constexpr std::array<AssetSpec, 1> kAssets{{{"response", "audio/ir"}}};
  static Result<std::vector<std::byte>> cook(std::size_t slot, std::span<const std::byte> file,
                                             const Spec& spec);
  static std::int64_t quietFrames(const Spec& spec);
  /// |H| in dB of the whole module at rest at each frequency, for its face: the response that
  /// cook() would use, the cuts and the level. [main, worker]
  static Result<std::vector<float>> magnitudeDb(std::span<const std::byte> file, const Spec& spec,
                                                std::span<const float> frequenciesHz);

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  struct Channel {
    Convolver convolver;
    Svf lowCut, highCut;
  };

  float sampleRateHz_ = 48000.0F;
  std::span<Channel> channels_;
  std::span<float> dry_, wet_;  // one call each
};
static_assert(Module<Cabinet>);

}  // namespace sonic
