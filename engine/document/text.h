// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "engine/core/param.h"

namespace sonic {

/// Whole, and below 2^53: an integer that a double and JavaScript hold exactly.
[[nodiscard]] bool isExactInteger(double value);

/// The shortest decimal text that reads back as the same double: 0.1, 24, 1e-09. [main, worker]
[[nodiscard]] std::string numberText(double value);

/// "dB", "Hz", "%", ":1" ... as the page prints it; "" for kNone.
[[nodiscard]] std::string_view unitText(Unit unit);

/// What a row accepts: "0..100 %", or for choices "a whole number 0..2 (off, soft, hard)".
[[nodiscard]] std::string rangeText(const ParamSpec& row);

/// True if a row takes this value: finite, in range, whole where it is a choice.
[[nodiscard]] bool accepts(const ParamSpec& row, double value);

/// "a, b, c" of the ids of a table's rows, for "it has ..."; at most a dozen, then "...".
template <class Rows>
[[nodiscard]] std::string idList(const Rows& rows) {
  std::string list;
  std::size_t count = 0;
  for (const auto& row : rows) {
    if (count > 0) list += ", ";
    if (++count > 12) return list + "...";
    list += row.id;
  }
  return list.empty() ? "none" : list;
}

/// `text` in double quotes, cut to 40 bytes, with control characters and quotes made harmless.
[[nodiscard]] std::string quotedText(std::string_view text);

}  // namespace sonic
