// SPDX-License-Identifier: MIT
#include "engine/analysis/pitch.h"

#include <algorithm>
#include <array>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr float kRateHz = 8000.0F;
constexpr std::size_t kTapsPerFactor = 16;
constexpr float kCutoff = 0.2F;    // of the decimated rate: 1.6 kHz
constexpr std::size_t kHop = 96;   // decimated frames from analysis to analysis
constexpr float kSilence = 3e-4F;  // RMS: -70 dBFS
constexpr float kClear = 0.9F;
constexpr float kHighShare = 0.93F;  // of the highest maximum
constexpr float kFirstLags = 0.55F;  // of the window: nearly two periods
constexpr float kFurthestLags = 0.7F;
constexpr std::size_t kLagsPerStep = 128, kLagSteps = 3;
constexpr std::size_t kLags = kLagsPerStep * kLagSteps;  // kFurthestLags and what lies around
constexpr std::size_t kShortest = 4;                     // lag
constexpr std::size_t kFewest = 160;                     // frames that a reading needs: 20 ms
constexpr std::size_t kSincTaps = 16;
constexpr std::size_t kSincHalf = kSincTaps / 2;

float blackman(float u) {  // u = 0..1
  return 0.42F - 0.5F * math::cos(2.0F * kPi * u) + 0.08F * math::cos(4.0F * kPi * u);
}
float largest(simd::V4 v) {
  alignas(16) float lanes[4];
  simd::StoreU(v, simd::F4{}, lanes);
  return std::max(std::max(lanes[0], lanes[1]), std::max(lanes[2], lanes[3]));
}
float sinc(float x) {
  return x < 1e-4F && x > -1e-4F ? 1.0F : math::sin(kPi * x) / (kPi * x);
}

}  // namespace

std::size_t PitchDetector::forgetFrames(float sampleRateHz) {
  return static_cast<std::size_t>(0.15F * sampleRateHz) + 64 * kCellFrames;
}

void PitchDetector::prepare(Arena& arena, float sampleRateHz) {
  factor_ = std::max<std::size_t>(1, static_cast<std::size_t>(sampleRateHz / kRateHz + 0.5F));
  rateHz_ = sampleRateHz / static_cast<float>(factor_);
  const std::size_t count = kTapsPerFactor * factor_;
  taps_ = arena.allocate<float>(count);
  float sum = 0.0F;
  for (std::size_t i = 0; i < count; ++i) {
    const float u = (static_cast<float>(i) + 0.5F) / static_cast<float>(count);
    const float x = (u - 0.5F) * static_cast<float>(kTapsPerFactor);
    taps_[i] = blackman(u) * sinc(2.0F * kCutoff * x);
    sum += taps_[i];
  }
  for (float& tap : taps_) tap /= sum;
  history_ = arena.allocate<float>(4 * count);
  recent_ = arena.allocate<float>(2 * kWindow);

  const auto roots = arena.allocate<float>(FftRoots::floats(kWindow));
  FftRoots::fill(roots);
  passes_ = FftPasses(FftRoots(roots), kWindow, FftModulus::kI);
  window_ = arena.allocate<float>(kWindow);
  zeros_ = arena.allocate<float>(kWindow);
  re_ = arena.allocate<float>(kWindow);
  im_ = arena.allocate<float>(kWindow);
  n_ = re_;
  between_ = arena.allocate<float>(4 * kSincTaps);
  for (std::size_t i = 0; i < 4 * kSincTaps; ++i) {
    const float tap = static_cast<float>(i % kSincTaps) - static_cast<float>(kSincHalf - 1);
    const float x = tap - 0.25F * static_cast<float>(i / kSincTaps);
    between_[i] = sinc(x) * blackman(0.5F + x / static_cast<float>(kSincTaps + 1));
  }
}

void PitchDetector::reset() noexcept {
  std::fill(history_.begin(), history_.end(), 0.0F);
  std::fill(recent_.begin(), recent_.end(), 0.0F);
  filled_ = taps_.size();
  untilNext_ = factor_;
  next_ = unseen_ = step_ = 0;
  pitch_ = Pitch{};
}

