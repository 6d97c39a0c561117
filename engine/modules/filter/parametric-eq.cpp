// SPDX-License-Identifier: MIT
#include "engine/modules/filter/parametric-eq.h"

#include <algorithm>
#include <utility>

#include "engine/dsp/matched-svf.h"
#include "engine/dsp/math.h"

namespace sonic {
namespace {

using eq::BandType;

constexpr float kTypeChangeSeconds = 0.01F;

bool isFlat(const SvfCoefficients& c) {
  return c.m0 == 1.0F && c.m1 == 0.0F && c.m2 == 0.0F;
}

MatchedShape shapeOf(BandType type) {
  switch (type) {
    case BandType::kLowShelf:
      return MatchedShape::kLowShelf;
    case BandType::kHighShelf:
      return MatchedShape::kHighShelf;
    case BandType::kLowCut:
      return MatchedShape::kLowCut;
    case BandType::kHighCut:
      return MatchedShape::kHighCut;
    case BandType::kNotch:
      return MatchedShape::kNotch;
    case BandType::kOff:
    case BandType::kBell:
      break;
  }
  return MatchedShape::kBell;
}

std::array<float, 6> listed(const SvfCoefficients& c) {
  return {c.a1, c.a2, c.a3, c.m0, c.m1, c.m2};
}

SvfCoefficients towards(const SvfCoefficients& from, const SvfCoefficients& to, float share) {
  const auto mixed = [share](float a, float b) { return a + share * (b - a); };
  return {mixed(from.a1, to.a1), mixed(from.a2, to.a2), mixed(from.a3, to.a3),
          mixed(from.m0, to.m0), mixed(from.m1, to.m1), mixed(from.m2, to.m2)};
}

/// Calls body(0), body(1), … with constants, so that arrays of vectors stay in registers.
template <std::size_t... I, class Body>
void unrolled(std::index_sequence<I...>, Body&& body) {
  (body(std::integral_constant<std::size_t, I>{}), ...);
}
template <std::size_t kCount, class Body>
void unrolled(Body&& body) {
  unrolled(std::make_index_sequence<kCount>{}, body);
}

}  // namespace

void ParametricEq::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  width_ = spec.width;
}

void ParametricEq::reset() noexcept {
  bands_ = {};
  states_ = {};
  active_ = 0;
  isSettled_ = false;
}

void ParametricEq::process(Io& io, const Params& params) noexcept {
  if (haveMoved(params) || !isSettled_) arrange(params);

  const Ramp gain = params[eq::kOutputRow].map(dbToGain);
  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto g = simd::at(d, gain, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), g), d, out + i);
    });
  }
  for (std::size_t group = 0; group * kLanes < active_; ++group) {
    if (width_ == 2) {
      isMoving_ ? run<2, true>(io, group) : run<2, false>(io, group);
    } else {
      isMoving_ ? run<1, true>(io, group) : run<1, false>(io, group);
    }
  }
  if (!io.endsCell || isSettled_) return;
  for (Band& band : bands_) {
    band.begin = band.end;
    band.cellsLeft = std::max<std::size_t>(band.cellsLeft - 1, 1);
  }
}

/// Whether a knob stands elsewhere than in the call before.
bool ParametricEq::haveMoved(const Params& params) noexcept {
  bool moved = false;
  for (std::size_t r = 0; r < knobs_.size(); ++r) {
    const float now = params[r].target;
    moved |= now != knobs_[r];
    knobs_[r] = now;
  }
  return moved;
}

/// Follows the knobs, and gives the lanes to the bands that sound.
void ParametricEq::arrange(const Params& params) noexcept {
  float kept[2][2][eq::kBands] = {};
  for (std::size_t lane = 0; lane < active_; ++lane) {
    for (std::size_t s = 0; s < 2; ++s) {
      for (std::size_t c = 0; c < 2; ++c) kept[s][c][order_[lane]] = states_[s][c][lane];
    }
  }
  active_ = 0;
  isMoving_ = false;
  isSettled_ = true;
  for (std::size_t b = 0; b < eq::kBands; ++b) {
    const std::size_t row = b * eq::kRowsPerBand;
    Band& band = bands_[b];
    follow(band,
           {static_cast<BandType>(params.choice(row + eq::kType)), params[row + eq::kFreq].target,
            params[row + eq::kGain].target, params[row + eq::kQ].target});
    const bool moves = listed(band.begin) != listed(band.end);
    isSettled_ = isSettled_ && !moves && band.cellsLeft == 1;
    if (isFlat(band.begin) && isFlat(band.end)) continue;  // it forgets its states
    isMoving_ = isMoving_ || moves;
    order_[active_++] = b;
  }
  states_ = {};
  for (std::size_t lane = 0; lane < active_; ++lane) {
    for (std::size_t s = 0; s < 2; ++s) {
      for (std::size_t c = 0; c < 2; ++c) states_[s][c][lane] = kept[s][c][order_[lane]];
    }
  }
  pack();
}

