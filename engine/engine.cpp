// SPDX-License-Identifier: MIT
#include "engine/engine.h"

#include <algorithm>
#include <cstdio>

#include "engine/modules/all.h"

namespace sonic {
namespace {

/// sha256 per asset slot, "" where the node names none: Blueprint::files of this node.
std::vector<std::string> filesOf(const Graph::Node& node, const ModuleType& type) {
  std::vector<std::string> files(type.assets.size());
  for (const auto& [slot, sha256] : node.assets) {
    for (std::size_t s = 0; s < type.assets.size(); ++s) {
      if (type.assets[s].id == slot) files[s] = sha256;
    }
  }
  return files;
}

}  // namespace

Project::Project(GraphSetup setup) : document_(allModules()), planner_(allModules(), setup) {}

Result<Ok> Project::load(std::string_view json) {
  return document_.load(json);
}
Result<Ok> Project::apply(std::string_view patch) {
  return document_.apply(patch);
}
Result<Ok> Project::setParam(std::string_view node, std::string_view param, double value) {
  return document_.setParam(node, param, value);
}

Result<std::vector<CookTask>> Project::missing() const {
  const Graph graph = playable();
  const auto blueprints = planner_.missing(graph);
  if (!blueprints) return blueprints.error();
  std::vector<CookTask> tasks;
  for (const Blueprint& blueprint : *blueprints) {
    const ModuleType& type = allModules().types()[blueprint.type];
    std::string place;
    for (const Graph::Node& node : graph.nodes) {
      if (place.empty() && node.type == type.info.id && filesOf(node, type) == blueprint.files) {
        place = "/nodes/" + node.id + "/assets";
      }
    }
    tasks.push_back({blueprint, std::string(type.info.id), std::move(place)});
  }
  return tasks;
}

void Project::setAbsent(const std::string& sha256, bool isAbsent) {
  if (isAbsent) {
    absent_.insert(sha256);
  } else {
    absent_.erase(sha256);
  }
}

Graph Project::playable() const {
  Graph graph = document_.toGraph();
  for (Graph::Node& node : graph.nodes) {
    for (auto& [slot, sha256] : node.assets) {
      if (absent_.count(sha256) != 0) sha256.clear();
    }
  }
  return graph;
}

void Project::addFile(std::string sha256, std::vector<std::byte> bytes) {
  files_[std::move(sha256)] = std::move(bytes);
}

Result<Ok> Project::cookMissing() {
  const auto tasks = missing();
  if (!tasks) return tasks.error();
  for (const CookTask& task : *tasks) {
    std::vector<std::span<const std::byte>> files;
    for (const std::string& sha256 : task.blueprint.files) {
      const auto file = files_.find(sha256);
      if (!sha256.empty() && file == files_.end()) {
        return Error{ErrorCode::kMissing, task.place,
                     "The file " + sha256 + " of this node is not there."};
      }
      files.push_back(sha256.empty() ? std::span<const std::byte>{} : file->second);
    }
    auto cooked = cookBlueprint(allModules().types()[task.blueprint.type], task.blueprint, files);
    if (!cooked) {
      Error error = cooked.error();
      error.place = task.place + " (" + error.place + ")";
      return error;
    }
    for (std::size_t slot = 0; slot < cooked->blobs.size(); ++slot) {
      blobs_.push_back({task.blueprint.blobKey(slot), std::move(cooked->blobs[slot])});
    }
    planner_.accept(task.blueprint, cooked->measure);
  }
  return Ok{};
}

void Project::accept(const Blueprint& blueprint, const Measure& measure) {
  planner_.accept(blueprint, measure);
}

std::vector<Project::Blob> Project::takeBlobs() {
  std::vector<Blob> blobs;
  blobs.swap(blobs_);
  return blobs;
}

Result<Project::Update> Project::update() {
  std::map<std::uint32_t, std::vector<float>> before;
  for (const Resolved::Node& node : planner_.last().nodes) before[node.handle] = node.values;
  auto plan = planner_.plan(playable());
  if (!plan) return plan.error();
  Update update;
  if (plan->isNeeded) update.plan = encodePlan(*plan);
  for (const Resolved::Node& node : planner_.last().nodes) {
    const auto known = before.find(node.handle);
    if (known == before.end()) continue;
    for (std::size_t row = 0; row < node.values.size(); ++row) {
      if (node.values[row] == known->second[row]) continue;
      update.changes.push_back({node.handle, static_cast<std::uint32_t>(row), node.values[row]});
    }
  }
  return update;
}

std::string Project::describePlan() const {
  std::string text;
  for (const Resolved::Node& node : planner_.last().nodes) {
    const bool known = node.type >= 0;
    char line[256];
    std::snprintf(line, sizeof line, "%-20.40s %-16.40s %-6s latency %lld + %u frames, %u bytes\n",
                  node.id.c_str(),
                  known ? std::string(allModules().types()[node.blueprint.type].info.id).c_str()
                        : "(unknown)",
                  node.width == 2 ? "stereo" : "mono", static_cast<long long>(node.arrivalFrames),
                  node.measure.latencyFrames, node.measure.memoryBytes);
    text += line;
  }
  return text;
}

Engine::Engine(GraphSetup setup)
    : runner_(allModules(), static_cast<float>(setup.sampleRateHz)),
      transport_(setup.sampleRateHz) {
  commands_.reserve(kMaxCommands);
}

void Engine::addBlob(std::uint64_t key, std::size_t totalBytes, std::size_t at,
                     std::span<const std::byte> piece) {
  runner_.addBlob(key, totalBytes, at, piece);
}

Result<Ok> Engine::install(std::span<const std::byte> plan) {
  const auto installed = runner_.install(plan);
  if (!installed) return installed.error();
  return Ok{};
}

bool Engine::queue(const Command& command) noexcept {
  if (commands_.size() == commands_.capacity()) return false;
  auto at = commands_.end();
  while (at != commands_.begin() && std::prev(at)->frame > command.frame) --at;
  commands_.insert(at, command);  // within capacity: no allocation
  return true;
}

bool Engine::setParam(std::uint32_t handle, std::size_t row, float value,
                      std::int64_t frame) noexcept {
  Command command;
  command.frame = std::max(frame, frame_);
  command.handle = handle;
  command.row = static_cast<std::uint32_t>(row);
  command.value = value;
  return queue(command);
}

bool Engine::sendEvent(std::uint32_t handle, const Event& event, std::int64_t frame) noexcept {
  Command command;
  command.frame = std::max(frame, frame_);
  command.handle = handle;
  command.isEvent = true;
  command.event = event;
  return queue(command);
}

void Engine::setProgram(std::uint32_t handle, std::vector<ProgramEvent> events, double loopBeats) {
  const auto old = programs_.find(handle);
  if (old != programs_.end()) {
    old->second.release([&](const Event& off) { runner_.sendEvent(handle, off); });
    programs_.erase(old);
  }
  if (!events.empty()) programs_.emplace(handle, EventProgram(std::move(events), loopBeats));
}

bool Engine::setAnchor(const Anchor& anchor) noexcept {
  Anchor due = anchor;
  due.frame = std::max(due.frame, frame_);
  return transport_.set(due, frame_);
}

void Engine::reset() noexcept {
  for (const Command& command : commands_) {  // knobs keep what was asked of them
    if (!command.isEvent) runner_.setParam(command.handle, command.row, command.value);
  }
  commands_.clear();
  transport_.reset(frame_);
  runner_.reset();
  frame_ = 0;
  wasPlaying_ = transport_.at(0).playing;
}

void Engine::runCommands(std::int64_t begin, std::int64_t end, bool startsCell) noexcept {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < commands_.size(); ++i) {
    const Command& command = commands_[i];
    bool done = false;
    if (command.isEvent && command.frame < end) {
      Event event = command.event;
      event.frameOffset =
          static_cast<std::uint16_t>(std::max<std::int64_t>(0, command.frame - begin));
      runner_.sendEvent(command.handle, event);
      done = true;
    } else if (!command.isEvent && startsCell && command.frame <= begin) {
      runner_.setParam(command.handle, command.row, command.value);
      done = true;
    }
    if (!done) commands_[kept++] = command;
  }
  commands_.resize(kept);
}

