// SPDX-License-Identifier: MIT
#include "engine/dsp/wav.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string_view>

#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using File = std::vector<std::byte>;

/// Builds files byte by byte, right or wrong.
struct Builder {
  File file;
  Builder& tag(std::string_view text) {
    for (const char c : text) file.push_back(static_cast<std::byte>(c));
    return *this;
  }
  Builder& u(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i, value >>= 8) {
      file.push_back(static_cast<std::byte>(value & 255));
    }
    return *this;
  }
  Builder& riff() { return tag("RIFF").u(0xFFFFFFFF, 4).tag("WAVE"); }
  Builder& format(unsigned tagValue, unsigned channels, unsigned rateHz, unsigned bits) {
    const unsigned frameBytes = channels * ((bits + 7) / 8);
    return tag("fmt ")
        .u(16, 4)
        .u(tagValue, 2)
        .u(channels, 2)
        .u(rateHz, 4)
        .u(std::uint64_t{rateHz} * frameBytes, 4)
        .u(frameBytes, 2)
        .u(bits, 2);
  }
  Builder& data(std::uint32_t bytes) { return tag("data").u(bytes, 4); }
};

AudioData read(const File& file) {
  auto audio = readWav(file);
  EXPECT_TRUE(audio.has_value()) << audio.error().place << ": " << audio.error().sentence;
  return audio.has_value() ? *audio : AudioData{};
}

void expectError(const File& file, ErrorCode code, std::string_view place, std::string_view part) {
  const auto audio = readWav(file);
  ASSERT_FALSE(audio.has_value()) << part;
  EXPECT_EQ(audio.error().code, code) << audio.error().sentence;
  EXPECT_EQ(audio.error().place, place) << audio.error().sentence;
  EXPECT_NE(audio.error().sentence.find(part), std::string::npos) << audio.error().sentence;
  EXPECT_NE(audio.error().sentence.find("expected"), std::string::npos) << audio.error().sentence;
}

TEST(Wav, EveryFormatComesBack) {
  const AudioData audio{.sampleRateHz = 44100, .channels = {noise(1, 0.99, 777), noise(2, 1, 777)}};
  const double halfSteps[] = {0.5 / 32768, 0.5 / 8388608, 0.0};
  for (const auto format : {WavFormat::kInt16, WavFormat::kInt24, WavFormat::kFloat32}) {
    const AudioData back = read(writeWav(audio, format));
    EXPECT_EQ(back.sampleRateHz, 44100.0);
    ASSERT_EQ(back.channels.size(), 2U);
    ASSERT_EQ(back.frames(), 777U);
    for (std::size_t c = 0; c < 2; ++c) {
      for (std::size_t n = 0; n < 777; ++n) {
        ASSERT_NEAR(back.channels[c][n], audio.channels[c][n],
                    halfSteps[static_cast<std::size_t>(format)]);
      }
    }
  }
}

TEST(Wav, All16BitValuesSurviveBitByBit) {
  Builder b;
  b.riff().format(1, 1, 48000, 16).data(2 * 65536);
  for (unsigned value = 0; value < 65536; ++value) b.u(value, 2);
  const File again = writeWav(read(b.file), WavFormat::kInt16);
  ASSERT_EQ(again.size(), b.file.size());
  EXPECT_EQ(std::memcmp(again.data() + 44, b.file.data() + 44, 2 * 65536), 0);
}

TEST(Wav, IntegersOfEveryDepthMeanTheSameLevel) {
  Builder eight, twentyFour, thirtyTwo, twenty;
  eight.riff().format(1, 1, 8000, 8).data(3).u(0, 1).u(128, 1).u(192, 1);
  twentyFour.riff().format(1, 1, 8000, 24).data(9).u(0x800000, 3).u(0, 3).u(0x400000, 3);
  twenty.riff().format(1, 1, 8000, 20).data(9).u(0x800000, 3).u(0, 3).u(0x400000, 3);
  thirtyTwo.riff().format(1, 1, 8000, 32).data(12).u(0x80000000, 4).u(0, 4).u(0x40000000, 4);
  for (const auto* b : {&eight, &twentyFour, &twenty, &thirtyTwo}) {
    EXPECT_EQ(read(b->file).channels[0], (std::vector<float>{-1.0F, 0.0F, 0.5F}));
  }
}

TEST(Wav, DoublesAreReadAndWhatIsNoNumberIsSilence) {
  Builder b;
  b.riff().format(3, 1, 48000, 64).data(40);
  for (const double value : {0.25, 1e300, -1e300, std::numeric_limits<double>::quiet_NaN(), 1.5}) {
    std::uint64_t word = 0;
    std::memcpy(&word, &value, 8);
    b.u(word, 8);
  }
  EXPECT_EQ(read(b.file).channels[0], (std::vector<float>{0.25F, 0, 0, 0, 1.5F}));
  const float bad[] = {std::numeric_limits<float>::infinity(),
                       std::numeric_limits<float>::quiet_NaN(), -0.5F};
  const AudioData audio{.sampleRateHz = 48000, .channels = {{bad, bad + 3}}};
  EXPECT_EQ(read(writeWav(audio, WavFormat::kFloat32)).channels[0],
            (std::vector<float>{0, 0, -0.5F}));
  EXPECT_EQ(read(writeWav(audio, WavFormat::kInt24)).channels[0],
            (std::vector<float>{8388607.0F / 8388608.0F, 0, -0.5F}));
}

