// SPDX-License-Identifier: MIT
#pragma once
// The engine's one public header: what bindings, command line and tests use.
#include <array>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/document/project-document.h"
#include "engine/graph/planner.h"
#include "engine/graph/runner.h"
#include "engine/sequence/event-program.h"
#include "engine/sequence/transport.h"

namespace sonic {

/// A knob that moved, for Engine::setParam.
struct ParamChange {
  std::uint32_t handle = 0;
  std::uint32_t row = 0;
  float value = 0.0F;
};

/// A blueprint whose assets must be cooked before update() can succeed.
struct CookTask {
  Blueprint blueprint;
  std::string module;  ///< Type id.
  std::string place;   ///< JSON pointer of the first node that needs it.
};

/// The control side: document and planner. Errors are values with code, place and sentence; after
/// an error nothing has changed. [main, worker]
class Project {
 public:
  /// What must be sent to the engine, in this order: the plan if there is one, then the changes.
  struct Update {
    std::vector<std::byte> plan;
    std::vector<ParamChange> changes;
  };

  explicit Project(GraphSetup setup);

  Result<Ok> load(std::string_view json);
  Result<Ok> apply(std::string_view mergePatchJson);
  Result<Ok> setParam(std::string_view node, std::string_view param, double value);
  [[nodiscard]] const ProjectDocument& document() const { return document_; }

  /// What update() waits for.
  Result<std::vector<CookTask>> missing() const;
  /// Files by sha256, for cookMissing(). [worker, command line]
  void addFile(std::string sha256, std::vector<std::byte> bytes);
  /// Cooks what is missing, here and now; the blobs wait for takeBlobs().
  Result<Ok> cookMissing();
  /// A file that is lost or broken: nodes that name it play their built-in content until it is
  /// back.
  void setAbsent(const std::string& sha256, bool isAbsent);
  /// Somebody else cooked it and sent the blobs to the engine.
  void accept(const Blueprint& blueprint, const Measure& measure);
  struct Blob {
    std::uint64_t key = 0;
    std::vector<std::byte> bytes;
  };
  std::vector<Blob> takeBlobs();

  /// The way from what the engine plays to what the document says.
  Result<Update> update();
  /// The engine is new and holds nothing.
  void forgetEngine() { planner_.forgetRunner(); }
  void setTaps(std::vector<Tap> taps) { planner_.setTaps(std::move(taps)); }

  [[nodiscard]] std::uint32_t handleOf(const std::string& node) const {
    return planner_.handleOf(node);
  }
  [[nodiscard]] const Planner& planner() const { return planner_; }
  /// Module, width, latency and memory of every node in running order, for people.
  [[nodiscard]] std::string describePlan() const;

 private:
  ProjectDocument document_;
  Planner planner_;
  [[nodiscard]] Graph playable() const;

  std::map<std::string, std::vector<std::byte>> files_;
  std::set<std::string> absent_;
  std::vector<Blob> blobs_;
};

/// The audio side: runner, transport, programs, commands on time. Every function but process() is
/// called between quanta, on the same thread. [audio]
class Engine {
 public:
  static constexpr std::size_t kMaxCommands = 4096;

  explicit Engine(GraphSetup setup);

  void addBlob(std::uint64_t key, std::size_t totalBytes, std::size_t at,
               std::span<const std::byte> piece);
  Result<Ok> install(std::span<const std::byte> plan);
  /// Takes all queued plans over at once: before the first frame.
  void installNow() { runner_.installNow(); }

  /// A knob's new value, from the first cell at or after `frame` on (past frames: the next cell).
  bool setParam(std::uint32_t handle, std::size_t row, float value,
                std::int64_t frame = 0) noexcept;
  /// An event in the very frame given, or in the next one if that is past.
  bool sendEvent(std::uint32_t handle, const Event& event, std::int64_t frame = 0) noexcept;
  /// Sets, or with no events removes, the program of a module.
  void setProgram(std::uint32_t handle, std::vector<ProgramEvent> events, double loopBeats);
  bool setAnchor(const Anchor& anchor) noexcept;
  void setBeatsPerBar(double beats) noexcept { transport_.setBeatsPerBar(beats); }

  /// Frame 0 again: modules as new, delays empty, musical time at beat 0, knobs where they stand.
  void reset() noexcept;
  /// Any number of frames. Output is the same for every division into calls. `taps` points at two
  /// channels per tap of the plan, or is null. [audio]
  void process(const float* const* in, std::size_t inChannels, float* const* out,
               std::size_t outChannels, std::size_t frames, float* const* taps = nullptr) noexcept;

  [[nodiscard]] std::int64_t frame() const noexcept { return frame_; }
  [[nodiscard]] const Transport& transport() const noexcept { return transport_; }
  [[nodiscard]] Runner& runner() noexcept { return runner_; }

 private:
  struct Command {
    std::int64_t frame = 0;
    std::uint32_t handle = 0;
    std::uint32_t row = 0;
    bool isEvent = false;
    float value = 0.0F;
    Event event{};
  };
  bool queue(const Command& command) noexcept;
  void runCommands(std::int64_t begin, std::int64_t end, bool startsCell) noexcept;
  void playPrograms(std::int64_t begin, std::int64_t end) noexcept;

  Runner runner_;
  Transport transport_;
  std::map<std::uint32_t, EventProgram> programs_;
  std::vector<Command> commands_;  ///< By frame, then arrival; capacity fixed.
  std::int64_t frame_ = 0;
  bool wasPlaying_ = false;
};

}  // namespace sonic
