// SPDX-License-Identifier: MIT
#include "engine/modules/cabinet/cabinet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "engine/dsp/wav.h"
#include "engine/modules/cabinet/cabinet-response.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

// With both cuts off: y = h * x in double precision, at every `stride`th frame.
double errorDb(const std::vector<float>& h, const std::vector<float>& x,
               const std::vector<float>& y, std::size_t stride) {
  double error = 0.0, signal = 0.0;
  for (std::size_t n = 0; n < y.size(); n += stride) {
    double expected = 0.0;
    for (std::size_t k = 0; k <= n && k < h.size(); ++k) {
      expected += static_cast<double>(h[k]) * static_cast<double>(x[n - k]);
    }
    error += (y[n] - expected) * (y[n] - expected);
    signal += expected * expected;
  }
  return 10.0 * std::log10(error / signal);
}

TEST(Cabinet, ConvolvesWithTheBuiltInResponse) {
  for (const float speaker : {0.0F, 1.0F, 2.0F, 3.0F}) {
    Host<Cabinet> host({speaker, 1.0F, 7.0F, 50.0F});
    const auto h = cabinetResponse({.speaker = static_cast<Speaker>(speaker),
                                    .microphone = Microphone::kRibbon,
                                    .distanceCm = 7.0,
                                    .axis = 0.5},
                                   kRateHz);
    const auto x = noise(1, 0.5, 9000);
    EXPECT_LT(errorDb(h, x, host.run(x), 7), -120.0);
  }
}

TEST(Cabinet, ConvolvesEachSideOfAStereoFile) {
  Host<Cabinet> host({}, {.width = 2});
  std::vector<std::vector<float>> h{noise(2, 0.1, 30000), noise(3, 0.1, 30000)};
  const auto wav = writeWav({.sampleRateHz = kRateHz, .channels = h}, WavFormat::kFloat32);
  host.setFile(Cabinet::kResponse, wav);
  const auto used = fileResponse(wav, kRateHz, 2);
  ASSERT_TRUE(used.has_value());
  const Signal2 x{noise(4, 0.5, 40000), noise(5, 0.5, 40000)};
  const auto y = host.run({x}, 40000);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_LT(errorDb((*used)[c], x[c], y[0][c], 251), -115.0);
  }
}

TEST(Cabinet, AnswersInTheVeryFrame) {
  Host<Cabinet> host;
  EXPECT_EQ(host.latencyFrames(), 0U);
  const auto y = host.run(impulse(4096));
  EXPECT_GT(std::abs(y[0]), 1e-5 * peak(y));
}

TEST(Cabinet, GivesTheSameBitsForEveryCallLengthWhileKnobsMove) {
  const auto x = noise(6, 0.5, 6000);
  const auto render = [&](std::size_t callFrames) {
    Host<Cabinet> host;
    host.prepare();
    host.set(Cabinet::kLowCutHz, 200.0F);
    host.set(Cabinet::kHighCutHz, 4000.0F);
    host.set(Cabinet::kLevelDb, -6.0F);
    host.set(Cabinet::kMix, 60.0F);
    return bits(host.run(x, callFrames));
  };
  const auto whole = render(32);
  EXPECT_EQ(render(1), whole);
  EXPECT_EQ(render(7), whole);
}

TEST(Cabinet, CutsAreButterworthAndOffAtTheirEnds) {
  const auto responseWith = [](float lowHz, float highHz) {
    Host<Cabinet> host;
    host.set(Cabinet::kLowCutHz, lowHz);
    host.set(Cabinet::kHighCutHz, highHz);
    return host.run(impulse(8192));
  };
  const auto open = responseWith(20.0F, 20000.0F);
  const auto cut = responseWith(120.0F, 4000.0F);
  EXPECT_NEAR(responseDb(cut, 120) - responseDb(open, 120), -3.01, 0.1);
  EXPECT_NEAR(responseDb(cut, 60) - responseDb(open, 60), -12.3, 0.3);
  EXPECT_NEAR(responseDb(cut, 4000) - responseDb(open, 4000), -3.01, 0.1);
  EXPECT_NEAR(responseDb(cut, 800) - responseDb(open, 800), 0.0, 0.1);
  const auto h = cabinetResponse({}, kRateHz);
  for (std::size_t n = 0; n < h.size(); ++n) ASSERT_NEAR(open[n], h[n], 1e-7) << n;
}

