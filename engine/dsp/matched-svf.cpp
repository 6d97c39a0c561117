// SPDX-License-Identifier: MIT
#include "engine/dsp/matched-svf.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "engine/dsp/match-problem.h"

namespace sonic {
namespace {

using matched::Analog, matched::Problem, matched::Squared;
using matched::isFilter, matched::kPiDouble, matched::matchResonances, matched::solve;

/// |x| <= 7.
double cosine(double x) {
  double c = 1.0;
  for (int n = 36; n >= 2; n -= 2) c = 1.0 - x * x / (n * (n - 1.0)) * c;
  return c;
}
double exponential(double x) {
  int halvings = 0;
  for (; x < -0.5 || x > 0.5; x *= 0.5) ++halvings;
  double e = 1.0;
  for (int n = 14; n >= 1; --n) e = 1.0 + x / n * e;
  for (; halvings > 0; --halvings) e *= e;
  return e;
}

constexpr std::size_t kNodes = 4;
using Nodes = std::array<double, kNodes>;  // Hz

/// How far a node lies beside the centre: a power of the half-width of the analog filter.
double spread(double q, float power, double most) {
  const double half = 0.5 / q;
  const double ratio = half + math::sqrt(half * half + 1.0);
  const auto r = static_cast<double>(math::pow(static_cast<float>(ratio), power));
  return std::clamp(r, 1.004, most);
}

/// Where the magnitude is matched: around the centre and at the top, or, with the centre near or
/// above the top, on the lower flank. Places found by search over the whole range of the knobs.
Nodes nodes(const Problem& p, double r, double beta) {
  const double top = p.topHz;
  const double centre = top / (1.0 + beta * (r - 1.0));
  if (p.hz < centre) {
    return {p.hz / r, p.hz, std::min(p.hz * r, 0.5 * (p.hz + top)), top};
  }
  const double root = math::sqrt(r);
  return {centre / (r * root), centre / root, centre, top};
}

bool matchFour(const Problem& p, const Nodes& at, Squared& s) {
  std::array<std::array<double, 4>, 4> m{};
  std::array<double, 4> x{};
  for (std::size_t i = 0; i < kNodes; ++i) {
    const double t = p.t(at[i]) / s.unit;
    const double g = p.analog.squaredMagnitude(at[i] / p.hz);
    const double weight = 1.0 / (t * (1.0 + t));  // keeps the rows of one size
    m[i] = {t * weight, t * t * weight, -g * t * weight, -g * t * t * weight};
    x[i] = (g - s.hd2) * weight;
  }
  if (!solve(m, x)) return false;
  s.n1 = x[0];
  s.n2 = x[1];
  s.d1 = x[2];
  s.d2 = x[3];
  return isFilter(s);
}

/// The analog poles by impulse invariance.
void matchPoles(const Problem& p, Squared& s) {
  const auto& den = p.analog.den;
  const double w = 2.0 * kPiDouble * p.hz / p.sampleRateHz * math::sqrt(den[2] / den[0]);
  const double damping = 0.5 * den[1] / math::sqrt(den[0] * den[2]);
  const double decay = damping * w;
  double a1 = 0.0;
  if (damping <= 1.0) {
    a1 = -2.0 * exponential(-decay) * cosine(w * math::sqrt(1.0 - damping * damping));
  } else {
    const double apart = w * math::sqrt(damping * damping - 1.0);
    a1 = -exponential(-w * w / (decay + apart)) - exponential(-decay - apart);
  }
  const double a2 = exponential(-2.0 * decay);
  const double atDc = std::max(1.0 + a1 + a2, 1e-14);
  const double atNyquist = 1.0 - a1 + a2;
  s.d1 = (atDc * atDc + atNyquist * atNyquist - 16.0 * a2) / (atDc * atDc) * s.unit;
  s.d2 = (atNyquist / atDc) * (atNyquist / atDc) * s.unit * s.unit;
}

/// Poles by impulse invariance; the numerator by least squares of the relative error.
void matchZeros(const Problem& p, const Nodes& at, Squared& s) {
  matchPoles(p, s);
  double aa = 0.0, ab = 0.0, bb = 0.0, ar = 0.0, br = 0.0;
  for (const double f : at) {
    const double t = p.t(f) / s.unit;
    const double gd = p.analog.squaredMagnitude(f / p.hz) * (1.0 + s.d1 * t + s.d2 * t * t);
    const double a = t / gd, b = t * t / gd, r = (gd - s.hd2) / gd;
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ar += a * r;
    br += b * r;
  }
  const double determinant = aa * bb - ab * ab;
  s.n2 = determinant > 0.0 ? (aa * br - ab * ar) / determinant : 0.0;
  s.n1 = determinant > 0.0 ? (bb * ar - ab * br) / determinant : ar / aa;
  const double atTop = p.analog.squaredMagnitude(0.5 * p.sampleRateHz / p.hz);
  if (s.n2 <= 0.05 * atTop * s.d2) {
    s.n2 = 0.05 * atTop * s.d2;
    s.n1 = (ar - ab * s.n2) / aa;
  }
  s.n1 = std::max(s.n1, -1.9999 * math::sqrt(s.n2 * s.hd2));
}

/// Low cut: hd = n1 = 0 keep the slope of 12 dB per octave; three unknowns.
bool matchLowCut(const Problem& p, Squared& s) {
  constexpr double kLow = 0.06;  // of the rate: nothing is cramped there
  std::array<double, 3> at{};
  if (p.q < 1.2) {
    const double r = spread(p.q, 0.7F, 3.0);
    const double f = std::min(p.hz, 0.88 * p.topHz);
    at = {f / (r * r), f, p.hz < 0.7 * p.topHz ? p.topHz : f / r};
  } else if (p.hz < kLow * p.sampleRateHz) {
    at = {0.65 * p.hz, p.hz / math::sqrt(spread(p.q, 0.3F, 3.0)), 1.1 * p.hz};
  } else {
    // Places found by search, too: the narrower the resonance, the nearer.
    const auto width = static_cast<double>(math::pow(static_cast<float>(p.q / 3.0), -0.42F));
    const double f = std::min(p.hz, p.topHz);
    at = {f * (1.0 - 0.42 * width), f * (1.0 - 0.02 / math::sqrt(p.q)),
          std::max(f + 0.5 * width * (p.topHz - f), 1.04 * f)};
  }
  std::array<std::array<double, 3>, 3> m{};
  std::array<double, 3> x{};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double t = p.t(at[i]) / s.unit;
    const double g = p.analog.squaredMagnitude(at[i] / p.hz);
    m[i] = {t, -g, -g * t};
    x[i] = g / t;
  }
  if (!solve(m, x)) return false;
  s.n1 = 0.0;
  s.n2 = x[0];
  s.d1 = x[1];
  s.d2 = x[2];
  return s.n2 > 0.0 && s.d2 > 0.0 && s.d1 / math::sqrt(s.d2) + 2.0 > 1e-6;
}

/// Low cut with a resonance above the top: the poles' place is given, so is the gain below them.
void matchSlope(const Problem& p, Squared& s) {
  matchPoles(p, s);
  const double t = p.t(p.topHz) / s.unit;
  s.n1 = 0.0;
  s.n2 = p.analog.squaredMagnitude(p.topHz / p.hz) * (1.0 + s.d1 * t + s.d2 * t * t) / (t * t);
}

/// Notch: the zero is exact, n = (1 - T / T0)^2; two unknowns.
bool matchNotch(const Problem& p, Squared& s) {
  const double zero = p.t(p.hz) / s.unit;
  const double r = spread(p.q, 0.7F, 2.5);
  const double low = p.hz / spread(p.q, 0.49F, 1.9);
  double high = std::min(p.hz * r, p.topHz);
  if (high < 1.02 * p.hz) high = p.hz / spread(p.q, 0.147F, 1.21);
  std::array<std::array<double, 2>, 2> m{};
  std::array<double, 2> x{};
  const std::array<double, 2> at{low, high};
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double t = p.t(at[i]) / s.unit;
    const double g = p.analog.squaredMagnitude(at[i] / p.hz);
    const double n = 1.0 - t / zero;
    m[i] = {-g, -g * t};
    x[i] = (g - n * n) / t;
  }
  s.n1 = -2.0 / zero;
  s.n2 = 1.0 / (zero * zero);
  if (!solve(m, x)) return false;
  s.d1 = x[0];
  s.d2 = x[1];
  return s.d2 > 0.0 && s.d1 / math::sqrt(s.d2) + 2.0 > 1e-6;
}

