// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>

namespace sonic {

/// The engine's time grid. Cells are counted from engine frame 0; a module's call has 1..32 frames
/// and never crosses a cell edge. All that is periodic (ramps, flushing, sleeping, spread FFT work)
/// follows this grid, so the output does not depend on the host's block size.
inline constexpr std::size_t kCellFrames = 32;

}  // namespace sonic
