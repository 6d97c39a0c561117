// SPDX-License-Identifier: MIT
#include "engine/modules/reverb/reverb.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using R = Reverb;
using Response = std::vector<float>;

/// Wet only, full band, no pre-delay: the network itself.
void bare(ModuleHost& host, double decaySeconds, double dampHz, double modulation = 0.0) {
  host.set(R::kDecay, static_cast<float>(decaySeconds));
  host.set(R::kDamp, static_cast<float>(dampHz));
  host.set(R::kModulation, static_cast<float>(modulation));
  host.set(R::kPredelay, 0.0F);
  host.set(R::kLowCut, 20.0F);
  host.set(R::kHighCut, 20000.0F);
  host.set(R::kMix, 100.0F);
}

Response responseOf(double decaySeconds, double dampHz, double modulation, std::size_t frames) {
  Host<R> host;
  bare(host, decaySeconds, dampHz, modulation);
  return host.run(impulse(frames));
}

/// T30 from the energy still to come, in dB, taken every `step` seconds: least squares between -5
/// and -35 dB.
double t30(const std::vector<double>& energyDb, double step) {
  double n = 0, st = 0, sy = 0, stt = 0, sty = 0;
  for (std::size_t i = 0; i < energyDb.size(); ++i) {
    const double y = energyDb[i] - energyDb[0];
    if (y > -5 || y < -35) continue;
    const double t = static_cast<double>(i) * step;
    n += 1, st += t, sy += y, stt += t * t, sty += t * y;
  }
  return -60.0 * (n * stt - st * st) / (n * sty - st * sy);
}

/// Fourth-order Butterworth edges of the octave around the centre: |W|^2 at f.
double octaveGain(double f, double centreHz) {
  const double low = std::pow(centreHz / std::numbers::sqrt2 / f, 8);
  const double high = std::pow(f / (centreHz * std::numbers::sqrt2), 8);
  return 1.0 / ((1.0 + low) * (1.0 + high));
}

/// From the energies of several responses of the same room.
double measuredRt(std::vector<Response> responses, double centreHz) {
  std::vector<double> energyDb(responses[0].size());
  for (Response& h : responses) {
    for (const float q : {0.5412F, 1.3066F}) {
      const auto low = static_cast<float>(centreHz / std::numbers::sqrt2);
      const auto high = static_cast<float>(centreHz * std::numbers::sqrt2);
      Svf a, b;
      a.process(SvfCoefficients::highPass(low, q, 48000.0F), h.data(), h.size(), h.data());
      b.process(SvfCoefficients::lowPass(high, q, 48000.0F), h.data(), h.size(), h.data());
    }
    double sum = 0.0;
    for (std::size_t n = h.size(); n-- > 0;) {
      sum += static_cast<double>(h[n]) * static_cast<double>(h[n]);
      energyDb[n] += sum;
    }
  }
  for (double& e : energyDb) e = 10 * std::log10(e + 1e-30);
  return t30(energyDb, 1 / kRateHz);
}

/// Decay time at one frequency by the definition: sixteen lines of 22 to 80 ms, each with a
/// one-pole that loses 60 dB in the decay time at DC and as much again at the damping frequency.
double definedRt(double f, double decaySeconds, double dampHz) {
  const double w = 2 * std::numbers::pi * f / kRateHz;
  const double damp = 2 * std::numbers::pi * dampHz / kRateHz;
  double seconds = 0.0, lossDb = 0.0;
  for (int i = 0; i < 16; ++i) {
    const double line = 0.022 * std::pow(80.0 / 22.0, i / 15.0);
    const double atDcDb = 60 * line / decaySeconds;
    const double rise = (std::pow(10.0, atDcDb / 10) - 1) * 2 * (1 - std::cos(w)) / (damp * damp);
    seconds += line;
    lossDb += atDcDb + 10 * std::log10(1 + rise);
  }
  return 60 * seconds / lossDb;
}

/// The decay of a whole octave, in which the frequencies decay side by side.
double predictedRt(double centreHz, double decaySeconds, double dampHz) {
  std::vector<double> rt, weight;
  for (double f = centreHz / 4; f < std::min(4 * centreHz, 23900.0); f *= 1.02) {
    rt.push_back(definedRt(f, decaySeconds, dampHz));
    weight.push_back(f * rt.back() * octaveGain(f, centreHz));
  }
  std::vector<double> energyDb;
  const double step = 0.02 * decaySeconds;
  for (int i = 0; i < 100; ++i) {
    double sum = 1e-30;
    for (std::size_t k = 0; k < rt.size(); ++k) {
      sum += weight[k] * std::exp(-6 * std::numbers::ln10 * step * i / rt[k]);
    }
    energyDb.push_back(10 * std::log10(sum));
  }
  return t30(energyDb, step);
}

