// SPDX-License-Identifier: MIT
#include "engine/modules/reverb/reverb-tank.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "engine/dsp/math.h"
#include "engine/dsp/simd.h"

namespace sonic {
namespace {

constexpr std::size_t kLines = ReverbTank::kLines;
constexpr float kShortestSeconds = 0.022F;
constexpr float kSilence = 1e-9F;
constexpr float kAbsurd = 1e15F;
constexpr float kMostRadians = 1.2F;
/// Turns per second of the rotations: no two beat at the same rate.
constexpr float kRatesHz[kLines / 2] = {0.31F, 0.43F, 0.53F, 0.61F, 0.71F, 0.83F, 0.97F, 1.09F};

/// Signs with a flat Walsh spectrum (bent functions x1 x2 + x3 x4 + a linear part): the matrix
/// spreads what enters with one of them evenly over all lines, where a plain pattern such as all
/// plus would meet again in one line. Any two are orthogonal.
constexpr std::array<float, kLines> bentSigns(unsigned linear) {
  std::array<float, kLines> signs{};
  for (unsigned i = 0; i < kLines; ++i) {
    unsigned bit = ((i & 1U) & ((i >> 1U) & 1U)) ^ (((i >> 2U) & 1U) & ((i >> 3U) & 1U));
    for (unsigned b = 0; b < 4; ++b) bit ^= (i >> b) & (linear >> b) & 1U;
    signs[i] = bit == 0 ? 1.0F : -1.0F;
  }
  return signs;
}
constexpr std::array<std::array<float, kLines>, 2> kInSigns{bentSigns(0), bentSigns(1)};
constexpr std::array<std::array<float, kLines>, 2> kOutSigns{bentSigns(6), bentSigns(9)};

std::size_t nextPrime(std::size_t n) {
  for (n |= 1U;; n += 2) {
    bool prime = true;
    for (std::size_t d = 3; prime && d * d <= n; d += 2) prime = n % d != 0;
    if (prime) return n;
  }
}

/// Calls body with constants 0..N-1, so that arrays of vectors stay in registers.
template <std::size_t... I, class Body>
void unrolled(std::index_sequence<I...>, Body&& body) {
  (body(std::integral_constant<std::size_t, I>{}), ...);
}
template <std::size_t kCount, class Body>
void unrolled(Body&& body) {
  unrolled(std::make_index_sequence<kCount>{}, body);
}

/// Rows become columns; its own inverse.
void transpose(simd::V4 (&v)[4]) {
  const simd::F4 d;
  const auto ab = simd::hn::InterleaveLower(d, v[0], v[1]);
  const auto abUpper = simd::hn::InterleaveUpper(d, v[0], v[1]);
  const auto ce = simd::hn::InterleaveLower(d, v[2], v[3]);
  const auto ceUpper = simd::hn::InterleaveUpper(d, v[2], v[3]);
  v[0] = simd::hn::ConcatLowerLower(d, ce, ab);
  v[1] = simd::hn::ConcatUpperUpper(d, ce, ab);
  v[2] = simd::hn::ConcatLowerLower(d, ceUpper, abUpper);
  v[3] = simd::hn::ConcatUpperUpper(d, ceUpper, abUpper);
}

/// What recirculates: below -180 dBFS it is silence, and nothing absurd stays.
template <class D>
simd::VF<D> kept(D d, simd::VF<D> x) {
  const auto magnitude = simd::Abs(x);
  const auto bounded =
      simd::IfThenElse(simd::Lt(magnitude, simd::Set(d, kAbsurd)), x, simd::Zero(d));
  return simd::IfThenElse(simd::Lt(simd::Set(d, kSilence), magnitude), bounded, simd::Zero(d));
}

}  // namespace

void ReverbTank::prepare(Arena& arena, float sampleRateHz) {
  sampleRateHz_ = sampleRateHz;
  // The next prime is never 256 away at these lengths.
  const float longest = kLongestSeconds * kLargestSize * sampleRateHz + 256.0F;
  for (std::size_t i = 0; i < kLines; ++i) {
    const float share = static_cast<float>(i + 1) / static_cast<float>(kLines);
    const float ratio = math::pow(kLongestSeconds / kShortestSeconds, share - 1.0F);
    lines_[i].prepare(arena, static_cast<std::size_t>(longest * std::min(1.0F, 1.1F * ratio)));
  }
}

void ReverbTank::reset() noexcept {
  for (DelayLine& line : lines_) line.reset();
  layout_.reset();
  settled_ = false;
  std::fill(std::begin(state_), std::end(state_), 0.0F);
  for (std::size_t p = 0; p < kPairs; ++p) {
    phase_[p] = static_cast<float>(p) / static_cast<float>(kPairs);
  }
}

void ReverbTank::process(const Io& io, const Settings& settings, std::size_t width,
                         float (*channels)[kCellFrames]) noexcept {
  follow(settings);
  alignas(16) Lines lines;
  const Ramp share = layout_.share();
  for (std::size_t i = 0; i < kLines; ++i) {
    lines_[i].readAhead(frames_[i], io.frames, lines[i]);
    if (layout_.isFading()) {
      float next[kCellFrames];
      lines_[i].readAhead(nextFrames_[i], io.frames, next);
      crossFade(share, io.cellOffset, io.frames, next, lines[i]);
    }
  }
  for (std::size_t group = 0; group < kLines; group += 4) {
    moving_ ? absorb<true>(io, group, lines) : absorb<false>(io, group, lines);
  }
  for (std::size_t i = io.frames; i % 4 != 0; ++i) {  // mix() works on whole vectors
    for (auto& line : lines) line[i] = 0.0F;
    for (std::size_t c = 0; c < width; ++c) channels[c][i] = 0.0F;
  }
  if (width == 2) {
    mix<2>(io, lines, channels);
  } else {
    mix<1>(io, lines, channels);
  }
  for (std::size_t i = 0; i < kLines; ++i) lines_[i].push(lines[i], io.frames);
  if (!io.endsCell) return;
  for (float& state : state_) state = flushed(state);
  for (std::size_t p = 0; p < kPairs; ++p) {
    const float turned = phase_[p] + kRatesHz[p] * kCellFrames / sampleRateHz_;
    phase_[p] = turned >= 1.0F ? turned - 1.0F : turned;
  }
  begin_ = end_;
  absorbersBegin_ = absorbersEnd_;
  moving_ = false;
  const bool wasFading = layout_.isFading();
  layout_.endCell();
  if (wasFading && !layout_.isFading()) frames_ = nextFrames_;
}

/// Brings lengths, absorbers and rotations to this cell's settings.
void ReverbTank::follow(const Settings& settings) noexcept {
  if (layout_.follow(static_cast<std::size_t>(settings.size * 1000.0F + 0.5F))) {
    layOut(static_cast<float>(layout_.next()) * 0.001F);
    if (!layout_.isFading()) frames_ = nextFrames_;
  }
  if (!settled_ || layout_.isFading() || !(settings == settings_)) {
    absorbersEnd_ = absorbers(settings);
    end_ = rotation(settings.modulation, 1.0F);
    moving_ = settled_;
    if (!settled_) {
      absorbersBegin_ = absorbersEnd_;
      begin_ = rotation(settings.modulation, 0.0F);
    }
    settings_ = settings;
    settled_ = true;
  } else if (settings.modulation > 0.0F) {
    end_ = rotation(settings.modulation, 1.0F);
  }
}

/// Jot's absorbers at this cell's end. A line of m frames loses 60 m / (rate decay) dB at DC, and
/// as much again where 1 - cos w = w_damp^2 / 2, which low down is the damping frequency and is
/// defined beyond the band, too.
ReverbTank::Absorbers ReverbTank::absorbers(const Settings& settings) const noexcept {
  Absorbers result;
  const float angle = 2.0F * kPi * settings.dampHz / sampleRateHz_;
  const float share = layout_.isFading() ? layout_.share().target : 1.0F;
  float energy = 0.0F;
  for (std::size_t i = 0; i < kLines; ++i) {
    const auto from = static_cast<float>(frames_[i]);
    const float frames = from + share * (static_cast<float>(nextFrames_[i]) - from);
    const float seconds = frames / sampleRateHz_;
    const float octaves = 9.96578428F * seconds / settings.decaySeconds;  // log2(1000) per decay
    const float passed = math::exp2(-octaves);
    const float c = (math::exp2(2.0F * octaves) - 1.0F) / (0.5F * angle * angle);
    result.pole[i] = c / (c + 1.0F + math::sqrt(2.0F * c + 1.0F));
    result.gain[i] = passed * (1.0F - result.pole[i]);
    energy += passed * passed / static_cast<float>(kLines);
  }
  result.level = math::sqrt((1.0F - std::min(energy, 0.9999F)) / energy);
  return result;
}

/// Primes, spread geometrically.
void ReverbTank::layOut(float size) noexcept {
  std::size_t last = kCellFrames;
  for (std::size_t i = 0; i < kLines; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(kLines - 1);
    const float seconds =
        size * kShortestSeconds * math::pow(kLongestSeconds / kShortestSeconds, share);
    const auto wanted = static_cast<std::size_t>(seconds * sampleRateHz_);
    last = nextPrime(std::max(wanted, last + 1));
    nextFrames_[i] = last;
  }
}

/// One-poles with lines as lanes: four frames of four lines are turned, filtered, turned back.
template <bool kMoving>
void ReverbTank::absorb(const Io& io, std::size_t group, Lines& lines) noexcept {
  const simd::F4 d;
  const auto gainBegin = simd::LoadU(d, absorbersBegin_.gain + group);
  const auto poleBegin = simd::LoadU(d, absorbersBegin_.pole + group);
  const auto perFrame = simd::Set(d, 1.0F / kCellFrames);
  const auto gainStep =
      simd::Mul(simd::Sub(simd::LoadU(d, absorbersEnd_.gain + group), gainBegin), perFrame);
  const auto poleStep =
      simd::Mul(simd::Sub(simd::LoadU(d, absorbersEnd_.pole + group), poleBegin), perFrame);
  auto state = simd::LoadU(d, state_ + group);
  const auto next = [&](simd::V4 x, std::size_t frame) {
    auto gain = gainBegin;
    auto pole = poleBegin;
    if constexpr (kMoving) {
      const auto at = simd::Set(d, static_cast<float>(io.cellOffset + frame));
      gain = simd::Add(gain, simd::Mul(gainStep, at));
      pole = simd::Add(pole, simd::Mul(poleStep, at));
    }
    return state = simd::Add(simd::Mul(gain, x), simd::Mul(pole, state));
  };
  std::size_t i = 0;
  for (; i + 4 <= io.frames; i += 4) {
    simd::V4 v[4];
    for (std::size_t r = 0; r < 4; ++r) v[r] = simd::LoadU(d, lines[group + r] + i);
    transpose(v);
    for (std::size_t r = 0; r < 4; ++r) v[r] = next(v[r], i + r);
    transpose(v);
    for (std::size_t r = 0; r < 4; ++r) simd::StoreU(v[r], d, lines[group + r] + i);
  }
  for (; i < io.frames; ++i) {
    alignas(16) float frame[4];
    for (std::size_t r = 0; r < 4; ++r) frame[r] = lines[group + r][i];
    simd::StoreU(next(simd::LoadU(d, frame), i), d, frame);
    for (std::size_t r = 0; r < 4; ++r) lines[group + r][i] = frame[r];
  }
  simd::StoreU(state, d, state_ + group);
}

/// Cosines and sines of the eight angles, `cellsAhead` from this cell's first frame.
ReverbTank::Rotation ReverbTank::rotation(float modulation, float cellsAhead) const noexcept {
  const simd::F4 d;
  Rotation r;
  for (std::size_t p = 0; p < kPairs; p += 4) {
    const auto ahead = simd::Mul(simd::LoadU(d, kRatesHz + p),
                                 simd::Set(d, cellsAhead * kCellFrames / sampleRateHz_));
    const auto turns = simd::Add(simd::LoadU(d, phase_ + p), ahead);
    const auto wave = simd::sin(d, simd::Mul(turns, simd::Set(d, 2.0F * kPi)));
    const auto angle = simd::Mul(wave, simd::Set(d, modulation * kMostRadians));
    simd::StoreU(simd::sin(d, angle), d, r.sine + p);
    simd::StoreU(simd::sin(d, simd::Add(angle, simd::Set(d, 0.5F * kPi))), d, r.cosine + p);
  }
  return r;
}

/// Sums the lines into the channels and mixes them, with the input, into what goes back. Whole
/// vectors only: clang 14 at -O3 miscompiles sixteen one-lane vectors for WASM.
template <std::size_t kWidth>
void ReverbTank::mix(const Io& io, Lines& lines, float (*channels)[kCellFrames]) noexcept {
  using simd::Add, simd::Mul, simd::Sub;
  const Ramp level = Ramp::between(absorbersBegin_.level, absorbersEnd_.level);
  constexpr float kShare = kWidth == 1 ? 0.25F : 0.25F * 0.70710678F;  // each side hears both
  const simd::F4 d;
  for (std::size_t i = 0; i < io.frames; i += 4) {
    simd::V4 v[kLines], in[kWidth];
    unrolled<kLines>([&](auto line) { v[line] = simd::LoadU(d, lines[line] + i); });
    unrolled<kWidth>([&](auto c) {
      in[c] = Mul(simd::LoadU(d, channels[c] + i), simd::Set(d, kShare));
      auto sum = simd::Zero(d);
      unrolled<kLines>([&](auto line) {
        sum = kOutSigns[c][line] > 0.0F ? Add(sum, v[line]) : Sub(sum, v[line]);
      });
      simd::StoreU(Mul(sum, simd::at(d, level, io.cellOffset + i)), d, channels[c] + i);
    });
    unrolled<4>([&](auto stage) {
      unrolled<kLines>([&](auto a) {
        constexpr std::size_t kReach = std::size_t{1} << decltype(stage)::value;
        if constexpr ((decltype(a)::value & kReach) == 0) {
          const auto sum = Add(v[a], v[a + kReach]);
          v[a + kReach] = Sub(v[a], v[a + kReach]);
          v[a] = sum;
        }
      });
    });
    unrolled<kPairs>([&](auto p) {
      const auto rotated = [&](float begin, float end) {
        return simd::at(d, Ramp::between(0.25F * begin, 0.25F * end), io.cellOffset + i);
      };
      const auto cosine = rotated(begin_.cosine[p], end_.cosine[p]);
      const auto sine = rotated(begin_.sine[p], end_.sine[p]);
      auto a = Sub(Mul(cosine, v[p]), Mul(sine, v[p + kPairs]));
      auto b = Add(Mul(sine, v[p]), Mul(cosine, v[p + kPairs]));
      unrolled<kWidth>([&](auto c) {
        const auto fed = [&](auto x, std::size_t line) {
          return kInSigns[c][line] > 0.0F ? Add(x, in[c]) : Sub(x, in[c]);
        };
        a = fed(a, p);
        b = fed(b, p + kPairs);
      });
      simd::StoreU(kept(d, a), d, lines[p] + i);
      simd::StoreU(kept(d, b), d, lines[p + kPairs] + i);
    });
  }
}

}  // namespace sonic
