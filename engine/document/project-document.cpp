// SPDX-License-Identifier: MIT
#include "engine/document/project-document.h"

#include <cmath>
#include <map>

#include "engine/document/edit.h"
#include "engine/document/json-reader.h"
#include "engine/document/json-writer.h"
#include "engine/document/normalise.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"

namespace sonic {
namespace {

Json emptyProject() {
  return Json(Json::Object{{"format", Json::string(std::string(kFormatName))},
                           {"version", Json::number(kFormatVersion)},
                           {"nodes", Json(Json::Object{})},
                           {"wires", Json(Json::Object{})}});
}

/// The version, or why this is no project at all.
Result<double> versionOf(const Json& root) {
  if (root.object() == nullptr) {
    return Error{ErrorCode::kSchema, "",
                 "a project must be an object, got " + std::string(root.kind())};
  }
  const Json* format = root.find("format");
  if (format == nullptr || format->string() == nullptr || *format->string() != kFormatName) {
    return Error{ErrorCode::kSchema, "/format",
                 "must be \"sonic-core\": this is not a Sonic-Core project"};
  }
  const Json* version = root.find("version");
  const std::optional<double> number = version == nullptr ? std::nullopt : version->number();
  if (!number || *number < 1.0 || !isExactInteger(*number)) {
    return Error{ErrorCode::kSchema, "/version", "must be a whole number from 1 on"};
  }
  return *number;
}

}  // namespace

ProjectDocument::ProjectDocument(const ModuleTable& table) : table_(table), root_(emptyProject()) {}

Result<Ok> ProjectDocument::load(std::span<const std::byte> json) {
  return load(std::string_view(reinterpret_cast<const char*>(json.data()), json.size()));
}

Result<Ok> ProjectDocument::load(std::string_view json) {
  Result<Json> root = readJson(json);
  if (!root) return root.error();
  const Result<double> version = versionOf(*root);
  if (!version) return version.error();
  const bool isNewer = *version > static_cast<double>(kFormatVersion);
  for (Finding& finding : checkDocument(*root, table_)) {
    // A newer version may give known keys another shape: what is not understood is not played.
    const bool tolerated = isNewer && finding.error.code != ErrorCode::kTooLarge;
    if (finding.isError && !tolerated) return std::move(finding.error);
  }
  if (!isNewer) {
    for (const std::string_view key : {"nodes", "wires"}) {
      if (root->find(key) == nullptr) root->member(key) = Json(Json::Object{});
    }
  }
  root_ = std::move(*root);
  readOnly_ = isNewer;
  notice_ = isNewer
                ? "This project was saved by a newer version of Sonic-Core (format " +
                      numberText(*version) + ", this one writes " + std::to_string(kFormatVersion) +
                      "): it is open for listening only and will not be saved over."
                : "";
  return Ok{};
}

Result<Ok> ProjectDocument::apply(std::string_view mergePatchJson) {
  if (readOnly_) return Error{ErrorCode::kNewer, "/version", notice_};
  const Result<Json> patch = readJson(mergePatchJson);
  if (!patch) return patch.error();
  Edit edit(root_, table_);
  if (std::optional<Error> problem = edit.stage(*patch)) return std::move(*problem);
  edit.commit(root_);
  return Ok{};
}

Result<Ok> ProjectDocument::setParam(std::string_view node, std::string_view param, double value) {
  if (readOnly_) return Error{ErrorCode::kNewer, "/version", notice_};
  const std::string place = pointerTo("/nodes", node);
  Json& nodes = root_.member("nodes");
  const auto it = nodes.object()->find(node);
  if (it == nodes.object()->end()) {
    return Error{ErrorCode::kUnknownId, place, "there is no such node"};
  }
  const std::string paramPlace = pointerTo(pointerTo(place, "params"), param);
  const ModuleType* type = table_.find(*it->second.find("type")->string());
  if (type == nullptr && !std::isfinite(value)) {
    return Error{ErrorCode::kRange, paramPlace, "must be a finite number"};
  }
  std::optional<Error> problem = type == nullptr ? std::nullopt : paramProblem(*type, param, value);
  if (problem) return Error{problem->code, paramPlace, std::move(problem->sentence)};
  Json& params = it->second.member("params");
  if (params.object() == nullptr) params = Json(Json::Object{});
  params.member(param) = Json::number(value);
  return Ok{};
}

std::optional<double> ProjectDocument::param(std::string_view node, std::string_view param) const {
  const auto typeId = nodeTypesOf(root_)(node);
  if (!typeId) return std::nullopt;
  const ModuleType* type = table_.find(*typeId);
  const Json* params = root_.find("nodes")->find(node)->find("params");
  const Json* stored = params == nullptr ? nullptr : params->find(param);
  const std::optional<double> value = stored == nullptr ? std::nullopt : stored->number();
  const int row = type == nullptr ? -1 : type->paramIndex(param);
  if (row < 0) return value;
  const ParamSpec& spec = type->params[static_cast<std::size_t>(row)];
  return value && accepts(spec, *value) ? *value : spec.fallback;
}

std::string ProjectDocument::save() const {
  return writeJson(root_);
}

std::vector<Error> ProjectDocument::warnings() const {
  std::vector<Error> warnings;
  for (Finding& finding : checkDocument(root_, table_)) {
    warnings.push_back(std::move(finding.error));
  }
  return warnings;
}

Graph ProjectDocument::toGraph() const {
  return normalise(root_, table_);
}

double ProjectDocument::sampleRateHz() const {
  const Json* json = root_.find("sampleRateHz");
  const double rate =
      json == nullptr ? kDefaultSampleRateHz : json->number().value_or(kDefaultSampleRateHz);
  return rate >= kMinSampleRateHz && rate <= kMaxSampleRateHz ? rate : kDefaultSampleRateHz;
}

TransportSettings ProjectDocument::transport() const {
  TransportSettings settings;
  const Json* transport = root_.find("transport");
  Findings findings;
  if (transport != nullptr) checkTransport(*transport, findings);
  if (transport == nullptr || !findings.empty()) return settings;  // a newer file's may not be ours
  if (const Json* tempo = transport->find("tempoBpm")) settings.tempoBpm = *tempo->number();
  if (const Json* signature = transport->find("signature")) {
    settings.beatsPerBar = static_cast<int>(*(*signature->array())[0].number());
    settings.beatUnit = static_cast<int>(*(*signature->array())[1].number());
  }
  return settings;
}

std::vector<AssetRef> ProjectDocument::assetRefs() const {
  std::map<std::string, AssetRef> refs;
  const Json* listed = root_.find("assets");
  if (listed != nullptr && listed->object() != nullptr) {
    for (const auto& [sha256, asset] : *listed->object()) {
      if (!isSha256(sha256)) continue;
      const auto text = [&asset = asset](std::string_view key) {
        const Json* json = asset.find(key);
        return json != nullptr && json->string() != nullptr ? *json->string() : std::string();
      };
      refs[sha256] = {sha256, text("name"), text("kind"), ""};
    }
  }
  for (const Graph::Node& node : toGraph().nodes) {
    const ModuleType* type = table_.find(node.type);
    for (const auto& [slotId, sha256] : node.assets) {
      AssetRef& ref = refs[sha256];
      ref.sha256 = sha256;
      if (ref.place.empty()) {
        ref.place = pointerTo(pointerTo(pointerTo("/nodes", node.id), "assets"), slotId);
      }
      for (const AssetSpec& slot : type->assets) {
        if (slot.id == slotId && ref.kind.empty()) ref.kind = slot.kind;
      }
    }
  }
  std::vector<AssetRef> list;
  for (auto& [sha256, ref] : refs) list.push_back(std::move(ref));
  return list;
}

}  // namespace sonic
