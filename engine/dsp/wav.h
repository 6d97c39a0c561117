// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/dsp/audio-data.h"

namespace sonic {

/// WAV files, bytes in and out, no I/O. [main, worker]
///
/// Reads    PCM of 8, 16, 24, 32 bits (and odd depths in such containers), float of 32 and 64 bits,
///          plain or WAVE_FORMAT_EXTENSIBLE; unknown chunks, padding, chunks in any order.
///          The bytes are not trusted: an Error's place is the byte offset, its sentence says what
///          was found there and what was expected. What is whole of a truncated file is kept, if
///          that is at least one frame; NaN and infinite samples become 0.
/// Scale    integers are divided by 2^(bits-1): full scale is -1 .. just below 1.
inline constexpr std::size_t kMaxWavChannels = 32;
inline constexpr std::uint32_t kMinWavRateHz = 1000;
inline constexpr std::uint32_t kMaxWavRateHz = 768000;
inline constexpr std::uint32_t kMaxWavSeconds = 1800;
inline constexpr std::size_t kMaxWavSamples = std::size_t{1} << 28;  ///< Frames x channels: 1 GiB.

[[nodiscard]] Result<AudioData> readWav(std::span<const std::byte> bytes);

/// Integers are rounded to nearest without dither, so a 16-bit source comes back bit for bit, and
/// clipped at full scale; kFloat32 keeps everything.
enum class WavFormat { kInt16, kInt24, kFloat32 };

/// Empty if it would pass 4 GiB.
[[nodiscard]] std::vector<std::byte> writeWav(const AudioData& audio, WavFormat format);

/// Builds a WAV piece by piece, for files that are written while they are rendered: header() first,
/// then what append() gives, then trailer(); at last finalHeader() over the first header. A file
/// that ends early is still read, up to its last whole frame.
class WavWriter {
 public:
  WavWriter(double sampleRateHz, std::size_t channels, WavFormat format);

  /// With all sizes unknown (0xFFFFFFFF).
  [[nodiscard]] std::vector<std::byte> header() const { return makeHeader(false); }
  /// As long as header(), with the true sizes.
  [[nodiscard]] std::vector<std::byte> finalHeader() const { return makeHeader(true); }
  /// Adds `frames` frames of channels[channel][frame] to `out`. False, and nothing added, when the
  /// file would pass the 4 GiB that its size fields can hold.
  [[nodiscard]] bool append(std::span<const float* const> channels, std::size_t frames,
                            std::vector<std::byte>& out);
  /// The pad byte that an odd number of sample bytes asks for.
  [[nodiscard]] std::vector<std::byte> trailer() const;
  [[nodiscard]] std::uint64_t frames() const { return frames_; }

 private:
  [[nodiscard]] std::vector<std::byte> makeHeader(bool isFinal) const;
  [[nodiscard]] std::size_t headerBytes() const;

  double sampleRateHz_;
  std::size_t channels_;
  WavFormat format_;
  std::uint64_t frames_ = 0;
};

}  // namespace sonic
