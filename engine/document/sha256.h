// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace sonic {

/// SHA-256 (FIPS 180-4) as 64 lower-case hex digits: the name of an asset. [main, worker]
[[nodiscard]] std::string sha256Hex(std::span<const std::byte> bytes);

}  // namespace sonic