void PitchDetector::push(const float* in, std::size_t frames) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    if (filled_ == history_.size()) {
      std::copy(history_.end() - static_cast<std::ptrdiff_t>(taps_.size()), history_.end(),
                history_.begin());
      filled_ = taps_.size();
    }
    history_[filled_++] = flushed(in[i]);  // what is no number would stay for a window
    if (--untilNext_ == 0) decimate();
  }
}

void PitchDetector::decimate() noexcept {
  const simd::F4 d;
  const float* const x = history_.data() + filled_ - taps_.size();
  auto sum = simd::Zero(d);
  for (std::size_t i = 0; i < taps_.size(); i += 4) {
    sum = simd::Add(sum, simd::Mul(simd::LoadU(d, taps_.data() + i), simd::LoadU(d, x + i)));
  }
  recent_[next_] = simd::sum4(sum);
  next_ = (next_ + 1) % (2 * kWindow);
  ++unseen_;
  untilNext_ = factor_;
}

bool PitchDetector::step() noexcept {
  const std::size_t passes = passes_.count();
  if (step_ == 0) {
    if (unseen_ < kHop) return false;
    unseen_ = 0;
    if (takeWindow()) {
      step_ = 1;
      return false;
    }
    pitch_ = Pitch{};
    return true;
  }
  const std::size_t step = step_++ - 1;
  if (step < passes) {
    passes_.forward(step, 0, kWindow, window_.data(), zeros_.data(), re_.data(), im_.data());
  } else if (step == passes) {
    const simd::F4 d;
    for (std::size_t i = 0; i < kWindow; i += 4) {
      const auto a = simd::LoadU(d, re_.data() + i), b = simd::LoadU(d, im_.data() + i);
      simd::StoreU(simd::Add(simd::Mul(a, a), simd::Mul(b, b)), d, re_.data() + i);
      simd::StoreU(simd::Zero(d), d, im_.data() + i);
    }
  } else if (step <= 2 * passes) {
    passes_.inverse(2 * passes - step, 0, kWindow, re_.data(), im_.data());
  } else if (step <= 2 * passes + kLagSteps) {
    normalise(step - 2 * passes - 1);
  } else if (step == 2 * passes + kLagSteps + 1) {
    pick();
  } else {
    refine();
    step_ = 0;
    return true;
  }
  return false;
}

/// Copies the last frames without their mean and without silence before an onset. False if nothing
/// sounds.
bool PitchDetector::takeWindow() noexcept {
  const simd::F4 d;
  const std::size_t first = (next_ + kWindow) % (2 * kWindow);
  const std::size_t head = std::min(kWindow, 2 * kWindow - first);
  simd::copyFrames(recent_.data() + first, head, window_.data());
  simd::copyFrames(recent_.data(), kWindow - head, window_.data() + head);
  const auto overAll = [&](auto join, auto unite) {
    simd::V4 even = simd::Zero(d), odd = simd::Zero(d);  // neither waits for the other
    for (std::size_t i = 0; i < kWindow; i += 8) {
      even = join(even, simd::LoadU(d, window_.data() + i));
      odd = join(odd, simd::LoadU(d, window_.data() + i + 4));
    }
    return unite(even, odd);
  };
  const auto add = [](simd::V4 a, simd::V4 b) { return simd::Add(a, b); };
  const auto larger = [](simd::V4 a, simd::V4 b) { return simd::Max(a, simd::Abs(b)); };
  const auto addSquare = [](simd::V4 a, simd::V4 b) { return simd::Add(a, simd::Mul(b, b)); };
  const auto sum = overAll(add, add);
  const auto mean = simd::Set(d, simd::sum4(sum) / static_cast<float>(kWindow));
  for (std::size_t i = 0; i < kWindow; i += 4) {
    simd::StoreU(simd::Sub(simd::LoadU(d, window_.data() + i), mean), d, window_.data() + i);
  }
  const auto most = overAll(larger, larger);
  begin_ = firstOver(0.125F * largest(most));
  std::fill_n(window_.begin(), begin_, 0.0F);
  const float energy = simd::sum4(overAll(addSquare, add));
  energy_ = 2.0 * static_cast<double>(energy);
  return energy > kSilence * kSilence * static_cast<float>(kWindow) && kWindow - begin_ >= kFewest;
}

