// SPDX-License-Identifier: MIT
#include "engine/modules/utility/input.h"

#include <gtest/gtest.h>

#include "engine/modules/utility/output.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

const Signal2 kDevice{noise(1, 0.9, 333), noise(2, 0.9, 333)};

Signal2 take(Input::Channel channel, std::size_t width, bool inPlace, float gainDb = 0.0F) {
  Host<Input> host({gainDb, static_cast<float>(channel)}, {.width = width});
  host.setInPlace(inPlace);
  return host.run({kDevice}, 333, 7)[0];
}

TEST(Input, TakesTheChosenChannelBitByBit) {
  for (const bool inPlace : {false, true}) {
    EXPECT_EQ(take(Input::kLeft, 1, inPlace), (Signal2{kDevice[0]}));
    EXPECT_EQ(take(Input::kRight, 1, inPlace), (Signal2{kDevice[1]}));
    EXPECT_EQ(take(Input::kStereo, 2, inPlace), kDevice);
    EXPECT_EQ(take(Input::kRight, 2, inPlace), (Signal2{kDevice[1], kDevice[1]}));
  }
}

TEST(Input, BothIsTheMeanAndSoIsStereoWithoutRoom) {
  const Signal2 both = take(Input::kBoth, 1, true);
  for (std::size_t n = 0; n < both[0].size(); ++n) {
    ASSERT_EQ(both[0][n], (kDevice[0][n] + kDevice[1][n]) * 0.5F);
  }
  EXPECT_EQ(take(Input::kStereo, 1, true), both);
}

TEST(Input, GainIsInDecibels) {
  EXPECT_NEAR(toDb(rms(take(Input::kLeft, 1, false, 12.0F)[0]) / rms(kDevice[0])), 12.0, 1e-4);
}

TEST(Output, CopiesMonoToBothSidesAndStereoThrough) {
  Host<Output> mono;
  EXPECT_EQ(mono.run({Signal2{kDevice[0]}}, 333, 7)[0], (Signal2{kDevice[0], kDevice[0]}));
  Host<Output> stereo({}, {.width = 2});
  stereo.setInPlace(true);
  EXPECT_EQ(stereo.run({kDevice}, 333, 7)[0], kDevice);
}

TEST(Output, LevelIsInDecibelsAndItsLowestSettingSilence) {
  Host<Output> host({-6.0F});
  EXPECT_NEAR(toDb(rms(host.run(kDevice[0])) / rms(kDevice[0])), -6.0, 1e-4);
  Host<Output> muted({-80.0F});
  EXPECT_EQ(peak(muted.run(kDevice[0])), 0.0);
}

}  // namespace
}  // namespace sonic::test
