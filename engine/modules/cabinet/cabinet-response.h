// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "engine/core/result.h"

namespace sonic {

/// Where which microphone stands before which speakers. The order of both enums is that of the
/// cabinet's choices.
enum class Speaker { k1x12Open, k2x12Open, k4x12Closed, k8x10Bass };
enum class Microphone { kDynamic, kRibbon, kCondenser };
struct CabinetSetup {
  Speaker speaker = Speaker::k4x12Closed;
  Microphone microphone = Microphone::kDynamic;
  double distanceCm = 3.0;  ///< From the speaker's cloth.
  double axis = 0.2;        ///< 0: before the centre of the cone, 1: before its edge.
};

/// Direct sound's linear gain at a frequency > 0, without the floor and before levelling. [any]
[[nodiscard]] double cabinetMagnitude(const CabinetSetup& setup, double frequencyHz);

/// Minimum phase response of the setup, then the floor's reflection; levelled. 2048 frames at
/// 48 kHz (bass: 3072), as long in time at other rates. [main, worker]
[[nodiscard]] std::vector<float> cabinetResponse(const CabinetSetup& setup, double sampleRateHz);

/// Responses of a file, ready to convolve with: resampled, silence before and after cut off, at
/// most kMaxResponseSeconds, levelled. One channel if `width` is 1 (the mean of a stereo file's),
/// else as many as the file has. [main, worker]
inline constexpr double kMaxResponseSeconds = 5.0;
[[nodiscard]] Result<std::vector<std::vector<float>>> fileResponse(std::span<const std::byte> wav,
                                                                   double sampleRateHz,
                                                                   std::size_t width);

/// Scales all channels by one factor so that swapping responses keeps the loudness: pink noise from
/// 50 Hz to 12 kHz, weighted as BS.1770 weights it, comes out as loud as it goes in. [main, worker]
void levelLoudness(std::span<std::vector<float>> channels, double sampleRateHz);

/// |H| in dB of a response at each frequency. [main, worker]
[[nodiscard]] std::vector<float> responseDb(std::span<const float> response, double sampleRateHz,
                                            std::span<const float> frequenciesHz);

}  // namespace sonic
