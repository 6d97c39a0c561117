// SPDX-License-Identifier: MIT
#include "engine/modules/delay/delay.h"

#include <algorithm>

#include "engine/dsp/math.h"

namespace sonic {
namespace {

constexpr std::size_t kShortestFrames = kCellFrames + 4;  // a cell is read before it is written
constexpr float kFadeSeconds = 0.02F;
constexpr float kWowHz = 0.7F;
constexpr float kWowSeconds = 0.00198F;  // 2 pi 0.7 Hz x this = 0.87 % = 15 cents
constexpr float kCutQ = 0.70710678F;
constexpr float kSilence = 1e-9F;  // -180 dB
constexpr float kDuckDb = -24.0F, kDuckFromDb = -48.0F, kDuckSpanDb = 36.0F;
constexpr float kDuckAttackSeconds = 0.005F, kDuckReleaseSeconds = 0.25F;
constexpr std::array<float, 3> kRangeSeconds{2.0F, 4.0F, 8.0F};
// Quarter notes, in the order of Delay::kNotes.
constexpr std::array<double, Delay::kNotes.size()> kBeats{
    0.0,  4.0, 3.0,       2.0,   4.0 / 3.0, 1.5,       1.0,  2.0 / 3.0,
    0.75, 0.5, 1.0 / 3.0, 0.375, 0.25,      1.0 / 6.0, 0.125};

std::size_t longestFrames(const Spec& spec) {
  return static_cast<std::size_t>(kRangeSeconds[spec.choice(Delay::kRange)] * spec.sampleRateHz);
}
std::size_t wowFrames(float sampleRateHz) {
  return static_cast<std::size_t>(kWowSeconds * sampleRateHz) + 1;
}

/// Linear up to 2, then a knee without a corner towards 4.
template <class D>
simd::VF<D> guarded(D d, simd::VF<D> x) {
  const auto one = simd::Set(d, 1.0F), two = simd::Set(d, 2.0F);
  const auto size = simd::Abs(x);
  const auto over = simd::Max(simd::Sub(size, two), simd::Zero(d));
  const auto bend = simd::Div(over, simd::Add(one, simd::Mul(simd::Set(d, 0.5F), over)));
  return simd::hn::CopySign(simd::Add(simd::Min(size, two), bend), x);
}

float smoothStep(float u) noexcept {
  return u * u * (3.0F - 2.0F * u);
}

/// What is no number is not loud.
float loudest(const std::array<float, kCellFrames>& x, std::size_t frames) noexcept {
  const simd::F4 d;
  auto most = simd::Zero(d);
  std::size_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    const auto size = simd::Abs(simd::LoadU(d, x.data() + i));
    most = simd::IfThenElse(simd::Lt(most, size), size, most);
  }
  alignas(16) float lanes[4];
  simd::StoreU(most, d, lanes);
  float all = std::max(std::max(lanes[0], lanes[1]), std::max(lanes[2], lanes[3]));
  for (; i < frames; ++i) all = std::max(all, std::max(x[i], -x[i]));
  return all;
}

SvfCoefficients offIf(bool isOff, SvfCoefficients c) noexcept {
  if (isOff) {  // its state runs on, so that it can come back without a click
    c.m0 = 1.0F;
    c.m1 = c.m2 = 0.0F;
  }
  return c;
}

}  // namespace

std::int64_t Delay::quietFrames(const Spec& spec) {
  return static_cast<std::int64_t>(longestFrames(spec) + wowFrames(spec.sampleRateHz));
}

void Delay::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  width_ = spec.width;
  longestFrames_ = longestFrames(spec);
  const auto cells =
      static_cast<std::size_t>(kFadeSeconds * spec.sampleRateHz / static_cast<float>(kCellFrames));
  fadeFrames_ = std::max<std::size_t>(cells, 1) * kCellFrames;
  const float cellsPerSecond = spec.sampleRateHz / static_cast<float>(kCellFrames);
  duckAttack_ = timeCoefficient(kDuckAttackSeconds, cellsPerSecond);
  duckRelease_ = timeCoefficient(kDuckReleaseSeconds, cellsPerSecond);
  wowPeriod_ = static_cast<std::size_t>(spec.sampleRateHz / kWowHz);
  for (DelayLine& line : lines_) {
    line.prepare(spec.memory(), longestFrames_ + wowFrames(spec.sampleRateHz));
  }
}

void Delay::reset() noexcept {
  for (DelayLine& line : lines_) line.reset();
  cuts_.reset();
  hasRun_ = false;
  wowPhase_ = 0;
  duckLevel_ = loudest_ = 0.0F;
  duck_ = Ramp::between(1.0F, 1.0F);
}

