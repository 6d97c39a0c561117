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
/// Between the lines' memories. All of them are written at the same place, and their lengths are
/// powers of two: side by side they would drive each other out of the cache.
constexpr std::size_t kApartFrames = 64;
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

/// Two stages of the Hadamard matrix: each of the four becomes a sum of all, with signs.
void butterflies(simd::V4 (&v)[4]) {
  using simd::Add, simd::Sub;
  const simd::V4 w[4] = {Add(v[0], v[1]), Sub(v[0], v[1]), Add(v[2], v[3]), Sub(v[2], v[3])};
  v[0] = Add(w[0], w[2]);
  v[1] = Add(w[1], w[3]);
  v[2] = Sub(w[0], w[2]);
  v[3] = Sub(w[1], w[3]);
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
    static_cast<void>(arena.allocate<float>(kApartFrames));
  }
}

void ReverbTank::reset() noexcept {
  for (DelayLine& line : lines_) line.reset();
  layout_.reset();
  settled_ = false;
  loudest_ = 0;
  std::fill(std::begin(state_), std::end(state_), 0.0F);
  for (std::size_t p = 0; p < kPairs; ++p) {
    phase_[p] = static_cast<float>(p) / static_cast<float>(kPairs);
  }
}

void ReverbTank::process(const Io& io, const Settings& settings, std::size_t width,
                         float (*channels)[kCellFrames]) noexcept {
  follow(settings);
  alignas(16) Lines read, written;
  const Places at = places(io, read, written);
  for (std::size_t c = 0; c < width; ++c) {  // mix() works on whole vectors
    for (std::size_t i = io.frames; i % 4 != 0; ++i) channels[c][i] = 0.0F;
  }
  if (width == 2) {
    moving_ ? mix<2, true>(io, at, channels) : mix<2, false>(io, at, channels);
  } else {
    moving_ ? mix<1, true>(io, at, channels) : mix<1, false>(io, at, channels);
  }
  for (std::size_t i = 0; i < kLines; ++i) {
    if (at.to[i] == written[i]) {
      lines_[i].push(written[i], io.frames);
    } else {
      lines_[i].pushInPlace(io.frames);
    }
  }
  if (io.endsCell) endCell();
}

/// The lines' own memory wherever whole vectors of it can be read and written, else `read` and
/// `written`.
ReverbTank::Places ReverbTank::places(const Io& io, Lines& read, Lines& written) noexcept {
  Places at;
  const Ramp share = layout_.share();
  const bool isWhole = io.frames % 4 == 0 && !layout_.isFading();
  for (std::size_t i = 0; i < kLines; ++i) {
    float* const place = lines_[i].place(io.frames);
    at.to[i] = place == nullptr ? written[i] : place;
    if (isWhole) {
      at.from[i] = lines_[i].ahead(frames_[i], io.frames, read[i]);
      continue;
    }
    at.from[i] = read[i];
    lines_[i].readAhead(frames_[i], io.frames, read[i]);
    for (std::size_t k = io.frames; k % 4 != 0; ++k) read[i][k] = 0.0F;
    if (layout_.isFading()) {
      float next[kCellFrames];
      lines_[i].readAhead(nextFrames_[i], io.frames, next);
      crossFade(share, io.cellOffset, io.frames, next, read[i]);
    }
  }
  return at;
}

