// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/dsp/audio-data.h"

namespace sonic {

/// Offline change of sample rate, in double precision. [main, worker]
///
/// Method   windowed sinc (Kaiser, 160 dB), flat to 0.907 of the lower rate's half (20 kHz at
///          44.1 kHz) and silent from that half on: nothing aliases. Rates that are whole numbers
///          of hertz get one exact set of taps per phase, others interpolate between 512 per frame
///          (cubic, error below -200 dB). Output frame k lies at the time of input frame
///          k * fromHz / toHz, so onsets stay where they are (linear phase, no delay).
/// Length   round(frames * toHz / fromHz), at least 1 for any input. Equal rates copy.
class Resampler {
 public:
  Resampler(double fromHz, double toHz);
  [[nodiscard]] std::vector<float> process(std::span<const float> in) const;
  [[nodiscard]] std::size_t outputFrames(std::size_t inputFrames) const;

 private:
  void fillTaps(double fraction, double* taps) const;

  double step_ = 1.0;              // input frames per output frame
  std::uint64_t numerator_ = 0;    // step_ = numerator_ / denominator_, if rates are whole
  std::uint64_t denominator_ = 0;  // 0: not whole, or too many phases to keep
  double stretch_ = 1.0;           // input frames per zero crossing spacing of the kernel's table
  std::size_t half_ = 0;           // taps on each side
  std::vector<double> wing_;       // the kernel from its centre on, 512 entries per unit
  std::vector<double> phases_;     // [phase][2 * half_]
};

[[nodiscard]] std::vector<float> resample(std::span<const float> in, double fromHz, double toHz);
[[nodiscard]] AudioData resample(const AudioData& audio, double toHz);

}  // namespace sonic
