// SPDX-License-Identifier: MIT
// Document to sound: Project and Engine together, over the shop's modules.
#include "engine/engine.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/dsp/wav.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

/// `body` stands between the braces of "nodes"; the chain wires them in the order given.
std::string project(const std::vector<std::pair<std::string, std::string>>& chain) {
  std::string nodes, wires;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    nodes += (i ? "," : "") + ("\"n" + std::to_string(i)) + "\":{\"type\":\"" + chain[i].first +
             "\",\"params\":{" + chain[i].second + "}}";
    if (i == 0) continue;
    wires += (i > 1 ? "," : "") + ("\"w" + std::to_string(i)) + "\":{\"from\":[\"n" +
             std::to_string(i - 1) + "\",\"out\"],\"to\":[\"n" + std::to_string(i) + "\",\"in\"]}";
  }
  return R"({"format":"sonic-core","version":1,"nodes":{)" + nodes + R"(},"wires":{)" + wires +
         "}}";
}

/// A project that is loaded, cooked, planned and running.
struct Playing {
  explicit Playing(const std::string& json, GraphSetup setup = {}) : project(setup), engine(setup) {
    const auto loaded = project.load(json);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().place << loaded.error().sentence;
    send();
    engine.installNow();
  }
  void send() {
    const auto cooked = project.cookMissing();
    ASSERT_TRUE(cooked.has_value()) << cooked.error().sentence;
    for (const auto& blob : project.takeBlobs()) {
      engine.addBlob(blob.key, blob.bytes.size(), 0, blob.bytes);
    }
    const auto update = project.update();
    ASSERT_TRUE(update.has_value()) << update.error().sentence;
    if (!update->plan.empty()) {
      const auto installed = engine.install(update->plan);
      ASSERT_TRUE(installed.has_value()) << installed.error().sentence;
    }
    for (const auto& c : update->changes) engine.setParam(c.handle, c.row, c.value);
  }
  std::vector<float> run(const std::vector<float>& x, std::size_t block = 128) {
    std::vector<float> left(x.size()), right(x.size());
    for (std::size_t at = 0; at < x.size(); at += block) {
      const float* const in[] = {x.data() + at, x.data() + at};
      float* const out[] = {left.data() + at, right.data() + at};
      engine.process(in, 2, out, 2, std::min(block, x.size() - at));
    }
    return left;
  }
  Project project;
  Engine engine;
};

const std::string kPlain = project({{"input", ""}, {"gain", "\"gain\":-6"}, {"output", ""}});

TEST(Engine, PlaysADocument) {
  Playing playing(kPlain);
  const auto x = sine(440, 0.5, 4800);
  EXPECT_NEAR(toDb(rms(playing.run(x)) / rms(x)), -6.0, 1e-3);
}

TEST(Engine, AnEditedKnobReachesTheRunningModuleWithoutANewPlan) {
  Playing playing(kPlain);
  playing.run(silence(1000));
  ASSERT_TRUE(playing.project.setParam("n1", "gain", -20.0).has_value());
  const auto update = playing.project.update();
  ASSERT_TRUE(update.has_value());
  EXPECT_TRUE(update->plan.empty());
  ASSERT_EQ(update->changes.size(), 1U);
  EXPECT_EQ(update->changes[0].value, -20.0F);
}

TEST(Engine, CommandsActInTheFirstCellAtTheirFrame) {
  for (const std::size_t block : {1U, 100U, 128U, 2048U}) {
    Playing playing(project({{"input", ""}, {"gain", ""}, {"output", ""}}));
    const auto handle = playing.project.handleOf("n1");
    playing.engine.setParam(handle, 1, 1.0F, 1000);  // polarity: no ramp
    const auto y = playing.run(std::vector<float>(4096, 1.0F), block);
    EXPECT_EQ(y[1023], 1.0F) << block;
    EXPECT_EQ(y[1024], -1.0F) << block;  // 1000 lies in the cell that ends at 1024
  }
}

TEST(Engine, ResetGivesTheSameFramesAgain) {
  Playing playing(project({{"input", ""}, {"gate", ""}, {"compressor", ""}, {"output", ""}}));
  const auto x = noise(4, 0.5, 10000);
  playing.run(noise(9, 0.7, 3333));
  playing.engine.reset();
  const auto first = bits(playing.run(x, 100));
  playing.engine.reset();
  EXPECT_EQ(bits(playing.run(x, 441)), first);
}

TEST(Engine, RunsAndResetsWithoutAllocating) {
  Playing playing(project({{"input", ""}, {"gate", ""}, {"compressor", ""}, {"output", ""}}));
  const auto x = noise(4, 0.5, 4096);
  std::vector<float> left(4096), right(4096);
  const float* const in[] = {x.data(), x.data()};
  float* const out[] = {left.data(), right.data()};
  playing.engine.process(in, 2, out, 2, 4096);
  const std::size_t before = allocationCount();
  playing.engine.setParam(playing.project.handleOf("n1"), 0, -30.0F);
  playing.engine.process(in, 2, out, 2, 4096);
  playing.engine.reset();
  playing.engine.process(in, 2, out, 2, 777);
  EXPECT_EQ(allocationCount(), before);
}

