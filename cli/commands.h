// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>

#include "engine/core/result.h"

namespace sonic::cli {

/// Each takes the words behind the command's name. Success is silent or one line per fact on
/// standard output; an Error's place begins with the file it is about.
Result<Ok> runModules(std::span<const std::string> words);
Result<Ok> runRender(std::span<const std::string> words);
Result<Ok> runChain(std::span<const std::string> words);
Result<Ok> runCheck(std::span<const std::string> words);

}  // namespace sonic::cli
