// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "engine/graph/slot.h"

namespace sonic {

/// Slots and wire delays by their keys; what outlives a plan.
using Slots = std::map<std::uint32_t, std::shared_ptr<Slot>>;
using WireDelays = std::map<std::uint64_t, std::shared_ptr<FrameDelay>>;

/// A plan made ready to run: indices became pointers, buffers have memory. Built between quanta,
/// read-only while running but for the buffers and their peaks.
class Schedule {
 public:
  struct Op {
    const Plan::Op* plan = nullptr;
    Slot* slot = nullptr;
    std::vector<Bus<const float>> in, silentIn;
    std::vector<Bus<float>> out;
    std::vector<Slot*> eventSources;
    std::vector<FrameDelay*> delays;  ///< Per source; null without a delay.
  };

  /// `slots` holds every instance of the plan. Missing wire delays are added to `delays`.
  Schedule(Plan plan, const Slots& slots, WireDelays& delays);

  [[nodiscard]] float* buffer(std::size_t index) { return samples_.get() + index * kCellFrames; }
  /// Largest magnitude in a buffer's last step. Buffer 0 stays 0.
  [[nodiscard]] float& peak(std::size_t index) { return peaks_[index]; }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] std::vector<Op>& ops(std::size_t stage) { return stages_[stage]; }
  [[nodiscard]] std::size_t stages() const { return stages_.size(); }
  [[nodiscard]] const std::vector<std::shared_ptr<Slot>>& slots() const { return slots_; }
  [[nodiscard]] const std::vector<std::shared_ptr<FrameDelay>>& delays() const { return delays_; }

 private:
  Op build(const Plan::Op& op, WireDelays& delays);
  template <class Sample>
  Bus<Sample> bus(const Plan::BusRef& ref, bool silent);

  Plan plan_;
  std::unique_ptr<float[]> samples_;
  std::vector<float> peaks_;
  std::vector<std::shared_ptr<Slot>> slots_;
  std::vector<std::shared_ptr<FrameDelay>> delays_;
  std::vector<std::unique_ptr<const float*[]>> inPointers_;
  std::vector<std::unique_ptr<float*[]>> outPointers_;
  std::vector<std::vector<Op>> stages_;
};

}  // namespace sonic
