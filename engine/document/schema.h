// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "engine/core/module-table.h"

namespace sonic {

/// What moduleTableJson() writes beside the tables.
struct ModuleTableFormat {
  std::size_t indent = 0;
  /// Above 0: adds `latencyFrames` of each module at this rate, with default settings.
  double latencyAtHz = 0.0;
};

/// The module table, palette order: [{id, label, category, summary, role, ports, params, assets,
/// readings}], the shape of ModuleMeta in web/src/types.ts. [main, worker]
[[nodiscard]] std::string moduleTableJson(const ModuleTable& table,
                                          const ModuleTableFormat& format = {});

/// JSON Schema (2020-12) of the project file, with the parameters of every module. It accepts what
/// ProjectDocument::load() accepts, unknown keys and unknown modules included. [main, worker]
[[nodiscard]] std::string documentSchemaJson(const ModuleTable& table, std::size_t indent = 0);

}  // namespace sonic
