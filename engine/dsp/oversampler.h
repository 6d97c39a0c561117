// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "engine/core/arena.h"
#include "engine/core/spec.h"
#include "engine/dsp/half-band.h"

namespace sonic {

/// One channel's way up to 2, 4, 8 or 16 times the rate and back, for non-linear stages.
///
/// Method   a cascade of minimum-phase polyphase half-band IIR filters: those of `Live`, one of the
///          sets in half-band.h, or half_band::Fine for kHq. Nothing is delayed as a whole: the
///          first frame out answers the first frame in, so the declared latency is 0. But it rises,
///          and the more gently the more the filters stop; docs/adr/0009 has the bound.
/// Bits     do not depend on how the frames are split into calls. [audio]
template <class Live>
class Oversampler {
 public:
  static constexpr std::size_t kMaxFactorLog2 = 4;

  /// factorLog2 0...4: factor 1, 2, 4, 8, 16; `sampleRateHz` is the base rate.
  void prepare(Arena& arena, std::size_t factorLog2, float sampleRateHz, Quality quality) {
    factorLog2_ = std::min(factorLog2, kMaxFactorLog2);
    if (quality == Quality::kHq) {
      fine_ = arena.allocate<Ways<half_band::Fine>>(1);
      chooseFirst<half_band::Fine>(sampleRateHz);
    } else {
      live_ = arena.allocate<Ways<Live>>(1);
      chooseFirst<Live>(sampleRateHz);
    }
  }
  void reset() noexcept {
    std::fill(live_.begin(), live_.end(), Ways<Live>{});
    std::fill(fine_.begin(), fine_.end(), Ways<half_band::Fine>{});
  }
  /// `frames` in, `frames << factorLog2` out, same level.
  void up(const float* in, std::size_t frames, float* high) noexcept {
    dispatch([&](auto& ways, auto stages) {
      auto ups = ways.up;  // a local copy: `high` cannot alias it
      for (std::size_t i = 0; i < frames; ++i) split<stages>(ups, in[i], high + (i << stages));
      ways.up = ups;
    });
  }
  /// `frames << factorLog2` in, `frames` out; `out` may be `high`.
  void down(const float* high, std::size_t frames, float* out) noexcept {
    dispatch([&](auto& ways, auto stages) {
      auto downs = ways.down;
      for (std::size_t i = 0; i < frames; ++i) out[i] = merge<stages>(downs, high + (i << stages));
      ways.down = downs;
    });
  }
  /// Both ways at once: body(high) changes the high-rate frames of one frame in place, and gets a
  /// std::span<float, factor>. Faster than up() and down(), since the processor overlaps the
  /// filters with the body. `out` may be `in`.
  template <class Body>
  void through(const float* in, std::size_t frames, float* out, Body&& body) noexcept {
    dispatch([&](auto& ways, auto stages) {
      auto [ups, downs] = ways;
      alignas(16) std::array<float, std::size_t{1} << stages> high;
      for (std::size_t i = 0; i < frames; ++i) {
        split<stages>(ups, in[i], high.data());
        body(std::span(high));
        out[i] = merge<stages>(downs, high.data());
      }
      ways = {ups, downs};
    });
  }
  /// At a cell's end.
  void flush() noexcept {
    dispatch([&](auto& ways, auto) {
      const auto flushAll = [](auto& stages) {
        stages.first.flush();
        stages.second.flush();
        stages.third.flush();
        stages.fourth.flush();
      };
      flushAll(ways.up);
      flushAll(ways.down);
    });
  }

 private:
  template <const auto& kSecond, const auto& kThird, const auto& kFourth>
  struct Stages {
    FirstHalfBand first;
    HalfBand<kSecond> second;
    HalfBand<kThird> third;
    HalfBand<kFourth> fourth;
  };
  template <class Set>
  struct Ways {
    Stages<Set::kSecondUp, Set::kThird, Set::kFourth> up;
    Stages<Set::kSecondDown, Set::kThird, Set::kFourth> down;
  };

