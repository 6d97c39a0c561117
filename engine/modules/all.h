// SPDX-License-Identifier: MIT
#pragma once
// The one list of modules, in palette order. A new module adds its include and its name here.
#include "engine/core/module-table.h"
#include "engine/modules/amp/amp-crunch.h"
#include "engine/modules/cabinet/cabinet.h"
#include "engine/modules/delay/delay.h"
#include "engine/modules/drive/overdrive.h"
#include "engine/modules/dynamics/compressor.h"
#include "engine/modules/dynamics/gate.h"
#include "engine/modules/filter/parametric-eq.h"
#include "engine/modules/reverb/reverb.h"
#include "engine/modules/utility/clip.h"
#include "engine/modules/utility/gain.h"
#include "engine/modules/utility/input.h"
#include "engine/modules/utility/level-meter.h"
#include "engine/modules/utility/output.h"
#include "engine/modules/utility/pan.h"
#include "engine/modules/utility/tuner.h"

namespace sonic {

using AllModules = TypeList<  //
    Input,                    //
    Output,                   //
    Gate,                     //
    Compressor,               //
    Overdrive,                //
    AmpCrunch,                //
    Cabinet,                  //
    ParametricEq,             //
    Delay,                    //
    Reverb,                   //
    Clip,                     //
    Gain,                     //
    Pan,                      //
    LevelMeter,               //
    Tuner                     //
    >;

/// The table of AllModules, made once.
const ModuleTable& allModules();

}  // namespace sonic
