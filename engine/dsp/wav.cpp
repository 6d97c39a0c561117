// SPDX-License-Identifier: MIT
#include "engine/dsp/wav.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace sonic {
namespace {

constexpr std::uint16_t kTagPcm = 1;
constexpr std::uint16_t kTagFloat = 3;
constexpr std::uint16_t kTagExtensible = 0xFFFE;
constexpr std::uint32_t kUnknownSize = 0xFFFFFFFF;
// The part of a sub-format GUID that follows its two bytes of format tag.
constexpr std::array<unsigned char, 14> kGuidTail{0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80,
                                                  0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};

/// Little-endian reads; the caller has checked that the bytes are there.
class Bytes {
 public:
  explicit Bytes(std::span<const std::byte> bytes) : bytes_(bytes) {}
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::uint32_t u8(std::size_t at) const {
    return std::to_integer<std::uint32_t>(bytes_[at]);
  }
  [[nodiscard]] std::uint32_t u16(std::size_t at) const { return u8(at) | u8(at + 1) << 8; }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const { return u16(at) | u16(at + 2) << 16; }
  [[nodiscard]] bool isTag(std::size_t at, std::string_view tag) const {
    return at + 4 <= size() && std::memcmp(bytes_.data() + at, tag.data(), 4) == 0;
  }
  [[nodiscard]] std::string printable(std::size_t at) const {
    std::string text;
    for (std::size_t i = at; i < std::min(at + 4, size()); ++i) {
      const auto c = static_cast<char>(u8(i));
      text += c >= ' ' && c <= '~' ? c : '.';
    }
    return text;
  }

