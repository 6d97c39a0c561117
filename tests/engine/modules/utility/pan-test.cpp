// SPDX-License-Identifier: MIT
#include "engine/modules/utility/pan.h"

#include <gtest/gtest.h>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

struct Sides {
  double left = 0.0;
  double right = 0.0;
};
Sides gains(float panPercent, Pan::Law law) {
  Host<Pan> host({panPercent, static_cast<float>(law)});
  const auto out = host.run({Signal2{std::vector<float>(64, 1.0F)}}, 64)[0];
  EXPECT_EQ(out[0][0], out[0][63]);
  return {static_cast<double>(out[0][63]), static_cast<double>(out[1][63])};
}

TEST(Pan, ConstantPowerKeepsThePower) {
  for (float pan = -100.0F; pan <= 100.0F; pan += 12.5F) {
    const Sides s = gains(pan, Pan::kConstantPower);
    EXPECT_NEAR(s.left * s.left + s.right * s.right, 1.0, 1e-6) << pan;
    EXPECT_NEAR(s.right, std::sin((static_cast<double>(pan) + 100.0) / 400.0 * std::numbers::pi),
                1e-6);
  }
}

TEST(Pan, EveryLawIsNamedByItsCentreAndEndsInSilenceOnTheOtherSide) {
  const double centreDb[] = {-3.0103, -4.5154, -6.0206, 0.0};
  for (const auto law : {Pan::kConstantPower, Pan::kCompromise, Pan::kConstantSum, Pan::kBalance}) {
    const Sides centre = gains(0.0F, law), left = gains(-100.0F, law), right = gains(100.0F, law);
    EXPECT_NEAR(toDb(centre.left), centreDb[law], 1e-3);
    EXPECT_EQ(centre.left, centre.right);
    EXPECT_NEAR(left.left, 1.0, 1e-6);
    EXPECT_EQ(left.right, 0.0);
    EXPECT_EQ(right.left, 0.0);
    EXPECT_NEAR(right.right, 1.0, 1e-6);
  }
}

TEST(Pan, StereoIsBalanced) {
  const Signal2 in{noise(1, 0.9, 100), noise(2, 0.9, 100)};
  Host<Pan> centre({}, {.width = 2});
  EXPECT_EQ(centre.run({in}, 100)[0], in);
  Host<Pan> right({50.0F}, {.width = 2});
  right.setInPlace(true);
  const auto out = right.run({in}, 100)[0];
  EXPECT_EQ(out[1], in[1]);
  EXPECT_NEAR(toDb(rms(out[0]) / rms(in[0])), -6.0206, 1e-3);
}

TEST(Pan, AMonoInputMayShareItsMemoryWithTheLeftOutput) {
  const auto x = noise(3, 0.9, 100);
  Host<Pan> apart({30.0F}), shared({30.0F});
  shared.setInPlace(true);
  EXPECT_EQ(shared.run({Signal2{x}}, 100, 7), apart.run({Signal2{x}}, 100, 7));
}

TEST(Pan, AnAudioRateCourseIsFollowedFrameByFrame) {
  for (const auto law : {Pan::kConstantPower, Pan::kCompromise, Pan::kConstantSum, Pan::kBalance}) {
    Host<Pan> host({0.0F, static_cast<float>(law)});
    std::vector<float> course(101);
    for (std::size_t n = 0; n < course.size(); ++n) course[n] = static_cast<float>(2 * n) - 100.0F;
    host.setPerFrame(Pan::kPan, course);
    const auto out = host.run({Signal2{std::vector<float>(101, 1.0F)}}, 101, 7)[0];
    for (std::size_t n = 0; n < course.size(); n += 10) {
      const Sides fixed = gains(course[n], law);
      ASSERT_NEAR(out[0][n], fixed.left, 1e-6);
      ASSERT_NEAR(out[1][n], fixed.right, 1e-6);
    }
  }
}

}  // namespace
}  // namespace sonic::test
