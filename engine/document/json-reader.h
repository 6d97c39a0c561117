// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "engine/core/result.h"
#include "engine/document/json.h"

namespace sonic {

/// Bounds on untrusted text: what the deepest, widest accepted file costs is known in advance.
struct JsonLimits {
  std::size_t bytes = std::size_t{16} << 20U;
  std::size_t depth = 64;
  std::size_t values = 1'000'000;
};

/// Parses JSON (RFC 8259, UTF-8). Refused with a sentence, `place` being the byte offset: syntax
/// errors, numbers beyond double, the same key twice in an object, anything over a limit.
/// [main, worker]
[[nodiscard]] Result<Json> readJson(std::span<const std::byte> bytes,
                                    const JsonLimits& limits = {});
[[nodiscard]] Result<Json> readJson(std::string_view text, const JsonLimits& limits = {});

}  // namespace sonic
