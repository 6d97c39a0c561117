// SPDX-License-Identifier: MIT
#include "tests/support/devices.h"

#include <algorithm>
#include <cmath>

namespace sonic::test {
namespace {

struct Value {
  double y = 0.0, dy = 0.0;
};

/// exp, carried on as a straight line above 80 so that a wild Newton step stays finite.
Value exponential(double x) {
  const double e = std::exp(std::min(x, 80.0));
  return x > 80.0 ? Value{e * (1.0 + x - 80.0), e} : Value{e, e};
}
/// ln(1 + exp(x)).
Value softplus(double x) {
  const double e = std::exp(-std::abs(x));
  const double y = std::max(x, 0.0) + std::log1p(e);
  return {y, x > 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e)};
}

Value gridCurrent(const NoGridCurrent&, double) {
  return {};
}
Value gridCurrent(const SoftGrid& m, double v) {
  const Value s = softplus(m.c * v);
  const double i = m.g * std::pow(s.y / m.c, m.exponent);
  return {i, s.y > 0.0 ? i * m.exponent / s.y * m.c * s.dy : 0.0};
}
Value gridCurrent(const KneeGrid& m, double v) {
  const double over = v - (m.onsetV - m.kneeV);
  if (over <= 0.0) return {};
  if (over >= 2.0 * m.kneeV) return {(v - m.onsetV) / m.ohms, 1.0 / m.ohms};
  return {over * over / (4.0 * m.kneeV * m.ohms), over / (2.0 * m.kneeV * m.ohms)};
}
Value gridCurrent(const GridModel& model, double v) {
  return std::visit([v](const auto& m) { return gridCurrent(m, v); }, model);
}

Currents currents(const Diode& d, const std::array<double, 3>& v) {
  const Value e = exponential(v[0] / d.model.slopeV);
  Currents c;
  c.i[0] = d.model.saturationA * (e.y - 1.0);
  c.di[0][0] = d.model.saturationA * e.dy / d.model.slopeV;
  return c;
}
Currents currents(const DiodePair& d, const std::array<double, 3>& v) {
  const Value forward = exponential(v[0] / d.model.slopeV);
  const Value backward = exponential(-v[0] / d.model.slopeV);
  Currents c;
  c.i[0] = d.model.saturationA * (forward.y - backward.y);
  c.di[0][0] = d.model.saturationA * (forward.dy + backward.dy) / d.model.slopeV;
  return c;
}
Currents currents(const Triode& t, const std::array<double, 3>& v) {
  const TriodeModel& m = t.model;
  const double vp = v[0];
  const double vg = v[1];
  const Value grid = gridCurrent(t.grid, vg);
  Currents c;
  c.i[1] = grid.y;
  c.di[1][1] = grid.dy;
  if (vp <= 0.0) return c;
  const double root = std::sqrt(m.kvb + vp * vp);
  const Value s = softplus(m.kp * (1.0 / m.mu + vg / root));
  const double e1 = vp / m.kp * s.y;
  if (e1 <= 0.0) return c;
  c.i[0] = 2.0 * std::pow(e1, m.ex) / m.kg1;
  const double byE1 = c.i[0] * m.ex / e1;
  c.di[0][0] = byE1 * (s.y / m.kp - vp * s.dy * vg * vp / (root * root * root));
  c.di[0][1] = byE1 * vp * s.dy / root;
  return c;
}
Currents currents(const Pentode& t, const std::array<double, 3>& v) {
  const PentodeModel& m = t.model;
  const double vp = v[0];
  const double vs = v[1];
  const double vg = v[2];
  const Value grid = gridCurrent(t.grid, vg);
  Currents c;
  c.i[2] = grid.y;
  c.di[2][2] = grid.dy;
  if (vs <= 0.0) return c;
  const Value s = softplus(m.kp * (1.0 / m.mu + vg / vs));
  const double e1 = vs / m.kp * s.y;
  if (e1 > 0.0) {
    const double full = 2.0 * std::pow(e1, m.ex) / m.kg1;
    const double share = std::atan(vp / m.kvb);
    const double byE1 = full * share * m.ex / e1;
    c.i[0] = full * share;
    c.di[0][0] = full * m.kvb / (m.kvb * m.kvb + vp * vp);
    c.di[0][1] = byE1 * (s.y / m.kp - s.dy * vg / vs);
    c.di[0][2] = byE1 * s.dy;
  }
  const double drive = std::max(0.0, vg + vs / m.mu);
  const double slope = 1.5 * std::sqrt(drive) / m.kg2;
  c.i[1] = std::pow(drive, 1.5) / m.kg2;
  c.di[1][1] = slope / m.mu;
  c.di[1][2] = slope;
  return c;
}

/// The classic limit for a junction: beyond its critical voltage a step grows by logarithm only.
double limitedJunction(double next, double last, const DiodeModel& m) {
  const double critical = m.slopeV * std::log(m.slopeV / (std::sqrt(2.0) * m.saturationA));
  if (next <= critical || std::abs(next - last) <= 2.0 * m.slopeV) return next;
  if (last <= 0.0) return std::min(next, critical);
  const double ratio = 1.0 + (next - last) / m.slopeV;
  return ratio > 0.0 ? last + m.slopeV * std::log(ratio) : critical;
}
double within(double next, double last, double step) {
  return std::clamp(next, last - step, last + step);
}

}  // namespace

Currents evaluate(const Device& device, const std::array<double, 3>& v) {
  return std::visit([&v](const auto& d) { return currents(d, v); }, device);
}

std::array<double, 3> limited(const Device& device, const std::array<double, 3>& next,
                              const std::array<double, 3>& last) {
  if (const auto* d = std::get_if<Diode>(&device))
    return {limitedJunction(next[0], last[0], d->model)};
  if (const auto* d = std::get_if<DiodePair>(&device)) {
    const double sign = next[0] < 0.0 ? -1.0 : 1.0;
    return {sign * limitedJunction(sign * next[0], sign * last[0], d->model)};
  }
  // Tubes: a grid moves some volts, a plate some ten volts per iteration.
  if (std::holds_alternative<Triode>(device))
    return {within(next[0], last[0], 80.0), within(next[1], last[1], 2.0)};
  return {within(next[0], last[0], 150.0), within(next[1], last[1], 150.0),
          within(next[2], last[2], 10.0)};
}

}  // namespace sonic::test
