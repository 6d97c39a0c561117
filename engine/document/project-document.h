// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/core/result.h"
#include "engine/document/json.h"
#include "engine/graph/graph.h"

namespace sonic {

/// Where musical time starts; a bar has beatsPerBar notes of 1/beatUnit.
struct TransportSettings {
  double tempoBpm = 120.0;
  int beatsPerBar = 4;
  int beatUnit = 4;
};

/// A file that the document names by its SHA-256.
struct AssetRef {
  std::string sha256;
  std::string name;   ///< As the user knew it, "" if the document does not say.
  std::string kind;   ///< "audio/ir", "audio/clip" ...
  std::string place;  ///< JSON pointer of the first slot that plays it; "" if none does.
};

/// The project file in memory: the one schema, the one entry for edits. Content that this version
/// does not know is kept as it is. Any call that returns an Error has changed nothing.
/// [main, worker]
class ProjectDocument {
 public:
  /// An empty, valid project. `table` must outlive the document.
  explicit ProjectDocument(const ModuleTable& table);

  /// Replaces everything. A file of a newer version opens, but read-only: see notice().
  Result<Ok> load(std::span<const std::byte> json);
  Result<Ok> load(std::string_view json);
  /// RFC 7396 merge patch, all or nothing. Deleting a node deletes its wires. Stricter than load():
  /// types, parameters, slots and ports that the patch names must exist; wires to nodes that are
  /// gone are accepted, as two people may edit at once.
  Result<Ok> apply(std::string_view mergePatchJson);
  /// One knob, without JSON; the same checks as apply().
  Result<Ok> setParam(std::string_view node, std::string_view param, double value);
  /// What the node plays: the stored value or the row's default. Nothing without node or row.
  [[nodiscard]] std::optional<double> param(std::string_view node, std::string_view param) const;

  /// Canonical text: keys sorted, shortest numbers. Equal content gives equal text.
  [[nodiscard]] std::string save() const;
  /// Written by a newer version: edits are refused, and no file may be replaced by save().
  [[nodiscard]] bool isReadOnly() const { return readOnly_; }
  /// One sentence for the user about the loaded file; "" if there is nothing to say.
  [[nodiscard]] const std::string& notice() const { return notice_; }
  /// What is kept but not played, each with its JSON pointer.
  [[nodiscard]] std::vector<Error> warnings() const;

  /// What the planner takes; see normalise.h.
  [[nodiscard]] Graph toGraph() const;
  [[nodiscard]] double sampleRateHz() const;
  [[nodiscard]] TransportSettings transport() const;
  /// Every file named by a slot or listed under `assets`, sorted by SHA-256, each once.
  [[nodiscard]] std::vector<AssetRef> assetRefs() const;
  [[nodiscard]] const Json& json() const { return root_; }

 private:
  const ModuleTable& table_;
  Json root_;
  bool readOnly_ = false;
  std::string notice_;
};

}  // namespace sonic
