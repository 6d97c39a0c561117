// SPDX-License-Identifier: MIT
#include "engine/document/validate.h"

#include <cmath>

#include "engine/document/text.h"

namespace sonic {
namespace {

void fail(Findings& findings, ErrorCode code, std::string place, std::string sentence) {
  findings.push_back({true, {code, std::move(place), std::move(sentence)}});
}
void warn(Findings& findings, ErrorCode code, std::string place, std::string sentence) {
  findings.push_back({false, {code, std::move(place), std::move(sentence)}});
}

/// Says what was expected instead of `json`.
void wrongKind(Findings& findings, std::string place, std::string_view expected, const Json& json) {
  fail(findings, ErrorCode::kSchema, std::move(place),
       "must be " + std::string(expected) + ", got " + std::string(json.kind()));
}

/// An absent member is fine; a number must lie in min..max and, if asked, be whole.
void checkNumber(const Json& parent, std::string_view key, const std::string& place, double min,
                 double max, bool whole, std::string_view unit, Findings& findings) {
  const Json* json = parent.find(key);
  if (json == nullptr) return;
  const std::optional<double> value = json->number();
  if (!value) {
    wrongKind(findings, pointerTo(place, key), "a number", *json);
  } else if (!(*value >= min && *value <= max) || (whole && *value != std::trunc(*value))) {
    fail(findings, ErrorCode::kRange, pointerTo(place, key),
         "must be " + std::string(whole ? "a whole number " : "") + numberText(min) + ".." +
             numberText(max) + std::string(unit) + ", got " + json->numberText());
  }
}

void checkParams(const Json& params, const ModuleType* type, const std::string& place,
                 Findings& findings) {
  if (params.object() == nullptr) return wrongKind(findings, place, "an object", params);
  for (const auto& [id, json] : *params.object()) {
    const std::optional<double> value = json.number();
    if (!value) {
      wrongKind(findings, pointerTo(place, id), "a number", json);
    } else if (type != nullptr) {
      std::optional<Error> problem = paramProblem(*type, id, *value);
      if (!problem) continue;
      const bool isError = problem->code != ErrorCode::kUnknownId;
      problem->place = pointerTo(place, id);
      findings.push_back({isError, std::move(*problem)});
    }
  }
}

void checkSlots(const Json& slots, const ModuleType* type, const std::string& place,
                Findings& findings) {
  if (slots.object() == nullptr) return wrongKind(findings, place, "an object", slots);
  for (const auto& [id, json] : *slots.object()) {
    if (json.string() == nullptr || !isSha256(*json.string())) {
      fail(findings, ErrorCode::kSchema, pointerTo(place, id),
           "must be a SHA-256 of 64 lower-case hex digits, got " +
               (json.string() == nullptr ? std::string(json.kind()) : quotedText(*json.string())));
      continue;
    }
    if (type == nullptr) continue;
    bool known = false;
    for (const AssetSpec& slot : type->assets) known = known || slot.id == id;
    if (!known) {
      warn(
          findings, ErrorCode::kUnknownId, pointerTo(place, id),
          "is no asset slot of " + std::string(type->info.id) + "; it has " + idList(type->assets));
    }
  }
}

struct PortView {
  Signal signal = Signal::kAudio;
  bool isDevice = false;
};

/// Port of a module, or of a placeholder for an unknown type, which has `in` and `out`.
std::optional<PortView> portOf(const ModuleType* type, std::string_view id, Direction direction) {
  if (type == nullptr) {
    if (id == (direction == Direction::kIn ? "in" : "out")) return PortView{};
    return std::nullopt;
  }
  const int index = type->portIndex(id, direction);
  if (index < 0) return std::nullopt;
  const PortSpec& port = type->ports[static_cast<std::size_t>(index)];
  return PortView{port.signal, port.role == PortRole::kDevice};
}

std::string noSuchPort(const ModuleType* type, std::string_view typeId, std::string_view port,
                       Direction direction) {
  std::vector<PortSpec> ports;
  if (type == nullptr) {
    ports.push_back(kPlainPorts[direction == Direction::kIn ? 0 : 1]);
  } else {
    for (const PortSpec& p : type->ports) {
      if (p.direction == direction && p.role != PortRole::kDevice) ports.push_back(p);
    }
  }
  return std::string(type == nullptr ? "unknown module " + quotedText(typeId)
                                     : std::string(type->info.id)) +
         " has no " + (direction == Direction::kIn ? "input " : "output ") + quotedText(port) +
         "; it has " + idList(ports);
}

/// Why nothing can be wired to this parameter.
std::optional<Error> paramPortProblem(const ModuleType* type, std::string_view row,
                                      Signal fromSignal) {
  const int index = type == nullptr ? -1 : type->paramIndex(row);
  if (index < 0) {
    return Error{ErrorCode::kUnknownId, "to",
                 (type == nullptr ? std::string("an unknown module") : std::string(type->info.id)) +
                     " has no parameter " + quotedText(row)};
  }
  const ParamSpec& spec = type->params[static_cast<std::size_t>(index)];
  if (spec.isStructural() || !spec.choices.empty()) {
    return Error{ErrorCode::kSchema, "to",
                 "parameter " + std::string(row) + " of " + std::string(type->info.id) +
                     " takes no modulation: it is a fixed setting or a choice"};
  }
  if (fromSignal != Signal::kAudio) {
    return Error{ErrorCode::kSchema, "from", "an event output cannot move a parameter"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<WireEnds> wireEnds(const Json& wire) {
  WireEnds ends;
  const auto read = [&](std::string_view key, std::string_view& node, std::string_view& port) {
    const Json* end = wire.find(key);
    const Json::Array* pair = end == nullptr ? nullptr : end->array();
    if (pair == nullptr || pair->size() != 2) return false;
    if ((*pair)[0].string() == nullptr || (*pair)[1].string() == nullptr) return false;
    node = *(*pair)[0].string();
    port = *(*pair)[1].string();
    return true;
  };
  if (!read("from", ends.fromNode, ends.fromPort)) return std::nullopt;
  if (!read("to", ends.toNode, ends.toPort)) return std::nullopt;
  return ends;
}

std::optional<std::string_view> paramOfPort(std::string_view port) {
  constexpr std::string_view kPrefix = "param:";
  if (!port.starts_with(kPrefix)) return std::nullopt;
  return port.substr(kPrefix.size());
}

bool isSha256(std::string_view text) {
  if (text.size() != 64) return false;
  for (const char c : text) {
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

std::optional<Error> wireProblem(const WireEnds& ends, const ModuleTable& table,
                                 const NodeTypes& types) {
  const auto fromType = types(ends.fromNode);
  const auto toType = types(ends.toNode);
  if (!fromType || !toType) {
    return Error{ErrorCode::kMissing, fromType ? "to" : "from",
                 "names node " + quotedText(fromType ? ends.toNode : ends.fromNode) +
                     ", which does not exist"};
  }
  const ModuleType* from = table.find(*fromType);
  const ModuleType* to = table.find(*toType);
  const auto out = portOf(from, ends.fromPort, Direction::kOut);
  if (!out) {
    return Error{ErrorCode::kUnknownId, "from",
                 noSuchPort(from, *fromType, ends.fromPort, Direction::kOut)};
  }
  if (const auto row = paramOfPort(ends.toPort)) {
    if (out->isDevice) return Error{ErrorCode::kSchema, "from", "a device port takes no wires"};
    return paramPortProblem(to, *row, out->signal);
  }
  const auto in = portOf(to, ends.toPort, Direction::kIn);
  if (!in) {
    return Error{ErrorCode::kUnknownId, "to", noSuchPort(to, *toType, ends.toPort, Direction::kIn)};
  }
  if (in->isDevice || out->isDevice) {
    return Error{ErrorCode::kSchema, in->isDevice ? "to" : "from", "a device port takes no wires"};
  }
  if (in->signal != out->signal) {
    return Error{ErrorCode::kSchema, "to",
                 out->signal == Signal::kAudio ? "an audio output cannot feed an event input"
                                               : "an event output cannot feed an audio input"};
  }
  return std::nullopt;
}

std::optional<Error> paramProblem(const ModuleType& type, std::string_view id, double value) {
  const int row = type.paramIndex(id);
  if (row < 0) {
    return Error{
        ErrorCode::kUnknownId, "",
        "is no parameter of " + std::string(type.info.id) + "; it has " + idList(type.params)};
  }
  const ParamSpec& spec = type.params[static_cast<std::size_t>(row)];
  if (accepts(spec, value)) return std::nullopt;
  return Error{ErrorCode::kRange, "", "must be " + rangeText(spec) + ", got " + numberText(value)};
}

void checkNode(std::string_view id, const Json& node, const ModuleTable& table,
               Findings& findings) {
  const std::string place = pointerTo("/nodes", id);
  if (node.object() == nullptr) return wrongKind(findings, place, "an object", node);
  const Json* typeId = node.find("type");
  if (typeId == nullptr || typeId->string() == nullptr) {
    return fail(findings, ErrorCode::kSchema, pointerTo(place, "type"),
                "must be the id of a module, got " +
                    std::string(typeId == nullptr ? "nothing" : typeId->kind()));
  }
  const ModuleType* type = table.find(*typeId->string());
  if (type == nullptr) {
    warn(findings, ErrorCode::kUnknownId, pointerTo(place, "type"),
         "unknown module " + quotedText(*typeId->string()));
  }
  if (const Json* params = node.find("params")) {
    checkParams(*params, type, pointerTo(place, "params"), findings);
  }
  if (const Json* slots = node.find("assets")) {
    checkSlots(*slots, type, pointerTo(place, "assets"), findings);
  }
  const Json* label = node.find("label");
  if (label != nullptr && label->string() == nullptr) {
    wrongKind(findings, pointerTo(place, "label"), "a string", *label);
  }
  const Json* bypass = node.find("bypass");
  if (bypass != nullptr && bypass->boolean() == nullptr) {
    wrongKind(findings, pointerTo(place, "bypass"), "true or false", *bypass);
  }
  if (const Json* position = node.find("position")) {
    const Json::Array* xy = position->array();
    if (xy == nullptr || xy->size() != 2 || !(*xy)[0].number() || !(*xy)[1].number()) {
      wrongKind(findings, pointerTo(place, "position"), "[x, y], two numbers", *position);
    }
  }
}

void checkWire(std::string_view id, const Json& wire, const ModuleTable& table,
               const NodeTypes& types, Findings& findings) {
  const std::string place = pointerTo("/wires", id);
  if (wire.object() == nullptr) return wrongKind(findings, place, "an object", wire);
  const auto ends = wireEnds(wire);
  if (!ends) {
    return fail(findings, ErrorCode::kSchema, place,
                "must have \"from\": [node, output] and \"to\": [node, input], two strings each");
  }
  if (std::optional<Error> problem = wireProblem(*ends, table, types)) {
    problem->place = pointerTo(place, problem->place);
    findings.push_back({false, std::move(*problem)});
  }
  checkNumber(wire, "gain", place, -kMaxWireGain, kMaxWireGain, false, "", findings);
  checkNumber(wire, "depth", place, -1.0, 1.0, false, "", findings);
  checkNumber(wire, "delayFrames", place, 0.0, static_cast<double>(kMaxWireDelayFrames), true,
              " frames", findings);
}

void checkAsset(std::string_view sha256, const Json& asset, Findings& findings) {
  const std::string place = pointerTo("/assets", sha256);
  if (!isSha256(sha256)) {
    fail(findings, ErrorCode::kSchema, place,
         "an asset's key must be its SHA-256, 64 lower-case hex digits");
  }
  if (asset.object() == nullptr) return wrongKind(findings, place, "an object", asset);
  for (const std::string_view key : {"name", "kind"}) {
    const Json* text = asset.find(key);
    if (text != nullptr && text->string() == nullptr) {
      wrongKind(findings, pointerTo(place, key), "a string", *text);
    }
  }
}

void checkTransport(const Json& transport, Findings& findings) {
  const std::string place = "/transport";
  if (transport.object() == nullptr) return wrongKind(findings, place, "an object", transport);
  checkNumber(transport, "tempoBpm", place, kMinTempoBpm, kMaxTempoBpm, false, " beats per minute",
              findings);
  const Json* signature = transport.find("signature");
  if (signature == nullptr) return;
  const Json::Array* pair = signature->array();
  const auto isWhole = [](const Json& json, std::int64_t max) {
    const auto value = json.number();
    return value && *value >= 1.0 && *value <= static_cast<double>(max) &&
           *value == std::trunc(*value);
  };
  bool valid = pair != nullptr && pair->size() == 2 && isWhole((*pair)[0], kMaxBeatsPerBar) &&
               isWhole((*pair)[1], kMaxBeatUnit);
  if (valid) {  // a beat unit is a power of two
    const auto unit = static_cast<std::uint64_t>(*(*pair)[1].number());
    valid = (unit & (unit - 1)) == 0;
  }
  if (!valid) {
    fail(findings, ErrorCode::kRange, pointerTo(place, "signature"),
         "must be [beats 1..64, unit 1, 2, 4, 8, 16, 32 or 64], for example [6, 8]");
  }
}

void checkSampleRate(const Json& sampleRateHz, Findings& findings) {
  Json parent(Json::Object{{"sampleRateHz", sampleRateHz}});
  checkNumber(parent, "sampleRateHz", "", kMinSampleRateHz, kMaxSampleRateHz, false, " Hz",
              findings);
}

}  // namespace sonic
