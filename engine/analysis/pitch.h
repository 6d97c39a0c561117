// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/fft.h"

namespace sonic {

/// What a PitchDetector hears. frequencyHz is 0 when nothing sounds or it has no pitch.
struct Pitch {
  float frequencyHz = 0.0F;
  float clarity = 0.0F;  ///< 1: perfectly periodic. The pitch counts from 0.9 on.
};

/// Pitch of one voice, 29 ... 1500 Hz, about 75 times a second.
///
/// Method   McLeod's normalised square difference n over 512 frames at about 8 kHz (64 ms), its
///          correlation by FFT. Silence before an onset is cut from the window, so a reading needs
///          two periods of a note, not a full window. The first high maximum of n is the period; it
///          is then looked up again at 2, 4, 8 ... periods, which divides what interpolation gets
///          wrong; between frames n is interpolated by a windowed sinc.
/// Work     one step per cell, none much longer than another: step() at each cell's last frame.
/// Source   McLeod, Wyvill: A Smarter Way to Find Pitch, ICMC 2005. The doubling, the cut window
/// and
///          the packing (a window of n real frames, transformed modulo z^n - i, gives all n lags of
///          its correlation without padding) are ours. [audio]
class PitchDetector {
 public:
  static constexpr std::size_t kWindow = 512;

  void prepare(Arena& arena, float sampleRateHz);
  void reset() noexcept;
  void push(const float* in, std::size_t frames) noexcept;
  /// Once per cell. True when `pitch()` is new.
  bool step() noexcept;
  [[nodiscard]] const Pitch& pitch() const noexcept { return pitch_; }
  /// From the last sound until pitch() says that there is none.
  [[nodiscard]] static std::size_t forgetFrames(float sampleRateHz);

 private:
  struct Peak {
    float lag = 0.0F;
    float value = 0.0F;
  };
  void decimate() noexcept;
  bool takeWindow() noexcept;
  [[nodiscard]] std::size_t firstOver(float threshold) const noexcept;
  void normalise(std::size_t part) noexcept;
  void pick() noexcept;
  void refine() noexcept;
  [[nodiscard]] std::size_t firstHighLobe(std::size_t limit) const noexcept;
  [[nodiscard]] static Peak parabola(float a, float b, float c) noexcept;
  [[nodiscard]] Peak peakNear(std::size_t lag) const noexcept;
  [[nodiscard]] float between(std::size_t lag, std::size_t quarter) const noexcept;

  // Decimation.
  std::size_t factor_ = 1;
  float rateHz_ = 8000.0F;
  std::span<float> taps_, history_;
  std::size_t filled_ = 0, untilNext_ = 1;
  std::span<float> recent_;  // ring of the decimated signal
  std::size_t next_ = 0, unseen_ = 0;
  // Analysis.
  FftPasses passes_;
  std::span<float> window_, zeros_, re_, im_;
  std::span<float> n_;        // from lag 0 on
  std::span<float> between_;  // [quarter][tap]: sinc at 0, 1/4, 1/2, 3/4
  std::size_t step_ = 0;
  double energy_ = 0.0;     // of what the lag compares
  std::size_t begin_ = 0;   // first frame of the window that sounds
  std::size_t period_ = 0;  // lag of the chosen lobe's top; 0: none
  Pitch pitch_;
};

}  // namespace sonic
