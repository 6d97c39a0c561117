// SPDX-License-Identifier: MIT
#include "engine/graph/runner.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>

namespace sonic {
namespace {

constexpr std::size_t kMaxBuses = 32;

}  // namespace

Runner::Runner(const ModuleTable& table, float sampleRateHz)
    : table_(table),
      sampleRateHz_(sampleRateHz),
      fadeFrames_(fadeFrames(sampleRateHz)),
      scratch_(new float[kMaxBuses * 4 * kCellFrames]()) {
  for (std::uint32_t i = 0; i <= fadeFrames_; ++i) {
    fadeCurve_.push_back(
        static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * i / fadeFrames_)));
  }
}

std::uint32_t Runner::fadeFrames(float sampleRateHz) {
  const auto cells = static_cast<std::uint32_t>(0.008F * sampleRateHz / kCellFrames + 0.5F);
  return std::max(1U, cells) * static_cast<std::uint32_t>(kCellFrames);
}

void Runner::addBlob(std::uint64_t key, std::size_t totalBytes, std::size_t at,
                     std::span<const std::byte> piece) {
  Blob& blob = blobs_[key];
  if (blob.bytes == nullptr) {
    blob.bytes.reset(new (std::align_val_t{16}) std::byte[totalBytes == 0 ? 16 : totalBytes]);
    blob.size = totalBytes;
  }
  if (at > blob.arrived || piece.size() > blob.size - at) return;  // a hole; too much
  if (!piece.empty()) std::memcpy(blob.bytes.get() + at, piece.data(), piece.size());
  blob.arrived = std::max(blob.arrived, at + piece.size());
}

bool Runner::holdsBlob(std::uint64_t key) const {
  const auto found = blobs_.find(key);
  return found != blobs_.end() && found->second.arrived == found->second.size;
}

/// Whether what the plan says of this runner is so.
Result<Ok> Runner::accepts(const Plan& plan) noexcept {
  if (plan.stages.size() > 1 && plan.fadeFrames != fadeFrames_) {
    return Error{ErrorCode::kUnsupported, "", "The plan was made for another sample rate."};
  }
  for (const Plan::Instance& instance : plan.instances) {
    const std::string place = "handle " + std::to_string(instance.handle);
    if (const Slot* const living = slot(instance.handle)) {
      if (&living->type == &table_.types()[instance.type] && living->info.width == instance.width) {
        continue;
      }
      return Error{ErrorCode::kUnsupported, place, "The runner holds another instance as this."};
    }
    if (!instance.isNew) {
      return Error{ErrorCode::kMissing, place,
                   "The plan builds on an instance that this runner does not hold."};
    }
    for (const std::uint64_t key : instance.blobKeys) {
      if (holdsBlob(key)) continue;
      return Error{ErrorCode::kMissing, place,
                   "The plan names prepared asset data that has not arrived."};
    }
  }
  return Ok{};
}

Result<bool> Runner::install(std::span<const std::byte> bytes) {
  auto plan = decodePlan(bytes, table_);
  if (!plan) return plan.error();
  if (const auto accepted = accepts(*plan); !accepted) return accepted.error();
  auto pending = std::make_unique<Pending>();
  pending->plan = std::move(*plan);
  for (Plan::Instance& instance : pending->plan.instances) {
    if (slot(instance.handle) != nullptr) continue;
    for (const std::uint64_t key : instance.blobKeys) blobs_.at(key).wasNamed = true;
    pending->fresh.push_back(
        std::make_shared<Slot>(table_.types()[instance.type], instance, sampleRateHz_));
  }
  queue_.push_back(std::move(pending));
  return true;
}

bool Runner::advance(Pending& pending, std::size_t clearBytes, std::size_t prepares) {
  for (; pending.cleared < pending.fresh.size(); ++pending.cleared) {
    if (!pending.fresh[pending.cleared]->clear(clearBytes)) return false;
  }
  for (; pending.prepared < pending.fresh.size(); ++pending.prepared) {
    if (prepares == 0) return false;
    --prepares;
    Slot& fresh = *pending.fresh[pending.prepared];
    std::vector<AssetBlob> views;
    for (const std::uint64_t key : fresh.info.blobKeys) {
      const Blob& blob = blobs_.at(key);
      views.emplace_back(blob.bytes.get(), blob.size);
    }
    fresh.prepare(std::move(views));
  }
  return true;
}

