// SPDX-License-Identifier: MIT
#include "engine/dsp/match-problem.h"

namespace sonic::matched {
namespace {

/// Zeros stand where the dip is: the numerator is hd2 * ((1 - T / dip)^2 + damping T).
struct Resonances {
  const Problem& p;
  const Squared& s;
  double apart = math::sqrt(p.amplitude);
  double dipHz = p.hz / apart, peakHz = p.hz * apart;
  double dip = p.t(dipHz) / s.unit;

  /// With the poles where the peak is, or so near to the top, and both heights right.
  bool matchPeak(Squared& to) const {
    const double poleHz = std::min(peakHz, 0.48 * p.sampleRateHz);
    const double pole = p.t(poleHz) / s.unit;
    const double atDip = p.analog.squaredMagnitude(dipHz / p.hz);
    const double atPole = p.analog.squaredMagnitude(poleHz / p.hz);
    const double z = 1.0 - pole / dip, q = 1.0 - dip / pole;
    to.d1 = (s.hd2 * z * z + atDip * (pole / dip) * q * q) / ((atPole - atDip) * pole);
    const double damping = atDip * (q * q + to.d1 * dip) / (s.hd2 * dip);
    to.d1 -= 2.0 / pole;
    to.d2 = 1.0 / (pole * pole);
    return setZeros(damping, to);
  }
  /// With the gain right at the dip, at the top and between them: the peak is above.
  bool matchBelowPeak(Squared& to) const {
    const std::array<double, 3> at{dipHz, math::sqrt(dipHz * p.topHz), p.topHz};
    std::array<std::array<double, 3>, 3> m{};
    std::array<double, 3> x{};
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double t = p.t(at[i]) / s.unit;
      const double g = p.analog.squaredMagnitude(at[i] / p.hz);
      const double n = 1.0 - t / dip;
      m[i] = {s.hd2, -g, -g * t};
      x[i] = (g - s.hd2 * n * n) / t;
    }
    if (!solve(m, x)) return false;
    to.d1 = x[1];
    to.d2 = x[2];
    return setZeros(x[0], to);
  }

 private:
  bool setZeros(double damping, Squared& to) const {
    to.n1 = s.hd2 * (damping - 2.0 / dip);
    to.n2 = s.hd2 / (dip * dip);
    return isFilter(to);
  }
};

}  // namespace

bool matchResonances(const Problem& p, Squared& s) noexcept {
  const Resonances r{p, s};
  const bool isPeakBelow = r.peakHz < 0.48 * p.sampleRateHz;
  return (!isPeakBelow && r.matchBelowPeak(s)) || r.matchPeak(s);
}

}  // namespace sonic::matched
