// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace sonic {

/// A `.sonic` file: a zip without compression that holds project.json and assets/<sha256>. All
/// views point into memory of the caller.
struct SonicFile {
  struct Asset {
    std::string sha256;
    std::span<const std::byte> bytes;
  };
  std::span<const std::byte> project;  ///< JSON text.
  std::vector<Asset> assets;
};

inline constexpr std::size_t kMaxSonicEntries = 4096;

/// True if the bytes begin like a zip; a project is then a .sonic, else JSON.
[[nodiscard]] bool isSonicFile(std::span<const std::byte> bytes);

/// Reads untrusted bytes. Every length is checked against the file, CRC-32 and each asset's SHA-256
/// against the content; compressed, encrypted and zip64 archives are refused with a sentence.
/// Entries of other names are passed over. The result views into `bytes`. [main, worker]
[[nodiscard]] Result<SonicFile> readSonicFile(std::span<const std::byte> bytes);

/// The same content gives the same bytes: no dates, assets sorted by name. [main, worker]
[[nodiscard]] Result<std::vector<std::byte>> writeSonicFile(const SonicFile& file);

}  // namespace sonic
