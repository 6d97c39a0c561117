// SPDX-License-Identifier: MIT
#include "engine/dsp/convolver.h"

#include <algorithm>

#include "engine/dsp/simd.h"

namespace sonic {
namespace {

using simd::F1;
using simd::F4;
using simd::V4;

// Measured work per point, in parts: passes of radix 4 and 2, one multiplication in the product.
constexpr std::size_t kPassCost = 4;
constexpr std::size_t kHalfPassCost = 2;
constexpr std::size_t kProductCost = 3;
constexpr std::size_t kPassRange = 64;      // points per slice of a pass
constexpr std::size_t kProductRange = 16;   // bins per slice of the product
constexpr std::size_t kFewPartitions = 16;  // with more of them the slice is halved

// y[i] = tail[i] + sum h[k] x[i - k] for kVectors vectors of frames, tap after tap in each lane.
template <std::size_t kVectors, class D>
void direct(D d, const float* h, const float* x, const float* tail, float* y) {
  constexpr std::size_t kWidth = simd::hn::MaxLanes(D{});
  simd::hn::Vec<D> sum[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) sum[v] = simd::LoadU(d, tail + v * kWidth);
  for (std::size_t k = 0; k < kHeadTaps; ++k) {
    const auto tap = simd::Set(d, h[k]);
    for (std::size_t v = 0; v < kVectors; ++v) {
      sum[v] = simd::Add(sum[v], simd::Mul(tap, simd::LoadU(d, x + v * kWidth - k)));
    }
  }
  for (std::size_t v = 0; v < kVectors; ++v) simd::StoreU(sum[v], d, y + v * kWidth);
}

// Sum over the kept blocks of their spectra times those of the response's partitions.
struct Product {
  const float* history;
  const float* response;
  std::size_t points, slots, newestSlot, blocks;

