// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>

#include "engine/core/module-table.h"
#include "engine/graph/smoother.h"

namespace sonic {

/// Calls one module so that its contract holds: the call is split where events are due, ramps and
/// events are handed over, offsets of sent events are moved. Used by runner and tests alike.
/// [audio]
///
/// `io` describes a step of 1..32 frames inside one cell, with `events` carrying frameOffsets from
/// the step's start, sorted. io.in/io.out channel pointers are those of the step's first frame.
void callModule(const ModuleType& type, void* module, const Io& io, const Params& params) noexcept;

}  // namespace sonic
