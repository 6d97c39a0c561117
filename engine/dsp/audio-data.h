// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <vector>

namespace sonic {

/// Decoded audio: channels[channel][frame], all equally long. [main, worker]
struct AudioData {
  double sampleRateHz = 48000.0;
  std::vector<std::vector<float>> channels;

  [[nodiscard]] std::size_t frames() const { return channels.empty() ? 0 : channels[0].size(); }
};

}  // namespace sonic
