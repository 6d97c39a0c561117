// SPDX-License-Identifier: MIT
// Times every module against the reference biquad r in one run, natively and in WASM: prints JSON
// with nanoseconds per frame (best slice), how far the slow cells stand above the median, and the
// same for a plain loop as long as the module's cell: what is left of it when the machine's ticks
// are taken out is the module's own. Mono, 48 kHz, noise at -12 dBFS, knobs at their defaults (an
// EQ with all bands on), cells of 32 frames. Names of modules as arguments: only these.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/blueprint.h"
#include "engine/graph/instance.h"
#include "engine/graph/planner.h"
#include "engine/modules/all.h"

namespace {

using namespace sonic;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kCells = 1500;  // one second
constexpr int kRounds = 9;
/// V8 runs what its quick compiler gave until its thorough one is done, on a thread of its own.
constexpr double kWarmUpNs = 0.3e9;

double now() {
  return std::chrono::duration<double, std::nano>(Clock::now().time_since_epoch()).count();
}

std::vector<float> noise() {
  std::vector<float> x(kCells * kCellFrames);
  std::uint32_t state = 1;
  for (float& v : x) {
    state = state * 1664525U + 1013904223U;
    v = 0.25F * (static_cast<float>(state >> 8) / 8388608.0F - 1.0F);
  }
  return x;
}

struct Biquad {
  float s1 = 0.0F, s2 = 0.0F;
  volatile float sink = 0.0F;
  void run(std::span<const float> x) {
    float a = s1, b = s2, sum = 0.0F;
    for (const float in : x) {
      const float y = 0.2F * in + a;
      a = 0.4F * in - -0.3F * y + b;
      b = 0.2F * in - 0.1F * y;
      sum += y;
    }
    s1 = a;
    s2 = b;
    sink = sink + sum;
  }
};

/// r: one transposed direct form II biquad, one channel, unbatched.
double biquadNs(const std::vector<float>& x) {
  double best = 1e9;
  Biquad biquad;
  for (int round = 0; round < 4 * kRounds; ++round) {
    const double begin = now();
    biquad.run(x);
    best = std::min(best, (now() - begin) / static_cast<double>(x.size()));
  }
  return best;
}

/// 99.9th percentile over the median; sorts.
double spreadOf(std::vector<double>& cells) {
  std::sort(cells.begin(), cells.end());
  return cells[kCells * 999 / 1000] / cells[kCells / 2];
}

/// The spread of cells of constant work, about so long each.
double plainSpread(const std::vector<float>& x, double cellNs, double frameNs) {
  const auto frames = static_cast<std::size_t>(std::max(1.0, cellNs / frameNs));
  Biquad biquad;
  std::vector<double> cells(kCells);
  double spread = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    for (double& cell : cells) {
      const double begin = now();
      for (std::size_t left = frames; left > 0;) {
        const std::size_t n = std::min(left, x.size());
        biquad.run({x.data(), n});
        left -= n;
      }
      cell = now() - begin;
    }
    spread = std::min(spread, spreadOf(cells));
  }
  return spread;
}

bool endsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

struct Timing {
  double ns = 0.0;
  double spread = 0.0;  ///< 99.9th percentile of a cell's time over the median.
};

class Subject {
 public:
  Subject(const ModuleType& type, std::size_t index) : type_(type) {
    blueprint_.type = static_cast<std::uint32_t>(index);
    for (const ParamSpec& row : type.params) {
      float value = static_cast<float>(row.fallback);
      if (endsWith(row.id, "Type") && value == 0.0F) value = 1.0F;
      if (endsWith(row.id, "Gain")) value = 3.0F;
      values_.push_back(value);
      ramps_.push_back({value, 0.0F, value});
      blueprint_.structural.push_back(row.isStructural() ? value : 0.0F);
    }
    blueprint_.files.resize(type.assets.size());
    std::vector<std::span<const std::byte>> none(type.assets.size());
    auto cooked = cookBlueprint(type, blueprint_, none);
    cooked_ = std::move(*cooked);
    for (const auto& blob : cooked_.blobs) views_.emplace_back(blob);
    memory_.resize(type.objectBytes + cooked_.measure.memoryBytes + 64);
    std::byte* object = memory_.data();
    object += (16 - reinterpret_cast<std::uintptr_t>(object) % 16) % 16;
    object_ = object;
    Arena arena({object + (type.objectBytes + 15) / 16 * 16, cooked_.measure.memoryBytes});
    type.construct(object_);
    type.prepare(object_, blueprint_.spec(1, views_, &arena));
    type.reset(object_);
    readings_.resize(type.readingFloats());
  }

