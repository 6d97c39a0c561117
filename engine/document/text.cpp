// SPDX-License-Identifier: MIT
#include "engine/document/text.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace sonic {

bool isExactInteger(double value) {
  return std::abs(value) < 9007199254740992.0 && value == std::trunc(value);
}

std::string numberText(double value) {
  std::array<char, 40> text{};
  if (isExactInteger(value)) {
    std::snprintf(text.data(), text.size(), "%lld", static_cast<long long>(value));
    return text.data();
  }
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text.data(), text.size(), "%.*g", digits, value);
    if (std::strtod(text.data(), nullptr) == value) break;
  }
  return text.data();
}

std::string_view unitText(Unit unit) {
  switch (unit) {
    case Unit::kNone:
      return "";
    case Unit::kDecibel:
      return "dB";
    case Unit::kHertz:
      return "Hz";
    case Unit::kSeconds:
      return "s";
    case Unit::kMilliseconds:
      return "ms";
    case Unit::kPercent:
      return "%";
    case Unit::kRatio:
      return ":1";
    case Unit::kSemitones:
      return "semitones";
    case Unit::kCents:
      return "cents";
    case Unit::kBeats:
      return "beats";
    case Unit::kDegrees:
      return "°";
    case Unit::kCentimetres:
      return "cm";
  }
  return "";
}

std::string rangeText(const ParamSpec& row) {
  std::string text;
  if (row.choices.empty()) {
    text = numberText(row.min) + ".." + numberText(row.max);
    if (row.unit != Unit::kNone) text += " " + std::string(unitText(row.unit));
    return text;
  }
  text = "a whole number 0.." + numberText(row.max) + " (";
  for (std::size_t i = 0; i < row.choices.size(); ++i) {
    if (i > 0) text += ", ";
    text += row.choices[i];
  }
  return text + ")";
}

bool accepts(const ParamSpec& row, double value) {
  if (!(value >= row.min && value <= row.max)) return false;  // NaN fails both
  return row.choices.empty() || value == std::trunc(value);
}

std::string quotedText(std::string_view text) {
  constexpr std::size_t kMaxBytes = 40;
  std::size_t length = std::min(text.size(), kMaxBytes);
  if (length < text.size()) {  // never cut a UTF-8 character
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  }
  std::string result = "\"";
  for (const char c : text.substr(0, length)) {
    result += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? ' ' : c == '"' ? '\'' : c;
  }
  if (length < text.size()) result += "...";
  return result + "\"";
}

}  // namespace sonic