void Delay::process(Io& io, const Params& params) noexcept {
  if (io.cellOffset == 0 || !hasRun_) beginCell(io, params);

  std::array<Block, 2> in, wet;
  for (std::size_t c = 0; c < 2; ++c) {
    simd::copyFrames(io.in[kIn].channels[std::min(c, width_ - 1)], io.frames, in[c].data());
  }
  for (std::size_t c = 0; c < width_; ++c) {
    loudest_ = std::max(loudest_, loudest(in[c], io.frames));
  }
  hear(io, wet.data());
  feed(params, io, in.data(), wet.data());
  mix(params, io, in.data(), wet.data());
  if (io.endsCell) endCell();
}

/// A mono signal that does not change sides needs one line.
bool Delay::isOneLine() const noexcept {
  return width_ == 1 && pingPong_.begin == 0.0F && pingPong_.target == 0.0F;
}

std::size_t Delay::wantedFrames(const Time& time, const Params& params) const noexcept {
  const auto longest = static_cast<double>(longestFrames_);
  const double beats = kBeats[params.choice(kSync)];
  double frames =
      0.001 * static_cast<double>(params[kTime].target) * static_cast<double>(sampleRateHz_);
  if (beats > 0.0 && time.beatsPerFrame > 1e-12) {
    frames = beats / time.beatsPerFrame;
    while (frames > longest) frames *= 0.5;
  }
  return static_cast<std::size_t>(
      std::clamp(frames + 0.5, static_cast<double>(kShortestFrames), longest));
}

void Delay::beginCell(const Io& io, const Params& params) noexcept {
  const std::size_t wanted = wantedFrames(io.time, params);
  const float sides = params.choice(kPingPong) == 1 ? 1.0F : 0.0F;
  if (!hasRun_) {
    delayFrames_ = wanted;
    faded_ = fadeFrames_;
    pingPong_ = Ramp::between(sides, sides);
    hasRun_ = true;
  } else if (wanted != delayFrames_ && faded_ == fadeFrames_) {
    oldDelayFrames_ = delayFrames_;
    delayFrames_ = wanted;
    faded_ = 0;
  }
  const float step = static_cast<float>(kCellFrames) / static_cast<float>(fadeFrames_);
  const float now = pingPong_.target;
  pingPong_ =
      Ramp::between(now, sides > now ? std::min(now + step, sides) : std::max(now - step, sides));

  if (params[kHighCut].target != highHz_ || params[kLowCut].target != lowHz_) setCuts(params);
  const bool hasWow = params[kWow].begin > 0.0F || params[kWow].target > 0.0F;
  const float radiansPerFrame = 2.0F * kPi / static_cast<float>(wowPeriod_);
  for (std::size_t side = 0; side < 2; ++side) {
    wow_[side] = Ramp{};
    if (!hasWow) continue;
    const float phase =
        static_cast<float>(wowPhase_) * radiansPerFrame + 0.5F * kPi * static_cast<float>(side);
    const float depth = 0.01F * kWowSeconds * sampleRateHz_;
    const float end = phase + static_cast<float>(kCellFrames) * radiansPerFrame;
    wow_[side] = Ramp::between(depth * params[kWow].begin * math::sin(phase),
                               depth * params[kWow].target * math::sin(end));
  }
  float ducked = 1.0F;
  if (params[kDuck].target > 0.0F) {
    const float amount = std::clamp((gainToDb(duckLevel_) - kDuckFromDb) / kDuckSpanDb, 0.0F, 1.0F);
    ducked = dbToGain(kDuckDb * amount * 0.01F * params[kDuck].target);
  }
  duck_ = Ramp::between(duck_.target, ducked);
}

void Delay::setCuts(const Params& params) noexcept {
  highHz_ = params[kHighCut].target;
  lowHz_ = params[kLowCut].target;
  cuts_.set(offIf(highHz_ >= static_cast<float>(kHighestHz),
                  SvfCoefficients::lowPass(highHz_, kCutQ, sampleRateHz_)),
            offIf(lowHz_ <= static_cast<float>(kLowestHz),
                  SvfCoefficients::highPass(lowHz_, kCutQ, sampleRateHz_)));
}

void Delay::endCell() noexcept {
  wowPhase_ = (wowPhase_ + kCellFrames) % wowPeriod_;
  if (faded_ < fadeFrames_) faded_ += kCellFrames;
  const float level = flushed(loudest_);
  const float follow = level > duckLevel_ ? duckAttack_ : duckRelease_;
  duckLevel_ = flushed(duckLevel_ + follow * (level - duckLevel_));
  loudest_ = 0.0F;
  for (DelayLine& line : lines_) line.flushCell(kSilence);
  cuts_.flush();
}

