// SPDX-License-Identifier: MIT
// The audio half of Runner: what happens inside one step.
#include <algorithm>
#include <cstring>

#include "engine/graph/instance.h"
#include "engine/graph/runner.h"
#include "engine/graph/scan.h"
#include "engine/graph/travel.h"

namespace sonic {
namespace {

void addLevels(LevelSums& levels, std::size_t channel, const Scan& scan) noexcept {
  if (channel >= 2) return;
  levels.peak[channel] = std::max(levels.peak[channel], scan.peak);
  levels.squares[channel] += scan.squares;
  levels.channels = std::max(levels.channels, static_cast<std::uint32_t>(channel + 1));
}

/// First frame of a step that is not silent on some channel of some bus; `frames` if none.
std::size_t firstLoudFrame(std::span<const Bus<const float>> buses, std::size_t frames) noexcept {
  std::size_t first = frames;
  for (const auto& bus : buses) {
    for (const float* channel : bus.channels) {
      for (std::size_t i = 0; i < first; ++i) {
        if (channel[i] >= kSilence || channel[i] <= -kSilence) first = i;
      }
    }
  }
  return first;
}

/// Buses over runner scratch: inputs with silence before `silentFrames`, outputs to be thrown away.
struct StandIns {
  std::array<Bus<const float>, 32> in;
  std::array<Bus<float>, 32> out;
  std::array<const float*, 64> inChannels;
  std::array<float*, 64> outChannels;

