// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/core/module-table.h"

namespace sonic {

/// All that fixes an instance of a module type: what Spec holds, with files named by their sha256.
/// Two nodes with equal blueprints share cooked blobs and measurements. [main, worker]
struct Blueprint {
  std::uint32_t type = 0;  ///< Index in the module table.
  float sampleRateHz = 48000.0F;
  std::uint32_t width = 1;
  Quality quality = Quality::kLive;
  std::vector<float> structural;   ///< A value per parameter row; 0 for live rows.
  std::vector<std::string> files;  ///< sha256 per asset slot, "" for the built-in content.

  [[nodiscard]] std::uint64_t hash() const;
  /// Key of the cooked blob of a slot.
  [[nodiscard]] std::uint64_t blobKey(std::size_t slot) const;
  [[nodiscard]] Spec spec(std::uint64_t seed, std::span<const AssetBlob> blobs, Arena* arena) const;
};

/// What a blueprint needs and declares, found by preparing one instance on the control side.
struct Measure {
  std::uint32_t memoryBytes = 0;  ///< From the arena.
  std::uint32_t latencyFrames = 0;
  std::int64_t quietFrames = 0;
};

/// Prepares one instance in memory of its own and gives it back. [main, worker]
Measure measure(const ModuleType& type, const Blueprint& blueprint,
                std::span<const AssetBlob> blobs);

/// Blobs of one blueprint, cooked: one per asset slot, and the measurement that goes with them.
struct Cooked {
  std::vector<std::vector<std::byte>> blobs;
  Measure measure;
};

/// Cooks every slot of a blueprint. `files` holds the bytes of each slot's file, empty for none.
/// The error's place is "<type>/<slot>". [main, worker]
Result<Cooked> cookBlueprint(const ModuleType& type, const Blueprint& blueprint,
                             std::span<const std::span<const std::byte>> files);

}  // namespace sonic
