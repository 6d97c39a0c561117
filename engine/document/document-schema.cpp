// SPDX-License-Identifier: MIT
#include "engine/document/json-writer.h"
#include "engine/document/schema.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"
#include "engine/graph/graph.h"

namespace sonic {
namespace {

constexpr std::string_view kSha256Pattern = "^[0-9a-f]{64}$";

void writeNumber(JsonWriter& json, std::string_view key, double min, double max,
                 std::string_view type = "number") {
  json.key(key)
      .beginObject()
      .member("type", type)
      .member("minimum", min)
      .member("maximum", max)
      .endObject();
}

void writeType(JsonWriter& json, std::string_view key, std::string_view type) {
  json.key(key).beginObject().member("type", type).endObject();
}

/// A fixed-length array of one type.
void writeTuple(JsonWriter& json, std::string_view key, std::string_view itemType,
                std::string_view comment) {
  json.key(key)
      .beginObject()
      .member("type", "array")
      .member("description", comment)
      .member("minItems", std::size_t{2})
      .member("maxItems", std::size_t{2});
  json.key("items").beginObject().member("type", itemType).endObject().endObject();
}

void writeParamRow(JsonWriter& json, const ParamSpec& row) {
  json.key(row.id)
      .beginObject()
      .member("type", row.choices.empty() ? "number" : "integer")
      .member("title", row.label)
      .member("description", rangeText(row))
      .member("minimum", row.min)
      .member("maximum", row.max)
      .member("default", row.fallback)
      .endObject();
}

/// "if the type is this module, its parameters are these".
void writeModule(JsonWriter& json, const ModuleType& type) {
  json.beginObject().key("if").beginObject().key("properties").beginObject().key("type");
  json.beginObject().member("const", type.info.id).endObject().endObject().endObject();
  json.key("then").beginObject().key("properties").beginObject().key("params").beginObject();
  json.key("properties").beginObject();
  for (const ParamSpec& row : type.params) writeParamRow(json, row);
  json.endObject().endObject().endObject().endObject().endObject();
}

void writeNodes(JsonWriter& json, const ModuleTable& table) {
  json.key("nodes").beginObject().member("type", "object").member("maxProperties", kMaxNodes);
  json.key("additionalProperties").beginObject().member("type", "object");
  json.key("required").beginArray().value("type").endArray();
  json.key("properties").beginObject();
  writeType(json, "type", "string");
  json.key("params").beginObject().member("type", "object");
  json.key("additionalProperties").beginObject().member("type", "number").endObject().endObject();
  json.key("assets").beginObject().member("type", "object");
  json.key("additionalProperties").beginObject().member("type", "string");
  json.member("pattern", kSha256Pattern).endObject().endObject();
  writeType(json, "label", "string");
  writeTuple(json, "position", "number", "[x, y]");
  writeType(json, "bypass", "boolean");
  json.endObject();
  json.key("allOf").beginArray();
  for (const ModuleType& type : table.types()) writeModule(json, type);
  json.endArray().endObject().endObject();
}

void writeWires(JsonWriter& json) {
  json.key("wires").beginObject().member("type", "object").member("maxProperties", kMaxWires);
  json.key("additionalProperties").beginObject().member("type", "object");
  json.key("required").beginArray().value("from").value("to").endArray();
  json.key("properties").beginObject();
  writeTuple(json, "from", "string", "[node, output port]");
  writeTuple(json, "to", "string", "[node, input port] or [node, param:<id>]");
  writeNumber(json, "gain", -kMaxWireGain, kMaxWireGain);
  writeNumber(json, "depth", -1.0, 1.0);
  writeNumber(json, "delayFrames", 0.0, static_cast<double>(kMaxWireDelayFrames), "integer");
  json.endObject().endObject().endObject();
}

void writeTransport(JsonWriter& json) {
  json.key("transport").beginObject().member("type", "object");
  json.key("properties").beginObject();
  writeNumber(json, "tempoBpm", kMinTempoBpm, kMaxTempoBpm);
  json.key("signature").beginObject().member("type", "array");
  json.key("prefixItems").beginArray().beginObject().member("type", "integer");
  json.member("minimum", 1.0).member("maximum", static_cast<double>(kMaxBeatsPerBar)).endObject();
  json.beginObject().key("enum").beginArray();
  for (std::int64_t unit = 1; unit <= kMaxBeatUnit; unit *= 2) {
    json.value(static_cast<double>(unit));
  }
  json.endArray().endObject().endArray();
  json.member("minItems", std::size_t{2}).member("items", false).endObject();
  json.endObject().endObject();
}

void writeAssets(JsonWriter& json) {
  json.key("assets").beginObject().member("type", "object");
  json.key("propertyNames").beginObject().member("pattern", kSha256Pattern).endObject();
  json.key("additionalProperties").beginObject().member("type", "object");
  json.key("properties").beginObject();
  writeType(json, "name", "string");
  writeType(json, "kind", "string");
  json.endObject().endObject().endObject();
}

}  // namespace

std::string documentSchemaJson(const ModuleTable& table, std::size_t indent) {
  JsonWriter json(indent);
  json.beginObject()
      .member("$schema", "https://json-schema.org/draft/2020-12/schema")
      .member("title", "Sonic-Core project")
      .member("type", "object");
  json.key("required").beginArray().value("format").value("version").endArray();
  json.key("properties").beginObject();
  json.key("format").beginObject().member("const", kFormatName).endObject();
  json.key("version").beginObject().member("type", "integer").member("minimum", 1.0).endObject();
  writeNumber(json, "sampleRateHz", kMinSampleRateHz, kMaxSampleRateHz);
  writeNodes(json, table);
  writeWires(json);
  writeTransport(json);
  writeAssets(json);
  return json.endObject().endObject().take();
}

}  // namespace sonic
