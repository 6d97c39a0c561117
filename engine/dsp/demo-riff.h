// SPDX-License-Identifier: MIT
#pragma once
#include "engine/dsp/audio-data.h"

namespace sonic {

inline constexpr double kDemoRiffTempoBpm = 112.0;
inline constexpr double kDemoRiffBeats = 16.0;

/// Four bars in E minor, played on a plucked string model straight into the desk: what the demo
/// sends through a rig. One channel, peak -9 dBFS, the same at every call. It loops: what rings
/// over the end sounds at the beginning. [main, worker]
[[nodiscard]] AudioData demoRiff(double sampleRateHz);

}  // namespace sonic
