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
}

void ParametricEq::process(Io& io, const Params& params) noexcept {
  std::size_t active = 0;
  bool moving = false;
  for (std::size_t b = 0; b < eq::kBands; ++b) {
    const std::size_t row = b * eq::kRowsPerBand;
    Band& band = bands_[b];
    follow(band,
           {static_cast<BandType>(params.choice(row + eq::kType)), params[row + eq::kFreq].target,
            params[row + eq::kGain].target, params[row + eq::kQ].target});
    if (isFlat(band.begin) && isFlat(band.end)) {
      clear(band);
    } else {
      order_[active++] = b;
      moving = moving || listed(band.begin) != listed(band.end);
    }
  }

  const Ramp gain = params[eq::kOutputRow].map(dbToGain);
  for (std::size_t c = 0; c < width_; ++c) {
    const float* const in = io.in[kIn].channels[c];
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto g = simd::at(d, gain, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, in + i), g), d, out + i);
    });
  }
  if (active > 0) {
    pack(active);
    if (width_ == 2) {
      active > kLanes ? run<2, 2>(io, active, moving) : run<2, 1>(io, active, moving);
    } else {
      active > kLanes ? run<1, 2>(io, active, moving) : run<1, 1>(io, active, moving);
    }
  }
  if (!io.endsCell) return;
  for (Band& band : bands_) {
    band.begin = band.end;
    band.cellsLeft = std::max<std::size_t>(band.cellsLeft - 1, 1);
    for (std::size_t c = 0; c < width_; ++c) {
      band.ic1[c] = flushed(band.ic1[c]);
      band.ic2[c] = flushed(band.ic2[c]);
    }
  }
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

void ParametricEq::clear(Band& band) const noexcept {
  for (std::size_t c = 0; c < width_; ++c) band.ic1[c] = band.ic2[c] = 0.0F;
}

void ParametricEq::pack(std::size_t active) noexcept {
  for (std::size_t lane = 0; lane < eq::kBands; ++lane) {
    Group& group = groups_[lane / kLanes];
    const bool used = lane < active;  // else the lane passes on what it gets
    const SvfCoefficients through{};
    const auto begin = listed(used ? bands_[order_[lane]].begin : through);
    const auto end = listed(used ? bands_[order_[lane]].end : through);
    for (std::size_t k = 0; k < kCoefficients; ++k) {
      group.begin[k][lane % kLanes] = begin[k];
      group.step[k][lane % kLanes] = (end[k] - begin[k]) * (1.0F / kCellFrames);
    }
  }
}

template <std::size_t kWidth, std::size_t kCount>
void ParametricEq::run(const Io& io, std::size_t active, bool moving) noexcept {
  moving ? run<kWidth, kCount, true>(io, active) : run<kWidth, kCount, false>(io, active);
}

/// In place on the outputs. At step t lane j of group g works on frame t - (4 g + j); lanes whose
/// frame is not of this call keep their state.
template <std::size_t kWidth, std::size_t kCount, bool kMoving>
void ParametricEq::run(const Io& io, std::size_t active) noexcept {
  constexpr std::size_t kDepth = kCount * kLanes;
  using simd::Add, simd::Mul, simd::Sub;
  const simd::F4 d;
  float lanes[2][kWidth][kDepth] = {};
  for (std::size_t lane = 0; lane < active; ++lane) {
    for (std::size_t c = 0; c < kWidth; ++c) {
      lanes[0][c][lane] = bands_[order_[lane]].ic1[c];
      lanes[1][c][lane] = bands_[order_[lane]].ic2[c];
    }
  }
  simd::V4 ic1[kWidth][kCount], ic2[kWidth][kCount], passed[kWidth][kCount];
  simd::V4 coefficient[kCount][kCoefficients];
  unrolled<kCount>([&](auto g) {
    unrolled<kWidth>([&](auto c) {
      ic1[c][g] = simd::LoadU(d, lanes[0][c] + g * kLanes);
      ic2[c][g] = simd::LoadU(d, lanes[1][c] + g * kLanes);
      passed[c][g] = simd::Zero(d);
    });
    for (std::size_t k = 0; k < kCoefficients; ++k) {
      coefficient[g][k] = simd::LoadU(d, groups_[g].begin[k]);
    }
  });

  const auto frames = simd::Set(d, static_cast<float>(io.frames));
  const auto cellOffset = simd::Set(d, static_cast<float>(io.cellOffset));
  auto frame = Sub(simd::Zero(d), simd::Iota(d, 0.0F));  // of group 0's lanes
  for (std::size_t t = 0; t + 1 < io.frames + kDepth; ++t) {
    const bool partial = t + 1 < kDepth || t >= io.frames;
    simd::V4 before[kWidth];
    unrolled<kWidth>([&](auto c) {
      before[c] = simd::Set(d, t < io.frames ? io.out[kOut].channels[c][t] : 0.0F);
    });
    unrolled<kCount>([&](auto g) {
      const auto here = Sub(frame, simd::Set(d, static_cast<float>(g * kLanes)));
      simd::V4 k[kCoefficients];
      unrolled<kCoefficients>([&](auto i) {
        k[i] = coefficient[g][i];
        if constexpr (kMoving) {
          k[i] = Add(k[i], Mul(simd::LoadU(d, groups_[g].step[i]), Add(here, cellOffset)));
        }
      });
      unrolled<kWidth>([&](auto c) {
        // Each lane takes what its neighbour gave in the step before.
        const auto in = simd::hn::CombineShiftRightBytes<12>(d, passed[c][g], before[c]);
        before[c] = passed[c][g];
        const auto v3 = Sub(in, ic2[c][g]);
        const auto v1 = Add(Mul(k[0], ic1[c][g]), Mul(k[1], v3));
        const auto v2 = Add(Add(ic2[c][g], Mul(k[1], ic1[c][g])), Mul(k[2], v3));
        auto next1 = Sub(Add(v1, v1), ic1[c][g]);
        auto next2 = Sub(Add(v2, v2), ic2[c][g]);
        if (partial) {
          const auto inside =
              simd::hn::And(simd::hn::Ge(here, simd::Zero(d)), simd::Lt(here, frames));
          next1 = simd::IfThenElse(inside, next1, ic1[c][g]);
          next2 = simd::IfThenElse(inside, next2, ic2[c][g]);
        }
        ic1[c][g] = next1;
        ic2[c][g] = next2;
        passed[c][g] = Add(Add(Mul(k[3], in), Mul(k[4], v1)), Mul(k[5], v2));
      });
    });
    if (t + 1 >= kDepth) {
      unrolled<kWidth>([&](auto c) {
        io.out[kOut].channels[c][t + 1 - kDepth] =
            simd::hn::GetLane(simd::hn::Broadcast<kLanes - 1>(passed[c][kCount - 1]));
      });
    }
    frame = Add(frame, simd::Set(d, 1.0F));
  }

  unrolled<kCount>([&](auto g) {
    unrolled<kWidth>([&](auto c) {
      simd::StoreU(ic1[c][g], d, lanes[0][c] + g * kLanes);
      simd::StoreU(ic2[c][g], d, lanes[1][c] + g * kLanes);
    });
  });
  for (std::size_t lane = 0; lane < active; ++lane) {
    for (std::size_t c = 0; c < kWidth; ++c) {
      bands_[order_[lane]].ic1[c] = lanes[0][c][lane];
      bands_[order_[lane]].ic2[c] = lanes[1][c][lane];
    }
  }
}

}  // namespace sonic
