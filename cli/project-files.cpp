// SPDX-License-Identifier: MIT
#include "cli/project-files.h"

#include <cstring>
#include <filesystem>

#include "cli/files.h"
#include "cli/report.h"
#include "engine/document/sha256.h"
#include "engine/document/sonic-file.h"
#include "engine/dsp/wav.h"
#include "engine/modules/all.h"

namespace sonic::cli {
namespace {

/// "room.wav (assets/ab12...)", as the user may know it.
std::string describe(const AssetRef& ref) {
  const std::string file = "assets/" + ref.sha256;
  return ref.name.empty() ? file : ref.name + " (" + file + ")";
}

Result<std::vector<std::byte>> readBeside(const std::string& projectPath, const AssetRef& ref) {
  const auto folder = std::filesystem::path(projectPath).parent_path();
  const std::string path = (folder / "assets" / ref.sha256).string();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{ErrorCode::kMissing, ref.place, "needs " + describe(ref) + ", which is not there"};
  }
  auto bytes = readFile(path);
  if (bytes && sha256Hex(*bytes) != ref.sha256) {
    return Error{ErrorCode::kSyntax, ref.place,
                 "needs " + describe(ref) + ", whose content does not have that SHA-256"};
  }
  return bytes;
}

void printRemarks(const std::string& path, const ProjectDocument& document) {
  if (!document.notice().empty()) printRemark(path + ": note: " + document.notice());
  for (const Error& warning : document.warnings()) {
    printRemark(path + ": warning: " + warning.place + ": " + warning.sentence);
  }
}

}  // namespace

Result<Ok> checkAsset(const std::string& kind, const std::vector<std::byte>& bytes) {
  if (!kind.starts_with("audio/")) return Ok{};
  const auto audio = readWav(bytes);
  if (!audio) return audio.error();
  return Ok{};
}

Result<ProjectFiles> openProject(const std::string& path) {
  const auto file = readFile(path);
  if (!file) return file.error();
  ProjectFiles project;
  std::map<std::string, std::vector<std::byte>> packed;
  const bool isArchive = isSonicFile(*file);
  std::span<const std::byte> json = *file;
  if (isArchive) {
    const auto archive = readSonicFile(*file);
    if (!archive) return inFile(path, archive.error());
    json = archive->project;
    for (const SonicFile::Asset& asset : archive->assets) {
      packed[asset.sha256] = {asset.bytes.begin(), asset.bytes.end()};
    }
  }
  ProjectDocument document(allModules());
  if (const auto loaded = document.load(json); !loaded) return inFile(path, loaded.error());
  printRemarks(path, document);
  project.json.assign(reinterpret_cast<const char*>(json.data()), json.size());

  for (const AssetRef& ref : document.assetRefs()) {
    if (ref.place.empty()) continue;
    const auto held = packed.find(ref.sha256);
    if (isArchive && held == packed.end()) {
      return inFile(path, {ErrorCode::kMissing, ref.place,
                           "needs " + describe(ref) + ", which is not in the archive"});
    }
    auto bytes =
        isArchive ? Result<std::vector<std::byte>>(std::move(held->second)) : readBeside(path, ref);
    if (!bytes) return inFile(path, bytes.error());
    if (const auto playable = checkAsset(ref.kind, *bytes); !playable) {
      return inFile(path, {playable.error().code, ref.place,
                           "cannot play " + describe(ref) + ": " + playable.error().place + ": " +
                               playable.error().sentence});
    }
    project.assets[ref.sha256] = std::move(*bytes);
  }
  return project;
}

}  // namespace sonic::cli
