// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/arena.h"
#include "engine/core/asset.h"

namespace sonic {

/// kHq is the same algorithm at the next oversampling factor, with the same latency.
enum class Quality : std::uint8_t { kLive, kHq };

/// All that is fixed while an instance lives. Latency and memory are pure functions of it.
struct Spec {
  float sampleRateHz = 48000.0F;
  std::size_t width = 1;  ///< 1 or 2 channels.
  Quality quality = Quality::kLive;
  std::uint64_t seed = 0;               ///< Hash of the node's id.
  std::span<const float> structural{};  ///< A value per parameter row; only structural rows count.
  std::span<const AssetBlob> assets{};  ///< A cooked blob per asset slot.
  Arena* arena = nullptr;

  [[nodiscard]] Arena& memory() const { return *arena; }
  /// Value of a structural row.
  [[nodiscard]] float value(std::size_t row) const { return structural[row]; }
  /// Index held by a structural row with choices.
  [[nodiscard]] std::size_t choice(std::size_t row) const {
    return static_cast<std::size_t>(structural[row] + 0.5F);
  }
};

}  // namespace sonic
