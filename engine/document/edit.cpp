// SPDX-License-Identifier: MIT
#include "engine/document/edit.h"

#include "engine/document/json-writer.h"
#include "engine/document/normalise.h"
#include "engine/document/text.h"
#include "engine/graph/graph.h"

namespace sonic {
namespace {

bool isCollection(std::string_view key) {
  return key == "nodes" || key == "wires" || key == "assets";
}

/// True if the patch itself names what the finding is about. A wire's ends are judged together.
bool isNamedBy(const Json& patch, const std::string& place) {
  if (findPointer(patch, place) != nullptr) return true;
  if (!place.starts_with("/wires/")) return false;
  const std::string wire = place.substr(0, place.rfind('/'));
  return findPointer(patch, wire + "/from") != nullptr ||
         findPointer(patch, wire + "/to") != nullptr;
}

}  // namespace

std::optional<Error> Edit::stage(const Json& patch) {
  if (patch.object() == nullptr) {
    return Error{ErrorCode::kSchema, "",
                 "a patch must be an object, got " + std::string(patch.kind())};
  }
  for (const auto& [key, change] : *patch.object()) {
    if (std::optional<Error> problem = stageMember(key, change)) return problem;
  }
  stageWiresOfDeletedNodes();
  if (std::optional<Error> problem = check(patch)) return problem;
  if (std::optional<Error> problem = checkCap("nodes", kMaxNodes)) return problem;
  return checkCap("wires", kMaxWires);
}

std::optional<Error> Edit::stageMember(const std::string& key, const Json& change) {
  const Json* current = root_.find(key);
  if (key == "format" || key == "version") {
    if (writeJson(change) == writeJson(*current)) return std::nullopt;
    return Error{ErrorCode::kSchema, pointerTo("", key), "cannot be changed by a patch"};
  }
  if (isCollection(key)) {
    if (change.object() == nullptr && !change.isNull()) {
      return Error{ErrorCode::kSchema, pointerTo("", key),
                   "must be an object or null, got " + std::string(change.kind())};
    }
    stageEntries(key, current, change);
    return std::nullopt;
  }
  if (change.isNull()) {
    members_[key] = std::nullopt;
  } else if (key != "transport" && change.object() != nullptr && current != nullptr &&
             current->object() != nullptr) {
    stageEntries(key, current, change);
  } else {
    Json merged = current == nullptr ? Json() : *current;
    mergePatch(merged, change);
    members_[key] = std::move(merged);
  }
  return std::nullopt;
}

void Edit::stageEntries(const std::string& key, const Json* current, const Json& change) {
  Entries& entries = collections_[key];
  if (change.isNull()) {
    if (current == nullptr) return;
    for (const auto& [id, entry] : *current->object()) entries[id] = std::nullopt;
    return;
  }
  for (const auto& [id, entry] : *change.object()) {
    if (entry.isNull()) {
      entries[id] = std::nullopt;
      continue;
    }
    const Json* before = current == nullptr ? nullptr : current->find(id);
    Json merged = before == nullptr ? Json() : *before;
    mergePatch(merged, entry);
    entries[id] = std::move(merged);
  }
}

void Edit::stageWiresOfDeletedNodes() {
  const auto nodes = collections_.find("nodes");
  if (nodes == collections_.end()) return;
  const Json* current = root_.find("nodes");
  const auto isDeleted = [&](std::string_view id) {
    const auto it = nodes->second.find(id);
    return it != nodes->second.end() && !it->second && current->find(id) != nullptr;
  };
  bool deletesAny = false;
  for (const auto& [id, node] : nodes->second) deletesAny = deletesAny || isDeleted(id);
  if (!deletesAny) return;

  Entries& wires = collections_["wires"];
  for (auto& [id, wire] : wires) {
    const auto ends = wire ? wireEnds(*wire) : std::nullopt;
    if (ends && (isDeleted(ends->fromNode) || isDeleted(ends->toNode))) wire = std::nullopt;
  }
  for (const auto& [id, wire] : *root_.find("wires")->object()) {
    const auto ends = wireEnds(wire);
    if (ends && (isDeleted(ends->fromNode) || isDeleted(ends->toNode)) && !wires.contains(id)) {
      wires[id] = std::nullopt;
    }
  }
}

std::optional<std::string_view> Edit::typeOf(std::string_view node) const {
  const auto nodes = collections_.find("nodes");
  if (nodes != collections_.end()) {
    const auto it = nodes->second.find(node);
    if (it != nodes->second.end()) {
      const Json* type = it->second ? it->second->find("type") : nullptr;
      if (type == nullptr || type->string() == nullptr) return std::nullopt;
      return *type->string();
    }
  }
  return nodeTypesOf(root_)(node);
}

std::optional<Error> Edit::check(const Json& patch) const {
  Findings findings;
  const NodeTypes types = [this](std::string_view node) { return typeOf(node); };
  for (const auto& [key, entries] : collections_) {
    for (const auto& [id, entry] : entries) {
      if (!entry) continue;
      if (key == "nodes") checkNode(id, *entry, table_, findings);
      if (key == "wires") checkWire(id, *entry, table_, types, findings);
      if (key == "assets") checkAsset(id, *entry, findings);
    }
  }
  for (const auto& [key, value] : members_) {
    if (!value) continue;
    if (key == "transport") checkTransport(*value, findings);
    if (key == "sampleRateHz") checkSampleRate(*value, findings);
  }
  for (Finding& finding : findings) {
    // What the file already held may stay; what the patch itself names must exist. A wire to a node
    // that another person has just deleted is no mistake of this patch.
    const bool isOurs =
        finding.error.code != ErrorCode::kMissing && isNamedBy(patch, finding.error.place);
    if (finding.isError || isOurs) return std::move(finding.error);
  }
  return std::nullopt;
}

std::optional<Error> Edit::checkCap(std::string_view key, std::size_t cap) const {
  const auto changed = collections_.find(key);
  if (changed == collections_.end()) return std::nullopt;
  const Json* current = root_.find(key);
  std::size_t count = current == nullptr ? 0 : current->object()->size();
  for (const auto& [id, entry] : changed->second) {
    const bool existed = current != nullptr && current->find(id) != nullptr;
    if (entry && !existed) ++count;
    if (!entry && existed) --count;
  }
  if (count <= cap) return std::nullopt;
  return tooMany(key, count, cap);
}

void Edit::commit(Json& root) {
  for (auto& [key, value] : members_) {
    if (value)
      root.member(key) = std::move(*value);
    else
      root.object()->erase(key);
  }
  for (auto& [key, entries] : collections_) {
    Json& collection = root.member(key);
    if (collection.object() == nullptr) collection = Json(Json::Object{});
    for (auto& [id, entry] : entries) {
      if (entry)
        collection.member(id) = std::move(*entry);
      else
        collection.object()->erase(id);
    }
  }
}

}  // namespace sonic
