// SPDX-License-Identifier: MIT
#include "engine/modules/amp/crunch-circuit.h"

#include <algorithm>

namespace sonic::crunch {

#include "engine/modules/amp/crunch-curves.inc"

float audioTaper(float knob) noexcept {
  // (81^x - 1) / 80: 10 % at half turn.
  return std::clamp((math::exp(0.439444915F * knob) - 1.0F) * (1.0F / 80.0F), 0.0F, 1.0F);
}
float linearTaper(float knob) noexcept {
  return std::clamp(0.1F * knob, 0.0F, 1.0F);
}

namespace {
constexpr std::size_t kGrid = 0, kSource = GridNetwork::kSource, kGround = GridNetwork::kGround;
}

NetworkParts firstNetwork(Network& parts) noexcept {
  parts[0] = {kSource, kGrid, 68e3, 0.0};
  parts[1] = {kGrid, kGround, 0.0, 110e-12};
  return {{parts.data(), 2}, 1};
}

NetworkParts coldNetwork(Network& parts, double gain, bool bright) noexcept {
  constexpr std::size_t kWiper = 1, kTop = 2, kCoupled = 3, kPlate = 4;
  parts[0] = {kSource, kPlate, kFirstSourceOhms, 0.0};
  parts[1] = {kPlate, kCoupled, 0.0, 22e-9};
  parts[2] = {kCoupled, kTop, 470e3, 470e-12};
  parts[3] = {kTop, kWiper, std::max(1.0, (1.0 - gain) * 1e6), bright ? 1e-9 : 0.0};
  parts[4] = {kWiper, kGround, std::max(1.0, gain * 1e6), 0.0};
  parts[5] = {kWiper, kGrid, 68e3, 0.0};
  parts[6] = {kGrid, kGround, 0.0, 20e-12};
  return {{parts.data(), 7}, 5};
}

NetworkParts driverNetwork(Network& parts) noexcept {
  constexpr std::size_t kCoupled = 1, kPlate = 2;
  parts[0] = {kSource, kPlate, kColdSourceOhms, 0.0};
  parts[1] = {kPlate, kCoupled, 0.0, 22e-9};
  parts[2] = {kCoupled, kGrid, 470e3, 470e-12};
  parts[3] = {kGrid, kGround, 470e3, 130e-12};
  return {{parts.data(), 4}, 3};
}

}  // namespace sonic::crunch
