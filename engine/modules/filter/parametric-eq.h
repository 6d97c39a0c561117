// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>

#include "engine/core/module.h"
#include "engine/dsp/svf.h"

namespace sonic {
namespace eq {

inline constexpr std::size_t kBands = 8;
enum BandRow : std::size_t { kType, kFreq, kGain, kQ, kRowsPerBand };
enum class BandType : std::size_t { kOff, kBell, kLowShelf, kHighShelf, kLowCut, kHighCut, kNotch };
inline constexpr std::array<std::string_view, 7> kTypes{
    "off", "bell", "low-shelf", "high-shelf", "low-cut", "high-cut", "notch"};

struct BandDefault {
  std::array<std::string_view, kRowsPerBand> ids, labels;
  BandType type;
  double freqHz, q;
};
inline constexpr std::array<BandDefault, kBands> kBandDefaults{{
    {{"b1Type", "b1Freq", "b1Gain", "b1Q"},
     {"1 Type", "1 Freq", "1 Gain", "1 Q"},
     BandType::kOff,
     40.0,
     0.71},
    {{"b2Type", "b2Freq", "b2Gain", "b2Q"},
     {"2 Type", "2 Freq", "2 Gain", "2 Q"},
     BandType::kLowShelf,
     100.0,
     0.71},
    {{"b3Type", "b3Freq", "b3Gain", "b3Q"},
     {"3 Type", "3 Freq", "3 Gain", "3 Q"},
     BandType::kBell,
     250.0,
     1.0},
    {{"b4Type", "b4Freq", "b4Gain", "b4Q"},
     {"4 Type", "4 Freq", "4 Gain", "4 Q"},
     BandType::kBell,
     600.0,
     1.0},
    {{"b5Type", "b5Freq", "b5Gain", "b5Q"},
     {"5 Type", "5 Freq", "5 Gain", "5 Q"},
     BandType::kBell,
     1500.0,
     1.0},
    {{"b6Type", "b6Freq", "b6Gain", "b6Q"},
     {"6 Type", "6 Freq", "6 Gain", "6 Q"},
     BandType::kBell,
     3500.0,
     1.0},
    {{"b7Type", "b7Freq", "b7Gain", "b7Q"},
     {"7 Type", "7 Freq", "7 Gain", "7 Q"},
     BandType::kHighShelf,
     8000.0,
     0.71},
    {{"b8Type", "b8Freq", "b8Gain", "b8Q"},
     {"8 Type", "8 Freq", "8 Gain", "8 Q"},
     BandType::kOff,
     16000.0,
     0.71},
}};

inline constexpr std::size_t kOutputRow = kBands * kRowsPerBand;
inline constexpr std::size_t kRows = kOutputRow + 1;

consteval std::array<ParamSpec, kRows> params() {
  std::array<ParamSpec, kRows> rows{};
  for (std::size_t b = 0; b < kBands; ++b) {
    const BandDefault& d = kBandDefaults[b];
    ParamSpec* const row = &rows[b * kRowsPerBand];
    row[kType] = choice(d.ids[kType], d.labels[kType], kTypes, static_cast<std::size_t>(d.type));
    row[kFreq] = {d.ids[kFreq], d.labels[kFreq], Unit::kHertz,       20.0,
                  20000.0,      d.freqHz,        Curve::kLogarithmic};
    row[kGain] = {d.ids[kGain], d.labels[kGain], Unit::kDecibel, -24.0, 24.0, 0.0};
    row[kQ] = {d.ids[kQ], d.labels[kQ], Unit::kNone, 0.1, 40.0, d.q, Curve::kLogarithmic};
  }
  rows[kOutputRow] = {"output", "Output", Unit::kDecibel, -24.0, 24.0, 0.0};
  return rows;
}

}  // namespace eq

/// Parametric equaliser of eight bands.
///
/// Audio    mono or stereo, in place; bit-exact while every band is off or at 0 dB.
/// Method   A state variable filter per band with the analog magnitude (dsp/matched-svf.h). The
///          coefficients go linearly from one cell's end to the next (in 10 ms when the type
///          changes): each state matrix is a contraction of the same norm, so their mixtures are
///          stable too. Four bands are the lanes of a vector, each a frame behind its neighbour,
///          and a call drains them: no latency. Flat bands cost nothing.
class ParametricEq {
 public:
  static constexpr ModuleInfo kInfo{.id = "parametric-eq",
                                    .label = "Parametric EQ",
                                    .category = "filter",
                                    .summary = "Shapes the tone with eight bands."};
  static constexpr std::array<ParamSpec, eq::kRows> kParams = eq::params();

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kGroups = eq::kBands / kLanes;
  static constexpr std::size_t kCoefficients = 6;

  struct Setting {
    eq::BandType type = eq::BandType::kOff;
    float freqHz = 0.0F, gainDb = 0.0F, q = 0.0F;
    bool operator==(const Setting&) const = default;
  };
  struct Band {
    Setting setting;        // what `goal` was computed from
    SvfCoefficients goal;   // the setting's filter
    SvfCoefficients begin;  // at this cell's first frame
    SvfCoefficients end;    // and at the next cell's
    std::size_t cellsLeft = 1;
    bool placed = false;  // `begin` is known
  };
  /// Coefficients of four bands, lane by lane, and their change per frame.
  struct Group {
    float begin[kCoefficients][kLanes];
    float step[kCoefficients][kLanes];
  };

  [[nodiscard]] bool haveMoved(const Params& params) noexcept;
  void arrange(const Params& params) noexcept;
  void follow(Band& band, const Setting& now) const noexcept;
  void pack() noexcept;
  template <std::size_t kWidth, bool kMoving>
  void run(const Io& io, std::size_t group) noexcept;

  float sampleRateHz_ = 48000.0F;
  std::size_t width_ = 1;
  std::array<float, eq::kOutputRow> knobs_{};  // of the call before
  bool isSettled_ = false;                     // every band is where its knobs want it
  bool isMoving_ = false;                      // a band that sounds is not
  std::array<Band, eq::kBands> bands_{};
  std::size_t active_ = 0;
  std::array<std::size_t, eq::kBands> order_{};  // the bands that sound, by lane
  std::array<Group, kGroups> groups_{};
  std::array<std::array<std::array<float, eq::kBands>, 2>, 2> states_{};  // [s1, s2][channel][lane]
};
static_assert(Module<ParametricEq>);

}  // namespace sonic
