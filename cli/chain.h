// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/core/result.h"

namespace sonic::cli {

/// A project made of one line, and the files that its asset slots name.
struct Chain {
  struct File {
    std::string node, slot, kind, path;
  };
  std::string project;  ///< JSON; the slots of `files` are still empty in it.
  std::vector<File> files;
  bool startsWithSource = false;  ///< The first module makes sound itself: no input is needed.
};

/// "gate threshold=-50 | overdrive drive=24 | cabinet response='my room.wav'": modules from left to
/// right, each from main output to main input, between the input and output modules. A value is a
/// number (its unit may follow), or for a choice its name or index, or for an asset slot a file.
/// With `isStereo` the input module gives both channels, else the first. Errors name the column.
[[nodiscard]] Result<Chain> parseChain(std::string_view text, const ModuleTable& table,
                                       bool isStereo);

}  // namespace sonic::cli
