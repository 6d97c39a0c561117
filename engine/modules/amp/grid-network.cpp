// SPDX-License-Identifier: MIT
#include "engine/modules/amp/grid-network.h"

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
  GridNetwork network;
  Row draw{};
  draw[0] = -1.0;
  for (std::size_t c = 0; c < count; ++c) {
    const Part& p = *capacitors[c];
    const auto across = [&](const Row& current) {
      return respond(p.a, current) - respond(p.b, current);
    };
    const double direct = (p.a == kSource ? 1.0 : 0.0) - (p.b == kSource ? 1.0 : 0.0);
    network.zBySource[c] = static_cast<float>(2.0 * (across(source) + direct));
    network.zByGrid[c] = static_cast<float>(2.0 * across(draw));
    for (std::size_t k = 0; k < count; ++k)
      network.zByZ[c][k] = static_cast<float>(2.0 * across(inject[k]) - (k == c ? 2.0 : 0.0));
    network.openByZ[c] = static_cast<float>(respond(0, inject[c]));
  }
  network.openBySource = static_cast<float>(respond(0, source));
  network.gridOhms = static_cast<float>(-respond(0, draw));
  return network;
}

}  // namespace sonic
