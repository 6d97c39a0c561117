// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>

namespace sonic {

/// Musical time at a call's first frame. `beat` counts quarter notes. [audio]
struct Time {
  std::int64_t frame = 0;      ///< Engine frame, since the last reset.
  double beat = 0.0;           ///< Stands still while not playing.
  double beatsPerFrame = 0.0;  ///< From the tempo, also while stopped.
  double bar = 0.0;            ///< beat / beats per bar.
  bool playing = false;
};

}  // namespace sonic
