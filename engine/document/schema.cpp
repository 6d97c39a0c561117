// SPDX-License-Identifier: MIT
#include "engine/document/schema.h"

#include <vector>

#include "engine/document/json-writer.h"
#include "engine/document/text.h"

namespace sonic {
namespace {

std::string_view roleText(ModuleRole role) {
  switch (role) {
    case ModuleRole::kEffect:
      return "effect";
    case ModuleRole::kSource:
      return "source";
    case ModuleRole::kEndpoint:
      return "endpoint";
  }
  return "";
}

std::string_view roleText(PortRole role) {
  switch (role) {
    case PortRole::kMain:
      return "main";
    case PortRole::kSidechain:
      return "sidechain";
    case PortRole::kDevice:
      return "device";
  }
  return "";
}

std::string_view widthText(PortWidth width) {
  switch (width) {
    case PortWidth::kFollow:
      return "follow";
    case PortWidth::kMono:
      return "mono";
    case PortWidth::kStereo:
      return "stereo";
  }
  return "";
}

void writePorts(JsonWriter& json, const ModuleType& type) {
  json.key("ports").beginArray();
  for (const PortSpec& port : type.ports) {
    json.beginObject()
        .member("id", port.id)
        .member("direction", port.direction == Direction::kIn ? "in" : "out")
        .member("signal", port.signal == Signal::kAudio ? "audio" : "event")
        .member("role", roleText(port.role))
        .member("width", widthText(port.width))
        .endObject();
  }
  json.endArray();
}

void writeParams(JsonWriter& json, const ModuleType& type) {
  json.key("params").beginArray();
  for (const ParamSpec& row : type.params) {
    json.beginObject()
        .member("id", row.id)
        .member("label", row.label)
        .member("unit", unitText(row.unit))
        .member("min", row.min)
        .member("max", row.max)
        .member("default", row.fallback)
        .member("curve", row.curve == Curve::kLinear ? "linear" : "logarithmic")
        .member("structural", row.isStructural())
        .member("audioRate", row.rate == Rate::kAudio);
    if (!row.choices.empty()) {
      json.key("choices").beginArray();
      for (const std::string_view name : row.choices) json.value(name);
      json.endArray();
    }
    json.endObject();
  }
  json.endArray();
}

void writeAssetsAndReadings(JsonWriter& json, const ModuleType& type) {
  json.key("assets").beginArray();
  for (const AssetSpec& slot : type.assets) {
    json.beginObject().member("id", slot.id).member("kind", slot.kind).endObject();
  }
  json.endArray();
  json.key("readings").beginArray();
  for (const ReadingSpec& reading : type.readings) {
    json.beginObject()
        .member("id", reading.id)
        .member("unit", unitText(reading.unit))
        .member("count", reading.count)
        .endObject();
  }
  json.endArray();
}

std::size_t defaultLatencyFrames(const ModuleType& type) {
  std::vector<float> values;
  for (const ParamSpec& row : type.params) values.push_back(static_cast<float>(row.fallback));
  const std::vector<AssetBlob> noAssets(type.assets.size());
  Spec spec;
  spec.structural = values;
  spec.assets = noAssets;
  return type.latencyFrames(spec);
}

}  // namespace

std::string moduleTableJson(const ModuleTable& table, std::size_t indent) {
  JsonWriter json(indent);
  json.beginArray();
  for (const ModuleType& type : table.types()) {
    json.beginObject()
        .member("id", type.info.id)
        .member("label", type.info.label)
        .member("category", type.info.category)
        .member("summary", type.info.summary)
        .member("role", roleText(type.info.role));
    writePorts(json, type);
    writeParams(json, type);
    writeAssetsAndReadings(json, type);
    json.member("latencyFrames", defaultLatencyFrames(type)).endObject();
  }
  return json.endArray().take();
}

}  // namespace sonic
