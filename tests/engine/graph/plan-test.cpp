// SPDX-License-Identifier: MIT
#include "engine/graph/plan.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "engine/graph/blueprint.h"
#include "tests/engine/graph/rig.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

TEST(Plan, SurvivesEncodingAndRefusesDamage) {
  Planner planner(testModules(), {});
  auto plan = planner.plan(graph({"input>smear>a:late>product>output", "input>product.side"}));
  ASSERT_TRUE(plan.has_value());
  const auto bytes = encodePlan(*plan);
  const auto back = decodePlan(bytes, testModules());
  ASSERT_TRUE(back.has_value()) << back.error().sentence;
  EXPECT_EQ(encodePlan(*back), bytes);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 3) {
    EXPECT_FALSE(decodePlan({bytes.data(), cut}, testModules()).has_value()) << cut;
  }
}

TEST(Plan, RandomBytesNeverHarm) {
  Planner planner(testModules(), {});
  auto plan = planner.plan(graph({"input>smear>a:late>product>output", "input>product.side"}));
  const auto bytes = encodePlan(*plan);
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    auto broken = bytes;
    for (int hit = 0; hit < 1 + round % 4; ++hit) {
      broken[random() % broken.size()] = static_cast<std::byte>(random());
    }
    const auto decoded = decodePlan(broken, testModules());
    EXPECT_TRUE(decoded.has_value() || !decoded.error().sentence.empty());
  }
  std::vector<std::byte> rubbish(4096);
  for (auto& byte : rubbish) byte = static_cast<std::byte>(random());
  EXPECT_FALSE(decodePlan(rubbish, testModules()).has_value());
}

/// A plan that a runner would have to refuse; the bytes are whole.
bool isRefused(Rig& rig, const Plan& plan) {
  return !rig.runner.install(encodePlan(plan)).has_value();
}

TEST(Plan, DamagedPlansThatStillDecodeNeverHarmARunner) {
  Planner planner(testModules(), {});
  const auto first = planner.plan(graph({"input>a:late>output"}));
  const auto second =
      planner.plan(graph({"input>smear>a:late>product>output", "input>product.side"}));
  const auto bytes = encodePlan(*second);
  ASSERT_EQ(second->stages.size(), 2U);
  std::mt19937 random(12);
  std::size_t played = 0;
  for (int round = 0; round < 1500; ++round) {
    auto broken = bytes;
    broken[24 + random() % (broken.size() - 24)] = static_cast<std::byte>(random());
    Rig rig;
    ASSERT_TRUE(rig.runner.install(encodePlan(*first)).has_value());
    rig.runner.installNow();
    if (!rig.runner.install(broken).has_value()) continue;
    rig.run(noise(3, 0.5, 1024));
    ++played;
  }
  EXPECT_GT(played, 100U);
}

TEST(Plan, IsRefusedWhereItWouldReachBeyondWhatThereIs) {
  Rig rig;
  const auto first = rig.planner.plan(graph({"input>smear>output"}));
  ASSERT_TRUE(rig.runner.install(encodePlan(*first)).has_value());
  rig.runner.installNow();
  const auto second = rig.planner.plan(graph({"input>smear>a:late>output"}));
  ASSERT_EQ(second->stages.size(), 2U);

  Plan longFade = *second;
  longFade.fadeFrames *= 2;  // of another sample rate, say
  EXPECT_TRUE(isRefused(rig, longFade));
  Plan twice = *second;
  twice.instances.push_back(twice.instances.back());
  EXPECT_TRUE(isRefused(rig, twice));
  Plan otherWidth = *second;
  for (auto& instance : otherWidth.instances) instance.width = 3 - instance.width;
  EXPECT_TRUE(isRefused(rig, otherWidth));
  Plan outOfRange = *second;
  for (auto& instance : outOfRange.instances) {
    for (float& value : instance.values) value = 1e9F;
  }
  EXPECT_TRUE(isRefused(rig, outOfRange));
  Plan tapped = *second;
  tapped.taps = Plan::kMaxTaps + 1;
  EXPECT_TRUE(isRefused(rig, tapped));
  EXPECT_FALSE(isRefused(rig, *second));
}

TEST(Planner, TapsNoMorePortsThanARunnerCanWrite) {
  Planner planner(testModules(), {});
  planner.setTaps(std::vector<Tap>(Plan::kMaxTaps + 1, Tap{"smear"}));
  const auto plan = planner.plan(graph({"input>smear>output"}));
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::kTooLarge);
}

TEST(Blueprint, IsRefusedWhereItDoesNotFitItsModule) {
  const ModuleType& type = *testModules().find("late");
  Blueprint blueprint;
  blueprint.structural.resize(type.params.size());
  for (std::size_t row = 0; row < type.params.size(); ++row) {
    blueprint.structural[row] = static_cast<float>(type.params[row].fallback);
  }
  const auto isRefused = [&type](const Blueprint& b) {
    return !cookBlueprint(type, b, {}).has_value();
  };
  EXPECT_FALSE(isRefused(blueprint));
  Blueprint longer = blueprint;
  longer.structural.push_back(0.0F);
  EXPECT_TRUE(isRefused(longer));
  Blueprint wide = blueprint;
  wide.width = 3;
  EXPECT_TRUE(isRefused(wide));
  Blueprint timeless = blueprint;
  timeless.sampleRateHz = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(isRefused(timeless));
}

TEST(Planner, NamesTheLoop) {
  Planner planner(testModules(), {});
  const auto plan = planner.plan(graph({"input>a:smear>b:smear>output", "b:smear>a:smear"}));
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::kCycle);
  EXPECT_NE(plan.error().sentence.find("a, b"), std::string::npos);
}

TEST(Planner, NamesWhatDoesNotExist) {
  Planner planner(testModules(), {});
  auto g = graph({"input>output"});
  g.wires[0].toPort = "left";
  auto plan = planner.plan(g);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().place, "/wires/input.out-output.in/to");
  g = graph({"input>smear>output"});
  g.nodes[1].params.emplace_back("colour", 1.0);
  plan = planner.plan(g);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().place, "/nodes/smear/params/colour");
}

TEST(Planner, RefusesWhatNeedsTooMuchMemory) {
  Planner planner(testModules(), {.memoryCapBytes = 300});
  const auto plan = planner.plan(graph({"input>a:late>output"}));
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::kTooLarge);
}

TEST(Planner, CountsMoreMemoryThanAPagesPointersCan) {
  Planner planner(testModules(), {});
  auto g = graph({"input>output"});
  g.wires[0].delayFrames = 1 << 23;
  const auto wire = g.wires[0];
  for (int i = 1; i < 64; ++i) {  // 2^32 bytes of delays in all
    g.wires.push_back(wire);
    g.wires.back().id = "w" + std::to_string(i);
  }
  const auto plan = planner.plan(g);
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace sonic::test
