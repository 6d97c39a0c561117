// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "engine/core/cell.h"

namespace sonic {

/// What a plain parameter value counts. Plain values cross every border; 0..1 exists only in knobs.
enum class Unit {
  kNone,
  kDecibel,
  kHertz,
  kSeconds,
  kMilliseconds,
  kPercent,
  kRatio,
  kSemitones,
  kCents,
  kBeats,
  kDegrees,
  kCentimetres
};

/// How a knob's travel 0..1 maps to min..max. kLogarithmic needs min > 0.
enum class Curve { kLinear, kLogarithmic };

/// How the host follows a changed value: at once, in 10 ms, or in 50 ms.
enum class Smoothing { kKnob, kNone, kGlide };

/// kAudio rows get one value per frame while an audio-rate modulation is connected.
enum class Rate { kCell, kAudio };

/// kStructural rows are fixed in prepare(): changing one replaces the instance, with a fade.
enum class Structure { kLive, kStructural };

/// One row of a module's parameter table. A released id, range, default, curve or order of choices
/// never changes.
struct ParamSpec {
  std::string_view id;
  std::string_view label;
  Unit unit = Unit::kNone;
  double min = 0.0;
  double max = 1.0;
  double fallback = 0.0;  ///< The default. `default` in JSON.
  Curve curve = Curve::kLinear;
  Smoothing smoothing = Smoothing::kKnob;
  Rate rate = Rate::kCell;
  Structure structure = Structure::kLive;
  std::span<const std::string_view> choices{};  ///< Not empty: the value is an index; never ramps.

  [[nodiscard]] constexpr bool isStructural() const { return structure == Structure::kStructural; }
};

/// A row whose value is an index into `choices` (a constexpr array with static storage).
template <std::size_t N>
[[nodiscard]] constexpr ParamSpec choice(std::string_view id, std::string_view label,
                                         const std::array<std::string_view, N>& choices,
                                         std::size_t fallback,
                                         Structure structure = Structure::kLive) {
  return {id,
          label,
          Unit::kNone,
          0.0,
          static_cast<double>(N - 1),
          static_cast<double>(fallback),
          Curve::kLinear,
          Smoothing::kNone,
          Rate::kCell,
          structure,
          choices};
}

/// Smoothed course of one parameter over one cell, the same in every call of that cell:
/// value(i) = begin + step * (cellOffset + i), never accumulated.
struct Ramp {
  float begin = 0.0F;   ///< Value at the cell's first frame.
  float step = 0.0F;    ///< Change per frame.
  float target = 0.0F;  ///< The cell's end value; what a coefficient is computed from.

  static constexpr Ramp between(float begin, float target) {
    return {begin, (target - begin) * (1.0F / kCellFrames), target};
  }
  template <class F>
  [[nodiscard]] constexpr Ramp map(F f) const {
    return between(f(begin), f(target));
  }
  [[nodiscard]] constexpr float at(std::size_t frameInCell) const {
    return begin + step * static_cast<float>(frameInCell);
  }
  [[nodiscard]] constexpr bool isFlat() const { return begin == target; }
};

/// What process() reads: a ramp per row, and for rows of Rate::kAudio, while modulated, one value
/// per frame of this call (then the ramp describes the unmodulated knob).
class Params {
 public:
  Params(std::span<const Ramp> ramps, std::span<const float* const> perFrame)
      : ramps_(ramps), perFrame_(perFrame) {}
  [[nodiscard]] const Ramp& operator[](std::size_t row) const { return ramps_[row]; }
  /// Null unless an audio-rate modulation is connected to this row.
  [[nodiscard]] const float* perFrame(std::size_t row) const {
    return perFrame_.empty() ? nullptr : perFrame_[row];
  }
  /// The same ramps beside other per-frame values (the host, when it splits a call).
  [[nodiscard]] Params withPerFrame(std::span<const float* const> perFrame) const {
    return {ramps_, perFrame};
  }
  /// The index held by a row with choices.
  [[nodiscard]] std::size_t choice(std::size_t row) const {
    return static_cast<std::size_t>(ramps_[row].target + 0.5F);
  }

 private:
  std::span<const Ramp> ramps_;
  std::span<const float* const> perFrame_;
};

}  // namespace sonic
