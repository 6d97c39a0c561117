// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/dsp/resampler.h"
#include "engine/dsp/wav.h"
#include "engine/modules/cabinet/cabinet-response.h"

namespace sonic {
namespace {

constexpr double kLongestFileSeconds = 30.0;  // above it, it is music, not a response
constexpr double kFadeSeconds = 0.05;         // of a response that is cut
constexpr float kOnset = 0.001F;              // -60 dB of the peak
constexpr float kEnd = 1e-5F;                 // -100 dB of the peak

std::string rounded(double value) {
  const auto tenths = std::lround(value * 10.0);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// The resampler rings before an onset; without room for that the highs would be wrong.
void changeRate(std::vector<std::vector<float>>& channels, double fromHz, double toHz) {
  if (fromHz == toHz) return;
  const Resampler resampler(fromHz, toHz);
  for (auto& channel : channels) {
    std::vector<float> padded(static_cast<std::size_t>(0.005 * fromHz), 0.0F);
    padded.insert(padded.end(), channel.begin(), channel.end());
    channel = resampler.process(padded);
  }
}

float peakOf(const std::vector<std::vector<float>>& channels) {
  float peak = 0.0F;
  for (const auto& channel : channels) {
    for (const float tap : channel) peak = std::max(peak, std::abs(tap));
  }
  return peak;
}

// From the first frame of any channel above `onset` to the last above `end`, so channels stay
// aligned.
void trim(std::vector<std::vector<float>>& channels, float onset, float end) {
  std::size_t first = channels[0].size(), last = 0;
  for (const auto& channel : channels) {
    for (std::size_t i = 0; i < channel.size(); ++i) {
      if (std::abs(channel[i]) >= onset) first = std::min(first, i);
      if (std::abs(channel[i]) >= end) last = std::max(last, i);
    }
  }
  for (auto& channel : channels) {
    channel = {channel.begin() + static_cast<std::ptrdiff_t>(first),
               channel.begin() + static_cast<std::ptrdiff_t>(last + 1)};
  }
}

void cap(std::vector<float>& channel, double sampleRateHz) {
  const auto most = static_cast<std::size_t>(kMaxResponseSeconds * sampleRateHz);
  if (channel.size() <= most) return;
  channel.resize(most);
  const auto fade = static_cast<std::size_t>(kFadeSeconds * sampleRateHz);
  for (std::size_t i = 0; i < fade; ++i) {
    const double part = static_cast<double>(i + 1) / static_cast<double>(fade + 1);
    channel[most - fade + i] *= static_cast<float>(0.5 + 0.5 * std::cos(std::numbers::pi * part));
  }
}

}  // namespace

Result<std::vector<std::vector<float>>> fileResponse(std::span<const std::byte> wav,
                                                     double sampleRateHz, std::size_t width) {
  Result<AudioData> file = readWav(wav);
  if (!file) return file.error();
  std::vector<std::vector<float>> channels = std::move(file->channels);
  if (channels.size() > 2) {
    return Error{ErrorCode::kUnsupported, "",
                 "The file has " + std::to_string(channels.size()) +
                     " channels; a cabinet response has one or two."};
  }
  const double seconds = static_cast<double>(channels[0].size()) / file->sampleRateHz;
  if (seconds > kLongestFileSeconds) {
    return Error{ErrorCode::kTooLarge, "",
                 "The file lasts " + rounded(seconds) + " s; a cabinet response lasts at most " +
                     rounded(kLongestFileSeconds) + " s, and is used up to " +
                     rounded(kMaxResponseSeconds) + " s."};
  }
  if (width == 1 && channels.size() == 2) {
    for (std::size_t i = 0; i < channels[0].size(); ++i) {
      channels[0][i] = 0.5F * (channels[0][i] + channels[1][i]);
    }
    channels.pop_back();
  }
  if (!(peakOf(channels) > 0.0F)) {
    return Error{ErrorCode::kUnsupported, "", "The file is silent; a cabinet response is not."};
  }
  changeRate(channels, file->sampleRateHz, sampleRateHz);
  const float peak = peakOf(channels);
  trim(channels, kOnset * peak, kEnd * peak);
  for (auto& channel : channels) cap(channel, sampleRateHz);
  levelLoudness(channels, sampleRateHz);
  return channels;
}

}  // namespace sonic
