// SPDX-License-Identifier: MIT
#include "tests/support/host.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include "engine/graph/instance.h"

namespace {
std::size_t allocationsSoFar = 0;  // the tests are single-threaded
}

void* operator new(std::size_t bytes) {
  ++allocationsSoFar;
  void* const memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) std::abort();
  return memory;
}
// std::stable_sort takes its buffer this way and gives it to the plain delete below.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  ++allocationsSoFar;
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace sonic::test {
namespace {

constexpr std::size_t kSentEvents = 64;

struct Blocks {
  std::vector<std::byte*> blocks;
  ~Blocks() {
    for (std::byte* block : blocks) std::free(block);
  }
  static std::byte* more(void* self, std::size_t bytes) {
    auto* const block = static_cast<std::byte*>(std::calloc(bytes == 0 ? 16 : bytes, 1));
    static_cast<Blocks*>(self)->blocks.push_back(block);
    return block;
  }
};

}  // namespace

std::size_t allocationCount() {
  return allocationsSoFar;
}

ModuleHost::ModuleHost(const ModuleType& type, HostOptions options)
    : type_(type), options_(options) {
  for (const ParamSpec& row : type.params) {
    Smoother smoother;
    smoother.prepare(row, options.sampleRateHz);
    smoother.jump(static_cast<float>(row.fallback));
    smoothers_.push_back(smoother);
    values_.push_back(static_cast<float>(row.fallback));
  }
  files_.resize(type.assets.size());
  perFrame_.resize(type.params.size());
  ramps_.resize(type.params.size());
  readings_.resize(type.readingFloats());
}

void ModuleHost::set(std::size_t row, float value) {
  if (!prepared_ || type_.params[row].isStructural()) {
    if (prepared_ && values_[row] != value) ADD_FAILURE() << "structural row set after prepare";
    smoothers_[row].jump(value);
  } else {
    smoothers_[row].setGoal(value);
  }
  values_[row] = value;
}

void ModuleHost::set(std::string_view id, float value) {
  const int row = type_.paramIndex(id);
  ASSERT_GE(row, 0) << "no parameter " << id;
  set(static_cast<std::size_t>(row), value);
}

void ModuleHost::setFile(std::size_t slot, std::vector<std::byte> file) {
  files_[slot] = std::move(file);
  cooked_ = false;
}

void ModuleHost::setPerFrame(std::size_t row, std::vector<float> values) {
  perFrame_[row] = std::move(values);
}

Spec ModuleHost::spec(Arena* arena) {
  return {.sampleRateHz = options_.sampleRateHz,
          .width = options_.width,
          .quality = options_.quality,
          .seed = options_.seed,
          .structural = values_,
          .assets = blobViews_,
          .arena = arena};
}

void ModuleHost::cook() {
  if (cooked_) return;
  blobs_.assign(type_.assets.size(), {});
  blobViews_.assign(type_.assets.size(), {});
  for (std::size_t slot = 0; slot < type_.assets.size(); ++slot) {
    auto blob = type_.cook(slot, files_[slot], spec(nullptr));
    ASSERT_TRUE(blob.has_value()) << blob.error().sentence;
    blobs_[slot] = std::move(*blob);
    blobViews_[slot] = blobs_[slot];
  }
  cooked_ = true;
}

void ModuleHost::prepare() {
  cook();
  Blocks blocks;
  std::vector<std::byte> trial(type_.objectBytes);
  Arena counting(&Blocks::more, &blocks);
  type_.construct(trial.data());
  type_.prepare(trial.data(), spec(&counting));

  memory_.assign(counting.used(), std::byte{0});
  object_.assign(type_.objectBytes, std::byte{0});
  Arena arena(memory_);
  type_.construct(object_.data());
  type_.prepare(object_.data(), spec(&arena));
  ASSERT_FALSE(arena.overflowed()) << "prepare() took different amounts for equal specs";
  type_.reset(object_.data());
  prepared_ = true;
}

void ModuleHost::reset() {
  if (!prepared_) return prepare();
  const std::size_t before = allocationCount();
  type_.reset(object_.data());
  allocations_ += allocationCount() - before;
  for (Smoother& s : smoothers_) s.jump(s.goal());
  frame_ = 0;
}

std::size_t ModuleHost::latencyFrames() {
  cook();
  return type_.latencyFrames(spec(nullptr));
}
std::int64_t ModuleHost::quietFrames() {
  cook();
  return type_.quietFrames(spec(nullptr));
}

std::vector<Signal2> ModuleHost::run(const std::vector<Signal2>& in, std::size_t frames,
                                     std::size_t callFrames) {
  if (!prepared_) prepare();
  std::vector<Signal2> inputs, outputs;
  std::vector<bool> connected;
  for (const PortSpec& port : type_.ports) {
    if (port.signal != Signal::kAudio) continue;
    const std::size_t width = port.width == PortWidth::kFollow   ? options_.width
                              : port.width == PortWidth::kStereo ? 2U
                                                                 : 1U;
    if (port.direction == Direction::kOut) {
      outputs.emplace_back(width, std::vector<float>(frames, 1e9F));  // rubbish on purpose
      continue;
    }
    const std::size_t index = inputs.size();
    Signal2 signal(width, std::vector<float>(frames, 0.0F));
    connected.push_back(index < in.size() && !in[index].empty());
    for (std::size_t c = 0; connected[index] && c < width; ++c) {
      signal[c] = in[index][std::min(c, in[index].size() - 1)];
      signal[c].resize(frames);
    }
    inputs.push_back(std::move(signal));
  }
  if (inPlace_ && !inputs.empty() && !outputs.empty()) {
    const std::size_t shared = std::min(inputs[0].size(), outputs[0].size());
    std::copy_n(inputs[0].begin(), shared, outputs[0].begin());
  }

  std::array<Event, kSentEvents> sentStorage;
  EventSink sink(sentStorage);
  std::vector<Event> due;
  due.reserve(events_.size());
  std::vector<std::vector<const float*>> inPointers(inputs.size());
  std::vector<std::vector<float*>> outPointers(outputs.size());
  std::vector<Bus<const float>> inBuses(inputs.size());
  std::vector<Bus<float>> outBuses(outputs.size());
  std::vector<const float*> perFrame(type_.params.size());
  sent_.clear();
  sent_.reserve(16384);

  std::size_t nextEvent = 0;
  for (std::size_t begin = 0; begin < frames;) {
    const auto cellOffset = static_cast<std::size_t>(frame_) % kCellFrames;
    const std::size_t n = std::min({callFrames, kCellFrames - cellOffset, frames - begin});
    if (cellOffset == 0) {
      for (std::size_t r = 0; r < ramps_.size(); ++r) ramps_[r] = smoothers_[r].advance();
    }
    due.clear();
    for (; nextEvent < events_.size() && events_[nextEvent].frame < begin + n; ++nextEvent) {
      due.push_back(events_[nextEvent].event);
      due.back().frameOffset = static_cast<std::uint16_t>(events_[nextEvent].frame - begin);
    }
    for (std::size_t p = 0; p < outputs.size(); ++p) {
      outPointers[p].clear();
      for (auto& channel : outputs[p]) outPointers[p].push_back(channel.data() + begin);
      outBuses[p] = {outPointers[p], true};
    }
    for (std::size_t p = 0; p < inputs.size(); ++p) {
      inPointers[p].clear();
      for (std::size_t c = 0; c < inputs[p].size(); ++c) {
        const bool shared = inPlace_ && p == 0 && !outputs.empty() && c < outputs[0].size();
        inPointers[p].push_back((shared ? outputs[0][c] : inputs[p][c]).data() + begin);
      }
      inBuses[p] = {inPointers[p], connected[p]};
    }
    for (std::size_t r = 0; r < perFrame.size(); ++r) {
      perFrame[r] = perFrame_[r].empty() ? nullptr : perFrame_[r].data() + begin;
    }
    Io io{.frames = n, .in = inBuses, .out = outBuses, .events = due};
    io.eventsOut = type_.hasEventPort(Direction::kOut) ? &sink : nullptr;
    io.time = time_;
    io.time.frame = frame_;
    if (time_.playing) io.time.beat += time_.beatsPerFrame * static_cast<double>(frame_);
    io.readings = readings_;
    io.cellOffset = cellOffset;
    io.endsCell = cellOffset + n == kCellFrames;
    sink.clear();
    const std::size_t before = allocationCount();
    callModule(type_, object_.data(), io, Params(ramps_, perFrame));
    allocations_ += allocationCount() - before;
    for (const Event& event : sink.events()) sent_.push_back({begin + event.frameOffset, event});
    begin += n;
    frame_ += static_cast<std::int64_t>(n);
  }
  events_.clear();
  for (auto& values : perFrame_) values.clear();
  return outputs;
}

std::vector<float> ModuleHost::run(const std::vector<float>& in, std::size_t callFrames) {
  auto outputs = run({Signal2{in}}, in.size(), callFrames);
  return std::move(outputs[0][0]);
}

}  // namespace sonic::test
