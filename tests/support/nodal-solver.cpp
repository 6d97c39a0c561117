// SPDX-License-Identifier: MIT
#include "tests/support/nodal-solver.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace sonic::test {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);  // a row or column of ground

template <class T>
void add(std::vector<T>& matrix, std::size_t size, std::size_t row, std::size_t column, T value) {
  if (row != kNone && column != kNone) matrix[row * size + column] += value;
}
template <class T>
void addConductance(std::vector<T>& matrix, std::size_t size, std::size_t a, std::size_t b, T g) {
  add(matrix, size, a, a, g);
  add(matrix, size, b, b, g);
  add(matrix, size, a, b, -g);
  add(matrix, size, b, a, -g);
}
void addCurrent(std::vector<double>& sources, std::size_t node, double amperes) {
  if (node != kNone) sources[node] += amperes;
}

/// Gauss elimination with row pivoting; the solution replaces `b`.
template <class T>
bool solveLinear(std::vector<T>& a, std::vector<T>& b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < n; ++r) {
      if (std::abs(a[r * n + k]) > std::abs(a[pivot * n + k])) pivot = r;
    }
    if (std::abs(a[pivot * n + k]) == 0.0) return false;
    if (pivot != k) {
      std::swap_ranges(&a[k * n], &a[k * n] + n, &a[pivot * n]);
      std::swap(b[k], b[pivot]);
    }
    for (std::size_t r = k + 1; r < n; ++r) {
      if (a[r * n + k] == T{}) continue;
      const T factor = a[r * n + k] / a[k * n + k];
      for (std::size_t c = k + 1; c < n; ++c) a[r * n + c] -= factor * a[k * n + c];
      b[r] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t c = k + 1; c < n; ++c) b[k] -= a[k * n + c] * b[c];
    b[k] /= a[k * n + k];
  }
  return true;
}

}  // namespace

// ---- netlist -----------------------------------------------------------------------------------

std::size_t Netlist::node(const std::string& name) {
  if (name == "0") return kGround;
  return names_.try_emplace(name, names_.size()).first->second;
}
void Netlist::resistor(const std::string& a, const std::string& b, double ohms) {
  resistors_.push_back({node(a), node(b), ohms});
}
void Netlist::pot(const std::string& top, const std::string& wiper, const std::string& bottom,
                  double ohms, double position) {
  resistor(top, wiper, std::max(1.0, (1.0 - position) * ohms));
  resistor(wiper, bottom, std::max(1.0, position * ohms));
}
void Netlist::capacitor(const std::string& a, const std::string& b, double farads) {
  capacitors_.push_back({node(a), node(b), farads});
}
void Netlist::inductor(const std::string& a, const std::string& b, double henries,
                       double seriesOhms) {
  coils_.push_back({node(a), node(b), henries, seriesOhms});
}
void Netlist::supply(const std::string& plus, const std::string& minus, double volts) {
  branches_.push_back({node(plus), node(minus), kGround, kGround, 0.0, volts, false});
}
void Netlist::input(const std::string& plus, const std::string& minus, double restVolts) {
  inputs_.push_back(branches_.size());
  supply(plus, minus, restVolts);
}
void Netlist::opAmp(const std::string& plus, const std::string& minus, const std::string& out) {
  nullors_.push_back({node(plus), node(minus), node(out)});
}
void Netlist::voltageAmplifier(const std::string& plus, const std::string& minus,
                               const std::string& controlPlus, const std::string& controlMinus,
                               double gain) {
  branches_.push_back(
      {node(plus), node(minus), node(controlPlus), node(controlMinus), gain, 0.0, false});
}
void Netlist::transformer(const std::string& p1, const std::string& p2, const std::string& s1,
                          const std::string& s2, double ratio) {
  branches_.push_back({node(p1), node(p2), node(s1), node(s2), ratio, 0.0, true});
}
void Netlist::diode(const std::string& anode, const std::string& cathode, const DiodeModel& model) {
  nonlinear_.push_back({{node(anode), node(cathode)}, Diode{model}});
}
void Netlist::diodePair(const std::string& a, const std::string& b, const DiodeModel& model) {
  nonlinear_.push_back({{node(a), node(b)}, DiodePair{model}});
}
void Netlist::triode(const std::string& plate, const std::string& grid, const std::string& cathode,
                     const TriodeModel& model, const GridModel& gridModel) {
  nonlinear_.push_back({{node(plate), node(grid), node(cathode)}, Triode{model, gridModel}});
}
void Netlist::pentode(const std::string& plate, const std::string& screen, const std::string& grid,
                      const std::string& cathode, const PentodeModel& model,
                      const GridModel& gridModel) {
  nonlinear_.push_back(
      {{node(plate), node(screen), node(grid), node(cathode)}, Pentode{model, gridModel}});
}

