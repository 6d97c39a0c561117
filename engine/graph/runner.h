// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "engine/graph/schedule.h"

namespace sonic {

/// Executes plans. Holds instances, blobs and wire delays; knows no document, no transport and no
/// module by name. What is marked [audio] runs inside a quantum: bounded, without allocation. The
/// rest runs between quanta, on the same thread.
class Runner {
 public:
  /// At most so many bytes of new instances are cleared per quantum (first touch of fresh memory
  /// costs more than a quantum has), and so many instances prepared.
  static constexpr std::size_t kClearBytesPerQuantum = 128 * 1024;
  static constexpr std::size_t kPreparesPerQuantum = 8;

  Runner(const ModuleTable& table, float sampleRateHz);

  /// Frames over which changed wires and bypasses fade: 8 ms, in whole cells.
  [[nodiscard]] static std::uint32_t fadeFrames(float sampleRateHz);

  /// A cooked blob, in pieces of any size, one after the other; what was there already may come
  /// again. It counts once all bytes are there. Blobs that no plan names any more are freed when
  /// plans change.
  void addBlob(std::uint64_t key, std::size_t totalBytes, std::size_t at,
               std::span<const std::byte> piece);
  [[nodiscard]] bool holdsBlob(std::uint64_t key) const;
  /// Queues a plan: it is prepared by advance() and takes over at a cell edge, in order of arrival.
  /// Fails on damaged bytes and on a blob that was not sent before.
  Result<bool> install(std::span<const std::byte> plan);
  /// One quantum's worth of preparing the next plan. Called once per quantum, before its steps.
  void advance();
  /// Prepares and takes over all queued plans at once, skipping fades: before the first frame.
  void installNow();

  /// Commands; false for a handle that no plan names. They act from the next cell on. [audio]
  bool setParam(std::uint32_t handle, std::size_t row, float value) noexcept;
  /// `event.frameOffset` counts from the next step's first frame. [audio]
  bool sendEvent(std::uint32_t handle, const Event& event) noexcept;
  void wakeAll() noexcept;
  /// Every module as new, knobs where they stand, delays empty. [audio]
  void reset() noexcept;

  /// One step of 1..32 frames inside a cell. `in` and `out` hold the context's channels at the
  /// step's first frame; `taps` one pointer per tapped channel (may be null). [audio]
  void step(const float* const* in, std::size_t inChannels, float* const* out,
            std::size_t outChannels, std::size_t frames, const Time& time, std::size_t cellOffset,
            float* const* taps) noexcept;

  /// The living slot of a handle, or null. For readings and levels.
  [[nodiscard]] Slot* slot(std::uint32_t handle) noexcept;
  [[nodiscard]] const Schedule* schedule() const { return current_.get(); }
  [[nodiscard]] bool isIdle() const { return queue_.empty() && !isFading(); }
  [[nodiscard]] std::uint32_t droppedCommands() const { return droppedCommands_; }
  [[nodiscard]] LevelSums& deviceInLevels() { return deviceIn_; }

 private:
  struct Pending {
    Plan plan;
    std::vector<std::shared_ptr<Slot>> fresh;
    std::size_t cleared = 0, prepared = 0;
    std::unique_ptr<Schedule> schedule;
    Slots slots;  ///< All that live once this plan has taken over.
  };
  /// Blobs are allocated on 16 bytes, which delete must be told.
  struct DeleteAligned {
    void operator()(std::byte* bytes) const { ::operator delete[](bytes, std::align_val_t{16}); }
  };
  struct Blob {
    std::unique_ptr<std::byte[], DeleteAligned> bytes;
    std::size_t size = 0, arrived = 0;  ///< All bytes before `arrived` are there.
    bool wasNamed = false;
  };
  struct Step {
    std::size_t frames, cellOffset;
    bool startsCell, endsCell;
    Time time;
  };

  [[nodiscard]] Result<Ok> accepts(const Plan& plan) noexcept;
  [[nodiscard]] bool isFading() const { return current_ && stage_ + 1 < current_->stages(); }
  bool advance(Pending& pending, std::size_t clearBytes, std::size_t prepares);
  void build(Pending& pending);
  void takeOver() noexcept;
  void dropUnused();
  void beginCell() noexcept;
  void process(Schedule::Op& op, const Step& step) noexcept;
  void gatherEvents(Schedule::Op& op) noexcept;
  void modulate(Schedule::Op& op, const Step& step) noexcept;
  bool decideWaking(Schedule::Op& op, const Step& step) noexcept;
  void callAwake(Schedule::Op& op, const Step& step, bool bypassed) noexcept;
  void catchUp(Schedule::Op& op, const Step& step) noexcept;
  void finish(Schedule::Op& op, const Step& step, bool ran) noexcept;
  void blendBypass(Schedule::Op& op, const Step& step) noexcept;
  void mix(Schedule::Op& op, const Step& step) noexcept;

  const ModuleTable& table_;
  float sampleRateHz_;
  std::uint32_t fadeFrames_;
  std::vector<float> fadeCurve_;  ///< Raised cosine 0..1 over fadeFrames_.
  std::map<std::uint64_t, Blob> blobs_;
  Slots slots_;
  WireDelays delays_;
  std::vector<std::unique_ptr<Pending>> queue_;
  std::unique_ptr<Schedule> current_;
  std::vector<std::unique_ptr<Pending>>
      spent_;  ///< With the replaced schedule: freed between quanta.
  std::size_t stage_ = 0;
  std::size_t stageFrame_ = 0;
  std::uint32_t droppedCommands_ = 0;
  LevelSums deviceIn_;
  /// Stand-ins for a module's buses: conditioned inputs, outputs to throw away.
  std::unique_ptr<float[]> scratch_;
};

}  // namespace sonic
