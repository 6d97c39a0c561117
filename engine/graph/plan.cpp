// SPDX-License-Identifier: MIT
#include "engine/graph/plan.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "engine/graph/resolved.h"

namespace sonic {
namespace {

constexpr std::uint32_t kMagic = 0x4c504e53;  // "SNPL"
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMaxCount = 1U << 20;  // of anything in a list
constexpr std::uint32_t kMaxDelayFrames = 1U << 24;
/// A page has 512 MB, and planners stay below 384.
constexpr std::uint64_t kMaxBytes = std::uint64_t{448} << 20;

class Writer {
 public:
  template <class T>
  void put(T value) {
    static_assert(std::is_arithmetic_v<T>);
    const std::size_t at = bytes.size();
    bytes.resize(at + sizeof(T));
    std::memcpy(bytes.data() + at, &value, sizeof(T));
  }
  template <class T, class F>
  void list(const std::vector<T>& items, F each) {
    put(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) each(item);
  }
  std::vector<std::byte> bytes;
};

/// Reads in the writer's order; after the first failure everything reads as zero.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <class T>
  T get() {
    T value{};
    if (at_ + sizeof(T) > bytes_.size()) {
      fail();
    } else {
      std::memcpy(&value, bytes_.data() + at_, sizeof(T));
      at_ += sizeof(T);
    }
    return value;
  }
  float finite() {
    const float value = get<float>();
    if (!std::isfinite(value)) fail();
    return value;
  }
  template <class T, class F>
  void list(std::vector<T>& items, F each) {
    const auto count = get<std::uint32_t>();
    if (count > kMaxCount || count > bytes_.size() - at_) return fail();
    items.resize(count);
    for (T& item : items) {
      each(item);
      if (failed_) return;
    }
  }
  void expect(bool condition) {
    if (!condition) fail();
  }
  void fail() {
    if (!failed_) failedAt_ = at_;
    failed_ = true;
    at_ = bytes_.size();
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t failedAt() const { return failedAt_; }
  [[nodiscard]] bool atEnd() const { return at_ == bytes_.size(); }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  std::size_t failedAt_ = 0;
  bool failed_ = false;
};

void writeOp(Writer& w, const Plan::Op& op) {
  w.put(static_cast<std::uint32_t>(op.kind));
  w.put(op.instance);
  w.put(static_cast<std::uint8_t>(op.bypass));
  const auto bus = [&](const Plan::BusRef& ref) {
    w.put(ref.buffers[0]);
    w.put(ref.buffers[1]);
    w.put(ref.channels);
    w.put(static_cast<std::uint8_t>(ref.connected));
  };
  w.list(op.in, bus);
  w.list(op.out, bus);
  w.list(op.modulations, [&](const Plan::Modulation& m) {
    w.put(m.row);
    w.put(m.buffer);
    w.put(m.depth);
  });
  w.list(op.eventSources, [&](std::uint32_t source) { w.put(source); });
  w.put(op.buffer);
  w.list(op.sources, [&](const Plan::Source& s) {
    w.put(s.buffer);
    w.put(s.gainBegin);
    w.put(s.gainEnd);
    w.put(s.delayKey);
    w.put(s.delayFrames);
  });
}

void readOp(Reader& r, Plan::Op& op) {
  op.kind = static_cast<Plan::OpKind>(r.get<std::uint32_t>());
  r.expect(op.kind <= Plan::OpKind::kTap);
  op.instance = r.get<std::uint32_t>();
  op.bypass = r.get<std::uint8_t>() != 0;
  const auto bus = [&](Plan::BusRef& ref) {
    ref.buffers[0] = r.get<std::uint32_t>();
    ref.buffers[1] = r.get<std::uint32_t>();
    ref.channels = r.get<std::uint32_t>();
    ref.connected = r.get<std::uint8_t>() != 0;
    r.expect(ref.channels == 1 || ref.channels == 2);
  };
  r.list(op.in, bus);
  r.list(op.out, bus);
  r.list(op.modulations, [&](Plan::Modulation& m) {
    m.row = r.get<std::uint32_t>();
    m.buffer = r.get<std::uint32_t>();
    m.depth = r.finite();
  });
  r.list(op.eventSources, [&](std::uint32_t& source) { source = r.get<std::uint32_t>(); });
  op.buffer = r.get<std::uint32_t>();
  r.list(op.sources, [&](Plan::Source& s) {
    s.buffer = r.get<std::uint32_t>();
    s.gainBegin = r.finite();
    s.gainEnd = r.finite();
    s.delayKey = r.get<std::uint64_t>();
    s.delayFrames = r.get<std::uint32_t>();
    r.expect(s.delayFrames <= kMaxDelayFrames);
  });
}

void writeInstance(Writer& w, const Plan::Instance& i) {
  w.put(i.handle);
  w.put(i.type);
  w.put(i.width);
  w.put(static_cast<std::uint8_t>(i.isNew));
  w.put(i.seed);
  w.put(i.sampleRateHz);
  w.put(i.memoryBytes);
  w.put(i.latencyFrames);
  w.put(i.quietFrames);
  w.put(static_cast<std::uint8_t>(i.quality));
  w.list(i.structural, [&](float v) { w.put(v); });
  w.list(i.values, [&](float v) { w.put(v); });
  w.list(i.blobKeys, [&](std::uint64_t v) { w.put(v); });
}

void readInstance(Reader& r, Plan::Instance& i, const ModuleTable& table) {
  i.handle = r.get<std::uint32_t>();
  i.type = r.get<std::uint32_t>();
  i.width = r.get<std::uint32_t>();
  i.isNew = r.get<std::uint8_t>() != 0;
  i.seed = r.get<std::uint64_t>();
  i.sampleRateHz = r.finite();
  i.memoryBytes = r.get<std::uint32_t>();
  i.latencyFrames = r.get<std::uint32_t>();
  i.quietFrames = r.get<std::int64_t>();
  i.quality = static_cast<Quality>(r.get<std::uint8_t>());
  r.list(i.structural, [&](float& v) { v = r.finite(); });
  r.list(i.values, [&](float& v) { v = r.finite(); });
  r.list(i.blobKeys, [&](std::uint64_t& v) { v = r.get<std::uint64_t>(); });
  r.expect(i.type < table.types().size() && (i.width == 1 || i.width == 2));
  r.expect(i.sampleRateHz >= 8000.0F && i.sampleRateHz <= 768000.0F);
  r.expect(i.quality <= Quality::kHq && i.latencyFrames <= kMaxDelayFrames);
  if (r.failed()) return;
  if (!i.isNew) return;
  const ModuleType& type = table.types()[i.type];
  const std::size_t rows = type.params.size();
  r.expect(i.structural.size() == rows && i.values.size() == rows &&
           i.blobKeys.size() == type.assets.size());
  for (std::size_t row = 0; row < rows && !r.failed(); ++row) {
    const ParamSpec& spec = type.params[row];
    const auto isInside = [&spec](float v) {
      return v >= static_cast<float>(spec.min) && v <= static_cast<float>(spec.max);
    };
    r.expect(isInside(i.values[row]));
    r.expect(!spec.isStructural() || isInside(i.structural[row]));
  }
}

/// What the plan makes the runner take, in bytes.
std::uint64_t bytesOf(const Plan& plan) {
  std::uint64_t instances = 0;
  std::uint64_t delays = 0;  // of the stage with most of them: stages share theirs
  for (const Plan::Instance& i : plan.instances) {
    if (i.isNew) instances += i.memoryBytes + std::uint64_t{8} * i.latencyFrames;
  }
  for (const Plan::Stage& stage : plan.stages) {
    std::uint64_t ofStage = 0;
    for (const Plan::Op& op : stage.ops) {
      for (const Plan::Source& source : op.sources)
        ofStage += std::uint64_t{4} * source.delayFrames;
    }
    delays = std::max(delays, ofStage);
  }
  return instances + delays + std::uint64_t{4} * kCellFrames * plan.buffers;
}

bool hasTwins(const std::vector<Plan::Instance>& instances) {
  std::vector<std::uint32_t> handles;
  for (const Plan::Instance& instance : instances) handles.push_back(instance.handle);
  std::sort(handles.begin(), handles.end());
  return std::adjacent_find(handles.begin(), handles.end()) != handles.end();
}

/// Every index points somewhere, and buses have the shape that the module's ports ask for.
bool isConsistent(const Plan& plan, const Plan::Op& op, const ModuleTable& table) {
  const auto knownBus = [&](const Plan::BusRef& b) {
    return b.buffers[0] < plan.buffers && b.buffers[1] < plan.buffers;
  };
  for (const auto& bus : op.in) {
    if (!knownBus(bus)) return false;
  }
  for (const auto& bus : op.out) {  // buffer 0 stays silent, the device's input is read only
    if (!knownBus(bus) || bus.buffers[0] <= plan.deviceInputs) return false;
    if (bus.channels == 2 && bus.buffers[1] <= plan.deviceInputs) return false;
  }
  if (op.kind == Plan::OpKind::kMix) {
    for (const auto& source : op.sources) {
      if (source.buffer >= plan.buffers) return false;
    }
    return op.buffer > plan.deviceInputs && op.buffer < plan.buffers;
  }
  if (op.kind != Plan::OpKind::kProcess) {
    return op.in.size() == 1 && (op.kind == Plan::OpKind::kDeviceOut || op.instance < plan.taps);
  }
  if (op.instance >= plan.instances.size()) return false;
  const Plan::Instance& instance = plan.instances[op.instance];
  const ModuleType& type = table.types()[instance.type];
  for (const auto& m : op.modulations) {
    if (m.row >= type.params.size() || m.buffer >= plan.buffers) return false;
  }
  for (const std::uint32_t source : op.eventSources) {
    if (source >= plan.instances.size()) return false;
  }
  std::size_t in = 0;
  std::size_t out = 0;
  for (const PortSpec& port : type.ports) {
    if (port.signal != Signal::kAudio) continue;
    const bool isIn = port.direction == Direction::kIn;
    const auto& buses = isIn ? op.in : op.out;
    const std::size_t index = isIn ? in++ : out++;
    if (index >= buses.size() || buses[index].channels != portWidth(port, instance.width)) {
      return false;
    }
  }
  return in == op.in.size() && out == op.out.size();
}

Error broken(std::size_t at, const char* sentence) {
  return {ErrorCode::kSyntax, "byte " + std::to_string(at), sentence};
}

}  // namespace

std::vector<std::byte> encodePlan(const Plan& plan) {
  Writer w;
  w.put(kMagic);
  w.put(kVersion);
  w.put(plan.deviceInputs);
  w.put(plan.deviceOutputs);
  w.put(plan.buffers);
  w.put(plan.taps);
  w.put(plan.fadeFrames);
  w.list(plan.instances, [&](const Plan::Instance& i) { writeInstance(w, i); });
  w.list(plan.stages, [&](const Plan::Stage& stage) {
    w.list(stage.ops, [&](const Plan::Op& op) { writeOp(w, op); });
  });
  return std::move(w.bytes);
}

Result<Plan> decodePlan(std::span<const std::byte> bytes, const ModuleTable& table) {
  Reader r(bytes);
  if (r.get<std::uint32_t>() != kMagic) return broken(0, "This is not a plan.");
  if (r.get<std::uint32_t>() != kVersion) {
    return Error{ErrorCode::kNewer, "byte 4",
                 "The plan was made by another build of Sonic-Core; planner and runner must be of "
                 "one build."};
  }
  Plan plan;
  plan.deviceInputs = r.get<std::uint32_t>();
  plan.deviceOutputs = r.get<std::uint32_t>();
  plan.buffers = r.get<std::uint32_t>();
  plan.taps = r.get<std::uint32_t>();
  plan.fadeFrames = r.get<std::uint32_t>();
  r.expect(plan.deviceInputs <= 32 && plan.deviceOutputs <= 32 && plan.taps <= Plan::kMaxTaps);
  r.expect(plan.buffers > plan.deviceInputs && plan.buffers <= kMaxCount);
  r.expect(plan.fadeFrames % kCellFrames == 0 && plan.fadeFrames <= kMaxCount);
  r.list(plan.instances, [&](Plan::Instance& i) { readInstance(r, i, table); });
  r.list(plan.stages,
         [&](Plan::Stage& stage) { r.list(stage.ops, [&](Plan::Op& op) { readOp(r, op); }); });
  r.expect(!plan.stages.empty() && plan.stages.size() <= 3);
  r.expect(plan.stages.size() == 1 || plan.fadeFrames > 0);
  if (r.failed()) return broken(r.failedAt(), "The plan is cut short or damaged here.");
  if (!r.atEnd()) return broken(bytes.size(), "The plan has bytes after its end.");
  if (bytesOf(plan) > kMaxBytes) {
    return Error{ErrorCode::kTooLarge, "", "The plan asks for more memory than a page has."};
  }
  if (hasTwins(plan.instances)) return broken(0, "The plan gives two instances one handle.");
  for (const Plan::Stage& stage : plan.stages) {
    for (const Plan::Op& op : stage.ops) {
      if (!isConsistent(plan, op, table)) {
        return broken(0, "The plan names a buffer, instance or port that does not exist.");
      }
    }
  }
  return plan;
}

}  // namespace sonic
