// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/module.h"

namespace sonic {

/// Clip: plays an audio file, frame by frame.
///
/// Audio    no input; mono or stereo by `channel`, as with `input`. With a level of 0 dB a file of
///          the engine's rate comes out bit for bit; others are resampled when they are cooked.
/// Start    with transport: beat 0 is the file's first frame, and wherever the transport is started
///          or moved to, the file is at the frame that belongs to that beat in the tempo of that
///          moment; from there it plays at its own speed. On note: a note-on or trigger starts it
///          from the beginning at that frame, with its velocity as gain; its note-off stops it.
///          Always: plays from the instance's first frame; notes start it again.
/// File     any WAV; without one the demo riff.
/// Loop     the frame after the last one is the first one.
/// Edges    what is not the file's own beginning or end (stopping, jumping, starting over) fades in
///          5 ms, the old place out while the new one comes in.
/// Events   `end` sends a trigger at the frame after the file's last one, also when it loops.
/// Blob     Header, then each channel's frames, padded to whole vectors.
class Clip {
 public:
  static constexpr ModuleInfo kInfo{
      .id = "clip",
      .label = "Clip",
      .category = "utility",
      .summary = "Plays an audio file; a guitar riff until you drop one.",
      .role = ModuleRole::kSource};
  enum Param : std::size_t { kLevel, kLoop, kStart, kChannel, kParamCount };
  enum Start : std::size_t { kWithTransport, kOnNote, kAlways };
  enum Channel : std::size_t { kLeft, kRight, kBoth, kStereo };
  static constexpr std::array<std::string_view, 2> kLoops{"off", "on"};
  static constexpr std::array<std::string_view, 3> kStarts{"with transport", "on note", "always"};
  static constexpr std::array<std::string_view, 4> kChannels{"left", "right", "both", "stereo"};
  static constexpr std::array<ParamSpec, kParamCount> kParams{{
      {"level", "Level", Unit::kDecibel, -80.0, 24.0, 0.0},
      choice("loop", "Loop", kLoops, 0),
      choice("start", "Start", kStarts, kWithTransport),
      choice("channel", "Channel", kChannels, kStereo, Structure::kStructural),
  }};
  static constexpr std::array<PortSpec, 3> kPorts{{
      {"notes", Direction::kIn, Signal::kEvent},
      {"out", Direction::kOut},
      {"end", Direction::kOut, Signal::kEvent},
  }};
  static constexpr std::array<AssetSpec, 1> kAssets{{{"audio", "audio/clip"}}};
  enum Reading : std::size_t { kPosition, kLength };
  static constexpr std::array<ReadingSpec, 2> kReadings{{
      {"position", Unit::kSeconds},
      {"length", Unit::kSeconds},
  }};
  static constexpr double kMaxSeconds = 600.0;

  static Result<std::vector<std::byte>> cook(std::size_t slot, std::span<const std::byte> file,
                                             const Spec& spec);
  /// The transport may start, and a pause inside the file end, at any frame.
  static std::int64_t quietFrames(const Spec&) { return kNeverSleeps; }

  void prepare(const Spec& spec);
  void reset() noexcept;
  void process(Io& io, const Params& params) noexcept;

 private:
  struct Header {
    std::uint32_t frames = 0;
    std::uint32_t channels = 0;
    std::uint32_t channelFloats = 0;  // frames, rounded up to whole vectors
    std::uint32_t reserved = 0;
  };
  /// A place in the file that is being played.
  struct Head {
    std::int64_t frame = 0;  // negative: the file is still to come
    float gain = 0.0F;
    std::size_t edge = 0;  // frames of the fade still to go
    bool isPlaying = false;
  };

  void follow(const Io& io, Start start, bool loops) noexcept;
  void take(const Event& event, Start start) noexcept;
  void begin(std::int64_t frame, float gain, bool loops) noexcept;
  void stop() noexcept;
  void play(Io& io, bool loops) noexcept;
  void fade(Io& io, Head& head, bool loops) const noexcept;
  [[nodiscard]] float edgeGain(std::size_t framesLeft) const noexcept;

  float sampleRateHz_ = 48000.0F;
  std::size_t width_ = 1;
  std::size_t edgeFrames_ = 1;
  std::int64_t frames_ = 0;
  std::array<const float*, 2> channels_{};

  Head head_;
  std::array<Head, 4> fading_;
  std::size_t nextFading_ = 0;
  std::size_t start_ = kWithTransport;
  bool hasRun_ = false;
  bool wasPlaying_ = false;  // the transport
  double expectedBeat_ = 0.0;
  std::int32_t noteId_ = -1;
  float key_ = 0.0F;
};
static_assert(Module<Clip>);

}  // namespace sonic