 private:
  std::span<const std::byte> bytes_;
};

Error wavError(ErrorCode code, std::size_t at, const std::string& sentence) {
  return {code, "byte " + std::to_string(at), sentence};
}

struct Chunk {
  std::size_t begin = 0;  // of its content
  std::size_t size = 0;   // as far as the file goes
};

struct Chunks {
  std::optional<Chunk> format;
  std::optional<Chunk> data;
};

Chunks findChunks(const Bytes& bytes) {
  Chunks found;
  std::size_t at = 12;
  while (at + 8 <= bytes.size()) {
    const std::size_t declared = bytes.u32(at + 4);
    const std::size_t left = bytes.size() - at - 8;
    Chunk chunk{at + 8, std::min(declared, left)};
    if (bytes.isTag(at, "fmt ") && !found.format) found.format = chunk;
    if (bytes.isTag(at, "data") && !found.data) {
      // A recorder that was cut off left both sizes 0.
      if (declared == 0 && bytes.u32(4) == 0) chunk.size = left;
      found.data = chunk;
    }
    if (declared >= left) break;
    at += 8 + declared;
    if (declared % 2 != 0 && bytes.u8(at) == 0) ++at;  // some writers forget the pad byte
  }
  return found;
}

struct Format {
  bool isFloat = false;
  std::uint32_t channels = 0;
  std::uint32_t rateHz = 0;
  std::uint32_t sampleBytes = 0;
};

Result<Format> readFormat(const Bytes& bytes, const Chunk& chunk) {
  const std::size_t at = chunk.begin;
  if (chunk.size < 16) {
    return wavError(ErrorCode::kSyntax, at,
                    "The \"fmt \" chunk has " + std::to_string(chunk.size) +
                        " bytes, at least 16 were expected.");
  }
  std::uint32_t tag = bytes.u16(at);
  const std::uint32_t bits = bytes.u16(at + 14);
  if (tag == kTagExtensible) {
    if (chunk.size < 40) {
      return wavError(ErrorCode::kSyntax, at,
                      "The extensible \"fmt \" chunk has " + std::to_string(chunk.size) +
                          " bytes, 40 were expected.");
    }
    tag = bytes.u16(at + 24);
    for (std::size_t i = 0; i < kGuidTail.size(); ++i) {
      if (bytes.u8(at + 26 + i) != kGuidTail[i]) tag = 0;
    }
  }
  Format format{.isFloat = tag == kTagFloat,
                .channels = bytes.u16(at + 2),
                .rateHz = bytes.u32(at + 4),
                .sampleBytes = (bits + 7) / 8};
  const bool known = (tag == kTagPcm && bits >= 1 && bits <= 32) ||
                     (tag == kTagFloat && (bits == 32 || bits == 64));
  if (!known) {
    return wavError(ErrorCode::kUnsupported, at,
                    "Samples of " + std::to_string(bits) + " bits in format " +
                        std::to_string(bytes.u16(at)) +
                        "; PCM of 8 to 32 bits or float of 32 or 64 bits was expected.");
  }
  if (format.channels < 1 || format.channels > kMaxWavChannels) {
    return wavError(ErrorCode::kRange, at + 2,
                    std::to_string(format.channels) + " channels, 1 to " +
                        std::to_string(kMaxWavChannels) + " were expected.");
  }
  if (format.rateHz < kMinWavRateHz || format.rateHz > kMaxWavRateHz) {
    return wavError(ErrorCode::kRange, at + 4,
                    "A sample rate of " + std::to_string(format.rateHz) + " Hz, " +
                        std::to_string(kMinWavRateHz) + " to " + std::to_string(kMaxWavRateHz) +
                        " was expected.");
  }
  if (bytes.u16(at + 12) != format.channels * format.sampleBytes) {
    return wavError(ErrorCode::kSyntax, at + 12,
                    "Frames of " + std::to_string(bytes.u16(at + 12)) + " bytes, " +
                        std::to_string(format.channels * format.sampleBytes) +
                        " were expected for " + std::to_string(format.channels) + " channels of " +
                        std::to_string(bits) + " bits.");
  }
  return format;
}

float fromInteger(const Bytes& bytes, std::size_t at, std::uint32_t sampleBytes) {
  if (sampleBytes == 1) return (static_cast<float>(bytes.u8(at)) - 128.0F) / 128.0F;
  std::uint32_t word = 0;  // the sample in the upper bytes of 32 bits
  for (std::uint32_t i = 0; i < sampleBytes; ++i) {
    word |= bytes.u8(at + i) << (8 * (4 - sampleBytes + i));
  }
  return static_cast<float>(static_cast<double>(static_cast<std::int32_t>(word)) / 2147483648.0);
}

float fromFloat(const Bytes& bytes, std::size_t at, std::uint32_t sampleBytes) {
  double value = 0.0;
  if (sampleBytes == 4) {
    const std::uint32_t word = bytes.u32(at);
    float single = 0.0F;
    std::memcpy(&single, &word, sizeof single);
    value = static_cast<double>(single);
  } else {
    const std::uint64_t word = bytes.u32(at) | std::uint64_t{bytes.u32(at + 4)} << 32;
    std::memcpy(&value, &word, sizeof value);
  }
  constexpr double kMost = static_cast<double>(std::numeric_limits<float>::max());
  return std::abs(value) <= kMost ? static_cast<float>(value) : 0.0F;  // NaN compares false
}

Result<AudioData> readSamples(const Bytes& bytes, const Format& format, const Chunk& data) {
  const std::size_t frameBytes = std::size_t{format.channels} * format.sampleBytes;
  const std::size_t frames = data.size / frameBytes;
  if (frames == 0) {
    return wavError(ErrorCode::kMissing, data.begin,
                    "No sound: the \"data\" chunk has " + std::to_string(data.size) +
                        " bytes, at least one frame of " + std::to_string(frameBytes) +
                        " was expected.");
  }
  if (frames / format.rateHz >= kMaxWavSeconds || frames > kMaxWavSamples / format.channels) {
    return wavError(ErrorCode::kTooLarge, data.begin,
                    std::to_string(frames / format.rateHz) + " seconds of " +
                        std::to_string(format.channels) + " channels; at most " +
                        std::to_string(kMaxWavSeconds) + " seconds and " +
                        std::to_string(kMaxWavSamples) + " samples are read.");
  }
  AudioData audio{.sampleRateHz = static_cast<double>(format.rateHz), .channels = {}};
  for (std::size_t c = 0; c < format.channels; ++c) {
    std::vector<float> channel(frames);
    std::size_t at = data.begin + c * format.sampleBytes;
    for (float& sample : channel) {
      sample = format.isFloat ? fromFloat(bytes, at, format.sampleBytes)
                              : fromInteger(bytes, at, format.sampleBytes);
      at += frameBytes;
    }
    audio.channels.push_back(std::move(channel));
  }
  return audio;
}

std::uint32_t bytesPerSample(WavFormat format) {
  return format == WavFormat::kInt16 ? 2 : format == WavFormat::kInt24 ? 3 : 4;
}

void putTag(std::vector<std::byte>& out, std::string_view tag) {
  for (const char c : tag) out.push_back(static_cast<std::byte>(c));
}
void put(std::vector<std::byte>& out, std::uint32_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) {
    out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
  }
}

std::uint32_t toInteger(float sample, double scale) {
  const double scaled = static_cast<double>(sample) * scale;
  if (!(std::abs(scaled) < scale)) {  // clipped; NaN is silence
    if (scaled >= scale) return static_cast<std::uint32_t>(scale) - 1;
    return scaled <= -scale ? 0U - static_cast<std::uint32_t>(scale) : 0U;
  }
  const double rounded = std::min(std::nearbyint(scaled), scale - 1.0);
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(rounded));
}

}  // namespace