void ReverbTank::endCell() noexcept {
  // What recirculates ends in silence, and nothing absurd stays. As numbers, bits of magnitudes
  // stand in the same order as the magnitudes, and what is no number stands above them.
  const auto bitsOf = [](float x) { return __builtin_bit_cast(std::int32_t, x); };
  if (loudest_ <= bitsOf(kSilence) || loudest_ >= bitsOf(kAbsurd)) {
    for (DelayLine& line : lines_) line.flushCell(kSilence);
  }
  loudest_ = 0;
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

/// What changes within the cell.
ReverbTank::Course ReverbTank::course() const noexcept {
  constexpr float kPerFrame = 1.0F / kCellFrames;
  const simd::F4 d;
  Course course;
  for (std::size_t k = 0; k < kLines; ++k) {
    course.gainStep[k] = (absorbersEnd_.gain[k] - absorbersBegin_.gain[k]) * kPerFrame;
    course.poleStep[k] = (absorbersEnd_.pole[k] - absorbersBegin_.pole[k]) * kPerFrame;
  }
  for (std::size_t p = 0; p < kPairs; ++p) {
    const Ramp cosine = Ramp::between(0.25F * begin_.cosine[p], 0.25F * end_.cosine[p]);
    const Ramp sine = Ramp::between(0.25F * begin_.sine[p], 0.25F * end_.sine[p]);
    simd::StoreU(simd::Set(d, cosine.begin), d, course.cosine[p]);
    simd::StoreU(simd::Set(d, cosine.step), d, course.cosineStep[p]);
    simd::StoreU(simd::Set(d, sine.begin), d, course.sine[p]);
    simd::StoreU(simd::Set(d, sine.step), d, course.sineStep[p]);
  }
  return course;
}

/// Four lines from frame i on: absorbed, summed into the channels and half way through the matrix.
template <std::size_t kFirst, bool kMoving, std::size_t kWidth>
void ReverbTank::absorb(const Io& io, std::size_t i, const Course& course, const Places& places,
                        simd::V4 (&sum)[kWidth], Quads& half) noexcept {
  using simd::Add, simd::LoadU, simd::Mul, simd::StoreU, simd::Sub;
  const simd::F4 d;
  const auto gain = LoadU(d, absorbersBegin_.gain + kFirst);
  const auto pole = LoadU(d, absorbersBegin_.pole + kFirst);
  auto state = LoadU(d, state_ + kFirst);
  simd::V4 v[4];
  unrolled<4>([&](auto r) { v[r] = LoadU(d, places.from[kFirst + r] + i); });
  transpose(v);  // lines are lanes
  unrolled<4>([&](auto r) {
    auto g = gain, p = pole;
    if constexpr (kMoving) {
      const auto at = simd::Set(d, static_cast<float>(io.cellOffset + i + r));
      g = Add(g, Mul(LoadU(d, course.gainStep + kFirst), at));
      p = Add(p, Mul(LoadU(d, course.poleStep + kFirst), at));
    }
    v[r] = state = Add(Mul(g, v[r]), Mul(p, state));
  });
  if (i + 4 > io.frames) {  // what lies behind the call counts for nothing
    state = v[io.frames - i - 1];
    for (std::size_t r = io.frames - i; r < 4; ++r) v[r] = simd::Zero(d);
  }
  StoreU(state, d, state_ + kFirst);
  transpose(v);
  unrolled<kWidth>([&](auto c) {
    unrolled<4>([&](auto r) {
      sum[c] = kOutSigns[c][kFirst + r] > 0.0F ? Add(sum[c], v[r]) : Sub(sum[c], v[r]);
    });
  });
  butterflies(v);
  unrolled<4>([&](auto r) { StoreU(v[r], d, half[kFirst + r]); });
}

/// The other half of the matrix for four lines four apart, rotations, input; and back they go.
template <std::size_t kFirst, std::size_t kWidth>
void ReverbTank::sendBack(simd::V4 frame, std::size_t i, const Course& course, const Places& places,
                          const Quads& half, const simd::V4 (&in)[kWidth],
                          Magnitudes& loudest) noexcept {
  using simd::Add, simd::LoadU, simd::Mul, simd::Sub;
  const simd::F4 d;
  simd::V4 v[4];
  unrolled<4>([&](auto r) { v[r] = LoadU(d, half[kFirst + 4 * r]); });
  butterflies(v);
  unrolled<2>([&](auto r) {
    constexpr std::size_t kPair = kFirst + 4 * decltype(r)::value;
    const auto cosine =
        Add(LoadU(d, course.cosine[kPair]), Mul(LoadU(d, course.cosineStep[kPair]), frame));
    const auto sine =
        Add(LoadU(d, course.sine[kPair]), Mul(LoadU(d, course.sineStep[kPair]), frame));
    simd::V4 back[2] = {Sub(Mul(cosine, v[r]), Mul(sine, v[r + 2])),
                        Add(Mul(sine, v[r]), Mul(cosine, v[r + 2]))};
    unrolled<2>([&](auto b) {
      constexpr std::size_t kLine = kPair + kPairs * decltype(b)::value;
      unrolled<kWidth>([&](auto c) {
        back[b] = kInSigns[c][kLine] > 0.0F ? Add(back[b], in[c]) : Sub(back[b], in[c]);
      });
      simd::StoreU(back[b], d, places.to[kLine] + i);
      loudest = simd::hn::Max(loudest, simd::hn::BitCast(kBits, simd::Abs(back[b])));
    });
  });
}

/// Four frames at a time, in two passes over four times four lines: what a pass needs fits into the
/// registers. Whole vectors only: clang 14 at -O3 miscompiles sixteen one-lane vectors for WASM.
template <std::size_t kWidth, bool kMoving>
void ReverbTank::mix(const Io& io, const Places& places, float (*channels)[kCellFrames]) noexcept {
  constexpr float kShare = kWidth == 1 ? 0.25F : 0.25F * 0.70710678F;  // each side hears both
  const simd::F4 d;
  const Ramp level = Ramp::between(absorbersBegin_.level, absorbersEnd_.level);
  const Course now = course();
  auto loudest = simd::hn::Set(kBits, loudest_);
  for (std::size_t i = 0; i < io.frames; i += 4) {
    alignas(16) Quads half;
    simd::V4 sum[kWidth], in[kWidth];
    unrolled<kWidth>([&](auto c) { sum[c] = simd::Zero(d); });
    unrolled<4>([&](auto k) {
      absorb<4 * decltype(k)::value, kMoving, kWidth>(io, i, now, places, sum, half);
    });
    unrolled<kWidth>([&](auto c) {
      in[c] = simd::Mul(simd::LoadU(d, channels[c] + i), simd::Set(d, kShare));
      const auto gain = simd::at(d, level, io.cellOffset + i);
      simd::StoreU(simd::Mul(sum[c], gain), d, channels[c] + i);
    });
    const auto frame = simd::Iota(d, static_cast<float>(io.cellOffset + i));
    unrolled<4>([&](auto k) {
      sendBack<decltype(k)::value, kWidth>(frame, i, now, places, half, in, loudest);
    });
  }
  alignas(16) std::int32_t lanes[4];
  simd::hn::StoreU(loudest, kBits, lanes);
  loudest_ = std::max(std::max(lanes[0], lanes[1]), std::max(lanes[2], lanes[3]));
}

}  // namespace sonic