  /// The first stage is where a lower rate leaves less room above 20 kHz, and a higher one more.
  template <class Set>
  void chooseFirst(float sampleRateHz) noexcept {
    if (sampleRateHz >= 88e3F) {
      firstUp_ = Set::kSecondUp;
      firstDown_ = Set::kSecondDown;
    } else if (sampleRateHz >= 47.9e3F) {
      firstUp_ = Set::kUpTo96;
      firstDown_ = Set::kDownFrom96;
    } else {
      firstUp_ = Set::kUpTo88;
      firstDown_ = Set::kDownFrom88;
    }
  }
  /// call(ways, stages) with the filters that were prepared and their number as a constant.
  template <class Call>
  void dispatch(Call&& call) noexcept {
    const auto withStages = [&](auto& ways) {
      switch (factorLog2_) {
        case 0:
          return call(ways, std::integral_constant<std::size_t, 0>{});
        case 1:
          return call(ways, std::integral_constant<std::size_t, 1>{});
        case 2:
          return call(ways, std::integral_constant<std::size_t, 2>{});
        case 3:
          return call(ways, std::integral_constant<std::size_t, 3>{});
        default:
          return call(ways, std::integral_constant<std::size_t, 4>{});
      }
    };
    if (fine_.empty()) {
      withStages(live_[0]);
    } else {
      withStages(fine_[0]);
    }
  }

  // One frame goes through all stages before the next one, so that their chains of dependent
  // operations overlap; and no buffer between stages is needed.
  template <std::size_t kStages, class Up>
  void split(Up& stages, float x, float* high) const noexcept {
    if constexpr (kStages == 0) {
      *high = x;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - 1);
      float first = 0.0F;
      float second = 0.0F;
      stages.first.split(firstUp_, x, first, second);
      splitLater<1, kStages>(stages, first, high);
      splitLater<1, kStages>(stages, second, high + kHalf);
    }
  }
  template <std::size_t kStages, class Down>
  float merge(Down& stages, const float* high) const noexcept {
    if constexpr (kStages == 0) {
      return *high;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - 1);
      const float first = mergeLater<1, kStages>(stages, high);
      const float second = mergeLater<1, kStages>(stages, high + kHalf);
      return stages.first.merge(firstDown_, first, second);
    }
  }
  template <std::size_t kStage, class Some>
  static auto& later(Some& stages) noexcept {
    if constexpr (kStage == 1) return stages.second;
    if constexpr (kStage == 2) return stages.third;
    if constexpr (kStage == 3) return stages.fourth;
  }
  template <std::size_t kStage, std::size_t kStages, class Up>
  static void splitLater(Up& stages, float x, float* high) noexcept {
    if constexpr (kStage == kStages) {
      *high = x;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - kStage - 1);
      float first = 0.0F;
      float second = 0.0F;
      later<kStage>(stages).split(x, first, second);
      splitLater<kStage + 1, kStages>(stages, first, high);
      splitLater<kStage + 1, kStages>(stages, second, high + kHalf);
    }
  }
  template <std::size_t kStage, std::size_t kStages, class Down>
  static float mergeLater(Down& stages, const float* high) noexcept {
    if constexpr (kStage == kStages) {
      return *high;
    } else {
      constexpr std::size_t kHalf = std::size_t{1} << (kStages - kStage - 1);
      const float first = mergeLater<kStage + 1, kStages>(stages, high);
      const float second = mergeLater<kStage + 1, kStages>(stages, high + kHalf);
      return later<kStage>(stages).merge(first, second);
    }
  }

  std::size_t factorLog2_ = 0;
  FirstHalfBand::Coefficients firstUp_, firstDown_;
  std::span<Ways<Live>> live_;  ///< One of these two, if not empty.
  std::span<Ways<half_band::Fine>> fine_;
};

}  // namespace sonic
