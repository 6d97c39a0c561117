// SPDX-License-Identifier: MIT
// What every module must keep, run over the module table: nobody writes these for a new pedal.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/modules/all.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr double kBurstFrames = 2400;  // 50 ms at 48 kHz

/// Frames of noise, then silence, on every channel of every audio input.
std::vector<Signal2> burst(const ModuleType& type, std::size_t loud, std::size_t frames,
                           double amplitude = 0.5) {
  std::vector<Signal2> in;
  std::uint32_t seed = 1;
  for (std::size_t p = 0; p < type.audioPorts(Direction::kIn); ++p) {
    Signal2 port(2);
    for (auto& channel : port) {
      channel = noise(seed++, amplitude, loud);
      channel.resize(frames, 0.0F);
    }
    in.push_back(std::move(port));
  }
  return in;
}

double peakOf(const std::vector<Signal2>& ports, std::size_t begin = 0) {
  double most = 0.0;
  for (const auto& port : ports) {
    for (const auto& channel : port) most = std::max(most, peak(channel, begin));
  }
  return most;
}

bool isFinite(const std::vector<Signal2>& ports) {
  for (const auto& port : ports) {
    for (const auto& channel : port) {
      for (const float x : channel) {
        if (!std::isfinite(x)) return false;
      }
    }
  }
  return true;
}

std::vector<std::vector<std::uint32_t>> bitsOf(const std::vector<Signal2>& ports) {
  std::vector<std::vector<std::uint32_t>> all;
  for (const auto& port : ports) {
    for (const auto& channel : port) all.push_back(bits(channel));
  }
  return all;
}

class Conformance : public ::testing::TestWithParam<std::size_t> {
 protected:
  [[nodiscard]] const ModuleType& type() const { return allModules().types()[GetParam()]; }
  [[nodiscard]] ModuleHost host(HostOptions options = {}) const {
    return ModuleHost(type(), options);
  }
  /// How far a row or a chain of rows may amplify: what the gain-like rows explain, and 24 dB.
  [[nodiscard]] double bound(const std::vector<float>& values) const {
    double db = 24.0;
    for (std::size_t r = 0; r < type().params.size(); ++r) {
      if (type().params[r].unit == Unit::kDecibel) db += std::max(0.0, double{values[r]});
    }
    return std::pow(10.0, db / 20.0);
  }
  void expectSane(ModuleHost& module, const std::vector<float>& values, std::size_t frames = 1024) {
    for (std::size_t r = 0; r < values.size(); ++r) module.set(r, values[r]);
    const auto out = module.run(burst(type(), frames, frames, 1.0), frames);
    ASSERT_TRUE(isFinite(out)) << ::testing::PrintToString(values);
    ASSERT_LE(peakOf(out), bound(values)) << ::testing::PrintToString(values);
  }
  [[nodiscard]] std::vector<float> defaults() const {
    std::vector<float> values;
    for (const ParamSpec& row : type().params) values.push_back(static_cast<float>(row.fallback));
    return values;
  }
  /// All rows at their lowest, all at their highest, then seeded mixtures of both.
  void tryCorners(int corners) {
    std::mt19937 random(7);
    for (int corner = 0; corner < corners; ++corner) {
      ModuleHost module = host();
      auto values = defaults();
      for (std::size_t r = 0; r < values.size(); ++r) {
        const bool high = corner == 0 ? false : corner == 1 ? true : (random() & 1) != 0;
        values[r] = static_cast<float>(high ? type().params[r].max : type().params[r].min);
      }
      expectSane(module, values, 512);
    }
  }
  /// Moves every live knob to both halves of its range in turn.
  void moveKnobs(ModuleHost& module, std::size_t turn) const {
    for (std::size_t r = 0; r < type().params.size(); ++r) {
      const ParamSpec& row = type().params[r];
      if (row.isStructural()) continue;
      const double share = (turn + r) % 3 == 0 ? 0.2 : (turn + r) % 3 == 1 ? 0.5 : 0.85;
      double value = row.min + share * (row.max - row.min);
      if (!row.choices.empty()) value = std::floor(value + 0.5);
      module.set(r, static_cast<float>(value));
    }
  }
};

TEST_P(Conformance, EachParameterAtBothEndsIsFiniteAndBounded) {
  for (std::size_t r = 0; r < type().params.size(); ++r) {
    for (const double end : {type().params[r].min, type().params[r].max}) {
      ModuleHost module = host();
      auto values = defaults();
      values[r] = static_cast<float>(end);
      expectSane(module, values);
    }
  }
}

