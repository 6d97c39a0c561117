// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <optional>
#include <string>

#include "engine/core/module-table.h"
#include "engine/core/result.h"
#include "engine/document/json.h"
#include "engine/document/validate.h"

namespace sonic {

/// One merge patch, worked out and checked beside the document: it copies and checks only what the
/// patch touches (one entry of a collection, not the collection), so an edit of a big project costs
/// what the edit is worth. [main, worker]
class Edit {
 public:
  Edit(const Json& root, const ModuleTable& table) : root_(root), table_(table) {}

  /// Why the patch cannot be applied, if so. `patch` must outlive the call only.
  [[nodiscard]] std::optional<Error> stage(const Json& patch);
  /// After a stage() without error: writes into the same root, which cannot fail.
  void commit(Json& root);

 private:
  /// New value of an entry; nothing: it is deleted.
  using Entries = std::map<std::string, std::optional<Json>, std::less<>>;

  [[nodiscard]] std::optional<Error> stageMember(const std::string& key, const Json& change);
  void stageEntries(const std::string& key, const Json* current, const Json& change);
  void stageWiresOfDeletedNodes();
  [[nodiscard]] std::optional<Error> check(const Json& patch) const;
  [[nodiscard]] std::optional<Error> checkCap(std::string_view key, std::size_t cap) const;
  [[nodiscard]] std::optional<std::string_view> typeOf(std::string_view node) const;

  const Json& root_;
  const ModuleTable& table_;
  std::map<std::string, Entries, std::less<>> collections_;  ///< Objects of which entries change.
  Entries members_;                                          ///< Top-level values replaced whole.
};

}  // namespace sonic
