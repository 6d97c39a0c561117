// SPDX-License-Identifier: MIT
// The audio side as the worklet and offline renders see it.
#include <emscripten/bind.h>

#include "bindings/live-engine.h"
#include "bindings/values.h"

namespace sonic::js {
namespace {

std::uintptr_t address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

/// Methods take and give numbers only, but for rare errors: no garbage per quantum.
class EngineBinding {
 public:
  EngineBinding(double sampleRateHz, std::size_t maxFrames, std::size_t taps, bool isLive)
      : live_({.sampleRateHz = sampleRateHz}, maxFrames, taps, isLive) {}

  std::uintptr_t in(std::size_t channel) { return address(live_.in(channel)); }
  std::uintptr_t wet(std::size_t channel) { return address(live_.wet(channel)); }
  std::uintptr_t out(std::size_t channel) { return address(live_.out(channel)); }
  std::uintptr_t playback(std::size_t channel) { return address(live_.playback(channel)); }
  std::uintptr_t tap(std::size_t tap, std::size_t c) { return address(live_.tap(tap, c)); }
  std::uintptr_t message(std::size_t bytes) { return address(live_.message(bytes)); }

  val install(std::size_t bytes) { return errorOrNothing(live_.install(bytes)); }
  void installNow() { live_.engine().installNow(); }
  void addBlob(const std::string& key, std::size_t total, std::size_t at, std::size_t bytes) {
    live_.addBlob(fromHex(key), total, at, bytes);
  }
  void setParam(std::uint32_t handle, std::uint32_t row, float value, double frame) {
    live_.engine().setParam(handle, row, value, static_cast<std::int64_t>(frame));
  }
  void setAnchor(double frame, double beat, double tempoBpm, bool playing) {
    live_.engine().setAnchor({static_cast<std::int64_t>(frame), beat, tempoBpm, playing});
  }
  void setBeatsPerBar(double beats) { live_.engine().setBeatsPerBar(beats); }
  double beat() { return live_.engine().transport().at(live_.engine().frame()).beat; }
  void sendNote(std::uint32_t handle, bool on, float key, float velocity, double frame) {
    Event event;
    event.type = on ? EventType::kNoteOn : EventType::kNoteOff;
    event.key = key;
    event.value = velocity;
    live_.engine().sendEvent(handle, event, static_cast<std::int64_t>(frame));
  }
  void reset() { live_.engine().reset(); }
  void process(std::size_t frames, bool hasPlayback) { live_.process(frames, hasPlayback); }
  void setVolumeDb(float db) { live_.output().setVolumeDb(db); }
  void setMuted(bool muted) { live_.output().setMuted(muted); }
  void setMonitor(bool on) { live_.setMonitor(on); }
  double frame() { return static_cast<double>(live_.engine().frame()); }
  std::size_t report() { return live_.report(); }
  std::uintptr_t reportData() { return address(live_.reportData()); }

 private:
  LiveEngine live_;
};

EMSCRIPTEN_BINDINGS(engine) {
  emscripten::class_<EngineBinding>("Engine")
      .constructor<double, std::size_t, std::size_t, bool>()
      .function("in", &EngineBinding::in)
      .function("wet", &EngineBinding::wet)
      .function("out", &EngineBinding::out)
      .function("playback", &EngineBinding::playback)
      .function("tap", &EngineBinding::tap)
      .function("message", &EngineBinding::message)
      .function("install", &EngineBinding::install)
      .function("installNow", &EngineBinding::installNow)
      .function("addBlob", &EngineBinding::addBlob)
      .function("setParam", &EngineBinding::setParam)
      .function("setAnchor", &EngineBinding::setAnchor)
      .function("setBeatsPerBar", &EngineBinding::setBeatsPerBar)
      .function("beat", &EngineBinding::beat)
      .function("sendNote", &EngineBinding::sendNote)
      .function("reset", &EngineBinding::reset)
      .function("process", &EngineBinding::process)
      .function("setVolumeDb", &EngineBinding::setVolumeDb)
      .function("setMuted", &EngineBinding::setMuted)
      .function("setMonitor", &EngineBinding::setMonitor)
      .function("frame", &EngineBinding::frame)
      .function("report", &EngineBinding::report)
      .function("reportData", &EngineBinding::reportData);
}

}  // namespace
}  // namespace sonic::js
