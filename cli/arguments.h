// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace sonic::cli {

/// An option that a command takes: `--name VALUE` (or `--name=VALUE`), a flag if `takesValue` is
/// false.
struct Option {
  std::string_view name;  ///< With its dashes.
  bool takesValue = true;
};

/// A command line taken apart. Errors have the option as their place.
class Arguments {
 public:
  [[nodiscard]] static Result<Arguments> parse(std::span<const std::string> words,
                                               std::span<const Option> options);

  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }
  [[nodiscard]] bool has(std::string_view option) const { return values_.contains(option); }
  [[nodiscard]] std::optional<std::string> text(std::string_view option) const;
  /// Nothing if the option is absent; an Error if it is no number in min..max.
  [[nodiscard]] Result<std::optional<double>> number(std::string_view option, double min,
                                                     double max) const;

 private:
  std::vector<std::string> positional_;
  std::map<std::string, std::string, std::less<>> values_;
};

/// The whole text as a finite number.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

}  // namespace sonic::cli
