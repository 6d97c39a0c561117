// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace sonic {

/// A slot for a file that the user gives. A module with slots has
///   static Result<std::vector<std::byte>> cook(std::size_t slot, std::span<const std::byte> file,
///                                              const Spec& spec);
/// [main, worker, never audio]: decodes, resamples, partitions, packs. `file` is empty when nothing
/// was dropped: cook then makes the built-in content, or an empty blob. It may read the spec's
/// rate, width, quality and structural values (not the seed); the blob is shared by all instances
/// for which these and the file are equal. Bytes are aligned to 16 in prepare().
struct AssetSpec {
  std::string_view id;
  std::string_view kind;  ///< "audio/ir", "audio/clip": what the page offers to drop here.
};

/// A cooked blob as prepare() sees it; it outlives the instance.
using AssetBlob = std::span<const std::byte>;

}  // namespace sonic
