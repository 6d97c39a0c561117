// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "engine/core/module-table.h"

namespace sonic {

/// The module table, palette order: [{id, label, category, summary, role, ports, params, assets,
/// readings, latencyFrames}], the shape of ModuleMeta in web/src/types.ts. latencyFrames: at 48 kHz
/// with default settings. [main, worker]
[[nodiscard]] std::string moduleTableJson(const ModuleTable& table, std::size_t indent = 0);

/// JSON Schema (2020-12) of the project file, with the parameters of every module. It accepts what
/// ProjectDocument::load() accepts, unknown keys and unknown modules included. [main, worker]
[[nodiscard]] std::string documentSchemaJson(const ModuleTable& table, std::size_t indent = 0);

}  // namespace sonic