TEST_P(Conformance, CornersOfAllParametersAreFiniteAndBounded) {
  tryCorners(48);
}

/// The same with as many corners as the contract names: too long for every run.
class CornersSoak : public Conformance {};
TEST_P(CornersSoak, CornersOfAllParametersAreFiniteAndBounded) {
  tryCorners(256);
}

TEST_P(Conformance, GivesTheSameBitsForEveryCallLengthInPlaceOrNot) {
  for (const std::size_t width : {1U, 2U}) {
    const auto render = [&](std::size_t callFrames, bool inPlace) {
      ModuleHost module = host({.width = width});
      module.setInPlace(inPlace);
      std::vector<std::vector<std::uint32_t>> all;
      for (std::size_t turn = 0; turn < 4; ++turn) {
        if (turn > 0) moveKnobs(module, turn);
        const auto out = module.run(burst(type(), 800, 1000), 1000, callFrames);
        for (auto& channel : bitsOf(out)) all.push_back(std::move(channel));
      }
      return all;
    };
    const auto whole = render(32, false);
    EXPECT_EQ(render(1, false), whole) << "width " << width;
    EXPECT_EQ(render(7, false), whole) << "width " << width;
    const bool sameShape = !whole.empty() && type().audioPorts(Direction::kIn) > 0 &&
                           type().ports[0].width == PortWidth::kFollow;
    if (sameShape && type().info.role == ModuleRole::kEffect) {
      EXPECT_EQ(render(32, true), whole) << "in place, width " << width;
    }
  }
}

TEST_P(Conformance, AfterResetItIsAsNew) {
  ModuleHost module = host({.width = 2});
  const auto in = burst(type(), 1000, 2000);
  const auto first = bitsOf(module.run(in, 2000));
  module.reset();
  EXPECT_EQ(bitsOf(module.run(in, 2000)), first);
}

TEST_P(Conformance, NeverAllocatesWhileRunning) {
  ModuleHost module = host({.width = 2});
  module.run(burst(type(), 1000, 2000), 2000);
  module.reset();
  module.run(burst(type(), 1000, 2000), 2000, 7);
  EXPECT_EQ(module.allocations(), 0U);
}

TEST_P(Conformance, RunsAtEveryRateInMonoAndStereo) {
  for (const float rateHz : {44100.0F, 88200.0F, 96000.0F, 192000.0F, 768000.0F}) {
    for (const std::size_t width : {1U, 2U}) {
      ModuleHost module = host({.sampleRateHz = rateHz, .width = width});
      expectSane(module, defaults(), 2048);
    }
  }
}

TEST_P(Conformance, RunsInHighQuality) {
  ModuleHost module = host({.quality = Quality::kHq});
  expectSane(module, defaults(), 2048);
}

TEST_P(Conformance, SilenceBecomesExactZeroAndLetsItSleep) {
  ModuleHost module = host({.width = 2});
  const std::int64_t quiet = module.quietFrames();
  if (quiet == kNeverSleeps || type().info.role == ModuleRole::kSource) return;
  const auto loud = static_cast<std::size_t>(kBurstFrames);
  module.run(burst(type(), loud, loud), loud);
  // A decaying tail may take its time, but within a minute it must be exact zero and stay so.
  const std::size_t second = 48000;
  std::size_t waited = 0;
  for (; waited < 60; ++waited) {
    if (peakOf(module.run(burst(type(), 0, second), second)) == 0.0) break;
  }
  ASSERT_LT(waited, 60U) << "never became exact zero";
  EXPECT_EQ(peakOf(module.run(burst(type(), 0, second), second)), 0.0);
}

TEST_P(Conformance, RecoversFromBadInput) {
  const float bad[] = {std::numeric_limits<float>::quiet_NaN(),
                       std::numeric_limits<float>::infinity(), 1e-40F, 3e38F};
  for (const float poison : bad) {
    ModuleHost module = host();
    auto in = burst(type(), 12000, 12000, 0.25);
    for (auto& port : in) {
      for (auto& channel : port) std::fill(channel.begin(), channel.begin() + 64, poison);
    }
    auto out = module.run(in, 12000);
    if (!isFinite(out)) {
      // As the host does: a module whose output was no number is reset.
      module.reset();
      out = module.run(burst(type(), 12000, 12000, 0.25), 12000);
    }
    for (auto& port : out) {  // from 100 ms on it is clean
      for (auto& channel : port) channel.erase(channel.begin(), channel.begin() + 4800 + 64);
    }
    EXPECT_TRUE(isFinite(out)) << "after " << poison;
    EXPECT_LE(peakOf(out), bound(defaults())) << "after " << poison;
  }
}

