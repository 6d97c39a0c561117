// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/graph/plan.h"
#include "engine/graph/smoother.h"

namespace sonic {

/// Peak and sum of squares since they were last taken, for up to two channels.
struct LevelSums {
  std::array<float, 2> peak{};
  std::array<float, 2> squares{};
  std::uint32_t frames = 0;
  std::uint32_t channels = 0;
};

/// A ring of frames for one channel that crosses a wire or a bypass with a pure delay.
class FrameDelay {
 public:
  explicit FrameDelay(std::size_t frames) : ring_(frames, 0.0F) {}
  /// `to` gets what went in `size()` frames ago; may be `from`. [audio]
  void process(const float* from, float* to, std::size_t frames) noexcept {
    for (std::size_t i = 0; i < frames; ++i) {
      const float x = from[i];
      to[i] = ring_[at_];
      ring_[at_] = x;
      if (++at_ == ring_.size()) at_ = 0;
    }
  }
  void reset() noexcept {
    std::fill(ring_.begin(), ring_.end(), 0.0F);
    at_ = 0;
  }
  [[nodiscard]] std::size_t size() const { return ring_.size(); }

 private:
  std::vector<float> ring_;
  std::size_t at_ = 0;
};

/// One living module: its memory, its knobs on their way, its readings, and whether it sleeps, is
/// bypassed or stands in quarantine. Made between quanta; everything noexcept runs in them.
class Slot {
 public:
  static constexpr std::size_t kEventCapacity = 64;
  /// Milliseconds that a module stays silent after it gave a sample that is no number.
  static constexpr float kQuarantineMs = 50.0F;

  Slot(const ModuleType& type, const Plan::Instance& plan, float sampleRateHz);

  /// Zeroes up to `budgetBytes` of the memory; true when all is zero. [audio, between quanta]
  bool clear(std::size_t& budgetBytes) noexcept;
  /// Constructs and prepares the module. Blobs must outlive the slot. [audio, between quanta]
  void prepare(std::vector<AssetBlob> blobs);
  void reset() noexcept;

  void setParam(std::size_t row, float value) noexcept;
  /// Wakes the module at the next step; a change of the transport does so for all.
  void wake() noexcept {
    wakeAsked = asleep;
    quietFrames = 0;
  }
  /// Ramps of the next cell, from the knobs alone.
  void beginCell() noexcept;
  void fallAsleep() noexcept;

  const ModuleType& type;
  const Plan::Instance info;
  std::vector<Smoother> smoothers;
  std::vector<Ramp> ramps;        ///< Of the running cell.
  std::vector<float> modulation;  ///< Travel 0..1 added per row, of the running cell's end.
  std::vector<float> readings;
  std::vector<float> perFrame;  ///< kCellFrames per row, for audio-rate modulation.
  std::vector<const float*> perFrameRows;
  std::vector<Event> sentStorage;
  EventSink sent;
  std::vector<Event> due;  ///< For the step to come, sorted by frame; bounded.
  std::vector<FrameDelay> dryDelays;
  LevelSums levels;

  bool asleep = false;
  bool wakeAsked = false;
  bool cellIsSilent = true;      ///< So far, inputs and outputs.
  std::int64_t quietFrames = 0;  ///< Whole silent cells in a row.
  std::size_t wakeFrame = 0;     ///< In the cell of waking: outputs before it are silence.
  std::size_t loudFrame = 0;     ///< In the cell of waking: inputs before it are silence.
  bool isWakingCell = false;

  bool bypassed = false;
  std::uint32_t bypassFrames = 0;  ///< 0 = heard, fadeFrames = bypassed.
  std::uint32_t quarantineCells = 0;
  std::uint32_t quarantines = 0;  ///< Counted since the start.

  [[nodiscard]] void* module() noexcept { return memory_.get(); }

 private:
  struct Free {
    void operator()(std::byte* memory) const noexcept { std::free(memory); }
  };
  using Memory = std::unique_ptr<std::byte[], Free>;
  static std::byte* more(void* self, std::size_t bytes);

  Memory memory_;
  std::vector<Memory> beyond_;
  std::size_t objectBytes_ = 0;
  std::size_t totalBytes_ = 0;
  std::size_t cleared_ = 0;
  std::size_t given_ = 0;  ///< Of the module's bytes, to its arena.
  std::vector<AssetBlob> blobs_;
};

}  // namespace sonic