TEST(Reverb, DecaysAsSetInEveryOctave) {
  struct Case {
    double decaySeconds, dampHz, modulation;
  };
  for (const Case c :
       {Case{2, 30000, 0}, Case{1.5, 5000, 0}, Case{1.5, 5000, 60}, Case{0.5, 7000, 25}}) {
    const auto frames = static_cast<std::size_t>(1.6 * c.decaySeconds * kRateHz);
    std::vector<Response> h;  // of both inputs at both outputs
    for (std::size_t side = 0; side < 2; ++side) {
      Host<R> host({}, {.width = 2});
      bare(host, c.decaySeconds, c.dampHz, c.modulation);
      Signal2 in{silence(frames), silence(frames)};
      in[side] = impulse(frames);
      const auto out = host.run({in}, frames);
      h.insert(h.end(), out[0].begin(), out[0].end());
    }
    for (const double centre : {125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0}) {
      const double expected = predictedRt(centre, c.decaySeconds, c.dampHz);
      EXPECT_NEAR(measuredRt(h, centre) / expected, 1.0, 0.05)
          << centre << " Hz, decay " << c.decaySeconds << " s, damping " << c.dampHz;
    }
  }
}

TEST(Reverb, EchoesBecomeDenseWithinATenthOfASecond) {
  // Abel and Huang's normalised echo density: the share of frames outside one standard deviation,
  // against that of Gaussian noise.
  for (const float size : {50.0F, 100.0F}) {
    Host<R> host;
    bare(host, 2.0, 30000);
    host.set(R::kSize, size);
    const auto h = host.run(impulse(14400));
    for (std::size_t at = 4800; at + 960 < h.size(); at += 960) {
      const std::vector<float> window(h.begin() + static_cast<std::ptrdiff_t>(at),
                                      h.begin() + static_cast<std::ptrdiff_t>(at + 960));
      const double deviation = rms(window);
      const auto outside = std::count_if(window.begin(), window.end(), [&](float x) {
        return std::abs(static_cast<double>(x)) > deviation;
      });
      EXPECT_GT(static_cast<double>(outside) / 960 / 0.3173, 0.9) << at;
    }
  }
}

TEST(Reverb, NoModeRingsOut) {
  // From 1.4 to 2.1 decay times, -84 to -125 dB: a mode that decays too slowly stands out here.
  constexpr std::size_t kFrom = 67200, kLength = 32768, kBins = 32;  // bands of 47 Hz
  for (const double modulation : {0.0, 25.0}) {
    const auto h = responseOf(1.0, 30000, modulation, kFrom + kLength);
    const auto s = spectrum({h.begin() + kFrom, h.end()});
    std::vector<double> power;
    for (std::size_t b = 0; b + kBins <= kLength / 4; b += kBins) {
      double sum = 0.0;
      for (std::size_t k = 0; k < kBins; ++k) sum += s[b + k] * s[b + k];
      power.push_back(sum);
    }
    ASSERT_GT(power[20], 0.0);
    for (std::size_t i = 5; i < power.size(); ++i) {
      std::vector<double> near(
          power.begin() + static_cast<std::ptrdiff_t>(i - 5),
          power.begin() + static_cast<std::ptrdiff_t>(std::min(power.size(), i + 6)));
      const auto middle = near.begin() + static_cast<std::ptrdiff_t>(near.size() / 2);
      std::nth_element(near.begin(), middle, near.end());
      EXPECT_LT(10 * std::log10(power[i] / *middle), 6.0)
          << static_cast<double>(i * kBins) * kRateHz / kLength << " Hz";
    }
  }
}