  StandIns(float* scratch, const Schedule::Op& op, std::size_t frames,
           std::size_t silentFrames) noexcept {
    std::size_t next = 0;
    for (std::size_t p = 0; p < op.in.size(); ++p) {
      const std::size_t first = next;
      for (const float* channel : op.in[p].channels) {
        float* const copy = scratch + next * kCellFrames;
        std::fill(copy, copy + silentFrames, 0.0F);
        std::copy(channel + silentFrames, channel + std::max(frames, silentFrames),
                  copy + silentFrames);
        inChannels[next++] = copy;
      }
      in[p] = {{inChannels.data() + first, next - first}, op.in[p].connected};
    }
    float* const thrown = scratch + 64 * kCellFrames;
    next = 0;
    for (std::size_t p = 0; p < op.out.size(); ++p) {
      const std::size_t first = next;
      for (std::size_t c = 0; c < op.out[p].channels.size(); ++c) {
        outChannels[next] = thrown + next * kCellFrames;
        ++next;
      }
      out[p] = {{outChannels.data() + first, next - first}, op.out[p].connected};
    }
  }
};

bool goesBefore(const Event& a, const Event& b) noexcept {
  if (a.frameOffset != b.frameOffset) return a.frameOffset < b.frameOffset;
  return a.type == EventType::kNoteOff && b.type != EventType::kNoteOff;
}

}  // namespace

void Runner::beginCell() noexcept {
  if (!queue_.empty() && queue_.front()->schedule != nullptr && !isFading()) takeOver();
}

void Runner::step(const float* const* in, std::size_t inChannels, float* const* out,
                  std::size_t outChannels, std::size_t frames, const Time& time,
                  std::size_t cellOffset, float* const* taps) noexcept {
  const Step step{frames, cellOffset, cellOffset == 0, cellOffset + frames == kCellFrames, time};
  for (std::size_t c = 0; c < outChannels; ++c) std::fill(out[c], out[c] + frames, 0.0F);
  if (step.startsCell) beginCell();
  if (current_ == nullptr) return;
  Schedule& now = *current_;

  deviceIn_.frames += static_cast<std::uint32_t>(frames);
  for (std::uint32_t c = 0; c < now.plan().deviceInputs; ++c) {
    float* const buffer = now.buffer(1 + c);
    if (c < inChannels && in[c] != nullptr) {
      copyFinite(in[c], buffer, frames);
    } else {
      std::fill(buffer, buffer + frames, 0.0F);
    }
    const Scan scanned = scan(buffer, frames);
    now.peak(1 + c) = scanned.peak;
    addLevels(deviceIn_, c, scanned);
  }
  for (Schedule::Op& op : now.ops(stage_)) {
    switch (op.plan->kind) {
      case Plan::OpKind::kProcess:
        process(op, step);
        break;
      case Plan::OpKind::kMix:
        mix(op, step);
        break;
      case Plan::OpKind::kDeviceOut:
        for (std::size_t c = 0; c < outChannels; ++c) {
          const auto& channels = op.in[0].channels;
          const float* const from = channels[std::min(c, channels.size() - 1)];
          for (std::size_t i = 0; i < frames; ++i) out[c][i] += from[i];
        }
        break;
      case Plan::OpKind::kTap:
        for (std::size_t c = 0; taps != nullptr && c < 2; ++c) {
          const auto& channels = op.in[0].channels;
          const float* const from = channels[std::min(c, channels.size() - 1)];
          std::copy(from, from + frames, taps[2 * op.plan->instance + c]);
        }
        break;
    }
  }
  if (isFading()) {
    stageFrame_ += frames;
    if (stageFrame_ >= now.plan().fadeFrames) {
      ++stage_;
      stageFrame_ = 0;
    }
  }
}

void Runner::mix(Schedule::Op& op, const Step& step) noexcept {
  Schedule& now = *current_;
  float* const to = now.buffer(op.plan->buffer);
  std::fill(to, to + step.frames, 0.0F);  // so that -0 never depends on who is skipped
  std::array<float, kCellFrames> delayed;
  for (std::size_t s = 0; s < op.plan->sources.size(); ++s) {
    const Plan::Source& source = op.plan->sources[s];
    const float* from = now.buffer(source.buffer);
    if (op.delays[s] != nullptr) {
      op.delays[s]->process(from, delayed.data(), step.frames);
      from = delayed.data();
    } else if (now.peak(source.buffer) == 0.0F) {
      continue;
    }
    const float begin = source.gainBegin;
    if (!isFading() || begin == source.gainEnd) {
      const float gain = isFading() ? begin : source.gainEnd;
      for (std::size_t i = 0; i < step.frames; ++i) to[i] += gain * from[i];
    } else {
      const float* const curve = fadeCurve_.data() + stageFrame_;
      const float way = source.gainEnd - begin;
      for (std::size_t i = 0; i < step.frames; ++i) to[i] += (begin + way * curve[i]) * from[i];
    }
  }
  now.peak(op.plan->buffer) = scan(to, step.frames).peak;
}

void Runner::gatherEvents(Schedule::Op& op) noexcept {
  Slot& slot = *op.slot;
  slot.sent.clear();
  for (Slot* const source : op.eventSources) {
    for (const Event& event : source->sent.events()) {
      if (slot.due.size() < slot.due.capacity()) slot.due.push_back(event);
    }
  }
  for (std::size_t i = 1; i < slot.due.size(); ++i) {  // insertion sort: few, stable, in place
    for (std::size_t j = i; j > 0 && goesBefore(slot.due[j], slot.due[j - 1]); --j) {
      std::swap(slot.due[j], slot.due[j - 1]);
    }
  }
}

void Runner::modulate(Schedule::Op& op, const Step& step) noexcept {
  Slot& slot = *op.slot;
  const auto& rows = slot.type.params;
  for (const Plan::Modulation& first : op.plan->modulations) {
    const std::size_t row = first.row;
    if (&first != &*std::find_if(op.plan->modulations.begin(), op.plan->modulations.end(),
                                 [&](const auto& m) { return m.row == row; })) {
      continue;  // summed with the first wire into this row
    }
    const bool perFrame = rows[row].rate == Rate::kAudio;
    if (!perFrame && !step.startsCell) continue;
    float sum = 0.0F;
    for (std::size_t i = 0; i < (perFrame ? step.frames : 1); ++i) {
      sum = 0.0F;
      for (const Plan::Modulation& m : op.plan->modulations) {
        if (m.row == row) sum += m.depth * current_->buffer(m.buffer)[i];
      }
      if (perFrame) {
        const float knob = slot.ramps[row].at(step.cellOffset + i);
        slot.perFrame[row * kCellFrames + i] =
            fromTravel(rows[row], toTravel(rows[row], knob) + sum);
      }
    }
    if (perFrame) {
      slot.perFrameRows[row] = slot.perFrame.data() + row * kCellFrames;
      continue;
    }
    const float before = slot.modulation[row];
    slot.modulation[row] = sum;
    Ramp& ramp = slot.ramps[row];
    const float end = fromTravel(rows[row], toTravel(rows[row], ramp.target) + sum);
    if (!rows[row].choices.empty()) {
      const float index = static_cast<float>(static_cast<int>(end + 0.5F));
      ramp = {index, 0.0F, index};
    } else {
      ramp = Ramp::between(fromTravel(rows[row], toTravel(rows[row], ramp.begin) + before), end);
    }
  }
}

bool Runner::decideWaking(Schedule::Op& op, const Step& step) noexcept {
  Slot& slot = *op.slot;
  const std::size_t loud = slot.bypassed ? step.frames : firstLoudFrame(op.in, step.frames);
  const std::size_t event = slot.due.empty() ? step.frames : slot.due.front().frameOffset;
  const std::size_t first = slot.wakeAsked ? 0 : std::min(loud, event);
  if (first >= step.frames) return false;
  slot.asleep = false;
  slot.wakeAsked = false;
  slot.isWakingCell = true;
  slot.wakeFrame = step.cellOffset + first;
  slot.loudFrame = loud < step.frames ? step.cellOffset + loud : kCellFrames;
  slot.quietFrames = 0;
  if (step.cellOffset > 0) catchUp(op, step);
  return true;
}

void Runner::catchUp(Schedule::Op& op, const Step& step) noexcept {
  // The frames of this cell that were slept through, as silence: waking in the middle of a cell
  // then gives the same bits as being called with the whole cell.
  const StandIns buses(scratch_.get(), op, 0, kCellFrames);
  Io io{.frames = step.cellOffset,
        .in = {buses.in.data(), op.in.size()},
        .out = {buses.out.data(), op.out.size()}};
  Slot& slot = *op.slot;
  if (!slot.sentStorage.empty()) io.eventsOut = &slot.sent;
  io.time = step.time;
  io.time.frame -= static_cast<std::int64_t>(step.cellOffset);
  if (io.time.playing) {
    io.time.beat -= io.time.beatsPerFrame * static_cast<double>(step.cellOffset);
  }
  io.readings = slot.readings;
  slot.type.process(slot.module(), io, Params(slot.ramps, {}));
  slot.sent.clear();
}

void Runner::callAwake(Schedule::Op& op, const Step& step, bool bypassed) noexcept {
  Slot& slot = *op.slot;
  Io io{.frames = step.frames,
        .in = bypassed ? op.silentIn : op.in,
        .out = op.out,
        .events = slot.due};
  if (!slot.sentStorage.empty()) io.eventsOut = &slot.sent;
  io.time = step.time;
  io.readings = slot.readings;
  io.cellOffset = step.cellOffset;
  io.endsCell = step.endsCell;
  const Params params(slot.ramps, slot.perFrameRows);
  if (!slot.isWakingCell || slot.loudFrame <= step.cellOffset || bypassed) {
    callModule(slot.type, slot.module(), io, params);
    return;
  }
  // Waking: what lies before the first loud frame of this cell is exact silence.
  std::size_t silent = step.frames;
  if (slot.loudFrame >= kCellFrames) {
    const std::size_t loud = firstLoudFrame(op.in, step.frames);
    if (loud < step.frames) slot.loudFrame = step.cellOffset + loud;
  }
  if (slot.loudFrame < kCellFrames) silent = std::min(silent, slot.loudFrame - step.cellOffset);
  const StandIns buses(scratch_.get(), op, step.frames, silent);
  io.in = {buses.in.data(), op.in.size()};
  callModule(slot.type, slot.module(), io, params);
}

void Runner::blendBypass(Schedule::Op& op, const Step& step) noexcept {
  Slot& slot = *op.slot;
  const bool isSource = op.in.empty() || op.out.empty();
  std::array<std::array<float, kCellFrames>, 2> delayed;
  for (std::size_t p = 0; p < op.out.size(); ++p) {
    const auto& channels = op.out[p].channels;
    for (std::size_t c = 0; c < channels.size(); ++c) {
      const float* dry = current_->buffer(0);
      if (p == 0 && !isSource) {
        dry = op.in[0].channels[std::min(c, op.in[0].channels.size() - 1)];
        if (!slot.dryDelays.empty()) {
          slot.dryDelays[c].process(dry, delayed[c].data(), step.frames);
          dry = delayed[c].data();
        }
      }
      if (!slot.bypassed && slot.bypassFrames == 0) continue;
      float* const wet = channels[c];
      std::uint32_t at = slot.bypassFrames;
      for (std::size_t i = 0; i < step.frames; ++i) {
        const float share = fadeCurve_[at];
        wet[i] = share >= 1.0F ? dry[i] : wet[i] + share * (dry[i] - wet[i]);
        if (slot.bypassed && at < fadeFrames_) ++at;
        if (!slot.bypassed && at > 0) --at;
      }
    }
  }
  const auto frames = static_cast<std::uint32_t>(step.frames);
  if (slot.bypassed) {
    slot.bypassFrames = std::min(fadeFrames_, slot.bypassFrames + frames);
  } else {
    slot.bypassFrames = slot.bypassFrames > frames ? slot.bypassFrames - frames : 0;
  }
}

void Runner::finish(Schedule::Op& op, const Step& step, bool ran) noexcept {
  Slot& slot = *op.slot;
  Schedule& now = *current_;
  bool isFinite = true;
  bool isSilent = true;
  slot.levels.frames += static_cast<std::uint32_t>(step.frames);
  for (std::size_t p = 0; p < op.out.size(); ++p) {
    for (std::size_t c = 0; c < op.out[p].channels.size(); ++c) {
      const std::uint32_t buffer = op.plan->out[p].buffers[c];
      const Scan scanned = ran ? scan(op.out[p].channels[c], step.frames) : Scan{};
      isFinite = isFinite && scanned.isFinite;
      isSilent = isSilent && scanned.peak < kSilence;
      now.peak(buffer) = scanned.peak;
      if (p == 0) addLevels(slot.levels, c, scanned);
    }
  }
  if (!isFinite) {
    slot.type.reset(slot.module());
    slot.quarantineCells = static_cast<std::uint32_t>(Slot::kQuarantineMs * 1e-3F * sampleRateHz_ /
                                                      static_cast<float>(kCellFrames));
    ++slot.quarantines;
    slot.levels = {};
    for (std::size_t p = 0; p < op.out.size(); ++p) {
      for (std::size_t c = 0; c < op.out[p].channels.size(); ++c) {
        std::fill(op.out[p].channels[c], op.out[p].channels[c] + step.frames, 0.0F);
        now.peak(op.plan->out[p].buffers[c]) = 0.0F;
      }
    }
  }
  for (std::size_t p = 0; p < op.in.size() && !slot.bypassed; ++p) {
    for (std::size_t c = 0; c < op.in[p].channels.size(); ++c) {
      isSilent = isSilent && now.peak(op.plan->in[p].buffers[c]) < kSilence;
    }
  }
  slot.cellIsSilent = slot.cellIsSilent && isSilent && slot.due.empty();
  slot.due.clear();
  if (!step.endsCell) return;
  slot.isWakingCell = false;
  if (slot.quarantineCells > 0) --slot.quarantineCells;
  slot.quietFrames =
      slot.cellIsSilent ? slot.quietFrames + static_cast<std::int64_t>(kCellFrames) : 0;
  slot.cellIsSilent = true;
  const bool mayRest =
      slot.info.quietFrames != kNeverSleeps && slot.quietFrames > slot.info.quietFrames;
  if (!slot.asleep && mayRest && op.plan->modulations.empty()) slot.fallAsleep();
}

void Runner::process(Schedule::Op& op, const Step& step) noexcept {
  Slot& slot = *op.slot;
  slot.bypassed = op.plan->bypass;
  const bool wholly = slot.bypassed && slot.bypassFrames == fadeFrames_;
  if (step.startsCell) slot.beginCell();
  gatherEvents(op);
  if (!op.plan->modulations.empty()) modulate(op, step);

  const bool held = slot.quarantineCells > 0;
  const bool runs = !held && (!slot.asleep || decideWaking(op, step));
  if (runs) {
    callAwake(op, step, wholly);
    if (slot.isWakingCell && slot.wakeFrame > step.cellOffset) {
      const std::size_t silent = std::min(step.frames, slot.wakeFrame - step.cellOffset);
      for (const auto& bus : op.out) {
        for (float* channel : bus.channels) std::fill(channel, channel + silent, 0.0F);
      }
    }
  } else {
    for (const auto& bus : op.out) {
      for (float* channel : bus.channels) std::fill(channel, channel + step.frames, 0.0F);
    }
  }
  const bool blends = slot.bypassed || slot.bypassFrames > 0 || !slot.dryDelays.empty();
  if (blends) blendBypass(op, step);
  finish(op, step, runs || blends);
  std::fill(slot.perFrameRows.begin(), slot.perFrameRows.end(), nullptr);
}

}  // namespace sonic