/// The bilinear design, where no match exists (cuts of extreme Q above the band).
void bilinear(const Problem& p, Squared& s) {
  const double scale = s.unit / p.t(std::min(p.hz, 0.49 * p.sampleRateHz));
  const auto& n = p.analog.num;
  const auto& d = p.analog.den;
  const double one = d[2] * d[2];
  s.n1 = (n[1] * n[1] - 2.0 * n[0] * n[2]) / one * scale;
  s.n2 = n[0] * n[0] / one * scale * scale;
  s.d1 = (d[1] * d[1] - 2.0 * d[0] * d[2]) / one * scale;
  s.d2 = d[0] * d[0] / one * scale * scale;
}

SvfCoefficients played(const Squared& s) {
  const double p = math::sqrt(s.d2);
  const double k = math::sqrt(std::max(s.d1 / p + 2.0, 1e-6));
  const double hd = math::sqrt(s.hd2);
  const double hn = math::sqrt(std::max(s.n2, 0.0)) / p;
  const double hb = math::sqrt(std::max(s.n1 / p + 2.0 * hn * hd, 0.0));
  const double g = math::sqrt(s.unit / p);
  const double a1 = 1.0 / (1.0 + g * (g + k));
  const auto f = [](double x) { return static_cast<float>(x); };
  return {f(a1), f(g * a1), f(g * g * a1), f(hn), f(hb - hn * k), f(hd - hn)};
}