// ---- solver ------------------------------------------------------------------------------------

Solver::Solver(Netlist netlist, double rateHz)
    : netlist_(std::move(netlist)), rateHz_(rateHz), nodes_(netlist_.names_.size()) {
  firstBranch_ = nodes_;
  firstNullor_ = firstBranch_ + netlist_.branches_.size();
  firstCoil_ = firstNullor_ + netlist_.nullors_.size();
  size_ = firstCoil_ + netlist_.coils_.size();
  x_.assign(size_, 0.0);
  capacitorV_.assign(netlist_.capacitors_.size(), 0.0);
  capacitorI_.assign(netlist_.capacitors_.size(), 0.0);
  coilV_.assign(netlist_.coils_.size(), 0.0);
  junction_.assign(netlist_.nonlinear_.size(), {});
  for (const std::size_t index : netlist_.inputs_)
    inputs_.push_back(netlist_.branches_[index].volts);
  transient_ = linearMatrix(Mode::kTransient);
  settleDc();
}

Solver::Vector Solver::linearMatrix(Mode mode) const {
  Vector m(size_ * size_, 0.0);
  for (const auto& r : netlist_.resistors_) addConductance(m, size_, r.a, r.b, 1.0 / r.value);
  if (mode == Mode::kTransient) {
    for (const auto& c : netlist_.capacitors_)
      addConductance(m, size_, c.a, c.b, 2.0 * rateHz_ * c.value);
  } else {
    for (std::size_t k = 0; k < nodes_; ++k) m[k * size_ + k] += 1e-12;  // nothing floats at DC
  }
  for (std::size_t k = 0; k < netlist_.branches_.size(); ++k) {
    const auto& s = netlist_.branches_[k];
    const std::size_t row = firstBranch_ + k;
    add(m, size_, s.a, row, 1.0);
    add(m, size_, s.b, row, -1.0);
    add(m, size_, row, s.a, 1.0);
    add(m, size_, row, s.b, -1.0);
    add(m, size_, row, s.c, -s.gain);
    add(m, size_, row, s.d, s.gain);
    if (s.passive) {
      add(m, size_, s.c, row, -s.gain);
      add(m, size_, s.d, row, s.gain);
    }
  }
  for (std::size_t k = 0; k < netlist_.nullors_.size(); ++k) {
    const auto& o = netlist_.nullors_[k];
    add(m, size_, firstNullor_ + k, o.plus, 1.0);
    add(m, size_, firstNullor_ + k, o.minus, -1.0);
    add(m, size_, o.out, firstNullor_ + k, 1.0);
  }
  for (std::size_t k = 0; k < netlist_.coils_.size(); ++k) {
    const auto& l = netlist_.coils_[k];
    const std::size_t row = firstCoil_ + k;
    add(m, size_, l.a, row, 1.0);
    add(m, size_, l.b, row, -1.0);
    add(m, size_, row, l.a, 1.0);
    add(m, size_, row, l.b, -1.0);
    const double reactance = mode == Mode::kTransient ? 2.0 * rateHz_ * l.henries : 1e-9;
    add(m, size_, row, row, -(l.ohms + reactance));
  }
  return m;
}

