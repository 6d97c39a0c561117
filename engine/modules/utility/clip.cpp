// SPDX-License-Identifier: MIT
#include "engine/modules/utility/clip.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "engine/dsp/demo-riff.h"
#include "engine/dsp/math.h"
#include "engine/dsp/resampler.h"
#include "engine/dsp/wav.h"

namespace sonic {
namespace {

constexpr float kEdgeSeconds = 0.005F;
constexpr std::int64_t kRoundedFrames = 8;

/// The channel that the instance plays at `index`, from the file's.
std::vector<float> chosen(const AudioData& audio, std::size_t channel, std::size_t index,
                          std::size_t width) {
  const std::vector<float>& left = audio.channels[0];
  const std::vector<float>& right = audio.channels[audio.channels.size() > 1 ? 1 : 0];
  if (channel == Clip::kStereo && width > 1) return index == 0 ? left : right;
  if (channel == Clip::kLeft) return left;
  if (channel == Clip::kRight) return right;
  std::vector<float> mean(left.size());
  for (std::size_t n = 0; n < mean.size(); ++n) mean[n] = 0.5F * (left[n] + right[n]);
  return mean;
}

/// Nearest whole number without libm; |x| is below 2^62.
std::int64_t toNearest(double x) {
  return static_cast<std::int64_t>(x < 0.0 ? x - 0.5 : x + 0.5);
}

}  // namespace

Result<std::vector<std::byte>> Clip::cook(std::size_t, std::span<const std::byte> file,
                                          const Spec& spec) {
  Result<AudioData> audio =
      file.empty() ? demoRiff(static_cast<double>(spec.sampleRateHz)) : readWav(file);
  if (!audio) return audio.error();
  const double seconds = static_cast<double>(audio->frames()) / audio->sampleRateHz;
  if (seconds > kMaxSeconds) {
    return Error{ErrorCode::kTooLarge, "",
                 "The file lasts " + std::to_string(static_cast<int>(seconds)) +
                     " seconds; a clip of at most " +
                     std::to_string(static_cast<int>(kMaxSeconds)) + " was expected."};
  }
  const Resampler resampler(audio->sampleRateHz, static_cast<double>(spec.sampleRateHz));
  Header header;
  header.channels = static_cast<std::uint32_t>(spec.width);
  header.frames = static_cast<std::uint32_t>(resampler.outputFrames(audio->frames()));
  header.channelFloats = (header.frames + 3) / 4 * 4;
  std::vector<std::byte> blob(sizeof header + spec.width * header.channelFloats * sizeof(float));
  std::memcpy(blob.data(), &header, sizeof header);
  for (std::size_t c = 0; c < spec.width; ++c) {
    const auto channel = resampler.process(chosen(*audio, spec.choice(kChannel), c, spec.width));
    std::memcpy(blob.data() + sizeof header + c * header.channelFloats * sizeof(float),
                channel.data(), channel.size() * sizeof(float));
  }
  return blob;
}

void Clip::prepare(const Spec& spec) {
  sampleRateHz_ = spec.sampleRateHz;
  width_ = spec.width;
  edgeFrames_ =
      std::max<std::size_t>(1, static_cast<std::size_t>(kEdgeSeconds * spec.sampleRateHz + 0.5F));
  const AssetBlob blob = spec.assets.empty() ? AssetBlob{} : spec.assets[0];
  if (blob.size() < sizeof(Header)) return;
  Header header;
  std::memcpy(&header, blob.data(), sizeof header);
  const std::uint64_t bytes = std::uint64_t{header.channelFloats} * sizeof(float) * width_;
  const bool isWhole = header.channels == width_ && header.frames <= header.channelFloats &&
                       blob.size() - sizeof header >= bytes;
  if (!isWhole) return;
  frames_ = header.frames;
  const auto* const samples = reinterpret_cast<const float*>(blob.data() + sizeof header);
  for (std::size_t c = 0; c < width_; ++c) channels_[c] = samples + c * header.channelFloats;
}

void Clip::reset() noexcept {
  head_ = Head{};
  fading_.fill(Head{});
  nextFading_ = 0;
  hasRun_ = wasPlaying_ = false;
  noteId_ = -1;
}

void Clip::process(Io& io, const Params& params) noexcept {
  constexpr float kSilenceDb = -79.99F;
  const auto start = static_cast<Start>(params.choice(kStart));
  const bool loops = params.choice(kLoop) == 1;
  follow(io, start, loops);
  for (const Event& event : io.events) take(event, start);

  for (std::size_t c = 0; c < width_; ++c) {
    std::fill_n(io.out[kOut].channels[c], io.frames, 0.0F);
  }
  if (frames_ > 0) {
    play(io, loops);
    for (Head& head : fading_) {
      if (head.isPlaying) fade(io, head, loops);
    }
  }
  const Ramp level =
      params[kLevel].map([](float db) { return db <= kSilenceDb ? 0.0F : dbToGain(db); });
  for (std::size_t c = 0; c < width_; ++c) {
    float* const out = io.out[kOut].channels[c];
    simd::forEachFrame(io.frames, [&](auto d, std::size_t i) {
      const auto g = simd::at(d, level, io.cellOffset + i);
      simd::StoreU(simd::Mul(simd::LoadU(d, out + i), g), d, out + i);
    });
  }
  const auto seconds = [this](std::int64_t frames) {
    return static_cast<float>(static_cast<double>(frames) / static_cast<double>(sampleRateHz_));
  };
  io.readings[kPosition] = head_.isPlaying ? seconds(std::max<std::int64_t>(head_.frame, 0)) : 0.0F;
  io.readings[kLength] = seconds(frames_);
}

/// Starts, moves and stops with the transport, and when the choice of start changes.
void Clip::follow(const Io& io, Start start, bool loops) noexcept {
  if (hasRun_ && start != start_) stop();
  if (start == kAlways && (!hasRun_ || start != start_)) begin(0, 1.0F, false);
  const Time& time = io.time;
  if (start == kWithTransport) {
    // Half a frame apart is no jump: only the rounding of beats is.
    const double offset = time.beat - expectedBeat_;
    const bool jumps = offset > 0.5 * time.beatsPerFrame || offset < -0.5 * time.beatsPerFrame;
    const bool enters = !wasPlaying_ || !hasRun_ || start != start_;
    if (!time.playing) {
      stop();
    } else if ((enters || jumps) && time.beatsPerFrame > 0.0) {
      begin(toNearest(std::clamp(time.beat / time.beatsPerFrame, -1e15, 1e15)), 1.0F, loops);
    }
  }
  wasPlaying_ = time.playing;
  expectedBeat_ = time.beat + time.beatsPerFrame * static_cast<double>(io.frames);
  start_ = start;
  hasRun_ = true;
}

void Clip::take(const Event& event, Start start) noexcept {
  if (start == kWithTransport) return;
  switch (event.type) {
    case EventType::kNoteOn:
    case EventType::kTrigger:
      begin(0, event.value, false);
      noteId_ = event.type == EventType::kNoteOn ? event.noteId : -1;
      key_ = event.key;
      break;
    case EventType::kNoteOff: {
      const bool isOurs = noteId_ >= 0 ? event.noteId == noteId_ : event.key == key_;
      if (start == kOnNote && isOurs) stop();
      break;
    }
    case EventType::kControl:
      break;
  }
}

void Clip::begin(std::int64_t frame, float gain, bool loops) noexcept {
  stop();
  if (loops && frame > 0 && frames_ > 0) frame %= frames_;
  // A beat at the loop's end may lie a rounded frame beside it: that is the file's own beginning.
  const std::int64_t distance = loops ? std::min(frame, frames_ - frame) : frame;
  head_ = {.frame = frame,
           .gain = gain,
           .edge = distance > kRoundedFrames ? edgeFrames_ : 0,
           .isPlaying = true};
}

/// What plays fades out.
void Clip::stop() noexcept {
  if (head_.isPlaying && head_.frame > 0) {
    Head& old = fading_[nextFading_];
    nextFading_ = (nextFading_ + 1) % fading_.size();
    old = head_;
    old.gain *= edgeGain(head_.edge);
    old.edge = edgeFrames_;
  }
  head_.isPlaying = false;
}

/// Rises from 0 to 1 as framesLeft falls from all to none, without a corner at either end.
float Clip::edgeGain(std::size_t framesLeft) const noexcept {
  const float u = 1.0F - static_cast<float>(framesLeft) / static_cast<float>(edgeFrames_);
  return u * u * (3.0F - 2.0F * u);
}

void Clip::play(Io& io, bool loops) noexcept {
  if (!head_.isPlaying) return;
  if (loops && head_.frame > frames_) head_.frame %= frames_;
  for (std::size_t i = 0; i < io.frames;) {
    if (head_.frame >= frames_) {
      if (head_.frame == frames_ && io.eventsOut != nullptr) {
        io.eventsOut->push(
            {.type = EventType::kTrigger, .frameOffset = static_cast<std::uint16_t>(i)});
      }
      head_.frame = 0;
      head_.isPlaying = loops;
      if (!loops) return;
    }
    const std::int64_t until = head_.frame < 0 ? 0 : frames_;
    const auto run = static_cast<std::size_t>(
        std::min(until - head_.frame, static_cast<std::int64_t>(io.frames - i)));
    if (head_.frame >= 0) {
      for (std::size_t n = 0; n < run; ++n) {
        const float gain = head_.edge > 0 ? head_.gain * edgeGain(head_.edge--) : head_.gain;
        const auto at = static_cast<std::size_t>(head_.frame) + n;
        for (std::size_t c = 0; c < width_; ++c) {
          io.out[kOut].channels[c][i + n] = gain * channels_[c][at];
        }
      }
    }
    head_.frame += static_cast<std::int64_t>(run);
    i += run;
  }
}

/// Adds a head that fades out.
void Clip::fade(Io& io, Head& head, bool loops) const noexcept {
  for (std::size_t i = 0; i < io.frames; ++i) {
    if (head.frame >= frames_ && loops) head.frame %= frames_;
    if (head.frame >= frames_ || head.edge == 0) {
      head.isPlaying = false;
      return;
    }
    const float gain = head.gain * (1.0F - edgeGain(head.edge--));
    for (std::size_t c = 0; c < width_; ++c) {
      io.out[kOut].channels[c][i] += gain * channels_[c][static_cast<std::size_t>(head.frame)];
    }
    ++head.frame;
  }
}

}  // namespace sonic
