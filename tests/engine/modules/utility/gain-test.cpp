// SPDX-License-Identifier: MIT
#include "engine/modules/utility/gain.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

TEST(Gain, IsBitExactAtZeroDecibels) {
  Host<Gain> host;
  const auto x = noise(1, 0.9, 1001);
  EXPECT_EQ(bits(host.run(x)), bits(x));
}

TEST(Gain, MatchesTheDefinition) {
  for (const double db : {-60.0, -6.0, 0.5, 24.0}) {
    Host<Gain> host({static_cast<float>(db)});
    const auto x = sine(997, 0.5, 4800);
    EXPECT_NEAR(toDb(rms(host.run(x)) / rms(x)), db, 1e-4);
  }
}

TEST(Gain, TheLowestSettingIsSilence) {
  Host<Gain> host({-80.0F});
  EXPECT_EQ(peak(host.run(noise(1, 1.0, 320))), 0.0);
}

TEST(Gain, InvertsThePolarity) {
  Host<Gain> host({0.0F, 1.0F});
  const auto y = host.run(std::vector<float>{0.5F, -0.25F});
  EXPECT_EQ(y, (std::vector<float>{-0.5F, 0.25F}));
}

TEST(Gain, AnAudioRateCourseIsFollowedFrameByFrame) {
  Host<Gain> host;
  const auto x = noise(2, 0.5, 333);
  std::vector<float> db(x.size());
  for (std::size_t n = 0; n < db.size(); ++n) db[n] = -40.0F + 0.1F * static_cast<float>(n);
  host.setPerFrame(Gain::kGainDb, db);
  const auto y = host.run(x, 7);
  for (std::size_t n = 0; n < x.size(); ++n) {
    const double expected =
        static_cast<double>(x[n]) * std::pow(10.0, static_cast<double>(db[n]) / 20);
    ASSERT_NEAR(y[n], expected, 2e-6 * std::abs(expected) + 1e-9) << n;
  }
}

}  // namespace
}  // namespace sonic::test
