// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/graph/smoother.h"

namespace sonic::test {

/// One port's signal: [channel][frame].
using Signal2 = std::vector<std::vector<float>>;

struct HostOptions {
  float sampleRateHz = 48000.0F;
  std::size_t width = 1;
  Quality quality = Quality::kLive;
  std::uint64_t seed = 1;
};

/// An event for a test: due at an absolute frame of the next run().
struct TimedEvent {
  std::size_t frame = 0;
  Event event{};
};

/// A small runner around one module: smooths knobs per cell, splits calls at cell edges and events,
/// as the engine's runner does. Structural values and asset files must be set before the first
/// run(); the instance is prepared then (or by prepare()).
class ModuleHost {
 public:
  explicit ModuleHost(const ModuleType& type, HostOptions options = {});

  /// Moves a knob; before the first run, and for structural rows, it takes the value at once.
  void set(std::size_t row, float value);
  void set(std::string_view id, float value);
  /// File bytes for an asset slot, cooked in prepare(). Empty: the built-in content.
  void setFile(std::size_t slot, std::vector<std::byte> file);
  void setEvents(std::vector<TimedEvent> events) { events_ = std::move(events); }
  void setTime(const Time& time) { time_ = time; }
  /// Per-frame values of an audio-rate row, one per frame of the next run().
  void setPerFrame(std::size_t row, std::vector<float> values);

  void prepare();
  void reset();
  /// As if the host had let the module sleep for so many cells: time goes on, no call is made.
  void sleep(std::int64_t cells) { frame_ += cells * static_cast<std::int64_t>(kCellFrames); }

  /// Runs every audio input port (missing ports are open) and returns every audio output port.
  /// Calls have at most callFrames frames inside each cell.
  std::vector<Signal2> run(const std::vector<Signal2>& in, std::size_t frames,
                           std::size_t callFrames = kCellFrames);
  /// Mono in, first channel of the first output out.
  std::vector<float> run(const std::vector<float>& in, std::size_t callFrames = kCellFrames);

  /// When true, out[0] of each call is in[0] of it.
  void setInPlace(bool inPlace) { inPlace_ = inPlace; }

  [[nodiscard]] const std::vector<float>& readings() const { return readings_; }
  [[nodiscard]] const std::vector<TimedEvent>& sentEvents() const { return sent_; }
  [[nodiscard]] std::size_t latencyFrames();
  [[nodiscard]] std::int64_t quietFrames();
  [[nodiscard]] std::size_t memoryBytes() const { return memory_.size(); }
  [[nodiscard]] const ModuleType& type() const { return type_; }
  /// Allocations counted inside process() and reset() so far (0 on WASM builds without the hook).
  [[nodiscard]] std::size_t allocations() const { return allocations_; }

 private:
  Spec spec(Arena* arena);
  void cook();

  const ModuleType& type_;
  HostOptions options_;
  std::vector<Smoother> smoothers_;
  std::vector<float> values_;
  std::vector<std::vector<std::byte>> files_, blobs_;
  std::vector<AssetBlob> blobViews_;
  bool cooked_ = false, prepared_ = false, inPlace_ = false;
  std::vector<std::byte> object_, memory_;
  std::vector<float> readings_;
  std::vector<TimedEvent> events_, sent_;
  std::vector<std::vector<float>> perFrame_;
  std::vector<Ramp> ramps_;
  Time time_{};
  std::int64_t frame_ = 0;
  std::size_t allocations_ = 0;
};

/// ModuleHost of a class, with its first parameter values.
template <Module T>
class Host : public ModuleHost {
 public:
  Host(std::vector<float> values = {}, HostOptions options = {}) : ModuleHost(erased(), options) {
    for (std::size_t i = 0; i < values.size(); ++i) set(i, values[i]);
  }

 private:
  static const ModuleType& erased() {
    static const ModuleType type = moduleType<T>();
    return type;
  }
};

/// Counts operator new since the program's start; sanitizer and WASM builds too.
std::size_t allocationCount();

}  // namespace sonic::test
