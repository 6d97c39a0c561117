// SPDX-License-Identifier: MIT
#include "engine/graph/slot.h"

#include <algorithm>
#include <cstring>

namespace sonic {

Slot::Slot(const ModuleType& moduleType, const Plan::Instance& plan, float sampleRateHz)
    : type(moduleType), info(plan) {
  const std::size_t rows = type.params.size();
  for (std::size_t row = 0; row < rows; ++row) {
    Smoother smoother;
    smoother.prepare(type.params[row], sampleRateHz);
    smoother.jump(info.values[row]);
    smoothers.push_back(smoother);
  }
  ramps.resize(rows);
  modulation.resize(rows);
  readings.resize(type.readingFloats());
  perFrame.resize(rows * kCellFrames);
  perFrameRows.resize(rows);
  if (type.hasEventPort(Direction::kOut)) sentStorage.resize(kEventCapacity);
  sent = EventSink(sentStorage);
  if (type.hasEventPort(Direction::kIn)) due.reserve(kEventCapacity);
  if (info.latencyFrames > 0) dryDelays.assign(2, FrameDelay(info.latencyFrames));
  objectBytes_ = (type.objectBytes + 15) / 16 * 16;
  totalBytes_ = objectBytes_ + info.memoryBytes;
  memory_.reset(static_cast<std::byte*>(std::malloc(totalBytes_ == 0 ? 16 : totalBytes_)));
  if (memory_ == nullptr) std::abort();  // the planner keeps plans below the memory cap
}

/// The next bytes of the slot's memory; if a damaged plan told too few, of the heap.
std::byte* Slot::more(void* self, std::size_t bytes) {
  Slot& slot = *static_cast<Slot*>(self);
  const std::size_t begin = slot.objectBytes_ + slot.given_;
  if (bytes <= slot.totalBytes_ - begin) {
    slot.given_ += bytes;
    return slot.memory_.get() + begin;
  }
  auto* const block = static_cast<std::byte*>(std::calloc(bytes, 1));
  if (block == nullptr) std::abort();
  slot.beyond_.emplace_back(block);
  return block;
}

bool Slot::clear(std::size_t& budgetBytes) noexcept {
  const std::size_t bytes = std::min(budgetBytes, totalBytes_ - cleared_);
  std::memset(memory_.get() + cleared_, 0, bytes);
  cleared_ += bytes;
  budgetBytes -= bytes;
  return cleared_ == totalBytes_;
}

void Slot::prepare(std::vector<AssetBlob> blobs) {
  blobs_ = std::move(blobs);
  Arena arena(&more, this);
  const Spec spec{.sampleRateHz = info.sampleRateHz,
                  .width = info.width,
                  .quality = info.quality,
                  .seed = info.seed,
                  .structural = info.structural,
                  .assets = blobs_,
                  .arena = &arena};
  type.construct(module());
  type.prepare(module(), spec);
  type.reset(module());
}

void Slot::reset() noexcept {
  type.reset(module());
  for (Smoother& smoother : smoothers) smoother.jump(smoother.goal());
  std::fill(modulation.begin(), modulation.end(), 0.0F);
  std::fill(readings.begin(), readings.end(), 0.0F);
  for (FrameDelay& delay : dryDelays) delay.reset();
  sent.clear();
  due.clear();
  asleep = false;
  wakeAsked = false;
  cellIsSilent = true;
  isWakingCell = false;
  quietFrames = 0;
  quarantineCells = 0;
}

void Slot::setParam(std::size_t row, float value) noexcept {
  if (asleep) {
    smoothers[row].jump(value);
  } else {
    smoothers[row].setGoal(value);
  }
  wake();
}

void Slot::beginCell() noexcept {
  for (std::size_t row = 0; row < ramps.size(); ++row) ramps[row] = smoothers[row].advance();
}

void Slot::fallAsleep() noexcept {
  asleep = true;
  for (Smoother& smoother : smoothers) smoother.jump(smoother.goal());
}

}  // namespace sonic
