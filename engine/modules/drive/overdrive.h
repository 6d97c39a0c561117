// SPDX-License-Identifier: MIT
#pragma once
#include <array>

#include "engine/core/module.h"
#include "engine/dsp/oversampler.h"
#include "engine/modules/drive/clipping-stage.h"

namespace sonic {

/// Tube Screamer (TS808): input network -> clipping op-amp -> tone network -> level.
///
/// Audio    mono or stereo, in place; 0 dBFS = 1 V peak. Level 0 dB = pot fully up.
/// Method   the circuit's equations by the trapezoidal rule at four times the rate (hq: eight), the
///          diodes at four times that (clipping-stage.h). Two 16 Hz couplings at the base
///          rate. The first frame out answers the first frame in: latency 0.
/// Pots     drive 500 k audio taper (15 % in the middle), tone 20 k "W" taper: two audio tapers
///          mirrored at the middle, so that the ends, where little turn does much, are spread.
/// Source   the values as in the LiveSPICE and BYOD schematics; diodes 1N914 (Is 2.52 nA, n 1.752).
///          Left out: op-amp bandwidth, transistor buffers, the output's 1.6 Hz coupling.
class Overdrive {
 public:
  static constexpr ModuleInfo kInfo{
      .id = "overdrive",
      .label = "Overdrive",
      .category = "drive",
      .summary =
          "The green pedal: soft diode clipping that keeps the guitar's body in the middle."};
  enum Param : std::size_t { kDrive, kTone, kLevelDb, kParamCount };
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"drive", "Drive", Unit::kPercent, 0.0, 100.0, 50.0},
      {"tone", "Tone", Unit::kPercent, 0.0, 100.0, 50.0},
      {"level", "Level", Unit::kDecibel, -40.0, 12.0, -6.0},
  }};

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  /// A first-order high-pass: 20 n into 510 k, 1 u into 10 k.
  struct Coupling {
    float state = 0.0F;
    float process(float coefficient, float x) noexcept {
      const float v = coefficient * (x - state);
      const float low = state + v;
      state = low + v;
      return x - low;
    }
  };
  /// The tone network's two poles side by side, as low-passes with gains: nothing cancels, so the
  /// rounding of slow states at a high rate stays inaudible (a direct form would hiss at -70 dB).
  struct ToneCoefficients {
    std::array<float, 2> rate{}, gain{};
  };
  struct ToneState {
    std::array<float, 2> state{};
    float process(const ToneCoefficients& c, float x) noexcept {
      float y = 0.0F;
      for (std::size_t k = 0; k < 2; ++k) {
        const float v = c.rate[k] * (x - state[k]);
        y += c.gain[k] * (state[k] + v);
        state[k] += v + v;
      }
      return y;
    }
  };
  struct Channel {
    Coupling first, second;
    ClippingStage clipping;
    ToneState tone;
  };

  void turnDrive(float percent) noexcept;
  void turnTone(float percent) noexcept;

  std::size_t width_ = 1;
  float highRateHz_ = 0.0F;
  std::array<float, 2> couplings_{};
  float drivePercent_ = -1.0F, tonePercent_ = -1.0F;
  ClippingCircuit circuit_;
  ToneCoefficients tone_;
  std::array<Oversampler<half_band::Firm>, 2> oversamplers_;
  std::array<Channel, 2> channels_;
};
static_assert(Module<Overdrive>);

}  // namespace sonic