TEST(Engine, EditsWhilePlayingKeepEveryStageFinite) {
  Playing playing(kPlain);
  const auto x = sine(93.75, 0.25, 2048);  // four whole periods
  double worst = 0.0;
  float last = 0.0F, before = 0.0F;
  const char* const edits[] = {
      R"({"nodes":{"c":{"type":"compressor"}},"wires":{"w2":null,"a":{"from":["n1","out"],"to":["c","in"]},"b":{"from":["c","out"],"to":["n2","in"]}}})",
      R"({"nodes":{"n1":{"bypass":true}}})", R"({"nodes":{"c":{"params":{"lookaheadMs":5}}}})",
      R"({"nodes":{"c":null},"wires":{"w2":{"from":["n1","out"],"to":["n2","in"]}}})"};
  for (int round = 0; round < 8; ++round) {
    if (round < 4) {
      const auto applied = playing.project.apply(edits[round]);
      ASSERT_TRUE(applied.has_value()) << applied.error().place << applied.error().sentence;
      playing.send();
    }
    for (const float v : playing.run(x)) {
      worst = std::max(worst, std::abs(double{v} - 2.0 * double{last} + double{before}));
      before = last;
      last = v;
    }
  }
  EXPECT_LT(worst, 2e-3);  // a hard switch of this signal gives up to 0.25
}

TEST(Engine, AMissingFileIsNamedAndTheRestPlaysOn) {
  Playing playing(kPlain);
  const std::string sha(64, '0');
  ASSERT_TRUE(playing.project
                  .apply(R"({"nodes":{"clip":{"type":"clip","assets":{"audio":")" + sha +
                         R"("}}},"wires":{"x":{"from":["clip","out"],"to":["n2","in"]}}})")
                  .has_value());
  const auto cooked = playing.project.cookMissing();
  ASSERT_FALSE(cooked.has_value());
  EXPECT_EQ(cooked.error().code, ErrorCode::kMissing);
  EXPECT_NE(cooked.error().sentence.find(sha), std::string::npos);
  playing.project.setAbsent(sha, true);
  playing.send();
  EXPECT_GT(peak(playing.run(sine(440, 0.5, 4800))), 0.2);
}

TEST(Engine, ASourceIsAsWideAsItsChannelChoiceSays) {
  const auto left = sine(400, 0.5, 480), right = sine(600, 0.25, 480);
  const std::string sha(64, 'a');
  for (const bool isStereo : {true, false}) {
    Playing playing(kPlain);
    playing.project.addFile(sha, writeWav({48000.0, {left, right}}, WavFormat::kFloat32));
    const std::string channel = isStereo ? "3" : "2";
    ASSERT_TRUE(
        playing.project
            .apply(R"({"nodes":{"clip":{"type":"clip","params":{"start":2,"channel":)" + channel +
                   R"(},"assets":{"audio":")" + sha +
                   R"("}}},"wires":{"w2":null,"x":{"from":["clip","out"],"to":["n2","in"]}}})")
            .has_value());
    playing.send();
    playing.engine.installNow();
    std::vector<float> a(480), b(480);
    const std::vector<float> quiet(480);
    const float* const in[] = {quiet.data(), quiet.data()};
    float* const out[] = {a.data(), b.data()};
    playing.engine.process(in, 2, out, 2, 480);
    EXPECT_NEAR(rms(a, 240) / rms(b, 240), isStereo ? 2.0 : 1.0, 0.05);
  }
}

TEST(Engine, AMissingFileIsNamedAtTheNodeThatPlaysIt) {
  Playing playing(kPlain);
  const std::string sha(64, '1');
  ASSERT_TRUE(playing.project
                  .apply(R"({"nodes":{"a":{"type":"clip"},"b":{"type":"clip","assets":{"audio":")" +
                         sha + R"("}}}})")
                  .has_value());
  const auto tasks = playing.project.missing();
  ASSERT_TRUE(tasks.has_value());
  ASSERT_EQ(tasks->size(), 2U);
  for (const CookTask& task : *tasks) {
    EXPECT_EQ(task.place, task.blueprint.files[0].empty() ? "/nodes/a/assets" : "/nodes/b/assets");
  }
}

TEST(Engine, TheTransportReachesModulesInTheVeryFrame) {
  for (const std::size_t block : {1U, 128U, 441U}) {
    Playing playing(project({{"input", ""}, {"output", ""}}));
    playing.engine.setAnchor({777, 0.0, 120.0, true});
    playing.run(silence(1000), block);
    EXPECT_NEAR(playing.engine.transport().at(playing.engine.frame()).beat,
                223.0 * 120.0 / (60.0 * 48000.0), 1e-12);
  }
}

}  // namespace
}  // namespace sonic::test
