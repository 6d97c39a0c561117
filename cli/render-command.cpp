// SPDX-License-Identifier: MIT
#include "cli/chain.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/offline.h"
#include "engine/document/json-reader.h"
#include "engine/document/json-writer.h"
#include "engine/document/sha256.h"
#include "engine/modules/all.h"

namespace sonic::cli {
namespace {

Error unexpected(const std::string& word) {
  return {ErrorCode::kSchema, word, "was not expected here: see sonic --help"};
}

/// A chain's project with the files that its slots name.
Result<ProjectFiles> filesOf(const Chain& chain) {
  ProjectFiles project;
  auto json = readJson(chain.project);
  if (!json) return json.error();
  for (const Chain::File& file : chain.files) {
    auto bytes = readFile(file.path);
    if (!bytes) return bytes.error();
    const auto playable = checkAsset(file.kind, *bytes);
    if (!playable) return inFile(file.path, playable.error());
    const std::string sha256 = sha256Hex(*bytes);
    Json& node = json->member("nodes").member(file.node);
    Json& slots = node.member("assets");
    if (slots.object() == nullptr) slots = Json(Json::Object{});
    slots.member(file.slot) = Json::string(sha256);
    project.assets[sha256] = std::move(*bytes);
  }
  project.json = writeJson(*json);
  return project;
}

}  // namespace

Result<Ok> runRender(std::span<const std::string> words) {
  const auto arguments = Arguments::parse(words, kRenderOptions);
  if (!arguments) return arguments.error();
  const auto options = readRenderOptions(*arguments);
  if (!options) return options.error();
  const auto& files = arguments->positional();
  if (files.empty()) return Error{ErrorCode::kSchema, "render", "needs a project to play"};
  if (files.size() > 1) return unexpected(files[1]);
  const std::string& path = files[0];

  auto opened = openProject(path);
  if (!opened) return opened.error();
  std::optional<AudioData> input;
  if (const auto inputPath = arguments->text("--input")) {
    auto audio = readInput(*inputPath);
    if (!audio) return audio.error();
    input = std::move(*audio);
  }
  ProjectDocument document(allModules());
  if (const auto loaded = document.load(opened->json); !loaded) return inFile(path, loaded.error());
  const double rateHz = options->rateHz.value_or(document.sampleRateHz());
  const auto project = makeProject(std::move(*opened), rateHz, options->quality);
  if (!project) return inFile(path, project.error());
  return renderToFile(**project, input, rateHz, *options);
}

Result<Ok> runChain(std::span<const std::string> words) {
  const auto arguments = Arguments::parse(words, kRenderOptions);
  if (!arguments) return arguments.error();
  const auto options = readRenderOptions(*arguments);
  if (!options) return options.error();
  const auto& given = arguments->positional();
  if (given.empty()) return Error{ErrorCode::kSchema, "chain", "needs modules: see sonic --help"};
  if (given.size() > 2) return unexpected(given[2]);
  auto inputPath = arguments->text("--input");
  if (given.size() == 2) {
    if (inputPath) return unexpected(given[1]);
    inputPath = given[1];
  }
  std::optional<AudioData> input;
  if (inputPath) {
    auto audio = readInput(*inputPath);
    if (!audio) return audio.error();
    input = std::move(*audio);
  }
  const bool isStereo = input && input->channels.size() == 2;
  const auto chain = parseChain(given[0], allModules(), isStereo);
  if (!chain) return chain.error();
  if (!input && !chain->startsWithSource) {
    return Error{ErrorCode::kSchema, "chain", "needs a WAV file to play through the modules"};
  }
  auto files = filesOf(*chain);
  if (!files) return files.error();
  const double rateHz = options->rateHz.value_or(input ? input->sampleRateHz : 48000.0);
  const auto project = makeProject(std::move(*files), rateHz, options->quality);
  if (!project) return inFile("chain", project.error());
  return renderToFile(**project, input, rateHz, *options);
}

}  // namespace sonic::cli
