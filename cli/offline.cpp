// SPDX-License-Identifier: MIT
#include "cli/offline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "cli/files.h"
#include "cli/report.h"
#include "engine/document/json.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"
#include "engine/dsp/resampler.h"

namespace sonic::cli {
namespace {

constexpr std::size_t kOutputChannels = 2;
constexpr std::size_t kMaxBlockFrames = 2048;
constexpr double kMaxSeconds = 86400.0;
constexpr double kSecondsWithoutInput = 10.0;

/// Input channels at the render's rate, silent behind their end.
class InputReader {
 public:
  explicit InputReader(AudioData audio) : audio_(std::move(audio)) {}

  [[nodiscard]] std::size_t channels() const { return audio_.channels.size(); }
  /// Pointers to `frames` frames from `at` on.
  std::array<const float*, 2> block(std::size_t at, std::size_t frames) {
    std::array<const float*, 2> pointers{};
    for (std::size_t c = 0; c < channels(); ++c) {
      const std::vector<float>& all = audio_.channels[c];
      const std::size_t begin = std::min(at, all.size());
      const std::size_t count = std::min(frames, all.size() - begin);
      std::copy_n(all.data() + begin, count, buffer_[c].data());
      std::fill_n(buffer_[c].data() + count, frames - count, 0.0F);
      pointers[c] = buffer_[c].data();
    }
    return pointers;
  }

 private:
  AudioData audio_;
  std::array<std::array<float, kMaxBlockFrames>, 2> buffer_{};
};

/// `inputFrames`: at the render's rate; none without an input.
std::size_t lengthFrames(std::optional<std::size_t> inputFrames, double sampleRateHz,
                         const RenderOptions& options) {
  const auto frames = [&](double seconds) {
    return static_cast<std::size_t>(std::llround(seconds * sampleRateHz));
  };
  if (options.seconds) return frames(*options.seconds);
  return inputFrames.value_or(frames(kSecondsWithoutInput)) +
         frames(options.tailSeconds.value_or(0.0));
}

Result<Ok> startEngine(Engine& engine, Project& project) {
  for (const Project::Blob& blob : project.takeBlobs()) {
    engine.addBlob(blob.key, blob.bytes.size(), 0, blob.bytes);
  }
  const auto update = project.update();
  if (!update) return update.error();
  if (!update->plan.empty()) {
    if (const auto installed = engine.install(update->plan); !installed) return installed.error();
  }
  engine.installNow();
  const TransportSettings transport = project.document().transport();
  engine.setBeatsPerBar(transport.beatsPerBar * 4.0 / transport.beatUnit);  // beats are quarters
  engine.setAnchor({.frame = 0, .beat = 0.0, .tempoBpm = transport.tempoBpm, .playing = true});
  return Ok{};
}

/// Gives the largest magnitude of all samples.
Result<float> writeFrames(Engine& engine, InputReader& input, std::size_t frames,
                          std::size_t blockFrames, WavWriter& wav, OutputFile& file) {
  float peak = 0.0F;
  std::array<std::array<float, kMaxBlockFrames>, kOutputChannels> out{};
  const std::array<float*, kOutputChannels> outputs{out[0].data(), out[1].data()};
  const std::array<const float*, kOutputChannels> written{out[0].data(), out[1].data()};
  std::vector<std::byte> bytes;
  for (std::size_t at = 0; at < frames; at += blockFrames) {
    const std::size_t count = std::min(blockFrames, frames - at);
    const auto in = input.block(at, count);
    engine.process(in.data(), input.channels(), outputs.data(), kOutputChannels, count);
    for (const auto& channel : out) {
      for (std::size_t n = 0; n < count; ++n) peak = std::max(peak, std::abs(channel[n]));
    }
    bytes.clear();
    if (!wav.append(written, count, bytes)) {
      return Error{ErrorCode::kTooLarge, "", "would pass the 4 GB that a WAV file can hold"};
    }
    if (const auto result = file.write(bytes); !result) return result.error();
  }
  return peak;
}

/// Whole numbers end at 0 dBFS; what was louder is cut off.
void printCutOff(const RenderOptions& options, float peak) {
  if (options.format == WavFormat::kFloat32 || peak <= 1.0F) return;
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(),
                "warning: the sound reached %+.1f dBFS and was cut off at 0; --format f32 keeps it",
                20.0 * std::log10(static_cast<double>(peak)));
  printRemark(text.data());
}

/// A module that gave a sample that is no number was reset by the runner: the user should know.
void printQuarantines(Engine& engine, const Project& project) {
  for (const Resolved::Node& node : project.planner().last().nodes) {
    const Slot* slot = engine.runner().slot(node.handle);
    if (slot == nullptr || slot->quarantines == 0) continue;
    printRemark("warning: " + pointerTo("/nodes", node.id) +
                ": gave samples that are no numbers and was reset");
  }
}

}  // namespace

