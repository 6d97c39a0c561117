// SPDX-License-Identifier: MIT
#include "engine/modules/amp/grid-network.h"

#include <cmath>
#include <utility>

namespace sonic {
namespace {

using Row = std::array<double, GridNetwork::kMaxNodes>;
using Matrix = std::array<Row, GridNetwork::kMaxNodes>;

/// Inverse by Gauss-Jordan; nodal matrices need no pivoting.
Matrix inverse(Matrix a, std::size_t n) {
  Matrix b{};
  for (std::size_t k = 0; k < n; ++k) b[k][k] = 1.0;
  for (std::size_t k = 0; k < n; ++k) {
    const double byPivot = 1.0 / a[k][k];
    for (std::size_t c = 0; c < n; ++c) {
      a[k][c] *= byPivot;
      b[k][c] *= byPivot;
    }
    for (std::size_t r = 0; r < n; ++r) {
      if (r == k) continue;
      const double factor = a[r][k];
      for (std::size_t c = 0; c < n; ++c) {
        a[r][c] -= factor * a[k][c];
        b[r][c] -= factor * b[k][c];
      }
    }
  }
  return b;
}

/// Eigenvalues on the diagonal of a symmetric matrix, eigenvectors in the columns of `turned`, by
/// Jacobi's rotations.
void diagonalise(Matrix& a, Matrix& turned, std::size_t n) {
  constexpr int kSweeps = 8;  // quadratic in the end: four or five suffice for any 4 by 4
  for (std::size_t k = 0; k < n; ++k) turned[k][k] = 1.0;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (std::abs(a[p][q]) < 1e-300) continue;
        const double theta = 0.5 * (a[q][q] - a[p][p]) / a[p][q];
        const double t = (theta < 0.0 ? -1.0 : 1.0) / (std::abs(theta) + std::hypot(theta, 1.0));
        const double cosine = 1.0 / std::sqrt(1.0 + t * t);
        const double sine = t * cosine;
        for (std::size_t k = 0; k < n; ++k) {
          const double kp = a[k][p];
          a[k][p] = cosine * kp - sine * a[k][q];
          a[k][q] = sine * kp + cosine * a[k][q];
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double pk = a[p][k];
          a[p][k] = cosine * pk - sine * a[q][k];
          a[q][k] = sine * pk + cosine * a[q][k];
          const double kp = turned[k][p];
          turned[k][p] = cosine * kp - sine * turned[k][q];
          turned[k][q] = sine * kp + cosine * turned[k][q];
        }
      }
    }
  }
}

}  // namespace

GridNetwork GridNetwork::of(std::span<const Part> parts, std::size_t nodes,
                            double rateHz) noexcept {
  Matrix y{};
  Row source{};     // current into each node per volt of the source
  Matrix inject{};  // [capacitor]: current into each node per volt of z
  std::array<const Part*, 4> capacitors{};
  std::size_t count = 0;
  for (const Part& p : parts) {
    const double g = 2.0 * rateHz * p.farads;
    const double total = g + (p.ohms > 0.0 ? 1.0 / p.ohms : 0.0);
    for (const auto& [here, there] : {std::pair{p.a, p.b}, std::pair{p.b, p.a}}) {
      if (here >= nodes) continue;
      y[here][here] += total;
      if (there < nodes) y[here][there] -= total;
      if (there == kSource) source[here] += total;
    }
    if (p.farads <= 0.0) continue;
    if (p.a < nodes) inject[count][p.a] += g;
    if (p.b < nodes) inject[count][p.b] -= g;
    capacitors[count++] = &p;
  }
  const Matrix inv = inverse(y, nodes);
  const auto respond = [&](std::size_t node, const Row& current) {
    double v = 0.0;
    for (std::size_t k = 0; node < nodes && k < nodes; ++k) v += inv[node][k] * current[k];
    return v;
  };
  Row draw{};
  draw[0] = -1.0;
  Matrix change{};  // of z by z, with each z weighed by the root of its capacitor: symmetric
  Row root{}, bySource{}, byGrid{}, openByZ{};
  for (std::size_t c = 0; c < count; ++c) root[c] = std::sqrt(2.0 * rateHz * capacitors[c]->farads);
  for (std::size_t c = 0; c < count; ++c) {
    const Part& p = *capacitors[c];
    const auto across = [&](const Row& current) {
      return respond(p.a, current) - respond(p.b, current);
    };
    const double direct = (p.a == kSource ? 1.0 : 0.0) - (p.b == kSource ? 1.0 : 0.0);
    bySource[c] = 2.0 * (across(source) + direct);
    byGrid[c] = 2.0 * across(draw);
    openByZ[c] = respond(0, inject[c]);
    for (std::size_t k = 0; k < count; ++k)
      change[c][k] = (2.0 * across(inject[k]) - (k == c ? 2.0 : 0.0)) * root[c] / root[k];
  }
  Matrix turned{};
  diagonalise(change, turned, count);
  GridNetwork network;
  for (std::size_t m = 0; m < count; ++m) {
    double scale = 0.0;  // a mode's share in the open voltage
    for (std::size_t c = 0; c < count; ++c) scale += turned[c][m] * openByZ[c] / root[c];
    network.change[m] = change[m][m];
    for (std::size_t c = 0; c < count; ++c) {
      const double mode = scale * turned[c][m] * root[c];
      network.modesByZ[m][c] = mode;
      network.zByModes[c][m] = scale == 0.0 ? 0.0 : turned[c][m] / (root[c] * scale);
      network.changeBySource[m] += mode * bySource[c];
      network.changeByGrid[m] += mode * byGrid[c];
    }
  }
  network.openBySource = respond(0, source);
  network.gridOhms = -respond(0, draw);
  return network;
}

}  // namespace sonic
