// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/arena.h"
#include "engine/dsp/convolver-response.h"
#include "engine/dsp/fft.h"

namespace sonic {

/// The partitions of one size: transforms each finished block of P frames, multiplies the spectra
/// of the last blocks with those of the response and transforms back, a slice of the work per cell,
/// the last one 32 frames before its result is due. Overlap-save. [audio]
class ConvolverLevel {
 public:
  void prepare(Arena& arena, const PackedResponse& response, std::size_t channel,
               std::size_t level);
  void reset() noexcept;
  [[nodiscard]] std::size_t frames() const { return passes_.points(); }
  /// At the end of cell `cell` (counted from the reset). Where it finishes a block, `previous` and
  /// `newest` are the last two blocks of the input; they must stay as they are for P frames.
  void endCell(std::uint64_t cell, const float* previous, const float* newest) noexcept;
  /// The level's part of the cell that follows `cell`; null while there is none.
  [[nodiscard]] const float* nextCell(std::uint64_t cell) const noexcept;

 private:
  void workUntil(std::size_t cost) noexcept;
  std::size_t work(std::size_t begin, std::size_t end) noexcept;
  void multiply(std::size_t begin, std::size_t end) noexcept;

  FftPasses passes_;
  std::size_t cells_ = 1;       // per block
  std::size_t partitions_ = 0;  // also blocks kept
  const float* response_ = nullptr;
  float* history_ = nullptr;  // [partition][re[P], im[P]], a ring
  float* sum_ = nullptr;      // re[P], im[P]
  float* results_ = nullptr;  // [2][P]: one is heard while the other is written
  const float* previous_ = nullptr;
  const float* newest_ = nullptr;
  std::size_t newestSlot_ = 0;
  std::size_t filled_ = 0;  // blocks since the reset, up to `partitions_`
  std::size_t step_ = 0;    // passes forward, product, passes back
  std::size_t position_ = 0;
  std::size_t done_ = 0;
  std::size_t heard_ = 0;
  bool hasResult_ = false;
};

/// Convolution with a long response, without latency, one channel. The output has the same bits
/// for any division into calls; all but the direct head happens where a cell ends, each cell about
/// the same. Silence in becomes exact silence out after the response's ringOutFrames(). A NaN is
/// heard for that long too: clean the input first. [audio]
class Convolver {
 public:
  /// `response` must outlive the convolver. Without channels it is a wire.
  void prepare(Arena& arena, const PackedResponse& response, std::size_t channel);
  void reset() noexcept;
  /// `in` and `out` may be the same.
  void process(const float* in, std::size_t frames, std::size_t cellOffset, bool endsCell,
               float* out) noexcept;

 private:
  void endCell() noexcept;

  const float* head_ = nullptr;
  float* input_ = nullptr;  // the last cell, then this one
  float* tail_ = nullptr;   // the partitions' part of this cell
  std::array<ConvolverLevel, kPartitionFrames.size()> levels_;
  std::size_t levelCount_ = 0;
  std::span<float> ring_;   // input of the levels above the first, 4 of the longest blocks
  std::size_t dirty_ = 0;   // frames from the ring's start that may not be zero
  std::uint64_t cell_ = 0;  // cells finished since the reset
};

}  // namespace sonic