TEST(Wav, IntegersClipAtFullScale) {
  const AudioData audio{.sampleRateHz = 48000, .channels = {{1.0F, 1.7F, -1.0F, -9.0F}}};
  EXPECT_EQ(read(writeWav(audio, WavFormat::kInt16)).channels[0],
            (std::vector<float>{32767.0F / 32768, 32767.0F / 32768, -1, -1}));
}

TEST(Wav, ManyChannelsAreExtensible) {
  AudioData audio{.sampleRateHz = 96000, .channels = {}};
  for (std::uint32_t c = 0; c < 32; ++c) audio.channels.push_back(noise(c, 1.0, 21));
  const File file = writeWav(audio, WavFormat::kFloat32);
  EXPECT_EQ(std::to_integer<unsigned>(file[20]), 0xFEU);
  const AudioData back = read(file);
  ASSERT_EQ(back.channels.size(), 32U);
  for (std::size_t c = 0; c < 32; ++c) EXPECT_EQ(back.channels[c], audio.channels[c]);
}

TEST(Wav, StrangeChunksArePassedOver) {
  Builder b;
  b.riff().tag("LIST").u(3, 4).tag("abc").u(0, 1);          // odd, padded
  b.tag("junk").u(1, 4).tag("x").format(1, 1, 192000, 16);  // odd, pad forgotten
  b.tag("bext").u(0, 4).data(4).u(0x4000, 2).u(0xC000, 2);  // empty
  b.tag("id3 ").u(0xFFFFFFF0, 4);                           // longer than the file
  EXPECT_EQ(read(b.file).channels[0], (std::vector<float>{0.5F, -0.5F}));
  EXPECT_EQ(read(b.file).sampleRateHz, 192000.0);
  Builder late;
  late.riff().data(2).u(0x4000, 2).format(1, 1, 44100, 16);
  EXPECT_EQ(read(late.file).channels[0], (std::vector<float>{0.5F}));
}

TEST(Wav, WhatIsWholeOfATruncatedFileIsKept) {
  Builder b;
  b.riff().format(1, 2, 48000, 16).data(4000).u(0x4000, 2).u(0x2000, 2).u(0x1000, 2);
  const AudioData audio = read(b.file);
  ASSERT_EQ(audio.channels.size(), 2U);
  EXPECT_EQ(audio.channels[0], (std::vector<float>{0.5F}));
  Builder unfinished;  // a recorder that never wrote its sizes
  unfinished.tag("RIFF").u(0, 4).tag("WAVE").format(1, 1, 48000, 16).data(0).u(0x4000, 2);
  EXPECT_EQ(read(unfinished.file).channels[0], (std::vector<float>{0.5F}));
}

TEST(Wav, WhatIsWrongIsSaidWithItsPlace) {
  const auto b = [] { return Builder{}.riff(); };
  const auto syntax = ErrorCode::kSyntax;
  expectError({}, syntax, "byte 0", "0 bytes");
  expectError(Builder{}.tag("OggS").u(0, 8).u(0, 8).file, syntax, "byte 0", "\"OggS\"");
  expectError(Builder{}.tag("RIFF").u(4, 4).tag("AVI ").file, syntax, "byte 0", "\"WAVE\"");
  expectError(b().file, syntax, "byte 12", "\"fmt \"");
  expectError(b().data(2).u(0, 2).file, syntax, "byte 12", "\"fmt \"");
  expectError(b().tag("fmt ").u(16, 4).u(1, 2).file, syntax, "byte 20", "2 bytes");
  expectError(b().format(0xFFFE, 2, 48000, 16).data(4).u(0, 4).file, syntax, "byte 20", "40");
  expectError(b().format(1, 1, 48000, 16).file, ErrorCode::kMissing, "byte 36", "\"data\"");
  expectError(b().format(1, 1, 48000, 16).data(0).file, ErrorCode::kMissing, "byte 44", "No sound");
  expectError(b().format(1, 2, 48000, 16).data(4).u(0, 3).file, ErrorCode::kMissing, "byte 44",
              "3 bytes");
  const auto unsupported = ErrorCode::kUnsupported;
  expectError(b().format(85, 2, 48000, 16).data(4).u(0, 4).file, unsupported, "byte 20", "85");
  expectError(b().format(1, 2, 48000, 64).data(4).u(0, 4).file, unsupported, "byte 20", "64 bits");
  expectError(b().format(1, 2, 48000, 0).data(4).u(0, 4).file, unsupported, "byte 20", "0 bits");
  expectError(b().format(3, 2, 48000, 16).data(4).u(0, 4).file, unsupported, "byte 20", "16 bits");
  const auto range = ErrorCode::kRange;
  expectError(b().format(1, 0, 48000, 16).data(4).u(0, 4).file, range, "byte 22", "0 channels");
  expectError(b().format(1, 33, 48000, 16).data(4).u(0, 4).file, range, "byte 22", "33 channels");
  expectError(b().format(1, 1, 0, 16).data(4).u(0, 4).file, range, "byte 24", "0 Hz");
  expectError(b().format(1, 1, 800000, 16).data(4).u(0, 4).file, range, "byte 24", "800000 Hz");
  Builder frame = b().format(1, 2, 48000, 16).data(4).u(0, 4);
  frame.file[32] = std::byte{5};
  expectError(frame.file, syntax, "byte 32", "5 bytes");
}

