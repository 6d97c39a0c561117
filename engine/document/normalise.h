// SPDX-License-Identifier: MIT
#pragma once
#include "engine/core/module-table.h"
#include "engine/document/json.h"
#include "engine/document/validate.h"
#include "engine/graph/graph.h"

namespace sonic {

/// Types of the nodes of a document; `root` must outlive it.
[[nodiscard]] NodeTypes nodeTypesOf(const Json& root);

/// What is played of a document, merged ones with their contradictions included. It depends on the
/// content alone and never writes back:
///   - a wire whose node, port, parameter or signal does not fit is left out;
///   - of several wires from one port to one port the one with the lowest id stays;
///   - a parameter or slot that the module does not have, or a value it does not take, is left out
///     (only files of a newer version hold such values);
///   - nodes and wires are sorted by the bytes of their ids.
[[nodiscard]] Graph normalise(const Json& root, const ModuleTable& table);

}  // namespace sonic
