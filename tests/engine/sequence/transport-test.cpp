// SPDX-License-Identifier: MIT
#include "engine/sequence/transport.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/sequence/event-program.h"

namespace sonic::test {
namespace {

TEST(Transport, RefusesWhatIsNoTime) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInf = std::numeric_limits<double>::infinity();
  Transport transport(48000.0);
  for (const Anchor& bad :
       {Anchor{0, kNan, 120.0, true}, Anchor{0, kInf, 120.0, true}, Anchor{0, 0.0, kInf, true},
        Anchor{0, 0.0, kNan, true}, Anchor{0, 0.0, 0.0, true}, Anchor{0, 0.0, -120.0, true}}) {
    EXPECT_FALSE(transport.set(bad, 0));
  }
  transport.setBeatsPerBar(0.0);
  transport.setBeatsPerBar(kNan);
  const Time time = transport.at(48000);
  EXPECT_TRUE(std::isfinite(time.beat) && std::isfinite(time.beatsPerFrame) &&
              std::isfinite(time.bar));
}

TEST(Transport, AnHourHasNoDrift) {
  Transport transport(48000.0);
  transport.set({0, 0.0, 123.0, true}, 0);
  const std::int64_t hour = std::int64_t{48000} * 3600;
  EXPECT_NEAR(transport.at(hour).beat, 123.0 * 60.0, 1e-9);
}

TEST(Transport, StandsStillWhileStopped) {
  Transport transport(48000.0);
  transport.set({0, 0.0, 120.0, true}, 0);
  transport.set({24000, 1.0, 120.0, false}, 0);
  EXPECT_DOUBLE_EQ(transport.at(24000).beat, 1.0);
  EXPECT_DOUBLE_EQ(transport.at(96000).beat, 1.0);
  EXPECT_FALSE(transport.at(96000).playing);
  EXPECT_GT(transport.at(96000).beatsPerFrame, 0.0);
}

TEST(Transport, AnchorsAreTakenInTimeOrderWhateverOrderTheyCameIn) {
  Transport transport(48000.0);
  transport.set({48000, 8.0, 60.0, true}, 0);
  transport.set({100, 4.0, 120.0, true}, 0);
  EXPECT_EQ(transport.nextChangeAfter(0), 100);
  EXPECT_EQ(transport.nextChangeAfter(100), 48000);
  EXPECT_DOUBLE_EQ(transport.at(100).beat, 4.0);
  EXPECT_DOUBLE_EQ(transport.at(48000 + 48000).beat, 9.0);
}

TEST(Transport, RefusesMoreThanItsRoomAndWhatIsPast) {
  Transport transport(48000.0);
  std::size_t taken = 0;
  for (std::int64_t n = 1; n <= 100; ++n) taken += transport.set({n * 10, 0, 120, true}, 0) ? 1 : 0;
  EXPECT_EQ(taken, Transport::kMaxAnchors - 1);
  EXPECT_TRUE(transport.set({5000, 0, 120, true}, 2000));  // what is past makes room
  EXPECT_FALSE(transport.set({10, 0, 120, true}, 2000));
}

TEST(Transport, ResetPlaysOnFromBeatZero) {
  Transport transport(48000.0);
  transport.set({0, 0.0, 120.0, true}, 0);
  transport.reset(100000);
  EXPECT_DOUBLE_EQ(transport.at(0).beat, 0.0);
  EXPECT_TRUE(transport.at(0).playing);
  EXPECT_EQ(transport.nextChangeAfter(0), std::numeric_limits<std::int64_t>::max());
}

/// All (frame, type) that a program sends when played in steps of `step` frames.
std::vector<std::pair<std::int64_t, EventType>> played(const EventProgram& program,
                                                       const Transport& transport,
                                                       std::int64_t frames, std::int64_t step) {
  std::vector<std::pair<std::int64_t, EventType>> events;
  for (std::int64_t begin = 0; begin < frames; begin += step) {
    program.play(transport, begin, std::min(frames, begin + step), [&](const Event& event) {
      events.emplace_back(begin + event.frameOffset, event.type);
    });
  }
  return events;
}

EventProgram eighths() {
  std::vector<ProgramEvent> events;
  for (int i = 0; i < 4; ++i) {
    ProgramEvent event;
    event.beat = 0.5 * i;
    event.lengthBeats = 0.5;
    events.push_back(event);
  }
  return EventProgram(events, 2.0);
}

TEST(EventProgram, FallsOnTheSameFramesForEveryStep) {
  Transport transport(48000.0);
  transport.set({0, 0.0, 117.0, true}, 0);
  const auto whole = played(eighths(), transport, 200000, 200000 > 65000 ? 32 : 1);
  EXPECT_EQ(played(eighths(), transport, 200000, 1), whole);
  EXPECT_EQ(played(eighths(), transport, 200000, 7), whole);
  ASSERT_GE(whole.size(), 20U);
  EXPECT_EQ(whole[0].first, 0);
}

TEST(EventProgram, EveryNoteEndsBeforeTheNextBegins) {
  Transport transport(48000.0);
  transport.set({0, 0.0, 120.0, true}, 0);
  const auto events = played(eighths(), transport, 96000, 32);
  int sounding = 0;
  for (const auto& [frame, type] : events) {
    if (frame == 0 && type == EventType::kNoteOff) continue;  // of the pass before the first
    sounding += type == EventType::kNoteOn ? 1 : -1;
    EXPECT_GE(sounding, 0) << frame;
    EXPECT_LE(sounding, 1) << frame;
  }
  EXPECT_EQ(events[1].second, EventType::kNoteOn);
  EXPECT_EQ(events[2].first, 12000);
}

TEST(EventProgram, IsSilentWhileTheTransportStands) {
  Transport transport(48000.0);
  EXPECT_TRUE(played(eighths(), transport, 48000, 32).empty());
}

}  // namespace
}  // namespace sonic::test