  Timing time(const std::vector<float>& x) {
    Timing timing{1e9, 1e9};
    std::vector<double> cells(kCells);
    const double warmUpBegin = now();
    while (now() - warmUpBegin < kWarmUpNs) run(x, nullptr);
    for (int round = 0; round < kRounds; ++round) {
      const double begin = now();
      run(x, nullptr);
      timing.ns = std::min(timing.ns, (now() - begin) / static_cast<double>(x.size()));
    }
    for (int round = 0; round < kRounds; ++round) {
      run(x, cells.data());
      timing.spread = std::min(timing.spread, spreadOf(cells));
    }
    return timing;
  }

 private:
  void run(const std::vector<float>& x, double* cellNs) {
    std::vector<float> zeros(kCellFrames);
    std::vector<std::vector<float>> outs(2 * type_.ports.size(), std::vector<float>(kCellFrames));
    for (std::size_t cell = 0; cell < kCells; ++cell) {
      const float* const in = x.data() + cell * kCellFrames;
      const float* ins[64];
      float* outPointers[64];
      Bus<const float> inBuses[32];
      Bus<float> outBuses[32];
      std::size_t inCount = 0;
      std::size_t outCount = 0;
      for (const PortSpec& port : type_.ports) {
        if (port.signal != Signal::kAudio) continue;
        const bool isStereo = port.width == PortWidth::kStereo || port.role == PortRole::kDevice;
        const std::size_t channels = isStereo ? 2 : 1;
        if (port.direction == Direction::kIn) {
          const bool isOpen = port.role == PortRole::kSidechain;
          for (std::size_t c = 0; c < 2; ++c) ins[2 * inCount + c] = isOpen ? zeros.data() : in;
          inBuses[inCount] = {{ins + 2 * inCount, channels}, !isOpen};
          ++inCount;
        } else {
          for (std::size_t c = 0; c < 2; ++c)
            outPointers[2 * outCount + c] = outs[2 * outCount + c].data();
          outBuses[outCount] = {{outPointers + 2 * outCount, channels}, true};
          ++outCount;
        }
      }
      Event storage[16];
      EventSink sink(storage);
      Io io{.frames = kCellFrames, .in = {inBuses, inCount}, .out = {outBuses, outCount}};
      io.eventsOut = &sink;
      io.readings = readings_;
      io.time.frame = static_cast<std::int64_t>(cell * kCellFrames);
      io.time.beatsPerFrame = 120.0 / 60.0 / 48000.0;
      io.endsCell = true;
      const double begin = cellNs == nullptr ? 0.0 : now();
      callModule(type_, object_, io, Params(ramps_, {}));
      if (cellNs != nullptr) cellNs[cell] = now() - begin;
    }
  }

  const ModuleType& type_;
  Blueprint blueprint_;
  Cooked cooked_;
  std::vector<AssetBlob> views_;
  std::vector<std::byte> memory_;
  void* object_ = nullptr;
  std::vector<float> values_, readings_;
  std::vector<Ramp> ramps_;
};

/// Milliseconds to plan an edit of a chain of so many nodes, best of a few.
double planMs(std::size_t nodes) {
  Graph graph;
  for (std::size_t n = 0; n < nodes; ++n) {
    Graph::Node node;
    node.id = "n" + std::to_string(n);
    node.type = "gain";
    graph.nodes.push_back(node);
    if (n == 0) continue;
    Graph::Wire wire;
    wire.id = "w" + std::to_string(n);
    wire.fromNode = graph.nodes[n - 1].id;
    wire.fromPort = "out";
    wire.toNode = node.id;
    wire.toPort = "in";
    graph.wires.push_back(wire);
  }
  Planner planner(allModules(), {});
  double best = 1e9;
  for (int round = 0; round < 10; ++round) {
    graph.wires[nodes / 2].gain = 0.5 + 0.01 * round;
    const double begin = now();
    const auto plan = planner.plan(graph);
    if (plan.has_value() && round > 0) best = std::min(best, (now() - begin) * 1e-6);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> wanted(argv + 1, argv + argc);
  const auto x = noise();
  double r = biquadNs(x);
  std::string rows;
  const auto types = allModules().types();
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (!wanted.empty() && std::count(wanted.begin(), wanted.end(), types[i].info.id) == 0)
      continue;
    Subject subject(types[i], i);
    const Timing timing = subject.time(x);
    const double plain = plainSpread(x, timing.ns * kCellFrames, r);
    char row[256];
    std::snprintf(row, sizeof row,
                  "%s\n  {\"module\":\"%s\",\"nsPerFrame\":%.3f,\"spread\":%.2f,\"plain\":%.2f}",
                  rows.empty() ? "" : ",", std::string(types[i].info.id).c_str(), timing.ns,
                  timing.spread, plain);
    rows += row;
    r = std::min(r, biquadNs(x));
  }
  std::printf("{\"biquadNs\":%.4f,\"plan500Ms\":%.3f,\"modules\":[%s]}\n", r, planMs(500),
              rows.c_str());
  return 0;
}
