// SPDX-License-Identifier: MIT
#include "engine/dsp/demo-riff.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "engine/dsp/plucked-string.h"

namespace sonic {
namespace {

enum class Style : std::uint8_t { kNote, kChord, kMuted };

/// One stroke of the pick. A chord is root, fifth and octave; a muted one root and fifth under the
/// palm.
struct Stroke {
  std::uint8_t sixteenth;  // onset
  std::uint8_t length;     // in sixteenths
  std::uint8_t key;        // MIDI: 40 is the low E
  std::uint8_t velocity;   // percent
  Style style;
};

constexpr std::uint8_t kE = 40, kG = 43, kA = 45, kBb = 46, kB = 47, kD = 50;
constexpr std::uint8_t kOctave = 12;
constexpr auto kRiff = std::to_array<Stroke>({
    {0, 3, kE, 100, Style::kChord},          {3, 1, kE, 70, Style::kMuted},
    {4, 1, kE, 80, Style::kMuted},           {5, 1, kE, 62, Style::kMuted},
    {6, 2, kG, 94, Style::kChord},           {8, 1, kE, 85, Style::kMuted},
    {9, 1, kE, 64, Style::kMuted},           {10, 3, kA, 97, Style::kChord},
    {13, 1, kE, 66, Style::kMuted},          {14, 2, kG, 92, Style::kChord},

    {16, 3, kE, 100, Style::kChord},         {19, 1, kE, 70, Style::kMuted},
    {20, 1, kE, 80, Style::kMuted},          {21, 1, kE, 62, Style::kMuted},
    {22, 2, kD, 95, Style::kChord},          {24, 1, kE, 84, Style::kMuted},
    {25, 1, kE, 64, Style::kMuted},          {26, 1, kB, 80, Style::kNote},
    {27, 1, kD, 76, Style::kNote},           {28, 2, kE + kOctave, 92, Style::kNote},
    {30, 1, kD, 74, Style::kNote},           {31, 1, kB, 70, Style::kNote},

    {32, 3, kE, 100, Style::kChord},         {35, 1, kE, 68, Style::kMuted},
    {36, 1, kE, 80, Style::kMuted},          {37, 1, kE, 62, Style::kMuted},
    {38, 2, kG, 94, Style::kChord},          {40, 1, kE, 85, Style::kMuted},
    {41, 1, kE, 64, Style::kMuted},          {42, 2, kA, 97, Style::kChord},
    {44, 1, kBb, 88, Style::kChord},         {45, 1, kA, 86, Style::kChord},
    {46, 2, kG, 93, Style::kChord},

    {48, 1, kE, 86, Style::kMuted},          {49, 1, kE, 66, Style::kMuted},
    {50, 1, kE + kOctave, 84, Style::kNote}, {51, 1, kG + kOctave, 82, Style::kNote},
    {52, 2, kA + kOctave, 95, Style::kNote}, {54, 1, kG + kOctave, 78, Style::kNote},
    {55, 1, kE + kOctave, 76, Style::kNote}, {56, 1, kD, 84, Style::kNote},
    {57, 1, kB, 74, Style::kNote},           {58, 2, kD, 90, Style::kNote},
    {60, 4, kE, 100, Style::kChord},
});

constexpr double kSixteenthBeats = 0.25;
constexpr double kPeakDb = -9.0;
constexpr double kStringGapSeconds = 0.004;  // from string to string of one stroke
constexpr double kReleaseSeconds = 0.020;    // the hand stops the string
constexpr std::array<std::uint8_t, 3> kIntervals{0, 7, 12};

Pluck pluckOf(const Stroke& stroke, std::size_t voice) {
  const double key = stroke.key + kIntervals[voice];
  Pluck pluck{.frequencyHz = 440.0 * std::exp2((key - 69.0) / 12.0),
              .velocity = 0.01 * stroke.velocity};
  if (stroke.style == Style::kMuted) {
    pluck.decaySeconds = 0.45;
    pluck.dampingHz = 1500.0;
    pluck.pickPosition = 0.09;
  } else {
    pluck.decaySeconds = 4.5 - 1.0 * static_cast<double>(voice);
  }
  return pluck;
}

/// Adds one string of a stroke to the loop, round its end.
void play(PluckedString& string, const Pluck& pluck, std::size_t begin, std::size_t frames,
          std::size_t releaseFrames, std::vector<double>& loop) {
  string.pluck(pluck);
  for (std::size_t n = 0; n < frames + releaseFrames; ++n) {
    double gain = 1.0;
    if (n >= frames) {
      const double u = static_cast<double>(n - frames) / static_cast<double>(releaseFrames);
      gain = 0.5 * (1.0 + std::cos(std::numbers::pi * u));
    }
    loop[(begin + n) % loop.size()] += gain * string.next();
  }
}

}  // namespace

AudioData demoRiff(double sampleRateHz) {
  const double sixteenth = kSixteenthBeats * 60.0 / kDemoRiffTempoBpm * sampleRateHz;
  const auto at = [](double frames) { return static_cast<std::size_t>(std::lround(frames)); };
  std::vector<double> loop(at(kDemoRiffBeats / kSixteenthBeats * sixteenth));
  PluckedString string(sampleRateHz);
  for (const Stroke& stroke : kRiff) {
    const std::size_t voices = stroke.style == Style::kNote    ? 1
                               : stroke.style == Style::kMuted ? 2
                                                               : 3;
    const std::size_t begin = at(stroke.sixteenth * sixteenth);
    const std::size_t end = at((stroke.sixteenth + stroke.length) * sixteenth);
    for (std::size_t voice = 0; voice < voices; ++voice) {
      // Down on even sixteenths, up on odd ones.
      const std::size_t order = stroke.sixteenth % 2 == 0 ? voice : voices - 1 - voice;
      const std::size_t gap = at(static_cast<double>(order) * kStringGapSeconds * sampleRateHz);
      play(string, pluckOf(stroke, voice), begin + gap, end - begin - gap,
           at(kReleaseSeconds * sampleRateHz), loop);
    }
  }
  double peak = 0.0;
  for (const double x : loop) peak = std::max(peak, std::abs(x));
  const double gain = std::pow(10.0, kPeakDb / 20.0) / peak;
  AudioData audio{.sampleRateHz = sampleRateHz, .channels = {std::vector<float>(loop.size())}};
  for (std::size_t n = 0; n < loop.size(); ++n) {
    audio.channels[0][n] = static_cast<float>(gain * loop[n]);
  }
  return audio;
}

}  // namespace sonic