/// The first frame of the window that is not smaller; its length if there is none.
std::size_t PitchDetector::firstOver(float threshold) const noexcept {
  const simd::F4 d;
  std::size_t i = 0;
  while (i < kWindow && largest(simd::Abs(simd::LoadU(d, window_.data() + i))) < threshold) {
    i += 4;
  }
  while (i < kWindow && std::max(window_[i], -window_[i]) < threshold) ++i;
  return i;
}

/// n = 2 r / m, the correlation divided by the energy of what it compares, for a part of the lags.
void PitchDetector::normalise(std::size_t part) noexcept {
  constexpr float kScale = 2.0F / static_cast<float>(kWindow);
  constexpr float kLeast = 1e-12F;
  const simd::F4 d;
  const std::size_t sounding = kWindow - begin_;
  const std::size_t end = (part + 1) * kLagsPerStep;
  const float* const early = window_.data() + begin_;
  const float* const late = window_.data() + kWindow;
  std::size_t lag = part * kLagsPerStep;
  for (; lag < end && lag + 4 <= sounding; lag += 4) {
    // The next lag no longer compares a frame at either end.
    const auto a = simd::LoadU(d, early + lag);
    const auto b = simd::hn::Reverse(d, simd::LoadU(d, late - lag - 4));
    const auto gone = simd::Add(simd::Mul(a, a), simd::Mul(b, b));
    const auto twos = simd::Add(gone, simd::hn::ShiftLeftLanes<1>(d, gone));
    const auto sums = simd::Add(twos, simd::hn::ShiftLeftLanes<2>(d, twos));  // up to each lane
    const auto before = simd::hn::ShiftLeftLanes<1>(d, sums);
    const auto left = simd::Sub(simd::Set(d, static_cast<float>(energy_)), before);
    energy_ -= static_cast<double>(simd::hn::ExtractLane(sums, 3));
    const auto n =
        simd::Div(simd::Mul(simd::LoadU(d, re_.data() + lag), simd::Set(d, kScale)), left);
    const auto isHeard = simd::Lt(simd::Set(d, kLeast), left);
    simd::StoreU(simd::hn::IfThenElseZero(isHeard, n), d, n_.data() + lag);
  }
  for (; lag < end; ++lag) {
    n_[lag] = 0.0F;
    if (lag >= sounding) continue;
    const auto left = static_cast<float>(energy_);
    if (left > kLeast) n_[lag] = kScale * re_[lag] / left;
    const float a = early[lag], b = window_[kWindow - 1 - lag];
    energy_ -= static_cast<double>(a * a + b * b);
  }
}

/// Top of the parabola through (-1, a), (0, b), (1, c); (0, b) if it has none.
PitchDetector::Peak PitchDetector::parabola(float a, float b, float c) noexcept {
  const float bend = a - 2.0F * b + c;
  if (bend >= 0.0F) return {0.0F, b};
  const float offset = 0.5F * (a - c) / bend;
  return {offset, b - 0.25F * (a - c) * offset};
}

