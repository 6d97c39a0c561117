// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/dsp/wav.h"
#include "engine/modules/cabinet/cabinet-response.h"
#include "engine/modules/cabinet/cabinet.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

std::vector<std::byte> wavOf(std::vector<std::vector<float>> channels, double rateHz = kRateHz,
                             WavFormat format = WavFormat::kFloat32) {
  return writeWav({.sampleRateHz = rateHz, .channels = std::move(channels)}, format);
}

// The sentence of a refused file; "" if it was taken.
std::string refusal(std::span<const std::byte> wav) {
  const auto response = fileResponse(wav, kRateHz, 2);
  return response ? "" : response.error().sentence;
}

double shapeErrorDb(const std::vector<float>& a, double rateA, const std::vector<float>& b,
                    double rateB, double highestHz) {
  double worst = 0.0;
  const double level = responseDb(a, 1000, rateA) - responseDb(b, 1000, rateB);
  for (double f = 80.0; f <= highestHz; f *= 1.1) {
    const double d = responseDb(a, f, rateA) - responseDb(b, f, rateB) - level;
    worst = std::max(worst, std::abs(d));
  }
  return worst;
}

TEST(CabinetFile, OtherRatesAreResampled) {
  for (const double rate : {22050.0, 44100.0, 96000.0, 192000.0}) {
    const auto h = cabinetResponse({}, rate);
    const auto response = fileResponse(wavOf({h}, rate), kRateHz, 1);
    ASSERT_TRUE(response.has_value());
    EXPECT_LT(shapeErrorDb((*response)[0], kRateHz, h, rate, rate < 40000 ? 9000.0 : 12000.0), 0.1)
        << rate;
  }
}

TEST(CabinetFile, SilenceAroundTheResponseIsCut) {
  const auto h = cabinetResponse({}, kRateHz);
  std::vector<float> padded(4800, 1e-6F);
  padded.insert(padded.end(), h.begin(), h.end());
  padded.resize(96000);
  const auto response = fileResponse(wavOf({padded}), kRateHz, 1);
  ASSERT_TRUE(response.has_value());
  EXPECT_LE((*response)[0].size(), h.size());
  EXPECT_GE(std::abs((*response)[0][0]), 0.001 * peak((*response)[0]));
  EXPECT_LT(shapeErrorDb((*response)[0], kRateHz, h, kRateHz, 15000.0), 0.1);
}

TEST(CabinetFile, QuietAndLoudFilesComeOutEquallyLoud) {
  const auto h = cabinetResponse({}, kRateHz);
  std::vector<float> quiet = h;
  for (float& tap : quiet) tap *= 0.001F;
  const auto a = fileResponse(wavOf({h}), kRateHz, 1), b = fileResponse(wavOf({quiet}), kRateHz, 1);
  ASSERT_TRUE(a.has_value() && b.has_value());
  EXPECT_LT(esrDb((*a)[0], (*b)[0]), -100.0);
}

TEST(CabinetFile, StereoKeepsItsSidesAlignedOrIsMixedForAMonoInstance) {
  auto left = impulse(300, 20, 0.5F);
  auto right = impulse(300, 25, 0.25F);
  const auto both = fileResponse(wavOf({left, right}), kRateHz, 2);
  ASSERT_TRUE(both.has_value());
  ASSERT_EQ(both->size(), 2U);
  EXPECT_GT((*both)[0][0], 0.0F);
  EXPECT_NEAR((*both)[1][5] / (*both)[0][0], 0.5, 1e-6);
  const auto mixed = fileResponse(wavOf({left, right}), kRateHz, 1);
  ASSERT_TRUE(mixed.has_value());
  ASSERT_EQ(mixed->size(), 1U);
  EXPECT_NEAR((*mixed)[0][5] / (*mixed)[0][0], 0.5, 1e-6);
}

TEST(CabinetFile, LongResponsesAreFadedAtFiveSeconds) {
  const auto response = fileResponse(wavOf({noise(1, 0.1, 48000 * 7)}), kRateHz, 1);
  ASSERT_TRUE(response.has_value());
  ASSERT_EQ((*response)[0].size(), 240000U);
  EXPECT_LT(peak((*response)[0], 239990), 0.001 * peak((*response)[0]));
}

TEST(CabinetFile, EightBitsWork) {
  // A header by hand: writeWav knows no 8 bits. 64 frames of a decaying pulse.
  const std::string header(
      "RIFF\x64\0\0\0WAVEfmt "
      "\x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\x80\xbb\0\0\x01\0\x08\0data\x40\0\0\0",
      44);
  std::vector<std::byte> wav;
  for (const char c : header) wav.push_back(static_cast<std::byte>(c));
  for (int i = 0; i < 64; ++i) wav.push_back(static_cast<std::byte>(128 + (100 >> (i / 2))));
  const auto response = fileResponse(wav, kRateHz, 1);
  ASSERT_TRUE(response.has_value()) << response.error().sentence;
  EXPECT_NEAR((*response)[0][2] / (*response)[0][0], 0.5, 1e-6);
}

TEST(CabinetFile, WhatIsWholeOfATruncatedFileIsUsed) {
  auto wav = wavOf({cabinetResponse({}, kRateHz)});
  wav.resize(wav.size() / 2);
  EXPECT_EQ(refusal(wav), "");
}

TEST(CabinetFile, BadFilesAreRefusedInASentence) {
  const auto tooMany = std::vector<std::vector<float>>(32, noise(1, 0.5, 100));
  EXPECT_EQ(refusal(wavOf(tooMany)),
            "The file has 32 channels; a cabinet response has one or two.");
  EXPECT_EQ(refusal(wavOf({silence(1000)})), "The file is silent; a cabinet response is not.");
  EXPECT_EQ(refusal(wavOf({noise(1, 0.5, 1000 * 45)}, 1000.0)),
            "The file lasts 45.0 s; a cabinet response lasts at most 30.0 s, and is used up to 5.0 "
            "s.");
  EXPECT_NE(refusal(wavOf({{}})), "");
  const std::string fake = "This is a text that calls itself room.wav, and is long enough.";
  std::vector<std::byte> bytes;
  for (const char c : fake) bytes.push_back(static_cast<std::byte>(c));
  EXPECT_NE(refusal(bytes), "");
  auto headOnly = wavOf({noise(1, 0.5, 100)});
  headOnly.resize(44);
  EXPECT_NE(refusal(headOnly), "");
}

TEST(CabinetFile, EveryTruncationIsTakenOrRefused) {
  const auto wav = wavOf({noise(1, 0.5, 40), noise(2, 0.5, 40)}, kRateHz, WavFormat::kInt24);
  for (std::size_t length = 1; length < wav.size(); ++length) {
    const auto response = fileResponse(std::span(wav).first(length), kRateHz, 2);
    if (response) {
      EXPECT_TRUE(std::isfinite(peak((*response)[0])));
    } else {
      EXPECT_FALSE(response.error().sentence.empty());
    }
  }
}

TEST(CabinetFile, CookGivesTheErrorOn) {
  std::vector<std::byte> bytes(100, std::byte{7});
  const std::vector<float> values(Cabinet::kParamCount, 0.0F);
  const Spec spec{.structural = values};
  EXPECT_FALSE(Cabinet::cook(0, bytes, spec).has_value());
}

}  // namespace
}  // namespace sonic::test