// A tone that the cuts hardly touch: turning them on and off must show
// no more than moving cuts that stay on.
TEST(Cabinet, TurningTheCutsOnAndOffDoesNotClick) {
  const auto steepest = [](std::array<float, 2> lowHz, std::array<float, 2> highHz) {
    Host<Cabinet> host;
    host.set(Cabinet::kLowCutHz, lowHz[0]);
    host.set(Cabinet::kHighCutHz, highHz[0]);
    const auto x = sine(400, 0.5, 48000);
    std::vector<float> y;
    for (std::size_t part = 0; part < 5; ++part) {
      host.set(Cabinet::kLowCutHz, lowHz[part % 2]);
      host.set(Cabinet::kHighCutHz, highHz[part % 2]);
      const auto begin = x.begin() + static_cast<std::ptrdiff_t>(part * 9600);
      const auto out = host.run(std::vector<float>(begin, begin + 9600));
      y.insert(y.end(), out.begin(), out.end());
    }
    double most = 0.0;  // of the third difference, where a step stands out
    for (std::size_t n = 9000; n + 3 < y.size(); ++n) {
      most = std::max(most, std::abs(double{y[n + 3]} - 3.0 * double{y[n + 2]} +
                                     3.0 * double{y[n + 1]} - double{y[n]}));
    }
    return most;
  };
  const double onAndOff = steepest({20, 30}, {20000, 15000});
  const double alwaysOn = steepest({26, 39}, {17000, 12750});
  EXPECT_LT(onAndOff, 1.5 * alwaysOn);
  EXPECT_LT(onAndOff, 1e-3);  // a step of 0.001 would show as 0.003
}

TEST(Cabinet, MixAtZeroIsTheInput) {
  Host<Cabinet> host;
  host.set(Cabinet::kMix, 0.0F);
  const auto x = noise(7, 0.5, 1000);
  EXPECT_EQ(host.run(x), x);
}

TEST(Cabinet, SilenceBecomesExactAndLastsNoLongerThanDeclared) {
  Host<Cabinet> host({3.0F});  // the longest response
  host.set(Cabinet::kLowCutHz, 80.0F);
  const auto quiet = static_cast<std::size_t>(host.quietFrames());
  EXPECT_GE(quiet, 3072U);
  EXPECT_LE(quiet, 4096U);
  auto x = noise(8, 0.5, 4000);
  x.resize(60000);
  EXPECT_EQ(peak(host.run(x), 50000), 0.0);
}

TEST(Cabinet, HealsAtOnceFromBadInput) {
  Host<Cabinet> host;
  auto x = noise(9, 0.5, 5000);
  x[100] = std::numeric_limits<float>::quiet_NaN();
  x[101] = std::numeric_limits<float>::infinity();
  x[102] = -1e30F;
  const auto y = host.run(x);
  x[100] = x[101] = x[102] = 0.0F;
  Host<Cabinet> clean;
  EXPECT_EQ(bits(y), bits(clean.run(x)));
}

TEST(Cabinet, MagnitudeForTheFaceIsWhatIsHeard) {
  std::vector<float> values(Cabinet::kParamCount);
  for (std::size_t r = 0; r < values.size(); ++r) {
    values[r] = static_cast<float>(Cabinet::kParams[r].fallback);
  }
  values[Cabinet::kLowCutHz] = 22.5F;  // half mixed in
  values[Cabinet::kHighCutHz] = 6800.0F;
  values[Cabinet::kLevelDb] = 3.0F;
  const std::vector<float> frequencies{50, 100, 250, 1000, 2500, 5000, 10000};
  const auto db = Cabinet::magnitudeDb({}, {.structural = values}, frequencies);
  ASSERT_TRUE(db.has_value());
  Host<Cabinet> host(values);
  const auto y = host.run(impulse(16384));
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    EXPECT_NEAR((*db)[i], responseDb(y, frequencies[i]), 0.1) << frequencies[i];
  }
}

// A plan may name a blob that is not ours: then the cabinet is a wire, never a crash.
TEST(Cabinet, AWrongBlobMakesAWire) {
  const std::vector<float> values(Cabinet::kParamCount, 1.0F);
  std::vector<std::byte> rubbish(64, std::byte{5});
  const std::vector<AssetBlob> blobs{rubbish};
  std::vector<std::byte> memory(4096);
  Arena arena(memory);
  Cabinet cabinet;
  cabinet.prepare({.structural = values, .assets = blobs, .arena = &arena});
  ASSERT_FALSE(arena.overflowed());
  cabinet.reset();
  auto x = noise(10, 0.5, 32);
  std::vector<float> y(32);
  const std::array<const float*, 1> in{x.data()};
  const std::array<float*, 1> out{y.data()};
  const std::array<Bus<const float>, 1> inBus{{{in, true}}};
  const std::array<Bus<float>, 1> outBus{{{out, true}}};
  std::vector<Ramp> ramps;
  for (const ParamSpec& row : Cabinet::kParams) {
    ramps.push_back(
        Ramp::between(static_cast<float>(row.fallback), static_cast<float>(row.fallback)));
  }
  Io io{.frames = 32, .in = inBus, .out = outBus, .endsCell = true};
  cabinet.process(io, Params(ramps, {}));
  EXPECT_EQ(y, x);
}

}  // namespace
}  // namespace sonic::test