/// Key maxima are the tops between an upward and the next downward zero crossing. The first that
/// nearly reaches the highest is the period.
std::size_t PitchDetector::firstHighLobe(std::size_t limit) const noexcept {
  struct Lobe {
    std::size_t top;
    float height;
  };
  std::array<Lobe, kLags / 2> lobes;  // each has a lag above zero and one below
  std::size_t count = 0;
  float highest = 0.0F;
  std::size_t lag = 1;
  while (lag < limit && n_[lag] > 0.0F) ++lag;  // the lobe at 0
  while (lag < limit) {
    while (lag < limit && n_[lag] <= 0.0F) ++lag;
    std::size_t top = lag;
    for (; lag < limit && n_[lag] > 0.0F; ++lag) {
      if (n_[lag] > n_[top]) top = lag;
    }
    // At the limit a lobe may be cut before its top.
    if (top >= limit || n_[top + 1] > n_[top] || top < kShortest) continue;
    const float height = parabola(n_[top - 1], n_[top], n_[top + 1]).value;
    highest = std::max(highest, height);
    lobes[count++] = {top, height};
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (lobes[i].height >= kHighShare * highest) return lobes[i].top;
  }
  return 0;
}

void PitchDetector::pick() noexcept {
  period_ =
      firstHighLobe(static_cast<std::size_t>(kFirstLags * static_cast<float>(kWindow - begin_)));
}

void PitchDetector::refine() noexcept {
  pitch_ = Pitch{};
  if (period_ == 0) return;
  const Peak first = peakNear(period_);
  pitch_.clarity = std::min(first.value, 1.0F);
  if (first.value < kClear) return;
  const float furthest = kFurthestLags * static_cast<float>(kWindow - begin_);
  float period = first.lag;
  for (float periods = 2.0F; periods * period <= furthest; periods *= 2.0F) {
    const float expected = periods * period;
    const Peak peak = peakNear(static_cast<std::size_t>(expected + 0.5F));
    const float off = peak.lag - expected;
    if (peak.value < 0.9F * first.value || std::max(off, -off) > 0.25F * period) break;
    period = peak.lag / periods;
  }
  pitch_.frequencyHz = rateHz_ / period;
}

/// n a quarter, a half, three quarters after a lag. It is even around lag 0.
float PitchDetector::between(std::size_t lag, std::size_t quarter) const noexcept {
  const float* const taps = between_.data() + quarter * kSincTaps;
  std::array<float, kSincTaps> mirrored;
  const float* n = mirrored.data();
  if (lag >= kSincHalf - 1) {
    n = n_.data() + lag - (kSincHalf - 1);
  } else {
    for (std::size_t i = 0; i < kSincTaps; ++i) {
      const auto at = static_cast<int>(lag + i) - static_cast<int>(kSincHalf - 1);
      mirrored[i] = n_[static_cast<std::size_t>(at < 0 ? -at : at)];
    }
  }
  const simd::F4 d;
  auto sum = simd::Zero(d);
  for (std::size_t i = 0; i < kSincTaps; i += 4) {
    sum = simd::Add(sum, simd::Mul(simd::LoadU(d, taps + i), simd::LoadU(d, n + i)));
  }
  return simd::sum4(sum);
}

/// The top next to a lag, by a parabola through three points: a frame apart where n is smooth, else
/// a quarter.
PitchDetector::Peak PitchDetector::peakNear(std::size_t lag) const noexcept {
  std::size_t top = lag;
  while (top + kSincHalf < kLags && n_[top + 1] > n_[top]) ++top;
  while (top > 1 && n_[top - 1] > n_[top]) --top;
  float a = n_[top - 1], b = n_[top], c = n_[top + 1];
  float position = static_cast<float>(top), spacing = 1.0F;
  constexpr float kSmooth = 0.016F;
  if (2.0F * b - a - c > kSmooth && top > 1 && top + 1 + kSincHalf < kLags) {
    // From three quarters before to three quarters after.
    float around[7];
    for (std::size_t j = 0; j < 7; ++j) {
      const std::size_t quarters = 4 * top + j - 3;
      around[j] = between(quarters / 4, quarters % 4);
    }
    std::size_t best = 3;
    for (std::size_t j = 1; j < 6; ++j) {
      if (around[j] > around[best]) best = j;
    }
    a = around[best - 1], b = around[best], c = around[best + 1];
    spacing = 0.25F;
    position += spacing * (static_cast<float>(best) - 3.0F);
  }
  const Peak peak = parabola(a, b, c);
  return {position + spacing * peak.lag, peak.value};
}

}  // namespace sonic
