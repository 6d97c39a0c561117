// SPDX-License-Identifier: MIT
#include "engine/dsp/convolver-response.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstring>
#include <numbers>

#include "engine/dsp/fft-double.h"
#include "engine/dsp/fft.h"

namespace sonic {
namespace {

using Complex = std::complex<double>;

// Past this many partitions of one size the transforms of the next size are cheaper.
constexpr std::size_t kExtraPartitions = 16;
constexpr std::uint32_t kMagic = 0x31524953;  // "SIR1"

struct Header {
  std::uint32_t magic = kMagic;
  std::uint32_t channels = 0;
  std::uint32_t taps = 0;
  std::uint32_t reserved = 0;
};

// Spectrum of taps h[0 ... P-1], then P zeros, modulo z^2P + 1, in FftPasses' order, divided by P.
void writeSpectrum(std::span<const float> h, std::size_t points, float* spectrum) {
  std::vector<Complex> x(points);
  for (std::size_t i = 0; i < h.size(); ++i) {
    const double turn =
        std::numbers::pi * 0.5 * static_cast<double>(i) / static_cast<double>(points);
    x[i] = static_cast<double>(h[i]) * std::polar(1.0, turn);  // polar() takes no negative length
  }
  fftDouble(x, FftDirection::kInverse);  // exp(+...) and 1 / P, as wanted
  const auto bitCount = static_cast<std::size_t>(std::countr_zero(points));
  for (std::size_t k = 0; k < points; ++k) {
    std::size_t mirrored = 0;
    for (std::size_t bit = 0; bit < bitCount; ++bit) mirrored = 2 * mirrored + ((k >> bit) & 1);
    const std::size_t slot = FftPasses::slotOf(mirrored);
    spectrum[slot] = static_cast<float>(x[k].real());
    spectrum[points + slot] = static_cast<float>(x[k].imag());
  }
}

}  // namespace

void PackedResponse::layOut(std::size_t channels, std::size_t taps) {
  channels_ = channels;
  taps_ = taps;
  for (levels_ = 0; levels_ < kPartitionFrames.size(); ++levels_) {
    const std::size_t begin = partitionOffset(levels_), frames = kPartitionFrames[levels_];
    if (taps <= begin) break;
    const std::size_t wanted = (taps - begin + frames - 1) / frames;
    const bool isLast = levels_ + 1 == kPartitionFrames.size();
    const std::size_t most =
        isLast ? wanted
               : (partitionOffset(std::min(levels_ + 1, kPartitionFrames.size() - 1)) - begin) /
                     frames;
    partitions_[levels_] = wanted <= most + kExtraPartitions ? wanted : most;
    if (partitions_[levels_] == wanted) {
      ++levels_;
      break;
    }
  }
  rootFloats_ = levels_ == 0 ? 0 : FftRoots::floats(kPartitionFrames[levels_ - 1]);
}

std::size_t PackedResponse::floatsPerChannel() const {
  std::size_t floats = kHeadTaps;
  for (std::size_t l = 0; l < levels_; ++l) floats += partitions_[l] * 2 * kPartitionFrames[l];
  return floats;
}

PackedResponse::PackedResponse(AssetBlob blob) {
  Header header;
  if (blob.size() < sizeof(Header)) return;
  std::memcpy(&header, blob.data(), sizeof(Header));
  const bool isSane = header.magic == kMagic && header.channels >= 1 && header.channels <= 2 &&
                      header.taps >= 1 && header.taps <= kMaxResponseTaps;
  if (!isSane) return;
  layOut(header.channels, header.taps);
  const std::size_t floats = rootFloats_ + channels_ * floatsPerChannel();
  if (blob.size() != sizeof(Header) + floats * sizeof(float)) {
    *this = {};
    return;
  }
  floats_ = {reinterpret_cast<const float*>(blob.data() + sizeof(Header)), floats};
}

std::size_t PackedResponse::ringOutFrames() const {
  if (levels_ == 0) return taps_;
  const std::size_t last = levels_ - 1;
  const std::size_t frames = kPartitionFrames[last];
  return partitionOffset(last) + (partitions_[last] + 2) * frames;
}

const float* PackedResponse::head(std::size_t channel) const {
  return floats_.data() + rootFloats_ + std::min(channel, channels_ - 1) * floatsPerChannel();
}

const float* PackedResponse::spectra(std::size_t channel, std::size_t level) const {
  const float* at = head(channel) + kHeadTaps;
  for (std::size_t l = 0; l < level; ++l) at += partitions_[l] * 2 * kPartitionFrames[l];
  return at;
}

std::vector<std::byte> packResponse(std::span<const std::vector<float>> channels) {
  std::size_t taps = 1;
  for (const auto& channel : channels) taps = std::max(taps, channel.size());
  taps = std::min(taps, kMaxResponseTaps);
  PackedResponse layout;
  layout.layOut(channels.size(), taps);
  std::vector<float> floats(layout.rootFloats_);
  FftRoots::fill(floats);
  for (auto channel : channels) {
    channel.resize(taps);
    const std::size_t headTaps = std::min(kHeadTaps, taps);
    floats.insert(floats.end(), channel.begin(),
                  channel.begin() + static_cast<std::ptrdiff_t>(headTaps));
    floats.resize(floats.size() + kHeadTaps - headTaps);
    for (std::size_t l = 0; l < layout.levels(); ++l) {
      const std::size_t frames = kPartitionFrames[l];
      for (std::size_t p = 0; p < layout.partitions(l); ++p) {
        const std::size_t begin = partitionOffset(l) + p * frames;
        const std::size_t count = std::min(frames, taps - begin);
        floats.resize(floats.size() + 2 * frames);
        writeSpectrum(std::span(channel).subspan(begin, count), frames,
                      floats.data() + floats.size() - 2 * frames);
      }
    }
  }
  const Header header{.channels = static_cast<std::uint32_t>(channels.size()),
                      .taps = static_cast<std::uint32_t>(taps)};
  std::vector<std::byte> blob(sizeof(Header) + floats.size() * sizeof(float));
  std::memcpy(blob.data(), &header, sizeof(Header));
  std::memcpy(blob.data() + sizeof(Header), floats.data(), floats.size() * sizeof(float));
  return blob;
}

}  // namespace sonic
