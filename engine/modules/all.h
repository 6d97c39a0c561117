// SPDX-License-Identifier: MIT
#pragma once
// The one list of modules, in palette order. A new module adds its include and its name here.
#include "engine/core/module-table.h"
#include "engine/modules/dynamics/compressor.h"
#include "engine/modules/dynamics/gate.h"
#include "engine/modules/utility/gain.h"

namespace sonic {

using AllModules = TypeList<  //
    Gate,                     //
    Compressor,               //
    Gain                      //
    >;

/// The table of AllModules, made once.
const ModuleTable& allModules();

}  // namespace sonic
