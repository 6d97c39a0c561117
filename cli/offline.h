// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/project-files.h"
#include "engine/dsp/wav.h"
#include "engine/engine.h"

namespace sonic::cli {

/// What `render` and `chain` share.
inline constexpr Option kRenderOptions[] = {{"--input"},   {"-o"},       {"--output"},
                                            {"--seconds"}, {"--tail"},   {"--rate"},
                                            {"--block"},   {"--format"}, {"--quality"}};
struct RenderOptions {
  std::string output;
  std::optional<double> seconds, tailSeconds, rateHz;
  std::size_t blockFrames = 128;
  WavFormat format = WavFormat::kInt24;
  Quality quality = Quality::kLive;
};
[[nodiscard]] Result<RenderOptions> readRenderOptions(const Arguments& arguments);

/// A WAV of one or two channels, as recorded.
[[nodiscard]] Result<AudioData> readInput(const std::string& path);

/// A project, planned and cooked. Errors have no file in their place.
[[nodiscard]] Result<std::unique_ptr<Project>> makeProject(ProjectFiles files, double sampleRateHz,
                                                           Quality quality);

/// Renders from frame 0 with the transport playing from beat 0 and writes two channels, block by
/// block; prints one line. The same frames for every block size.
[[nodiscard]] Result<Ok> renderToFile(Project& project, const std::optional<AudioData>& input,
                                      double sampleRateHz, const RenderOptions& options);

}  // namespace sonic::cli
