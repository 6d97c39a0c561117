// SPDX-License-Identifier: MIT
#include "cli/arguments.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/document/text.h"

namespace sonic::cli {

std::optional<double> parseNumber(std::string_view text) {
  // strtod also takes blanks in front, hexadecimal and "inf": a knob does not.
  const bool isPlain = !text.empty() && text.find_first_not_of("0123456789+-.eE") == text.npos;
  if (!isPlain) return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Result<Arguments> Arguments::parse(std::span<const std::string> words,
                                   std::span<const Option> options) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || word[0] != '-') {
      arguments.positional_.push_back(word);
      continue;
    }
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    const std::string name = word.substr(0, equals);
    const auto option = std::find_if(options.begin(), options.end(),
                                     [&](const Option& o) { return o.name == name; });
    if (option == options.end()) {
      return Error{ErrorCode::kUnknownId, name, "is no option of this command: see sonic --help"};
    }
    std::string value;
    if (option->takesValue && equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (option->takesValue) {
      if (i + 1 == words.size()) return Error{ErrorCode::kSchema, name, "needs a value"};
      value = words[++i];
    } else if (equals != std::string::npos) {
      return Error{ErrorCode::kSchema, name, "takes no value"};
    }
    if (!arguments.values_.emplace(name, value).second) {
      return Error{ErrorCode::kSchema, name, "is given twice"};
    }
  }
  return arguments;
}

std::optional<std::string> Arguments::text(std::string_view option) const {
  const auto it = values_.find(option);
  if (it == values_.end()) return std::nullopt;
  return it->second;
}

Result<std::optional<double>> Arguments::number(std::string_view option, double min,
                                                double max) const {
  const std::optional<std::string> given = text(option);
  if (!given) return std::optional<double>();
  const std::optional<double> value = parseNumber(*given);
  if (!value || !(*value >= min && *value <= max)) {
    return Error{ErrorCode::kRange, std::string(option),
                 "must be a number " + numberText(min) + ".." + numberText(max) + ", got " +
                     quotedText(*given)};
  }
  return value;
}

}  // namespace sonic::cli
