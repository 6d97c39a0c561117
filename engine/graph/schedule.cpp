// SPDX-License-Identifier: MIT
#include "engine/graph/schedule.h"

#include <utility>

namespace sonic {

Schedule::Schedule(Plan plan, const Slots& slots, WireDelays& delays)
    : plan_(std::move(plan)),
      samples_(new float[plan_.buffers * kCellFrames]()),
      peaks_(plan_.buffers, 0.0F) {
  for (const Plan::Instance& instance : plan_.instances) {
    slots_.push_back(slots.at(instance.handle));
  }
  for (const Plan::Stage& stage : plan_.stages) {
    auto& ops = stages_.emplace_back();
    ops.reserve(stage.ops.size());
    for (const Plan::Op& op : stage.ops) ops.push_back(build(op, delays));
  }
}

template <class Sample>
Bus<Sample> Schedule::bus(const Plan::BusRef& ref, bool silent) {
  std::unique_ptr<Sample*[]> pointers(new Sample*[2]);
  for (std::size_t c = 0; c < 2; ++c) {
    pointers[c] = buffer(silent ? 0 : ref.buffers[c < ref.channels ? c : 0]);
  }
  const Bus<Sample> result{{pointers.get(), ref.channels}, ref.connected};
  if constexpr (std::is_const_v<Sample>) {
    inPointers_.push_back(std::move(pointers));
  } else {
    outPointers_.push_back(std::move(pointers));
  }
  return result;
}

Schedule::Op Schedule::build(const Plan::Op& op, WireDelays& delays) {
  Op result;
  result.plan = &op;
  if (op.kind == Plan::OpKind::kProcess) result.slot = slots_[op.instance].get();
  for (const Plan::BusRef& ref : op.in) {
    result.in.push_back(bus<const float>(ref, false));
    result.silentIn.push_back(bus<const float>(ref, true));
  }
  for (const Plan::BusRef& ref : op.out) result.out.push_back(bus<float>(ref, false));
  for (const std::uint32_t source : op.eventSources) {
    result.eventSources.push_back(slots_[source].get());
  }
  for (const Plan::Source& source : op.sources) {
    FrameDelay* delay = nullptr;
    if (source.delayFrames > 0) {
      auto& kept = delays[source.delayKey];
      if (kept == nullptr || kept->size() != source.delayFrames) {
        kept = std::make_shared<FrameDelay>(source.delayFrames);
      }
      delays_.push_back(kept);
      delay = kept.get();
    }
    result.delays.push_back(delay);
  }
  return result;
}

}  // namespace sonic
