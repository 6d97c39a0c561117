// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/module-table.h"

namespace sonic {

/// A plan tells the runner what to hold and what to do: instances, then one to three stages, each a
/// flat list of operations over numbered buffers. All stages but the last last `fadeFrames`; in
/// them changed wires fade. Plans travel as bytes, versioned and validated on arrival. [main ->
/// audio]
///
/// Buffers are channels of 32 frames. Buffer 0 is silence; 1..deviceInputs are the context's input.
struct Plan {
  static constexpr std::uint32_t kMaxTaps = 64;

  struct Instance {
    std::uint32_t handle = 0;
    std::uint32_t type = 0;  ///< Index in the module table.
    std::uint32_t width = 1;
    bool isNew = false;  ///< Only then do the fields below it count.
    std::uint64_t seed = 0;
    float sampleRateHz = 48000.0F;
    std::uint32_t memoryBytes = 0;
    std::uint32_t latencyFrames = 0;
    std::int64_t quietFrames = 0;
    Quality quality = Quality::kLive;
    std::vector<float> structural;
    std::vector<float> values;  ///< Where the knobs stand.
    std::vector<std::uint64_t> blobKeys;
  };

  struct Source {
    std::uint32_t buffer = 0;
    float gainBegin = 1.0F;  ///< At the stage's start;
    float gainEnd = 1.0F;    ///< reached along a raised cosine at its end.
    std::uint64_t delayKey = 0;
    std::uint32_t delayFrames = 0;
  };
  struct BusRef {
    std::array<std::uint32_t, 2> buffers{};
    std::uint32_t channels = 0;
    bool connected = false;
  };
  struct Modulation {
    std::uint32_t row = 0;
    std::uint32_t buffer = 0;
    float depth = 0.0F;
  };

  enum class OpKind : std::uint32_t { kProcess, kMix, kDeviceOut, kTap };
  struct Op {
    OpKind kind = OpKind::kProcess;
    std::uint32_t instance = 0;  ///< kProcess: index in `instances`. kTap: index of the tap.
    bool bypass = false;
    std::vector<BusRef> in, out;  ///< kProcess; kDeviceOut and kTap read in[0].
    std::vector<Modulation> modulations;
    std::vector<std::uint32_t> eventSources;  ///< Instances whose sent events arrive here.
    std::uint32_t buffer = 0;                 ///< kMix: what is written.
    std::vector<Source> sources;              ///< kMix: what is summed.
  };
  struct Stage {
    std::vector<Op> ops;
  };

  std::uint32_t deviceInputs = 2;
  std::uint32_t deviceOutputs = 2;
  std::uint32_t buffers = 1;
  std::uint32_t taps = 0;
  std::uint32_t fadeFrames = 0;  ///< A whole number of cells.
  std::vector<Instance> instances;
  std::vector<Stage> stages;
  bool isNeeded = true;  ///< Not sent: false if the last plan already does all this.
};

std::vector<std::byte> encodePlan(const Plan& plan);

/// Refuses bytes of another version, cut or overlong bytes, and any index that points nowhere, so
/// that a runner never has to check again.
Result<Plan> decodePlan(std::span<const std::byte> bytes, const ModuleTable& table);

}  // namespace sonic