TEST_P(Conformance, DeclaredLatencyIsTheFirstResponse) {
  if (type().audioPorts(Direction::kIn) == 0 || type().audioPorts(Direction::kOut) == 0) return;
  ModuleHost module = host();
  const std::size_t latency = module.latencyFrames();
  // Opens gates and settles bias first, then compares with and without an impulse.
  const std::size_t settle = 9600;
  const std::size_t frames = settle + latency + 4800;
  const auto render = [&](float impulse) {
    ModuleHost fresh = host();
    auto in = burst(type(), 0, frames);
    for (auto& channel : in[0]) {
      const auto tone = sine(997, 0.1, settle);
      std::copy(tone.begin(), tone.end(), channel.begin());
      channel[settle] += impulse;
    }
    return fresh.run(in, frames)[0][0];
  };
  const auto without = render(0.0F);
  auto difference = render(0.9F);
  for (std::size_t n = 0; n < frames; ++n) difference[n] -= without[n];
  const double most = peak(difference);
  if (most == 0.0) return;  // a meter-like module without a sound of its own
  std::size_t first = 0;
  while (std::abs(static_cast<double>(difference[first])) < most * 1e-5) ++first;
  // Oversampled modules too: their filters rise over some frames, but from the first one on.
  EXPECT_EQ(first, settle + latency);
}

TEST_P(Conformance, MovingAKnobMakesNoZipper) {
  if (type().audioPorts(Direction::kIn) == 0 || type().audioPorts(Direction::kOut) == 0) return;
  // A slow sweep of each live knob over a 1 kHz sine: energy above 12 kHz that a jump would spread
  // must stay below what hard steps of the same course give by a wide margin.
  for (std::size_t r = 0; r < type().params.size(); ++r) {
    const ParamSpec& row = type().params[r];
    if (row.isStructural() || !row.choices.empty() || type().info.category == "drive" ||
        type().info.category == "amp") {
      continue;
    }
    ModuleHost module = host();
    const auto tone = sine(1000, 0.25, 480);
    std::vector<float> out;
    for (std::size_t block = 0; block < 60; ++block) {
      const double share = 0.5 - 0.5 * std::cos(static_cast<double>(block) * 0.2);
      module.set(r, static_cast<float>(row.min + share * (row.max - row.min)));
      auto part = module.run({Signal2{tone}}, 480)[0][0];
      out.insert(out.end(), part.begin(), part.end());
    }
    double worst = 0.0;  // third difference: a step of height h gives about 3 h
    double most = peak(out);
    for (std::size_t n = 4803; n < out.size(); ++n) {
      const double d =
          double{out[n]} - 3.0 * double{out[n - 1]} + 3.0 * double{out[n - 2]} - double{out[n - 3]};
      worst = std::max(worst, std::abs(d));
    }
    EXPECT_LE(worst, 0.03 * std::max(most, 0.25)) << "row " << row.id;
  }
}

/// Ids are typed by people, in projects, TypeScript and on the command line: one spelling each.
bool isId(std::string_view id, bool isKebab) {
  const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto isInside = [&](char c) {
    return isLower(c) || (c >= '0' && c <= '9') || (isKebab ? c == '-' : c >= 'A' && c <= 'Z');
  };
  return !id.empty() && isLower(id[0]) && std::all_of(id.begin(), id.end(), isInside);
}

TEST_P(Conformance, IdsAreSpelledAlike) {
  EXPECT_TRUE(isId(type().info.id, true)) << type().info.id;
  EXPECT_TRUE(isId(type().info.category, true)) << type().info.category;
  for (const auto& row : type().params) EXPECT_TRUE(isId(row.id, false)) << row.id;
  for (const auto& port : type().ports) EXPECT_TRUE(isId(port.id, false)) << port.id;
  for (const auto& asset : type().assets) EXPECT_TRUE(isId(asset.id, false)) << asset.id;
  for (const auto& reading : type().readings) EXPECT_TRUE(isId(reading.id, false)) << reading.id;
}

std::string nameOf(const ::testing::TestParamInfo<std::size_t>& module) {
  std::string name(allModules().types()[module.param].info.id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Modules, Conformance,
                         ::testing::Range<std::size_t>(0, allModules().types().size()), nameOf);
INSTANTIATE_TEST_SUITE_P(Modules, CornersSoak,
                         ::testing::Range<std::size_t>(0, allModules().types().size()), nameOf);

}  // namespace
}  // namespace sonic::test
