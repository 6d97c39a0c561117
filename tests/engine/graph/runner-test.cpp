// SPDX-License-Identifier: MIT
#include "engine/graph/runner.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/engine/graph/rig.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

TEST(Runner, PassesInputToOutputBitForBit) {
  Rig rig;
  rig.install(graph({"input>output"}));
  const auto x = noise(1, 0.9, 5000);
  EXPECT_EQ(bits(rig.run(x, 441)), bits(x));
}

TEST(Runner, GivesTheSameBitsForEveryBlockSize) {
  const auto g = graph(
      {"input>smear>a:late>product>output", "input>product.side", "input>widen>b:smear>output"});
  auto x = noise(3, 0.9, 3000);
  x.resize(6000, 0.0F);                     // everything falls asleep
  const auto again = sine(700, 0.4, 1777);  // and wakes in the middle of a cell
  x.insert(x.end(), again.begin(), again.end());
  const auto render = [&](std::size_t block) {
    Rig rig;
    rig.install(g);
    return bits(rig.run(x, block));
  };
  const auto whole = render(2048);
  for (const std::size_t block : {1U, 7U, 32U, 100U, 128U, 441U}) EXPECT_EQ(render(block), whole);
}

TEST(Runner, AlignsParallelPathsToTheSlowest) {
  Rig rig;
  const auto g = graph({"input>output", "src:oracle!seed>a:late>output", "src:oracle!seed>output"});
  rig.install(g);
  const auto y = rig.run(silence(400));
  const float seed = y[399] / 2.0F;
  for (std::size_t n = 0; n < 100; ++n) ASSERT_EQ(y[n], 0.0F) << n;
  for (std::size_t n = 100; n < 400; ++n) ASSERT_EQ(y[n], 2.0F * seed) << n;
}

TEST(Runner, NeverDelaysALiveInputForOneThatIsNot) {
  Rig rig;
  rig.install(graph({"input>output", "src:oracle!seed>a:late>output"}));
  EXPECT_EQ(rig.planner.last().latencyFrames, 0);
  const auto y = rig.run(impulse(300, 0));
  EXPECT_EQ(y[0], 1.0F);
}

TEST(Runner, LiveBranchesAlignAmongThemselves) {
  Rig rig;
  rig.install(graph({"input>output", "input>a:late>output"}));
  const auto y = rig.run(impulse(300, 0));
  EXPECT_EQ(y[100], 2.0F);
  EXPECT_EQ(peak(std::vector<float>(y.begin(), y.begin() + 100)), 0.0);
}

TEST(Runner, MonoToStereoCopiesAndStereoToMonoTakesTheMean) {
  Rig rig;
  rig.install(graph({"input>widen>a:widen>output"}));
  const auto y = rig.run(noise(1, 0.5, 300));
  EXPECT_EQ(peak(y), 0.0);  // (x + -x) / 2
}

TEST(Runner, WireGainAndDelayAreExact) {
  Rig rig;
  auto g = graph({"input>output"});
  g.wires[0].gain = 0.5;
  g.wires[0].delayFrames = 77;
  rig.install(g);
  const auto y = rig.run(impulse(200, 3));
  EXPECT_EQ(y[80], 0.5F);
  EXPECT_EQ(peak(y), 0.5);
}

TEST(Runner, QuarantinesAModuleThatGivesNoNumberAndRecovers) {
  Rig rig;
  rig.install(graph({"input>fragile>output", "input>output"}));
  auto x = sine(500, 0.5, 9600);
  x[100] = 5.0F;
  const auto y = rig.run(x, 1);
  for (const float v : y) ASSERT_TRUE(std::isfinite(v));
  EXPECT_EQ(rig.runner.slot(rig.planner.handleOf("fragile"))->quarantines, 1U);
  EXPECT_EQ(y[200], x[200]);              // the other path goes on
  EXPECT_EQ(y[9000], x[9000] + x[9000]);  // 50 ms later it is back
}

TEST(Runner, ReplacesBadInputByZero) {
  Rig rig;
  rig.install(graph({"input>output"}));
  auto x = sine(500, 0.5, 640);
  x[5] = std::numeric_limits<float>::quiet_NaN();
  x[6] = std::numeric_limits<float>::infinity();
  const auto y = rig.run(x);
  EXPECT_EQ(y[5], 0.0F);
  EXPECT_EQ(y[6], 0.0F);
  EXPECT_EQ(y[7], x[7]);
}

TEST(Runner, SleepsInSilenceAndWakesInTheVeryFrame) {
  Rig rig;
  rig.install(graph({"input>smear>output"}));
  rig.run(noise(1, 0.5, 3200));
  rig.run(silence(32000));
  EXPECT_TRUE(rig.runner.slot(rig.planner.handleOf("smear"))->asleep);
  const auto y = rig.run(impulse(320, 45), 128);
  EXPECT_EQ(y[44], 0.0F);
  EXPECT_EQ(y[45], 0.25F);
}

TEST(Runner, BypassFadesToTheAlignedDrySignalWithoutAClick) {
  Rig rig;
  auto g = graph({"input>a:late>output"});
  rig.install(g);
  const auto x = sine(200, 0.5, 48000);
  std::vector<float> part(x.begin(), x.begin() + 9600);
  auto y = rig.run(part);
  g.nodes[1].bypass = true;
  rig.install(g, false);
  const auto rest = rig.run(std::vector<float>(x.begin() + 9600, x.end()));
  y.insert(y.end(), rest.begin(), rest.end());
  // A pure delay, bypassed into an equally delayed dry path: nothing may change at all.
  for (std::size_t n = 100; n < y.size(); ++n) ASSERT_NEAR(y[n], x[n - 100], 1e-6) << n;
}

