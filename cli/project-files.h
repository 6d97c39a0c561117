// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/document/project-document.h"

namespace sonic::cli {

/// A project with the content of the files that its slots name, by SHA-256.
struct ProjectFiles {
  std::string json;
  std::map<std::string, std::vector<std::byte>> assets;
};

/// Reads a .sonic, or a .json with its files in assets/<sha256> beside it, and checks everything
/// about it. What the document merely lists but no node plays need not be there. Prints the
/// document's notice and warnings on standard error. Errors have the file in their place.
[[nodiscard]] Result<ProjectFiles> openProject(const std::string& path);

/// Whether bytes can be played by a slot of this kind: audio must be a WAV that can be read.
[[nodiscard]] Result<Ok> checkAsset(const std::string& kind, const std::vector<std::byte>& bytes);

}  // namespace sonic::cli
