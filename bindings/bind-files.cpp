// SPDX-License-Identifier: MIT
// Files: hashes, .sonic archives, WAV. [main, worker]
#include <emscripten/bind.h>

#include "bindings/values.h"
#include "engine/document/sha256.h"
#include "engine/document/sonic-file.h"
#include "engine/dsp/wav.h"

namespace sonic::js {
namespace {

std::string sha256Of(const val& bytes) {
  return sha256Hex(fromBytes(bytes));
}

/// {project: string, assets: [{sha256, bytes}]} or {error}.
val unpackSonic(const val& file) {
  const auto bytes = fromBytes(file);
  val result = val::object();
  const auto archive = readSonicFile(bytes);
  if (!archive) {
    result.set("error", errorObject(archive.error()));
    return result;
  }
  result.set("project", std::string(reinterpret_cast<const char*>(archive->project.data()),
                                    archive->project.size()));
  val assets = val::array();
  for (const SonicFile::Asset& asset : archive->assets) {
    val object = val::object();
    object.set("sha256", asset.sha256);
    object.set("bytes", toBytes(asset.bytes));
    assets.call<void>("push", object);
  }
  result.set("assets", assets);
  return result;
}

/// {file: Uint8Array} or {error}; `assets` as unpackSonic gives them.
val packSonic(const std::string& project, const val& assets) {
  std::vector<std::vector<std::byte>> bytes;
  SonicFile archive;
  archive.project = {reinterpret_cast<const std::byte*>(project.data()), project.size()};
  const auto count = assets["length"].as<std::size_t>();
  bytes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    bytes.push_back(fromBytes(assets[i]["bytes"]));
    archive.assets.push_back({assets[i]["sha256"].as<std::string>(), bytes.back()});
  }
  val result = val::object();
  const auto file = writeSonicFile(archive);
  if (!file) {
    result.set("error", errorObject(file.error()));
  } else {
    result.set("file", toBytes(*file));
  }
  return result;
}

/// {sampleRateHz, channels, frames} or {error}: what a dropped file is, before anything uses it.
val inspectWav(const val& file) {
  val result = val::object();
  const auto audio = readWav(fromBytes(file));
  if (!audio) {
    result.set("error", errorObject(audio.error()));
    return result;
  }
  result.set("sampleRateHz", audio->sampleRateHz);
  result.set("channels", audio->channels.size());
  result.set("frames", audio->channels.empty() ? 0 : audio->channels[0].size());
  return result;
}

/// A WAV of planar Float32Arrays; format "16", "24" or "f32".
val encodeWav(const val& channels, double sampleRateHz, const std::string& format) {
  AudioData audio;
  audio.sampleRateHz = sampleRateHz;
  const auto count = channels["length"].as<std::size_t>();
  for (std::size_t c = 0; c < count; ++c) {
    std::vector<float> samples(channels[c]["length"].as<std::size_t>());
    const val view(emscripten::typed_memory_view(samples.size(), samples.data()));
    view.call<void>("set", channels[c]);
    audio.channels.push_back(std::move(samples));
  }
  const WavFormat kind = format == "16"   ? WavFormat::kInt16
                         : format == "24" ? WavFormat::kInt24
                                          : WavFormat::kFloat32;
  return toBytes(writeWav(audio, kind));
}

EMSCRIPTEN_BINDINGS(files) {
  emscripten::function("sha256", &sha256Of);
  emscripten::function("unpackSonic", &unpackSonic);
  emscripten::function("packSonic", &packSonic);
  emscripten::function("inspectWav", &inspectWav);
  emscripten::function("encodeWav", &encodeWav);
}

}  // namespace
}  // namespace sonic::js