void Runner::build(Pending& pending) {
  pending.slots = slots_;
  for (const auto& fresh : pending.fresh) pending.slots[fresh->info.handle] = fresh;
  for (const Plan::Stage& stage : pending.plan.stages) {
    for (const Plan::Op& op : stage.ops) {
      if (op.kind != Plan::OpKind::kProcess || !op.bypass) continue;
      const std::uint32_t handle = pending.plan.instances[op.instance].handle;
      if (slots_.count(handle) == 0) pending.slots[handle]->bypassFrames = fadeFrames_;
    }
  }
  pending.schedule = std::make_unique<Schedule>(std::move(pending.plan), pending.slots, delays_);
  spent_.reserve(spent_.size() + 1);
}

void Runner::advance() {
  if (!spent_.empty()) dropUnused();
  if (queue_.empty()) return;
  Pending& next = *queue_.front();
  if (next.schedule != nullptr) return;
  if (advance(next, kClearBytesPerQuantum, kPreparesPerQuantum) && !isFading()) build(next);
}

void Runner::installNow() {
  while (!queue_.empty()) {
    Pending& next = *queue_.front();
    advance(next, SIZE_MAX, SIZE_MAX);
    if (next.schedule == nullptr) build(next);
    takeOver();
    stage_ = current_->stages() - 1;
  }
  dropUnused();
}

void Runner::takeOver() noexcept {
  // Swaps and moves only: nothing is taken from or given to the heap here.
  spent_.push_back(std::move(queue_.front()));
  queue_.erase(queue_.begin());
  Pending& next = *spent_.back();
  std::swap(slots_, next.slots);
  std::swap(current_, next.schedule);
  stage_ = 0;
  stageFrame_ = 0;
}

void Runner::dropUnused() {
  spent_.clear();
  if (current_ == nullptr) return;
  std::vector<std::uint32_t> named;
  for (const auto& held : current_->slots()) named.push_back(held->info.handle);
  std::sort(named.begin(), named.end());
  for (auto it = slots_.begin(); it != slots_.end();) {
    const bool isNamed = std::binary_search(named.begin(), named.end(), it->first);
    it = isNamed ? std::next(it) : slots_.erase(it);
  }
  for (auto it = delays_.begin(); it != delays_.end();) {
    it = it->second.use_count() > 1 ? std::next(it) : delays_.erase(it);
  }
  std::vector<std::uint64_t> used;
  const auto use = [&used](const Slot& s) {
    used.insert(used.end(), s.info.blobKeys.begin(), s.info.blobKeys.end());
  };
  for (const auto& [handle, held] : slots_) use(*held);
  for (const auto& pending : queue_) {
    for (const auto& fresh : pending->fresh) use(*fresh);
  }
  std::sort(used.begin(), used.end());
  for (auto it = blobs_.begin(); it != blobs_.end();) {
    const bool isUsed =
        !it->second.wasNamed || std::binary_search(used.begin(), used.end(), it->first);
    it = isUsed ? std::next(it) : blobs_.erase(it);
  }
}

Slot* Runner::slot(std::uint32_t handle) noexcept {
  const auto found = slots_.find(handle);
  if (found != slots_.end()) return found->second.get();
  for (const auto& pending : queue_) {
    for (const auto& fresh : pending->fresh) {
      if (fresh->info.handle == handle) return fresh.get();
    }
  }
  return nullptr;
}

bool Runner::setParam(std::uint32_t handle, std::size_t row, float value) noexcept {
  Slot* const target = slot(handle);
  if (target == nullptr || row >= target->type.params.size() || !(value - value == 0.0F)) {
    ++droppedCommands_;
    return false;
  }
  const ParamSpec& spec = target->type.params[row];
  if (spec.isStructural()) return false;
  target->setParam(row,
                   std::clamp(value, static_cast<float>(spec.min), static_cast<float>(spec.max)));
  return true;
}

bool Runner::sendEvent(std::uint32_t handle, const Event& event) noexcept {
  Slot* const target = slot(handle);
  if (target == nullptr || target->due.size() == target->due.capacity()) {
    ++droppedCommands_;
    return false;
  }
  target->due.push_back(event);
  return true;
}

void Runner::wakeAll() noexcept {
  for (auto& [handle, held] : slots_) held->wake();
}

void Runner::reset() noexcept {
  for (auto& [handle, held] : slots_) {
    held->reset();
    held->bypassFrames = held->bypassed ? fadeFrames_ : 0;
  }
  for (auto& [key, delay] : delays_) delay->reset();
  if (current_ != nullptr) stage_ = current_->stages() - 1;
  stageFrame_ = 0;
}

}  // namespace sonic
