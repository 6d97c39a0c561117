// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/core/arena.h"
#include "engine/core/io.h"
#include "engine/dsp/delay-line.h"
#include "engine/dsp/simd.h"
#include "engine/modules/reverb/moving-tap.h"

namespace sonic {

/// The feedback delay network of the reverb: sixteen lines, absorbers, Hadamard matrix, rotations.
/// [audio]
class ReverbTank {
 public:
  static constexpr std::size_t kLines = 16;
  static constexpr float kLongestSeconds = 0.08F;  // at 100 % size
  static constexpr float kLargestSize = 1.5F;

  struct Settings {
    float decaySeconds, dampHz;
    float size;        // 1 = 100 %
    float modulation;  // 0..1
    bool operator==(const Settings&) const = default;
  };

  void prepare(Arena& arena, float sampleRateHz);
  void reset() noexcept;
  /// channels[0..width) in, reverberated out; energy 1 in gives energy 1 out.
  void process(const Io& io, const Settings& settings, std::size_t width,
               float (*channels)[kCellFrames]) noexcept;

 private:
  static constexpr std::size_t kPairs = kLines / 2;
  using Lines = float[kLines][kCellFrames];
  struct Rotation {
    alignas(16) float cosine[kPairs], sine[kPairs];
  };

  /// Absorbers y = gain x + pole y', lines as lanes, and the level of what is heard.
  struct Absorbers {
    alignas(16) float gain[kLines], pole[kLines];
    float level;
  };

  /// Gain and pole per frame; cosine and sine at the cell's begin and per frame, four times each.
  struct Course {
    alignas(16) float gainStep[kLines], poleStep[kLines];
    alignas(16) float cosine[kPairs][4], cosineStep[kPairs][4];
    alignas(16) float sine[kPairs][4], sineStep[kPairs][4];
  };
  using Quads = float[kLines][4];
  static constexpr simd::hn::FixedTag<std::int32_t, 4> kBits{};
  using Magnitudes = simd::hn::Vec<simd::hn::FixedTag<std::int32_t, 4>>;

  /// Where the lines' frames of one call are read and written.
  struct Places {
    std::array<const float*, kLines> from;
    std::array<float*, kLines> to;
  };

  void follow(const Settings& settings) noexcept;
  Absorbers absorbers(const Settings& settings) const noexcept;
  void layOut(float size) noexcept;
  Places places(const Io& io, Lines& read, Lines& written) noexcept;
  void endCell() noexcept;
  Rotation rotation(float modulation, float phaseAhead) const noexcept;
  Course course() const noexcept;
  template <std::size_t kFirst, bool kMoving, std::size_t kWidth>
  [[gnu::always_inline]] inline void absorb(const Io& io, std::size_t i, const Course& course,
                                            const Places& places, simd::V4 (&sum)[kWidth],
                                            Quads& half) noexcept;
  template <std::size_t kFirst, std::size_t kWidth>
  [[gnu::always_inline]] static inline void sendBack(simd::V4 frame, std::size_t i,
                                                     const Course& course, const Places& places,
                                                     const Quads& half,
                                                     const simd::V4 (&in)[kWidth],
                                                     Magnitudes& loudest) noexcept;
  template <std::size_t kWidth, bool kMoving>
  void mix(const Io& io, const Places& places, float (*channels)[kCellFrames]) noexcept;

  float sampleRateHz_ = 48000.0F;
  std::array<DelayLine, kLines> lines_;
  MovingTap layout_;  // its "place" is the size in tenths of a percent
  std::array<std::size_t, kLines> frames_{}, nextFrames_{};
  Settings settings_{};  // what absorbersEnd_ was computed from
  bool settled_ = false;
  bool moving_ = false;  // the absorbers change within this cell
  Absorbers absorbersBegin_{}, absorbersEnd_{};
  alignas(16) float state_[kLines]{};
  Rotation begin_{}, end_{};
  std::int32_t loudest_ = 0;           // bits of the largest magnitude that went back in this cell
  alignas(16) float phase_[kPairs]{};  // turns, of this cell's first frame
};

}  // namespace sonic
