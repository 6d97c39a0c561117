// SPDX-License-Identifier: MIT
#include "engine/modules/utility/clip.h"

#include <gtest/gtest.h>

#include "engine/dsp/demo-riff.h"
#include "engine/dsp/resampler.h"
#include "engine/dsp/wav.h"
#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

constexpr std::size_t kFile = 1000;
const std::vector<float> kLeft = noise(1, 0.9, kFile);
const std::vector<float> kRight = noise(2, 0.9, kFile);

struct Setup {
  Clip::Start start = Clip::kAlways;
  bool loop = false;
  Clip::Channel channel = Clip::kStereo;
  std::size_t width = 1;
  double fileRateHz = 48000.0;
};
Host<Clip> clip(const Setup& s, const Signal2& file = {kLeft}) {
  Host<Clip> host(
      {0.0F, s.loop ? 1.0F : 0.0F, static_cast<float>(s.start), static_cast<float>(s.channel)},
      {.width = s.width});
  host.setFile(0, writeWav({.sampleRateHz = s.fileRateHz, .channels = file}, WavFormat::kFloat32));
  return host;
}
const std::vector<Signal2> kNothing;
std::vector<float> play(Host<Clip>& host, std::size_t frames, std::size_t callFrames = 32) {
  return host.run(kNothing, frames, callFrames)[0][0];
}
std::vector<float> part(const std::vector<float>& x, std::size_t begin, std::size_t frames) {
  const auto from = x.begin() + static_cast<std::ptrdiff_t>(begin);
  return {from, from + static_cast<std::ptrdiff_t>(frames)};
}
Time playing(double beat, double beatsPerFrame = 120.0 / 60.0 / kRateHz) {
  return {.beat = beat, .beatsPerFrame = beatsPerFrame, .playing = true};
}

TEST(Clip, PlaysTheFileBitByBitAndSendsItsEnd) {
  auto host = clip({});
  const auto out = play(host, 2000, 7);
  EXPECT_EQ(part(out, 0, kFile), kLeft);
  EXPECT_EQ(peak(out, kFile), 0.0);
  ASSERT_EQ(host.sentEvents().size(), 1U);
  EXPECT_EQ(host.sentEvents()[0].frame, kFile);
  EXPECT_EQ(host.sentEvents()[0].event.type, EventType::kTrigger);
}

TEST(Clip, LoopsWithoutASeamForEveryCallLength) {
  for (const std::size_t callFrames : {1U, 7U, 32U}) {
    auto host = clip({.loop = true});
    const auto out = play(host, 2500, callFrames);
    for (std::size_t n = 0; n < out.size(); ++n) ASSERT_EQ(out[n], kLeft[n % kFile]) << n;
    ASSERT_EQ(host.sentEvents().size(), 2U);
    EXPECT_EQ(host.sentEvents()[1].frame, 2 * kFile);
  }
}

TEST(Clip, ChoosesItsChannels) {
  const Signal2 stereo{kLeft, kRight};
  auto both = kLeft;
  for (std::size_t n = 0; n < kFile; ++n) both[n] = 0.5F * (kLeft[n] + kRight[n]);
  const auto played = [&](Clip::Channel channel, std::size_t width, const Signal2& file) {
    auto host = clip({.channel = channel, .width = width}, file);
    return host.run(kNothing, kFile)[0];
  };
  EXPECT_EQ(played(Clip::kStereo, 2, stereo), stereo);
  EXPECT_EQ(played(Clip::kStereo, 2, {kLeft}), (Signal2{kLeft, kLeft}));
  EXPECT_EQ(played(Clip::kStereo, 1, stereo), (Signal2{both}));
  EXPECT_EQ(played(Clip::kBoth, 1, {kRight}), (Signal2{kRight}));
  EXPECT_EQ(played(Clip::kLeft, 1, stereo), (Signal2{kLeft}));
  EXPECT_EQ(played(Clip::kRight, 2, stereo), (Signal2{kRight, kRight}));
}

TEST(Clip, OtherRatesAreResampled) {
  auto host = clip({.fileRateHz = 44100.0});
  const auto expected = resample(kLeft, 44100.0, 48000.0);
  const auto out = play(host, 1200);
  EXPECT_EQ(part(out, 0, expected.size()), expected);
  EXPECT_EQ(host.sentEvents()[0].frame, expected.size());
}

TEST(Clip, StartsWithTheTransportAtTheFrameOfItsBeat) {
  auto host = clip({.start = Clip::kWithTransport});
  EXPECT_EQ(peak(play(host, 320)), 0.0);  // stands still
  host.reset();
  host.setTime(playing(0.0));
  EXPECT_EQ(part(play(host, kFile, 7), 0, kFile), kLeft);

  host.reset();
  host.setTime(playing(-100.0 * 120.0 / 60.0 / kRateHz));  // a count-in of 100 frames
  const auto counted = play(host, 500);
  EXPECT_EQ(peak(part(counted, 0, 100)), 0.0);
  EXPECT_EQ(part(counted, 100, 400), part(kLeft, 0, 400));

  host.reset();
  host.setTime(playing(300.0 * 120.0 / 60.0 / kRateHz));
  const auto middle = play(host, 700);
  EXPECT_EQ(middle[0], 0.0F);  // fades in over 240 frames, then it is the file again
  EXPECT_EQ(part(middle, 240, 460), part(kLeft, 540, 460));
}

TEST(Clip, ALoopStartedOnOneOfItsBeginningsHasNoFade) {
  auto host = clip({.start = Clip::kWithTransport, .loop = true});
  host.setTime(playing(3000.0 * 120.0 / 60.0 / kRateHz));
  EXPECT_EQ(part(play(host, 300), 0, 300), part(kLeft, 0, 300));
}