Analog prototype(MatchedShape shape, double q, double a) {
  const double r = math::sqrt(a);
  switch (shape) {
    case MatchedShape::kBell:
      return {{1.0, a / q, 1.0}, {1.0, 1.0 / (a * q), 1.0}};
    case MatchedShape::kLowShelf:
    case MatchedShape::kHighShelf:  // a low shelf is this, upside down and raised
      return {{a * a, a * r / q, a}, {1.0, r / q, a}};
    case MatchedShape::kLowCut:
      return {{1.0, 0.0, 0.0}, {1.0, 1.0 / q, 1.0}};
    case MatchedShape::kHighCut:
      return {{0.0, 0.0, 1.0}, {1.0, 1.0 / q, 1.0}};
    case MatchedShape::kNotch:
      break;
  }
  return {{1.0, 0.0, 1.0}, {1.0, 1.0 / q, 1.0}};
}

/// Shelves of which matchResonances() is nearer to the prototype than matchFour().
bool isResonant(MatchedShape shape, const Problem& p) {
  const bool isShelf = shape == MatchedShape::kLowShelf || shape == MatchedShape::kHighShelf;
  return isShelf && p.q > 3.0 + 8.0 * p.hz / p.sampleRateHz;
}

void match(MatchedShape shape, const Problem& p, Squared& s) {
  switch (shape) {
    case MatchedShape::kBell: {
      const Nodes at = nodes(p, spread(p.q, 0.7F, 2.0), 0.6);
      if (!matchFour(p, at, s)) matchZeros(p, at, s);
      return;
    }
    case MatchedShape::kLowShelf:
    case MatchedShape::kHighShelf: {
      if (isResonant(shape, p) && matchResonances(p, s)) return;
      const auto tilt = static_cast<double>(math::pow(static_cast<float>(p.amplitude), 0.4F));
      const double r = std::clamp(spread(p.q, 0.4F, 3.0) * tilt, 1.004, 3.0);
      const Nodes at = nodes(p, r, 0.55);
      if (matchFour(p, at, s) || (p.q > 2.0 && matchResonances(p, s))) return;
      matchZeros(p, at, s);
      return;
    }
    case MatchedShape::kHighCut:
      return matchZeros(p, nodes(p, spread(p.q, 1.0F, 5.0), 0.6), s);
    case MatchedShape::kLowCut:
      if (!matchLowCut(p, s)) matchSlope(p, s);
      return;
    case MatchedShape::kNotch:
      if (!matchNotch(p, s)) bilinear(p, s);
      return;
  }
}

}  // namespace

SvfCoefficients matchedSvf(MatchedShape shape, float hz, float q, float gainDb,
                           float sampleRateHz) noexcept {
  const bool hasGain = shape == MatchedShape::kBell || shape == MatchedShape::kLowShelf ||
                       shape == MatchedShape::kHighShelf;
  const auto rate = static_cast<double>(sampleRateHz);
  Problem p{};
  p.hz = std::min(static_cast<double>(hz), 0.49 * rate);
  p.q = static_cast<double>(q);
  p.sampleRateHz = rate;
  p.topHz = std::min(std::max(0.38 * rate, 18240.0), 0.415 * rate);
  // Below 1 dB poles and zeros nearly cancel, and the 1 dB design is mixed with the dry signal. A
  // narrow resonance that moves with the gain is no mixture; its design bears less.
  const float leastDb = isResonant(shape, p) ? 0.1F : 1.0F;
  const float magnitudeDb = hasGain ? std::max(gainDb < 0.0F ? -gainDb : gainDb, leastDb) : 0.0F;
  p.amplitude = static_cast<double>(dbToGain(0.5F * magnitudeDb));
  p.analog = prototype(shape, p.q, p.amplitude);
  Squared s;
  s.unit = p.unit();
  s.hd2 = p.analog.squaredMagnitude(0.0);
  match(shape, p, s);

  // A cut is the boost's inverse: poles and zeros change places. A low shelf is the inverse high
  // shelf raised by the gain.
  const bool invert = hasGain && (gainDb < 0.0F) != (shape == MatchedShape::kLowShelf);
  if (invert) {
    std::swap(s.n1, s.d1);
    std::swap(s.n2, s.d2);
  }
  if (shape == MatchedShape::kLowShelf) {
    const double gain = p.amplitude * p.amplitude;
    const double raise = gainDb < 0.0F ? 1.0 / (gain * gain) : gain * gain;
    s.hd2 *= raise;
    s.n1 *= raise;
    s.n2 *= raise;
  }
  SvfCoefficients c = played(s);
  if (hasGain && magnitudeDb > (gainDb < 0.0F ? -gainDb : gainDb)) {
    const float designedDb = gainDb < 0.0F ? -magnitudeDb : magnitudeDb;
    const float share = (dbToGain(gainDb) - 1.0F) / (dbToGain(designedDb) - 1.0F);
    c.m0 = 1.0F + share * (c.m0 - 1.0F);
    c.m1 *= share;
    c.m2 *= share;
  }
  return c;
}

}  // namespace sonic