Solver::Vector Solver::linearSources(Mode mode, std::span<const double> inputs,
                                     double supplyScale) const {
  Vector s(size_, 0.0);
  for (std::size_t k = 0; k < netlist_.branches_.size(); ++k)
    s[firstBranch_ + k] = supplyScale * netlist_.branches_[k].volts;
  for (std::size_t k = 0; k < std::min(inputs.size(), netlist_.inputs_.size()); ++k)
    s[firstBranch_ + netlist_.inputs_[k]] = supplyScale * inputs[k];
  if (mode == Mode::kDc) return s;
  for (std::size_t k = 0; k < netlist_.capacitors_.size(); ++k) {
    const auto& c = netlist_.capacitors_[k];
    const double amperes = 2.0 * rateHz_ * c.value * capacitorV_[k] + capacitorI_[k];
    addCurrent(s, c.a, amperes);
    addCurrent(s, c.b, -amperes);
  }
  for (std::size_t k = 0; k < netlist_.coils_.size(); ++k) {
    const auto& l = netlist_.coils_[k];
    s[firstCoil_ + k] = -coilV_[k] + (l.ohms - 2.0 * rateHz_ * l.henries) * x_[firstCoil_ + k];
  }
  return s;
}

bool Solver::newton(Mode mode, const Vector& matrix, const Vector& sources) {
  const int iterations = mode == Mode::kDc ? 400 : 60;
  for (int iteration = 0; iteration < iterations; ++iteration) {
    Vector a = matrix;
    Vector b = sources;
    for (std::size_t k = 0; k < netlist_.nonlinear_.size(); ++k) {
      const auto& element = netlist_.nonlinear_[k];
      const auto& t = element.terminals;
      const std::size_t ports = t.size() - 1;
      const Currents c = evaluate(element.device, junction_[k]);
      for (std::size_t i = 0; i < ports; ++i) {
        double rest = c.i[i];
        for (std::size_t j = 0; j < ports; ++j) {
          rest -= c.di[i][j] * junction_[k][j];
          add(a, size_, t[i], t[j], c.di[i][j]);
          add(a, size_, t[i], t[ports], -c.di[i][j]);
          add(a, size_, t[ports], t[j], -c.di[i][j]);
          add(a, size_, t[ports], t[ports], c.di[i][j]);
        }
        addCurrent(b, t[i], -rest);
        addCurrent(b, t[ports], rest);
      }
    }
    if (!solveLinear(a, b)) return false;
    bool done = true;
    for (std::size_t k = 0; k < nodes_; ++k)
      done = done && std::abs(b[k] - x_[k]) < 1e-9 + 1e-11 * std::abs(b[k]);
    x_ = b;
    for (std::size_t k = 0; k < netlist_.nonlinear_.size(); ++k) {
      const auto& t = netlist_.nonlinear_[k].terminals;
      std::array<double, 3> v{};
      for (std::size_t j = 0; j + 1 < t.size(); ++j) v[j] = at(x_, t[j]) - at(x_, t.back());
      const auto kept = limited(netlist_.nonlinear_[k].device, v, junction_[k]);
      done = done && kept == v;
      junction_[k] = kept;
    }
    if (done) return true;
    if (netlist_.nonlinear_.empty()) return true;
  }
  return false;
}

// Where Newton fails over the whole step, the sources go there in 2, 4, 8 ... parts.
bool Solver::solveStepwise(const Vector& matrix, const Vector& from, const Vector& to) {
  const Vector start = x_;
  const auto junctions = junction_;
  for (int parts = 1; parts <= 1024; parts *= 2) {
    x_ = start;
    junction_ = junctions;
    bool whole = true;
    for (int part = 1; part <= parts && whole; ++part) {
      Vector sources = to;
      for (std::size_t k = 0; k < size_; ++k)
        sources[k] = from[k] + (to[k] - from[k]) * part / parts;
      whole = newton(Mode::kTransient, matrix, part == parts ? to : sources);
    }
    if (whole) return true;
  }
  return false;
}