TEST(Reverb, StereoIsDecorrelatedAndItsSumLosesNothing) {
  Host<R> host({}, {.width = 2});
  bare(host, 1.5, 7000);
  const std::size_t frames = 48000;
  const auto y = host.run({{impulse(frames), silence(frames)}}, frames)[0];
  double left = 0, right = 0, cross = 0;
  for (std::size_t n = 4800; n < frames; ++n) {
    const double l = static_cast<double>(y[0][n]), r = static_cast<double>(y[1][n]);
    left += l * l, right += r * r, cross += l * r;
  }
  EXPECT_NEAR(10 * std::log10(left / right), 0.0, 1.0);
  EXPECT_LT(std::abs(cross) / std::sqrt(left * right), 0.15);
  EXPECT_NEAR(10 * std::log10((left + right + 2 * cross) / (left + right)), 0.0, 1.0);

  Host<R> mono({}, {.width = 2});
  bare(mono, 1.5, 7000);
  mono.set(R::kWidth, 0.0F);
  const auto z = mono.run({{noise(1, 0.5, 4800), noise(2, 0.5, 4800)}}, 4800)[0];
  EXPECT_LT(esrDb(z[0], z[1]), -120.0);
}

TEST(Reverb, SoundsAsLoudAsTheDrySignalWhateverTheDecay) {
  for (const double decay : {0.3, 1.0, 4.0}) {
    for (const std::size_t width : {1U, 2U}) {
      Host<R> host({}, {.width = width});
      bare(host, decay, 30000, 25);
      const auto frames = static_cast<std::size_t>(decay * kRateHz) + 14400;
      const auto x = noise(3, 0.5, frames);
      const auto y = host.run({{x, noise(4, 0.5, frames)}}, frames)[0];
      const double levelDb = toDb(rms(y[0], frames - 9600) / rms(x));
      EXPECT_GT(levelDb, -3.0) << decay << width;
      EXPECT_LT(levelDb, 1.0) << decay << width;
    }
  }
}

TEST(Reverb, PredelayMovesTheOnsetAndDryIsExact) {
  Host<R> host;
  bare(host, 1.0, 7000);
  host.set(R::kPredelay, 100.0F);
  const auto late = host.run(impulse(9600));
  const auto early = responseOf(1.0, 7000, 0, 9600);
  for (std::size_t n = 0; n < 4800; ++n) ASSERT_EQ(late[n], 0.0F);
  for (std::size_t n = 4800; n < 9600; ++n) ASSERT_EQ(late[n], early[n - 4800]);

  Host<R> dry;
  dry.set(R::kMix, 0.0F);
  const auto x = noise(1, 0.9, 4800);
  EXPECT_EQ(bits(dry.run(x)), bits(x));
}

TEST(Reverb, SizeAndPredelayMoveWithoutAClick) {
  Host<R> host;
  bare(host, 1.0, 7000);
  const std::size_t length = 32768;
  const auto x = sine(200, 0.25, 24000 + length);
  const auto part = [&](std::size_t from, std::size_t frames) {
    return std::vector<float>(x.begin() + static_cast<std::ptrdiff_t>(from),
                              x.begin() + static_cast<std::ptrdiff_t>(from + frames));
  };
  host.run(part(0, 24000));
  host.set(R::kSize, 60.0F);
  host.set(R::kPredelay, 37.0F);
  const auto s = spectrum(host.run(part(24000, length)));
  double above = 0.0;
  for (std::size_t b = 2048; b < s.size(); ++b) above = std::max(above, s[b]);  // 3 kHz on
  EXPECT_LT(toDb(above), -90.0);
}

TEST(Reverb, TheTailEndsInExactSilence) {
  Host<R> host;
  host.set(R::kDecay, 0.5F);
  host.run(noise(1, 0.5, 4800));
  EXPECT_GT(peak(host.run(silence(4800))), 1e-4);
  host.run(silence(3 * 48000));
  EXPECT_EQ(peak(host.run(silence(4800))), 0.0);
}

TEST(Reverb, GivesTheSameBitsForEveryCallLength) {
  auto x = noise(9, 0.5, 3000);
  x.resize(9000);
  const auto render = [&](std::size_t callFrames) {
    Host<R> host({}, {.width = 2});
    host.run({{silence(64)}}, 64, callFrames);
    host.set(R::kSize, 70.0F);
    host.set(R::kPredelay, 3.0F);
    host.set(R::kDecay, 3.0F);
    host.set(R::kModulation, 80.0F);
    return bits(host.run({{x}}, x.size(), callFrames)[0][1]);
  };
  const auto wholeCells = render(32);
  EXPECT_EQ(render(1), wholeCells);
  EXPECT_EQ(render(7), wholeCells);
}

}  // namespace
}  // namespace sonic::test