TEST(Runner, EditsFadeWithoutAClick) {
  std::mt19937 random(5);
  Rig rig;
  const auto base = graph({"input>smear>output"});
  const auto other = graph({"input>smear>b:smear>output"});
  const auto swapped = graph({"input>b:smear>smear>output"});  // the union of both is a loop
  rig.install(base);
  const auto x = sine(100, 0.5, 4800);
  std::vector<float> y = rig.run(x);
  const Graph* const edits[] = {&other, &swapped, &base, &swapped, &other, &base};
  for (const Graph* edit : edits) {
    rig.install(*edit, false);
    const auto part = rig.run(x, 100);
    y.insert(y.end(), part.begin(), part.end());
  }
  double worst = 0.0;
  for (std::size_t n = 3; n < y.size(); ++n) {
    worst = std::max(worst, std::abs(double{y[n]} - 2.0 * double{y[n - 1]} + double{y[n - 2]}));
  }
  const double steady = 0.5 * std::pow(2.0 * std::numbers::pi * 100.0 / 48000.0, 2.0);
  EXPECT_LT(worst, 2.0 * steady + 1e-3);
}

TEST(Runner, KeepsStateOfWhatStays) {
  Rig rig;
  rig.install(graph({"input>smear>output"}));
  rig.run(std::vector<float>(320, 1.0F));
  const auto handle = rig.planner.handleOf("smear");
  rig.install(graph({"input>smear>b:smear>output"}), false);
  rig.run(std::vector<float>(3200, 1.0F));
  EXPECT_EQ(rig.planner.handleOf("smear"), handle);
}

TEST(Runner, ModulatesAtCellRateAndAtAudioRate) {
  Rig rig;
  auto g = graph({"input>smear>output"});
  Graph::Wire wire;
  wire.id = "m";
  wire.fromNode = "input";
  wire.fromPort = "out";
  wire.toNode = "smear";
  wire.toPort = "param:offset";
  wire.depth = 0.25;  // of the travel -1..1: 0.5
  g.wires.push_back(wire);
  rig.install(g);
  const auto y = rig.run(std::vector<float>(640, 1.0F));
  EXPECT_NEAR(y[600], 1.0F + 0.5F, 1e-5);

  Rig fast;
  g.wires.back().toPort = "param:gain";
  fast.install(g);
  const auto z = fast.run(std::vector<float>(640, 1.0F), 7);
  EXPECT_NEAR(z[600], 1.0F + 0.5F, 1e-5);  // gain 1 + 0.25 * 2
  EXPECT_NEAR(z[0], 0.25F * 1.5F, 1e-6);   // from the first frame on
}

TEST(Runner, CarriesEventsFromModuleToModuleInTheSameFrame) {
  Rig rig;
  rig.install(graph({"pinger!sent>b:pinger.notes", "b:pinger>output"}));
  Event event;
  event.frameOffset = 5;
  event.value = 0.5F;
  ASSERT_TRUE(rig.runner.sendEvent(rig.planner.handleOf("pinger"), event));
  const auto y = rig.run(silence(64), 32);
  EXPECT_EQ(y[5], 0.5F);
  EXPECT_EQ(peak(y), 0.5);
  EXPECT_EQ(rig.runner.slot(rig.planner.handleOf("b"))->readings[0], 1.0F);
}

TEST(Runner, UnknownModulesPassTheirInput) {
  Rig rig;
  rig.install(graph({"input>a:from-the-future>output"}));
  const auto x = noise(1, 0.5, 300);
  EXPECT_EQ(bits(rig.run(x)), bits(x));
}

TEST(Runner, RunsWithoutAllocating) {
  Rig rig;
  rig.install(graph({"input>smear>a:late>product>output", "input>product.side"}));
  rig.run(noise(1, 0.5, 640));
  const float* const ins[] = {nullptr, nullptr};
  std::vector<float> left(32), right(32);
  float* const outs[] = {left.data(), right.data()};
  const std::size_t before = allocationCount();
  for (int cell = 0; cell < 100; ++cell) {
    rig.runner.step(ins, 2, outs, 2, 32, Time{}, 0, nullptr);
  }
  EXPECT_EQ(allocationCount(), before);
}

TEST(Runner, CommandsToUnknownHandlesAreDroppedAndCounted) {
  Rig rig;
  rig.install(graph({"input>output"}));
  EXPECT_FALSE(rig.runner.setParam(999, 0, 1.0F));
  EXPECT_EQ(rig.runner.droppedCommands(), 1U);
}

TEST(Runner, ABlobCountsOnceAllItsBytesAreThere) {
  Runner runner(testModules(), 48000.0F);
  const std::vector<std::byte> bytes(64);
  const std::span<const std::byte> half(bytes.data(), 32);
  runner.addBlob(7, 64, 0, half);
  runner.addBlob(7, 64, 0, half);  // the worker died, and its successor begins anew
  EXPECT_FALSE(runner.holdsBlob(7));
  runner.addBlob(7, 64, 48, {bytes.data(), 16});  // a hole before it
  EXPECT_FALSE(runner.holdsBlob(7));
  runner.addBlob(7, 64, SIZE_MAX - 15, half);  // its end wraps round
  runner.addBlob(7, 64, 32, half);
  EXPECT_TRUE(runner.holdsBlob(7));
}

}  // namespace
}  // namespace sonic::test