Result<AudioData> readWav(std::span<const std::byte> file) {
  const Bytes bytes(file);
  if (bytes.size() < 12 || !bytes.isTag(0, "RIFF") || !bytes.isTag(8, "WAVE")) {
    return wavError(ErrorCode::kSyntax, 0,
                    "Not a WAV file: it has " + std::to_string(bytes.size()) +
                        " bytes and starts with \"" + bytes.printable(0) +
                        "\"; \"RIFF\" and \"WAVE\" were expected.");
  }
  const Chunks chunks = findChunks(bytes);
  if (!chunks.format) {
    return wavError(ErrorCode::kSyntax, 12,
                    "No \"fmt \" chunk between byte 12 and the end at byte " +
                        std::to_string(bytes.size()) + "; one was expected.");
  }
  const Result<Format> format = readFormat(bytes, *chunks.format);
  if (!format) return format.error();
  if (!chunks.data) {
    return wavError(ErrorCode::kMissing, bytes.size(),
                    "No sound: the file ends at byte " + std::to_string(bytes.size()) +
                        " without a \"data\" chunk; one was expected.");
  }
  return readSamples(bytes, *format, *chunks.data);
}

WavWriter::WavWriter(double sampleRateHz, std::size_t channels, WavFormat format)
    : sampleRateHz_(sampleRateHz), channels_(channels), format_(format) {}

std::size_t WavWriter::headerBytes() const {
  const std::size_t formatBytes = channels_ > 2 ? 40 : format_ == WavFormat::kFloat32 ? 18 : 16;
  return 12 + 8 + formatBytes + (format_ == WavFormat::kFloat32 ? 12U : 0U) + 8;
}

std::vector<std::byte> WavWriter::makeHeader(bool isFinal) const {
  const bool isFloat = format_ == WavFormat::kFloat32;
  const bool isExtensible = channels_ > 2;
  const std::uint32_t sampleBytes = bytesPerSample(format_);
  const auto frameBytes = static_cast<std::uint32_t>(channels_) * sampleBytes;
  const auto rateHz = static_cast<std::uint32_t>(std::lround(sampleRateHz_));
  const auto dataBytes = static_cast<std::uint32_t>(frames_ * frameBytes);
  const std::uint16_t tag = isFloat ? kTagFloat : kTagPcm;

  std::vector<std::byte> out;
  putTag(out, "RIFF");
  put(out,
      !isFinal ? kUnknownSize
               : static_cast<std::uint32_t>(headerBytes()) - 8 + dataBytes + dataBytes % 2,
      4);
  putTag(out, "WAVEfmt ");
  put(out, isExtensible ? 40U : isFloat ? 18U : 16U, 4);
  put(out, isExtensible ? kTagExtensible : tag, 2);
  put(out, static_cast<std::uint32_t>(channels_), 2);
  put(out, rateHz, 4);
  put(out, rateHz * frameBytes, 4);
  put(out, frameBytes, 2);
  put(out, 8 * sampleBytes, 2);
  if (isExtensible) {
    put(out, 22, 2);
    put(out, 8 * sampleBytes, 2);
    put(out, 0, 4);  // no speaker positions
    put(out, tag, 2);
    for (const unsigned char c : kGuidTail) put(out, c, 1);
  } else if (isFloat) {
    put(out, 0, 2);
  }
  if (isFloat) {
    putTag(out, "fact");
    put(out, 4, 4);
    put(out, !isFinal ? kUnknownSize : static_cast<std::uint32_t>(frames_), 4);
  }
  putTag(out, "data");
  put(out, !isFinal ? kUnknownSize : dataBytes, 4);
  return out;
}

bool WavWriter::append(std::span<const float* const> channels, std::size_t frames,
                       std::vector<std::byte>& out) {
  const std::uint32_t sampleBytes = bytesPerSample(format_);
  const std::uint64_t dataBytes = (frames_ + frames) * channels_ * sampleBytes;
  if (dataBytes + headerBytes() + 1 >= kUnknownSize) return false;
  out.reserve(out.size() + frames * channels_ * sampleBytes);
  for (std::size_t i = 0; i < frames; ++i) {
    for (std::size_t c = 0; c < channels_; ++c) {
      const float sample = channels[c][i];
      std::uint32_t word = 0;
      if (format_ == WavFormat::kFloat32) {
        std::memcpy(&word, &sample, sizeof word);
      } else {
        word = toInteger(sample, format_ == WavFormat::kInt16 ? 32768.0 : 8388608.0);
      }
      put(out, word, sampleBytes);
    }
  }
  frames_ += frames;
  return true;
}

std::vector<std::byte> WavWriter::trailer() const {
  const bool isOdd = frames_ * channels_ * bytesPerSample(format_) % 2 != 0;
  return std::vector<std::byte>(isOdd ? 1 : 0);
}

std::vector<std::byte> writeWav(const AudioData& audio, WavFormat format) {
  WavWriter writer(audio.sampleRateHz, audio.channels.size(), format);
  std::vector<const float*> channels;
  for (const auto& channel : audio.channels) channels.push_back(channel.data());
  std::vector<std::byte> samples;
  if (!writer.append(channels, audio.frames(), samples)) return {};
  std::vector<std::byte> file = writer.finalHeader();
  file.insert(file.end(), samples.begin(), samples.end());
  const std::vector<std::byte> pad = writer.trailer();
  file.insert(file.end(), pad.begin(), pad.end());
  return file;
}

}  // namespace sonic
