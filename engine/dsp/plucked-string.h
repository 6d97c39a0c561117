// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sonic {

/// How a string is struck and how long it sounds.
struct Pluck {
  double frequencyHz = 110.0;
  double velocity = 1.0;         ///< 0..1: louder and brighter.
  double decaySeconds = 4.0;     ///< Until the fundamental has fallen by 60 dB.
  double dampingHz = 9000.0;     ///< Corner of the loss per round trip: a palm mute lies at 1500.
  double pickPosition = 0.13;    ///< Share of the string's length, from the bridge.
  double pickupPosition = 0.19;  ///< The same, of the pickup.
};

/// An electric guitar's string as its pickup hears it, in double precision. [main, worker]
///
/// Method   extended Karplus-Strong: a pick's pulse with its image from the bridge goes round a
///          loop of whole frames, an all-pass for the rest and a one-pole low-pass; both filters'
///          phase delays are exact at the fundamental, which so is in tune at any rate. The loop's
///          gain gives the fundamental its decay. The pickup hears the string at its position and
///          has a resonance.
/// Source   Jaffe, Smith: Extensions of the Karplus-Strong Plucked-String Algorithm, 1983.
class PluckedString {
 public:
  explicit PluckedString(double sampleRateHz);
  /// Strikes the string at rest; the same Pluck sounds the same each time.
  void pluck(const Pluck& pluck);
  [[nodiscard]] double next();

 private:
  void tune(const Pluck& pluck);
  void strike(const Pluck& pluck, double periodFrames);
  [[nodiscard]] double at(std::size_t delayFrames) const;

  double sampleRateHz_;
  std::vector<double> line_;  // a power of two
  std::size_t position_ = 0;
  std::size_t delayFrames_ = 1;
  std::size_t pickupFrames_ = 1;
  std::vector<double> excitation_;
  std::size_t struck_ = 0;  // frames of the excitation that have sounded
  double loopGain_ = 0.0, lowPass_ = 0.0, allPass_ = 0.0;
  double lowPassState_ = 0.0, allPassIn_ = 0.0, allPassOut_ = 0.0;
  double b0_ = 1.0, a1_ = 0.0, a2_ = 0.0;  // the pickup's resonance
  double in1_ = 0.0, in2_ = 0.0, out1_ = 0.0, out2_ = 0.0;
};

}  // namespace sonic