void Delay::readTap(const DelayLine& line, std::size_t side, std::size_t delayFrames,
                    std::size_t cellOffset, std::size_t frames, float* out) const noexcept {
  const Ramp& wow = wow_[side];
  if (wow.begin == 0.0F && wow.target == 0.0F) return line.readAhead(delayFrames, frames, out);
  for (std::size_t i = 0; i < frames; ++i) {
    const float offset = wow.at(cellOffset + i);
    auto whole = static_cast<std::ptrdiff_t>(offset);
    if (offset < static_cast<float>(whole)) --whole;
    // Counted from the frame pushed last, 1 + i frames before the one that is heard.
    const auto ago = static_cast<std::ptrdiff_t>(delayFrames - 1 - i) + whole;
    out[i] = ago < 1
                 ? line.at(1)
                 : line.hermite(static_cast<std::size_t>(ago), offset - static_cast<float>(whole));
  }
}

/// What comes out of the lines: one tap or two that cross, then the cuts.
void Delay::hear(const Io& io, Block* wet) noexcept {
  const std::size_t count = isOneLine() ? 1 : 2;
  for (std::size_t side = 0; side < count; ++side) {
    const DelayLine& line = lines_[side];
    readTap(line, side, delayFrames_, io.cellOffset, io.frames, wet[side].data());
    if (faded_ == fadeFrames_) continue;
    Block old;
    readTap(line, side, oldDelayFrames_, io.cellOffset, io.frames, old.data());
    for (std::size_t i = 0; i < io.frames; ++i) {
      const auto place = static_cast<float>(faded_ + io.cellOffset + i);
      const float u = smoothStep(place / static_cast<float>(fadeFrames_));
      wet[side][i] = old[i] + u * (wet[side][i] - old[i]);
    }
  }
  cuts_.process(io.frames, wet[0].data(), count == 1 ? nullptr : wet[1].data());
  if (count == 1) wet[1] = wet[0];
}

/// What goes into the lines: the input and the echoes, each to its side.
void Delay::feed(const Params& params, const Io& io, const Block* in, const Block* wet) noexcept {
  const Ramp repeats = params[kRepeats].map([](float percent) { return 0.01F * percent; });
  Block left{}, right{};
  const bool isOne = isOneLine();
  simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
    const auto across = simd::at(d, pingPong_, io.cellOffset + i);
    const auto straight = simd::Sub(simd::Set(d, 1.0F), across);
    const auto gain = simd::at(d, repeats, io.cellOffset + i);
    const auto x0 = simd::LoadU(d, in[0].data() + i), x1 = simd::LoadU(d, in[1].data() + i);
    const auto y0 = simd::LoadU(d, wet[0].data() + i), y1 = simd::LoadU(d, wet[1].data() + i);
    const auto cross = [&](auto same, auto other) {
      return simd::Add(simd::Mul(straight, same), simd::Mul(across, other));
    };
    const auto mean = simd::Mul(simd::Set(d, 0.5F), simd::Add(x0, x1));
    const auto echo0 = guarded(d, simd::Mul(gain, cross(y0, y1)));
    simd::StoreU(simd::Add(cross(x0, mean), echo0), d, left.data() + i);
    if (isOne) return;
    const auto echo1 = guarded(d, simd::Mul(gain, cross(y1, y0)));
    const auto entering = width_ > 1 ? simd::Mul(straight, x1) : simd::Zero(d);
    simd::StoreU(simd::Add(entering, echo1), d, right.data() + i);
  });
  lines_[0].push(left.data(), io.frames);
  lines_[1].push(right.data(), io.frames);
}

void Delay::mix(const Params& params, const Io& io, const Block* in,
                const Block* wet) const noexcept {
  const Ramp dry = params[kMix].map([](float mix) { return std::min(1.0F, 2.0F - 0.02F * mix); });
  const Ramp echo = params[kMix].map([](float mix) { return std::min(1.0F, 0.02F * mix); });
  for (std::size_t c = 0; c < 2; ++c) {
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const std::size_t frame = io.cellOffset + i;
      auto y = simd::LoadU(d, wet[c].data() + i);
      if (c == 1 && width_ == 1) {  // a mono signal's right side is its left one until it crosses
        const auto left = simd::LoadU(d, wet[0].data() + i);
        y = simd::Add(left, simd::Mul(simd::at(d, pingPong_, frame), simd::Sub(y, left)));
      }
      const auto gain = simd::Mul(simd::at(d, echo, frame), simd::at(d, duck_, frame));
      const auto x = simd::Mul(simd::LoadU(d, in[c].data() + i), simd::at(d, dry, frame));
      simd::StoreU(simd::Add(x, simd::Mul(y, gain)), d, out + i);
    });
  }
}

}  // namespace sonic