void Engine::playPrograms(std::int64_t begin, std::int64_t end) noexcept {
  for (const auto& [handle, program] : programs_) {
    const std::uint32_t to = handle;
    program.play(transport_, begin, end, [&](const Event& event) { runner_.sendEvent(to, event); });
  }
}

void Engine::process(const float* const* in, std::size_t inChannels, float* const* out,
                     std::size_t outChannels, std::size_t frames, float* const* taps) noexcept {
  constexpr std::size_t kMaxChannels = 32;
  constexpr std::size_t kMaxTapChannels = 2 * Plan::kMaxTaps;
  std::array<const float*, kMaxChannels> inAt;
  std::array<float*, kMaxChannels> outAt;
  std::array<float*, kMaxTapChannels> tapAt;
  inChannels = std::min(inChannels, kMaxChannels);
  outChannels = std::min(outChannels, kMaxChannels);
  const std::size_t tapChannels =
      taps == nullptr || runner_.schedule() == nullptr
          ? 0
          : std::min<std::size_t>(kMaxTapChannels, 2U * runner_.schedule()->plan().taps);
  runner_.advance();
  for (std::size_t done = 0; done < frames;) {
    const auto cellOffset =
        static_cast<std::size_t>(frame_ % static_cast<std::int64_t>(kCellFrames));
    const std::int64_t change = transport_.nextChangeAfter(frame_);
    std::size_t n = std::min(frames - done, kCellFrames - cellOffset);
    if (change - frame_ < static_cast<std::int64_t>(n)) {
      n = static_cast<std::size_t>(change - frame_);
    }
    const std::int64_t end = frame_ + static_cast<std::int64_t>(n);
    const Time time = transport_.at(frame_);
    if (transport_.governing(frame_).frame == frame_) runner_.wakeAll();
    if (wasPlaying_ && !time.playing) {
      for (const auto& [handle, program] : programs_) {
        const std::uint32_t to = handle;
        program.release([&](const Event& off) { runner_.sendEvent(to, off); });
      }
    }
    wasPlaying_ = time.playing;
    runCommands(frame_, end, cellOffset == 0);
    playPrograms(frame_, end);
    for (std::size_t c = 0; c < inChannels; ++c)
      inAt[c] = in[c] == nullptr ? nullptr : in[c] + done;
    for (std::size_t c = 0; c < outChannels; ++c) outAt[c] = out[c] + done;
    for (std::size_t t = 0; t < tapChannels; ++t) tapAt[t] = taps[t] + done;
    runner_.step(inAt.data(), inChannels, outAt.data(), outChannels, n, time, cellOffset,
                 tapChannels == 0 ? nullptr : tapAt.data());
    frame_ = end;
    done += n;
  }
}

}  // namespace sonic
