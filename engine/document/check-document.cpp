// SPDX-License-Identifier: MIT
#include <cmath>
#include <map>

#include "engine/document/normalise.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"
#include "engine/graph/graph.h"

namespace sonic {
namespace {

using Ends = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

/// Calls check(id, entry) for a collection, or says why it is none.
template <class Check>
void forEachEntry(const Json& root, std::string_view key, Findings& findings, Check check) {
  const Json* collection = root.find(key);
  if (collection == nullptr) return;
  if (collection->object() == nullptr) {
    findings.push_back({true,
                        {ErrorCode::kSchema, pointerTo("", key),
                         "must be an object, got " + std::string(collection->kind())}});
    return;
  }
  for (const auto& [id, entry] : *collection->object()) check(id, entry);
}

void checkDuplicateWire(std::string_view id, const Json& wire,
                        std::map<Ends, std::string_view>& seen, Findings& findings) {
  const auto ends = wireEnds(wire);
  if (!ends) return;
  const auto [first, isNew] =
      seen.emplace(Ends{ends->fromNode, ends->fromPort, ends->toNode, ends->toPort}, id);
  if (isNew) return;
  findings.push_back({false,
                      {ErrorCode::kSchema, pointerTo("/wires", id),
                       "joins the same two ports as wire " + quotedText(first->second) +
                           ", which is the one that plays"}});
}

}  // namespace

Error tooMany(std::string_view collection, std::size_t count, std::size_t cap) {
  return {ErrorCode::kTooLarge, pointerTo("", collection),
          "holds " + std::to_string(count) + " " + std::string(collection) + "; at most " +
              std::to_string(cap) + " are allowed"};
}

Findings checkDocument(const Json& root, const ModuleTable& table) {
  Findings findings;
  const auto checkCap = [&](std::string_view key, std::size_t cap) {
    const Json* collection = root.find(key);
    if (collection == nullptr || collection->object() == nullptr) return;
    const std::size_t count = collection->object()->size();
    if (count > cap) findings.push_back({true, tooMany(key, count, cap)});
  };
  checkCap("nodes", kMaxNodes);
  checkCap("wires", kMaxWires);
  if (!findings.empty()) return findings;

  const NodeTypes types = nodeTypesOf(root);
  std::map<Ends, std::string_view> seen;
  forEachEntry(root, "nodes", findings, [&](std::string_view id, const Json& node) {
    checkNode(id, node, table, findings);
  });
  forEachEntry(root, "wires", findings, [&](std::string_view id, const Json& wire) {
    checkWire(id, wire, table, types, findings);
    checkDuplicateWire(id, wire, seen, findings);
  });
  forEachEntry(root, "assets", findings, [&](std::string_view sha256, const Json& asset) {
    checkAsset(sha256, asset, findings);
  });
  if (const Json* transport = root.find("transport")) checkTransport(*transport, findings);
  if (const Json* rate = root.find("sampleRateHz")) checkSampleRate(*rate, findings);
  return findings;
}

}  // namespace sonic
