// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/asset.h"
#include "engine/core/cell.h"

namespace sonic {

/// How Convolver cuts an impulse response (Gardner, "Efficient Convolution without Input-Output
/// Delay", JAES 43, 1995): a direct head of one cell, then partitions that grow. Those of P frames
/// begin at 2P - 32, so that the work of a block can be spread over the P frames that follow it.
inline constexpr std::size_t kHeadTaps = kCellFrames;
inline constexpr std::array<std::size_t, 4> kPartitionFrames{32, 256, 2048, 8192};
inline constexpr std::size_t kMaxResponseTaps = std::size_t{1} << 22;
constexpr std::size_t partitionOffset(std::size_t level) {
  return 2 * kPartitionFrames[level] - kCellFrames;
}

/// A response of one or two channels as Convolver reads it: head, spectra of the partitions (in
/// double precision, then rounded), the roots of the transforms. [main, worker]
[[nodiscard]] std::vector<std::byte> packResponse(std::span<const std::vector<float>> channels);

/// View of a packed response. A blob of a wrong form is a response of 0 channels.
class PackedResponse {
 public:
  PackedResponse() = default;
  explicit PackedResponse(AssetBlob blob);

  [[nodiscard]] std::size_t channels() const { return channels_; }
  [[nodiscard]] std::size_t taps() const { return taps_; }
  [[nodiscard]] std::size_t levels() const { return levels_; }
  [[nodiscard]] std::size_t partitions(std::size_t level) const { return partitions_[level]; }
  /// Frames after which the last partition's output has ended, whatever rounding put into it.
  [[nodiscard]] std::size_t ringOutFrames() const;
  [[nodiscard]] std::span<const float> roots() const { return floats_.first(rootFloats_); }
  [[nodiscard]] const float* head(std::size_t channel) const;
  /// [partition][re[P], im[P]]
  [[nodiscard]] const float* spectra(std::size_t channel, std::size_t level) const;

 private:
  friend std::vector<std::byte> packResponse(std::span<const std::vector<float>> channels);
  void layOut(std::size_t channels, std::size_t taps);
  [[nodiscard]] std::size_t floatsPerChannel() const;

  std::size_t channels_ = 0, taps_ = 0, levels_ = 0, rootFloats_ = 0;
  std::array<std::size_t, kPartitionFrames.size()> partitions_{};
  std::span<const float> floats_;
};

}  // namespace sonic
