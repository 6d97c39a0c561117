// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <string_view>

#include "engine/core/param.h"

namespace sonic {

/// `count` floats that a module shows (tuner cents, gain reduction). It writes them into
/// Io::readings, row after row in table order, whenever it likes; the host copies them out at
/// display rate. They keep their value until written again; reset() need not clear them.
struct ReadingSpec {
  std::string_view id;
  Unit unit = Unit::kNone;
  std::size_t count = 1;
};

}  // namespace sonic