TEST(Wav, MoreThanHalfAnHourIsRefused) {
  File file = Builder{}.riff().format(1, 1, 1000, 8).data(0xFFFFFFFF).file;
  file.resize(file.size() + 1799999);
  EXPECT_TRUE(readWav(file).has_value());
  file.resize(file.size() + 1);
  const auto audio = readWav(file);
  ASSERT_FALSE(audio.has_value());
  EXPECT_EQ(audio.error().code, ErrorCode::kTooLarge);
}

TEST(Wav, EveryTruncationOfAFileIsReadOrRefused) {
  const AudioData audio{.sampleRateHz = 48000, .channels = {noise(1, 1, 9), noise(2, 1, 9), {}}};
  AudioData three = audio;
  three.channels[2] = noise(3, 1, 9);
  const File file = writeWav(three, WavFormat::kInt24);
  for (std::size_t bytes = 0; bytes <= file.size(); ++bytes) {
    const auto back = readWav(std::span(file).first(bytes));
    const std::size_t whole = bytes < 68 ? 0 : (bytes - 68) / 9;
    ASSERT_EQ(back.has_value(), whole > 0) << bytes;
    if (whole > 0) {
      ASSERT_EQ((*back).frames(), whole) << bytes;
    }
  }
}

TEST(Wav, RandomBytesNeverDoHarm) {
  std::uint32_t state = 12345;
  const auto random = [&] {
    state = state * 1664525U + 1013904223U;
    return state >> 8;
  };
  const File good =
      writeWav({.sampleRateHz = 48000, .channels = {noise(1, 1, 20)}}, WavFormat::kFloat32);
  std::size_t readable = 0;
  for (int round = 0; round < 20000; ++round) {
    File file = good;
    if (round % 4 == 0) file.resize(random() % (good.size() + 1));
    const std::size_t changes = round % 2 == 0 ? 1 + random() % 4 : 1 + random() % 100;
    for (std::size_t i = 0; i < changes && !file.empty(); ++i) {
      file[random() % file.size()] = static_cast<std::byte>(random() & 255);
    }
    const auto audio = readWav(file);
    if (!audio.has_value()) {
      ASSERT_FALSE(audio.error().sentence.empty());
      continue;
    }
    ++readable;
    ASSERT_GE((*audio).frames(), 1U);
    for (const auto& channel : (*audio).channels) {
      ASSERT_EQ(channel.size(), (*audio).frames());
      for (const float x : channel) ASSERT_TRUE(std::isfinite(x));
    }
  }
  EXPECT_GT(readable, 1000U);
}

TEST(WavWriter, PiecesGiveTheSameFileAsTheWhole) {
  const AudioData audio{.sampleRateHz = 44100, .channels = {noise(1, 1, 101)}};
  for (const auto format : {WavFormat::kInt16, WavFormat::kInt24, WavFormat::kFloat32}) {
    WavWriter writer(44100, 1, format);
    File file = writer.header();
    for (std::size_t n = 0; n < 101;) {
      const std::size_t frames = std::min<std::size_t>(7, 101 - n);
      const float* const channels[] = {audio.channels[0].data() + n};
      ASSERT_TRUE(writer.append(channels, frames, file));
      n += frames;
    }
    EXPECT_EQ(read(file).frames(), 101U);  // cut off before its end it is readable
    const File pad = writer.trailer();
    file.insert(file.end(), pad.begin(), pad.end());
    const File header = writer.finalHeader();
    std::copy(header.begin(), header.end(), file.begin());
    EXPECT_EQ(file, writeWav(audio, format));
    EXPECT_EQ(file.size() % 2, 0U);
  }
}

TEST(WavWriter, RefusesMoreThanItsSizeFieldsHold) {
  WavWriter writer(48000, 1, WavFormat::kFloat32);
  File out;
  const std::vector<float> piece(100);
  const float* const channels[] = {piece.data()};
  EXPECT_FALSE(writer.append(channels, std::size_t{1} << 30, out));
  EXPECT_TRUE(out.empty());
  EXPECT_TRUE(writer.append(channels, 100, out));
  EXPECT_FALSE(writer.append(channels, (std::size_t{1} << 30) - 110, out));
  EXPECT_EQ(out.size(), 400U);
  EXPECT_EQ(writer.frames(), 100U);
}

}  // namespace
}  // namespace sonic::test
