// SPDX-License-Identifier: MIT
#pragma once
#include <complex>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/devices.h"

namespace sonic::test {

/// A circuit by node names, "0" being ground. Any order, any size; a pot is two resistors, and
/// turning it means to build the netlist again.
class Netlist {
 public:
  void resistor(const std::string& a, const std::string& b, double ohms);
  /// A pot's two halves: `position` 0 has the wiper at `bottom`, 1 at `top`; each half >= 1 Ohm.
  void pot(const std::string& top, const std::string& wiper, const std::string& bottom, double ohms,
           double position);
  void capacitor(const std::string& a, const std::string& b, double farads);
  void inductor(const std::string& a, const std::string& b, double henries, double seriesOhms = 0);
  /// A fixed supply.
  void supply(const std::string& plus, const std::string& minus, double volts);
  /// A source driven by step(), at `restVolts` before the first; the first added takes step()'s
  /// first value and so on.
  void input(const std::string& plus, const std::string& minus = "0", double restVolts = 0);
  /// Ideal (nullor): takes no current, gives any, holds plus = minus.
  void opAmp(const std::string& plus, const std::string& minus, const std::string& out);
  /// v(plus, minus) = gain * v(controlPlus, controlMinus), ideal.
  void voltageAmplifier(const std::string& plus, const std::string& minus,
                        const std::string& controlPlus, const std::string& controlMinus,
                        double gain);
  /// Ideal transformer: v(p1, p2) = ratio * v(s1, s2), no loss, down to DC.
  void transformer(const std::string& p1, const std::string& p2, const std::string& s1,
                   const std::string& s2, double ratio);
  void diode(const std::string& anode, const std::string& cathode, const DiodeModel& model);
  void diodePair(const std::string& a, const std::string& b, const DiodeModel& model);
  void triode(const std::string& plate, const std::string& grid, const std::string& cathode,
              const TriodeModel& model, const GridModel& gridModel = NoGridCurrent{});
  void pentode(const std::string& plate, const std::string& screen, const std::string& grid,
               const std::string& cathode, const PentodeModel& model,
               const GridModel& gridModel = NoGridCurrent{});

 private:
  friend class Solver;
  static constexpr std::size_t kGround = static_cast<std::size_t>(-1);
  struct Pair {
    std::size_t a, b;
    double value;
  };
  struct Coil {
    std::size_t a, b;
    double henries, ohms;
  };
  /// v(a, b) - gain * v(c, d) = source; the current from a to b is unknown, and `gain` times it
  /// flows from d to c where `passive` (a transformer).
  struct Branch {
    std::size_t a, b, c, d;
    double gain, volts;
    bool passive;
  };
  struct Nullor {
    std::size_t plus, minus, out;
  };
  struct Nonlinear {
    std::vector<std::size_t> terminals;  ///< The last one is the reference.
    Device device;
  };
  std::size_t node(const std::string& name);

  std::map<std::string, std::size_t> names_;
  std::vector<Pair> resistors_, capacitors_;
  std::vector<Coil> coils_;
  std::vector<Branch> branches_;
  std::vector<std::size_t> inputs_;  ///< Indices of branches.
  std::vector<Nullor> nullors_;
  std::vector<Nonlinear> nonlinear_;
};

/// The reference that circuits are compared with: modified nodal analysis in double precision,
/// trapezoid, Newton with limited steps until no voltage moves by 1 nV (it converges by squares).
/// Starts in the DC state with inputs at rest. Dense: good for some 40 unknowns.
class Solver {
 public:
  Solver(Netlist netlist, double rateHz);

  /// One frame of 1 / rateHz with these values of the inputs.
  void step(double volts) { step(std::span<const double>(&volts, 1)); }
  void step(std::span<const double> volts);
  [[nodiscard]] double voltage(const std::string& node) const;
  [[nodiscard]] double voltage(const std::string& a, const std::string& b) const {
    return voltage(a) - voltage(b);
  }
  /// Solves DC again with the inputs at these values, as if they had stood so forever.
  void settle(std::span<const double> volts);
  void settle(double volts) { settle(std::span<const double>(&volts, 1)); }
  /// Small-signal transfer from the first input to a node about the present operating point.
  [[nodiscard]] std::complex<double> response(double frequencyHz, const std::string& node) const;
  /// False once Newton has failed anywhere, even with the inputs' step cut into small parts.
  [[nodiscard]] bool converged() const { return converged_; }

 private:
  using Vector = std::vector<double>;
  enum class Mode { kDc, kTransient };

  Vector linearMatrix(Mode mode) const;
  Vector linearSources(Mode mode, std::span<const double> inputs, double supplyScale) const;
  bool newton(Mode mode, const Vector& matrix, const Vector& sources);
  bool solveStepwise(const Vector& matrix, const Vector& from, const Vector& to);
  void settleDc();
  void advanceStates();
  double at(const Vector& x, std::size_t node) const {
    return node == Netlist::kGround ? 0.0 : x[node];
  }

  Netlist netlist_;
  double rateHz_;
  std::size_t nodes_, size_;
  std::size_t firstBranch_, firstNullor_, firstCoil_;
  Vector x_;            ///< Node voltages, then currents of branches.
  Vector inputs_;       ///< Present values of the inputs.
  Vector transient_;    ///< Linear part of the matrix.
  Vector lastSources_;  ///< Right side of the previous frame.
  Vector capacitorV_, capacitorI_, coilV_;
  std::vector<std::array<double, 3>> junction_;  ///< Where each device was linearised last.
  bool converged_ = true;
};

}  // namespace sonic::test