  template <std::size_t kVectors>
  void sum(std::size_t bin, float* outRe, float* outIm) const {
    const F4 d;
    V4 re[kVectors], im[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) re[v] = im[v] = simd::Zero(d);
    std::size_t slot = newestSlot;
    for (std::size_t age = 0; age < blocks; ++age) {
      const float* const x = history + slot * 2 * points + bin;
      const float* const h = response + age * 2 * points + bin;
      slot = slot == 0 ? slots - 1 : slot - 1;
      for (std::size_t v = 0; v < kVectors; ++v) {
        const V4 xRe = simd::LoadU(d, x + 4 * v), xIm = simd::LoadU(d, x + points + 4 * v);
        const V4 hRe = simd::LoadU(d, h + 4 * v), hIm = simd::LoadU(d, h + points + 4 * v);
        re[v] = simd::Add(re[v], simd::Sub(simd::Mul(xRe, hRe), simd::Mul(xIm, hIm)));
        im[v] = simd::Add(im[v], simd::Add(simd::Mul(xRe, hIm), simd::Mul(xIm, hRe)));
      }
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      simd::StoreU(re[v], d, outRe + 4 * v);
      simd::StoreU(im[v], d, outIm + 4 * v);
    }
  }
};

}  // namespace

void ConvolverLevel::prepare(Arena& arena, const PackedResponse& response, std::size_t channel,
                             std::size_t level) {
  const std::size_t points = kPartitionFrames[level];
  passes_ = FftPasses(FftRoots(response.roots()), points, FftModulus::kI);
  cells_ = points / kCellFrames;
  partitions_ = response.partitions(level);
  response_ = response.spectra(channel, level);
  history_ = arena.allocate<float>(partitions_ * 2 * points).data();
  sum_ = arena.allocate<float>(2 * points).data();
  results_ = arena.allocate<float>(2 * points).data();
}

void ConvolverLevel::reset() noexcept {
  newestSlot_ = filled_ = heard_ = 0;
  hasResult_ = false;
}

void ConvolverLevel::endCell(std::uint64_t cell, const float* previous,
                             const float* newest) noexcept {
  const auto phase = static_cast<std::size_t>((cell + 1) % cells_);
  if (phase == 0) {
    previous_ = previous;
    newest_ = newest;
    newestSlot_ = newestSlot_ + 1 == partitions_ ? 0 : newestSlot_ + 1;
    filled_ = std::min(filled_ + 1, partitions_);
    step_ = position_ = done_ = 0;
  }
  if (filled_ == 0) return;
  const std::size_t halves = passes_.beginsByHalf() ? 1 : 0;
  const std::size_t passCost = (passes_.count() - halves) * kPassCost + halves * kHalfPassCost;
  const std::size_t total = frames() * (2 * passCost + filled_ * kProductCost);
  workUntil(total * (phase + 1) / cells_);
  if (phase + 1 == cells_) {
    heard_ ^= 1;
    hasResult_ = true;
  }
}

// A slice of the step in hand; returns its cost. Steps: passes forward, product, passes back.
std::size_t ConvolverLevel::work(std::size_t begin, std::size_t end) noexcept {
  const std::size_t points = frames(), passes = passes_.count();
  float* const spectrum = history_ + newestSlot_ * 2 * points;
  float* const sumIm = sum_ + points;
  if (step_ == passes) {
    multiply(begin, end);
    return (end - begin) * filled_ * kProductCost;
  }
  const std::size_t pass = step_ < passes ? step_ : 2 * passes - step_;
  if (step_ < passes) {
    passes_.forward(pass, begin, end, previous_, newest_, spectrum, spectrum + points);
  } else if (pass > 0) {
    passes_.inverse(pass, begin, end, sum_, sumIm);
  } else {
    passes_.inverseImaginary(begin, end, sum_, sumIm, results_ + (heard_ ^ 1) * points);
  }
  return (end - begin) * (pass == 0 && passes_.beginsByHalf() ? kHalfPassCost : kPassCost);
}

void ConvolverLevel::workUntil(std::size_t cost) noexcept {
  const std::size_t points = frames(), passes = passes_.count();
  const std::size_t productRange = filled_ > kFewPartitions ? kProductRange / 2 : kProductRange;
  while (done_ < cost) {
    const std::size_t end =
        std::min(points, position_ + (step_ == passes ? productRange : kPassRange));
    done_ += work(position_, end);
    position_ = end;
    if (position_ == points) {
      position_ = 0;
      ++step_;
    }
  }
}

void ConvolverLevel::multiply(std::size_t begin, std::size_t end) noexcept {
  const std::size_t points = frames();
  const Product product{.history = history_,
                        .response = response_,
                        .points = points,
                        .slots = partitions_,
                        .newestSlot = newestSlot_,
                        .blocks = filled_};
  if (end - begin < kProductRange) {
    product.sum<kProductRange / 8>(begin, sum_ + begin, sum_ + points + begin);
  } else {
    for (std::size_t bin = begin; bin < end; bin += kProductRange) {
      product.sum<kProductRange / 4>(bin, sum_ + bin, sum_ + points + bin);
    }
  }
}

const float* ConvolverLevel::nextCell(std::uint64_t cell) const noexcept {
  if (!hasResult_) return nullptr;
  return results_ + heard_ * frames() + static_cast<std::size_t>((cell + 2) % cells_) * kCellFrames;
}

void Convolver::prepare(Arena& arena, const PackedResponse& response, std::size_t channel) {
  levelCount_ = response.levels();
  if (response.channels() > 0) {
    head_ = response.head(channel);
  } else if (const auto unit = arena.allocate<float>(kHeadTaps); !unit.empty()) {
    unit[0] = 1.0F;
    head_ = unit.data();
  }
  input_ = arena.allocate<float>(2 * kCellFrames).data();
  tail_ = arena.allocate<float>(kCellFrames).data();
  for (std::size_t l = 0; l < levelCount_; ++l) {
    levels_[l].prepare(arena, response, channel, l);
  }
  if (levelCount_ > 1) ring_ = arena.allocate<float>(4 * kPartitionFrames[levelCount_ - 1]);
}

void Convolver::reset() noexcept {
  std::fill_n(input_, 2 * kCellFrames, 0.0F);
  std::fill_n(tail_, kCellFrames, 0.0F);
  std::fill_n(ring_.begin(), dirty_, 0.0F);
  for (std::size_t l = 0; l < levelCount_; ++l) levels_[l].reset();
  dirty_ = 0;
  cell_ = 0;
}

void Convolver::process(const float* in, std::size_t frames, std::size_t cellOffset, bool endsCell,
                        float* out) noexcept {
  float* const x = input_ + kCellFrames + cellOffset;
  const float* const tail = tail_ + cellOffset;
  std::copy_n(in, frames, x);
  std::size_t i = 0;
  for (; i + 32 <= frames; i += 32) direct<8>(F4{}, head_, x + i, tail + i, out + i);
  for (; i + 4 <= frames; i += 4) direct<1>(F4{}, head_, x + i, tail + i, out + i);
  for (; i < frames; ++i) direct<1>(F1{}, head_, x + i, tail + i, out + i);
  if (endsCell) endCell();
}

void Convolver::endCell() noexcept {
  const float* const newest = input_ + kCellFrames;
  const std::size_t mask = ring_.size() - 1;
  const auto at = static_cast<std::size_t>(cell_ * kCellFrames);
  if (!ring_.empty()) {
    std::copy_n(newest, kCellFrames, ring_.data() + (at & mask));
    dirty_ = std::min(dirty_ + kCellFrames, ring_.size());
  }
  std::fill_n(tail_, kCellFrames, 0.0F);
  const F4 d;
  for (std::size_t l = 0; l < levelCount_; ++l) {
    ConvolverLevel& level = levels_[l];
    if (l == 0) {
      level.endCell(cell_, input_, newest);
    } else {
      const std::size_t end = at + kCellFrames;
      level.endCell(cell_, ring_.data() + ((end - 2 * level.frames()) & mask),
                    ring_.data() + ((end - level.frames()) & mask));
    }
    const float* const part = level.nextCell(cell_);
    for (std::size_t i = 0; part != nullptr && i < kCellFrames; i += 4) {
      simd::StoreU(simd::Add(simd::LoadU(d, tail_ + i), simd::LoadU(d, part + i)), d, tail_ + i);
    }
  }
  std::copy_n(newest, kCellFrames, input_);
  ++cell_;
}

}  // namespace sonic