TEST(Clip, FollowsTheTransportThroughJumpsAndStops) {
  const std::vector<float> file(48000, 0.5F);
  auto host = clip({.start = Clip::kWithTransport}, {file});
  host.setTime(playing(0.0));
  host.run(kNothing, 960);
  const Time moved = playing(1.0 - 960.0 * 120.0 / 60.0 / kRateHz);  // beat 1 at the next frame
  host.setTime(moved);
  EXPECT_NEAR(rms(play(host, 960)), 0.5, 1e-6);  // both places sound alike: no dip
  EXPECT_NEAR(host.readings()[Clip::kPosition], 0.52, 1e-6);
  host.setTime({});
  const auto tail = play(host, 960);
  EXPECT_NEAR(tail[0], 0.5, 1e-3);
  EXPECT_EQ(peak(tail, 240), 0.0);
  for (std::size_t n = 1; n < tail.size(); ++n) ASSERT_LT(std::abs(tail[n] - tail[n - 1]), 0.004);
}

TEST(Clip, ATempoChangeIsNoJump) {
  auto host = clip({.start = Clip::kWithTransport});
  const double before = 2.0 / kRateHz, after = 3.0 / kRateHz;
  host.setTime(playing(0.0, before));
  host.run(kNothing, 320);
  host.setTime(playing(320.0 * before - 320.0 * after, after));  // the same beat, faster
  EXPECT_EQ(part(play(host, 320), 0, 320), part(kLeft, 320, 320));
}

TEST(Clip, NotesStartAndStopItFrameByFrame) {
  auto host = clip({.start = Clip::kOnNote});
  const auto note = [](EventType type, float value) { return Event{.type = type, .value = value}; };
  host.setEvents({{.frame = 45, .event = note(EventType::kNoteOn, 0.5F)},
                  {.frame = 500, .event = note(EventType::kNoteOff, 0.0F)},
                  {.frame = 1001, .event = note(EventType::kTrigger, 1.0F)}});
  const auto out = play(host, 2100, 32);
  EXPECT_EQ(peak(part(out, 0, 45)), 0.0);
  for (std::size_t n = 45; n < 500; ++n) ASSERT_EQ(out[n], 0.5F * kLeft[n - 45]) << n;
  EXPECT_GT(peak(part(out, 500, 100)), 0.05);
  EXPECT_EQ(peak(part(out, 740, 261)), 0.0);
  EXPECT_EQ(part(out, 1001, kFile), kLeft);
  ASSERT_EQ(host.sentEvents().size(), 1U);
  EXPECT_EQ(host.sentEvents()[0].frame, 2001U);
}

TEST(Clip, StartingOverHasNoClick) {
  const auto tone = sine(100, 0.5, 48000);
  auto host = clip({.start = Clip::kOnNote}, {tone});
  const Event on{.type = EventType::kNoteOn};
  host.setEvents({{0, on}, {1560, on}, {1680, on}, {4000, on}});  // also within the fade
  const auto out = play(host, 6000);
  double steepest = 0.0;
  for (std::size_t n = 1; n < out.size(); ++n) {
    steepest = std::max(steepest, static_cast<double>(std::abs(out[n] - out[n - 1])));
  }
  EXPECT_LT(steepest, 0.02);  // the tone itself: 0.0065 per frame
}

TEST(Clip, WithoutAFileItPlaysTheDemoRiff) {
  Host<Clip> host({0.0F, 1.0F, 2.0F, 3.0F}, {.sampleRateHz = 44100.0F});
  const auto riff = demoRiff(44100.0).channels[0];
  EXPECT_EQ(part(play(host, riff.size() + 32), 0, riff.size()), riff);
}

TEST(Clip, ABrokenFileIsRefusedWithASentence) {
  const std::vector<std::byte> fake(100, std::byte{'x'});
  const auto blob = Clip::cook(0, fake, {.structural = std::array<float, 4>{}});
  ASSERT_FALSE(blob.has_value());
  EXPECT_NE(blob.error().sentence.find("RIFF"), std::string::npos);
  const std::vector<float> eleven(std::size_t{8000} * 660);
  const auto large = writeWav({.sampleRateHz = 8000, .channels = {eleven}}, WavFormat::kInt16);
  const auto tooLong = Clip::cook(0, large, {.structural = std::array<float, 4>{}});
  ASSERT_FALSE(tooLong.has_value());
  EXPECT_EQ(tooLong.error().code, ErrorCode::kTooLarge);
}

TEST(Clip, ABlobOfAnotherShapeIsSilence) {
  const auto& type = moduleType<Clip>();
  auto blob =
      Clip::cook(0, writeWav({.sampleRateHz = 48000, .channels = {kLeft}}, WavFormat::kFloat32),
                 {.structural = std::array<float, 4>{}});
  ASSERT_TRUE(blob.has_value());
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{15}, std::size_t{100}, (*blob).size()}) {
    const AssetBlob views[] = {AssetBlob(*blob).first(bytes)};
    Clip module;
    module.prepare({.width = bytes == (*blob).size() ? 2U : 1U, .assets = views});
    module.reset();
    std::vector<float> a(32, 1.0F), b(32, 1.0F);
    float* const channels[] = {a.data(), b.data()};
    const Bus<float> out[] = {{channels, true}};
    std::vector<float> readings(2);
    Io io{.frames = 32, .in = {}, .out = out, .readings = readings};
    const Ramp ramps[] = {{}, {}, {2.0F, 0.0F, 2.0F}, {}};
    module.process(io, Params(ramps, {}));
    EXPECT_EQ(peak(a), 0.0);
    EXPECT_EQ(readings[Clip::kLength], 0.0F);
  }
  EXPECT_EQ(type.assets.size(), 1U);
}

}  // namespace
}  // namespace sonic::test