Result<RenderOptions> readRenderOptions(const Arguments& arguments) {
  RenderOptions options;
  if (arguments.has("-o") == arguments.has("--output")) {
    return Error{ErrorCode::kSchema, "-o", "must name the WAV file to write, once"};
  }
  options.output = *arguments.text(arguments.has("-o") ? "-o" : "--output");
  const auto seconds = arguments.number("--seconds", 0.0, kMaxSeconds);
  const auto tail = arguments.number("--tail", 0.0, kMaxSeconds);
  const auto rate = arguments.number("--rate", kMinSampleRateHz, kMaxSampleRateHz);
  const auto block = arguments.number("--block", 1.0, static_cast<double>(kMaxBlockFrames));
  for (const auto* number : {&seconds, &tail, &rate, &block}) {
    if (!*number) return number->error();
  }
  if (*seconds && *tail) {
    return Error{ErrorCode::kSchema, "--tail", "goes with the input's length, not with --seconds"};
  }
  options.seconds = *seconds;
  options.tailSeconds = *tail;
  options.rateHz = *rate;
  if (*block) {
    if (!isExactInteger(**block)) {
      return Error{ErrorCode::kRange, "--block", "must be a whole number"};
    }
    options.blockFrames = static_cast<std::size_t>(**block);
  }
  const std::string format = arguments.text("--format").value_or("24");
  if (format != "16" && format != "24" && format != "f32") {
    return Error{ErrorCode::kRange, "--format", "must be 16, 24 or f32, got " + quotedText(format)};
  }
  options.format = format == "16"   ? WavFormat::kInt16
                   : format == "24" ? WavFormat::kInt24
                                    : WavFormat::kFloat32;
  const std::string quality = arguments.text("--quality").value_or("live");
  if (quality != "live" && quality != "hq") {
    return Error{ErrorCode::kRange, "--quality", "must be live or hq, got " + quotedText(quality)};
  }
  options.quality = quality == "hq" ? Quality::kHq : Quality::kLive;
  return options;
}

Result<AudioData> readInput(const std::string& path) {
  const auto bytes = readFile(path);
  if (!bytes) return bytes.error();
  auto audio = readWav(*bytes);
  if (!audio) return inFile(path, audio.error());
  if (audio->channels.size() > 2) {
    return Error{
        ErrorCode::kUnsupported, path,
        "has " + std::to_string(audio->channels.size()) + " channels; an input has one or two"};
  }
  return audio;
}

Result<std::unique_ptr<Project>> makeProject(ProjectFiles files, double sampleRateHz,
                                             Quality quality) {
  auto project =
      std::make_unique<Project>(GraphSetup{.sampleRateHz = sampleRateHz, .quality = quality});
  if (const auto loaded = project->load(files.json); !loaded) return loaded.error();
  for (auto& [sha256, bytes] : files.assets) project->addFile(sha256, std::move(bytes));
  if (const auto cooked = project->cookMissing(); !cooked) return cooked.error();
  return project;
}

Result<Ok> renderToFile(Project& project, const std::optional<AudioData>& input,
                        double sampleRateHz, const RenderOptions& options) {
  AudioData audio;
  std::optional<std::size_t> inputFrames;
  if (input) {
    audio = resample(*input, sampleRateHz);
    inputFrames = audio.frames();
  }
  const std::size_t frames = lengthFrames(inputFrames, sampleRateHz, options);
  Engine engine(GraphSetup{.sampleRateHz = sampleRateHz, .quality = options.quality});
  if (const auto started = startEngine(engine, project); !started) return started;

  auto file = OutputFile::create(options.output);
  if (!file) return file.error();
  WavWriter wav(sampleRateHz, kOutputChannels, options.format);
  InputReader reader(std::move(audio));
  if (const auto result = file->write(wav.header()); !result) return result;
  const auto written = writeFrames(engine, reader, frames, options.blockFrames, wav, *file);
  if (!written) return inFile(options.output, written.error());
  if (const auto result = file->write(wav.trailer()); !result) return result;
  if (const auto result = file->writeAtStart(wav.finalHeader()); !result) return result;
  if (const auto result = file->commit(); !result) return result;
  printQuarantines(engine, project);
  printCutOff(options, *written);
  std::printf("%s: %.3f s, %s Hz, latency %lld frames\n", options.output.c_str(),
              static_cast<double>(frames) / sampleRateHz, numberText(sampleRateHz).c_str(),
              static_cast<long long>(project.planner().last().latencyFrames));
  return Ok{};
}

}  // namespace sonic::cli