/// Finds where the band's coefficients are at the cell's end.
void ParametricEq::follow(Band& band, const Setting& now) const noexcept {
  if (!band.placed || !(band.setting == now)) {
    if (band.placed && band.setting.type != now.type) {
      const float cells = kTypeChangeSeconds * sampleRateHz_ / static_cast<float>(kCellFrames);
      band.cellsLeft = static_cast<std::size_t>(cells + 0.999F);
    }
    if (now.type == BandType::kOff) {
      band.goal = {band.begin.a1, band.begin.a2, band.begin.a3, 1.0F, 0.0F, 0.0F};
    } else {
      band.goal = matchedSvf(shapeOf(now.type), now.freqHz, now.q, now.gainDb, sampleRateHz_);
    }
    if (!band.placed) band.begin = band.goal;
    if (isFlat(band.begin)) {  // at rest: the loop may jump where nothing of it is heard
      band.begin = {band.goal.a1, band.goal.a2, band.goal.a3, 1.0F, 0.0F, 0.0F};
    }
    band.setting = now;
    band.placed = true;
  }
  band.end = band.cellsLeft > 1
                 ? towards(band.begin, band.goal, 1.0F / static_cast<float>(band.cellsLeft))
                 : band.goal;
}

void ParametricEq::pack() noexcept {
  for (std::size_t lane = 0; lane < eq::kBands; ++lane) {
    Group& group = groups_[lane / kLanes];
    const bool used = lane < active_;  // else the lane passes on what it gets
    const SvfCoefficients through{};
    const auto begin = (used ? bands_[order_[lane]].begin : through).byStates();
    const auto end = (used ? bands_[order_[lane]].end : through).byStates();
    for (std::size_t k = 0; k < kCoefficients; ++k) {
      group.begin[k][lane % kLanes] = begin[k];
      group.step[k][lane % kLanes] = (end[k] - begin[k]) * (1.0F / kCellFrames);
    }
  }
}

/// In place on the outputs. At step t lane j works on frame t - j; while some lanes' frames are not
/// of this call, at its begin and end, those keep their state.
template <std::size_t kWidth, bool kMoving>
void ParametricEq::run(const Io& io, std::size_t group) noexcept {
  using simd::Add, simd::Mul, simd::Sub;
  const simd::F4 d;
  const Group& coefficients = groups_[group];
  float* channels[kWidth];
  simd::V4 s1[kWidth], s2[kWidth], passed[kWidth], k[kCoefficients];
  unrolled<kWidth>([&](auto c) {
    channels[c] = io.out[kOut].channels[c];
    s1[c] = simd::LoadU(d, states_[0][c].data() + group * kLanes);
    s2[c] = simd::LoadU(d, states_[1][c].data() + group * kLanes);
    passed[c] = simd::Zero(d);
  });
  unrolled<kCoefficients>([&](auto i) { k[i] = simd::LoadU(d, coefficients.begin[i]); });

  const auto frames = simd::Set(d, static_cast<float>(io.frames));
  const auto cellOffset = simd::Set(d, static_cast<float>(io.cellOffset));
  auto frame = Sub(simd::Zero(d), simd::Iota(d, 0.0F));
  const auto step = [&](auto isPartial, std::size_t t) {
    simd::V4 now[kCoefficients];
    unrolled<kCoefficients>([&](auto i) {
      now[i] = k[i];
      if constexpr (kMoving) {
        now[i] = Add(k[i], Mul(simd::LoadU(d, coefficients.step[i]), Add(frame, cellOffset)));
      }
    });
    unrolled<kWidth>([&](auto c) {
      // Each lane takes what its neighbour gave in the step before.
      const auto fresh = simd::Set(d, isPartial && t >= io.frames ? 0.0F : channels[c][t]);
      const auto in = simd::hn::CombineShiftRightBytes<12>(d, passed[c], fresh);
      const auto rest = Sub(in, s2[c]);
      auto next1 = Add(Mul(now[0], s1[c]), Mul(now[1], rest));
      auto next2 = Add(Add(s2[c], Mul(now[1], s1[c])), Mul(now[2], rest));
      passed[c] = Add(Add(Mul(now[4], s1[c]), Mul(now[5], s2[c])), Mul(now[3], in));
      if constexpr (isPartial) {
        const auto inside =
            simd::hn::And(simd::hn::Ge(frame, simd::Zero(d)), simd::Lt(frame, frames));
        next1 = simd::IfThenElse(inside, next1, s1[c]);
        next2 = simd::IfThenElse(inside, next2, s2[c]);
      }
      s1[c] = next1;
      s2[c] = next2;
      if (!isPartial || t + 1 >= kLanes) {
        channels[c][t + 1 - kLanes] = simd::hn::ExtractLane(passed[c], kLanes - 1);
      }
    });
    frame = Add(frame, simd::Set(d, 1.0F));
  };
  for (std::size_t t = 0; t + 1 < io.frames + kLanes;) {
    if (t == kLanes - 1) {
      for (; t < io.frames; ++t) step(std::false_type{}, t);
    }
    step(std::true_type{}, t++);
  }

  unrolled<kWidth>([&](auto c) {
    if (io.endsCell) {
      s1[c] = simd::flushed(d, s1[c]);
      s2[c] = simd::flushed(d, s2[c]);
    }
    simd::StoreU(s1[c], d, states_[0][c].data() + group * kLanes);
    simd::StoreU(s2[c], d, states_[1][c].data() + group * kLanes);
  });
}

}  // namespace sonic