void Solver::settle(std::span<const double> volts) {
  inputs_.assign(volts.begin(), volts.end());
  settleDc();
}

void Solver::settleDc() {
  const Vector matrix = linearMatrix(Mode::kDc);
  // All sources rise from zero together.
  for (const double scale : {0.0, 0.01, 0.03, 0.1, 0.3, 0.6, 1.0})
    converged_ = newton(Mode::kDc, matrix, linearSources(Mode::kDc, inputs_, scale)) && converged_;
  for (std::size_t k = 0; k < netlist_.capacitors_.size(); ++k) {
    const auto& c = netlist_.capacitors_[k];
    capacitorV_[k] = at(x_, c.a) - at(x_, c.b);
    capacitorI_[k] = 0.0;
  }
  for (std::size_t k = 0; k < netlist_.coils_.size(); ++k)
    coilV_[k] = netlist_.coils_[k].ohms * x_[firstCoil_ + k];
  lastSources_ = linearSources(Mode::kTransient, inputs_, 1.0);
}

void Solver::step(std::span<const double> volts) {
  inputs_.assign(volts.begin(), volts.end());
  const Vector sources = linearSources(Mode::kTransient, inputs_, 1.0);
  converged_ = solveStepwise(transient_, lastSources_, sources) && converged_;
  lastSources_ = sources;
  advanceStates();
}

void Solver::advanceStates() {
  for (std::size_t k = 0; k < netlist_.capacitors_.size(); ++k) {
    const auto& c = netlist_.capacitors_[k];
    const double v = at(x_, c.a) - at(x_, c.b);
    capacitorI_[k] = 2.0 * rateHz_ * c.value * (v - capacitorV_[k]) - capacitorI_[k];
    capacitorV_[k] = v;
  }
  for (std::size_t k = 0; k < netlist_.coils_.size(); ++k) {
    const auto& l = netlist_.coils_[k];
    coilV_[k] = at(x_, l.a) - at(x_, l.b);
  }
}

double Solver::voltage(const std::string& node) const {
  return node == "0" ? 0.0 : x_[netlist_.names_.at(node)];
}

std::complex<double> Solver::response(double frequencyHz, const std::string& node) const {
  using Complex = std::complex<double>;
  const Complex s(0.0, 2.0 * std::numbers::pi * frequencyHz);
  std::vector<Complex> a;
  for (const double value : linearMatrix(Mode::kDc)) a.emplace_back(value);
  for (std::size_t k = 0; k < nodes_; ++k) a[k * size_ + k] -= 1e-12;
  for (const auto& c : netlist_.capacitors_) addConductance(a, size_, c.a, c.b, s * c.value);
  for (std::size_t k = 0; k < netlist_.coils_.size(); ++k)
    a[(firstCoil_ + k) * (size_ + 1)] = -(netlist_.coils_[k].ohms + s * netlist_.coils_[k].henries);
  for (std::size_t k = 0; k < netlist_.nonlinear_.size(); ++k) {
    const auto& t = netlist_.nonlinear_[k].terminals;
    const std::size_t ports = t.size() - 1;
    const Currents c = evaluate(netlist_.nonlinear_[k].device, junction_[k]);
    for (std::size_t i = 0; i < ports; ++i) {
      for (std::size_t j = 0; j < ports; ++j) {
        const Complex g = c.di[i][j];
        add(a, size_, t[i], t[j], g);
        add(a, size_, t[i], t[ports], -g);
        add(a, size_, t[ports], t[j], -g);
        add(a, size_, t[ports], t[ports], g);
      }
    }
  }
  std::vector<Complex> b(size_);
  b[firstBranch_ + netlist_.inputs_.front()] = 1.0;
  solveLinear(a, b);
  return b[netlist_.names_.at(node)];
}

}  // namespace sonic::test
