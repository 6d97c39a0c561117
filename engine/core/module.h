// SPDX-License-Identifier: MIT
#pragma once
#include <concepts>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/core/asset.h"
#include "engine/core/io.h"
#include "engine/core/param.h"
#include "engine/core/port.h"
#include "engine/core/reading.h"
#include "engine/core/result.h"
#include "engine/core/spec.h"

namespace sonic {

/// kSource makes sound of itself (its bypass is silence); kEndpoint is the context's input, output.
enum class ModuleRole { kEffect, kSource, kEndpoint };

struct ModuleInfo {
  std::string_view id;     ///< kebab-case; also its file, test, page and `type` in a project.
  std::string_view label;  ///< As a person reads it.
  /// drive amp dynamics filter modulation space instrument utility: glyph and hue in the page.
  std::string_view category;
  std::string_view summary{};  ///< One sentence for the palette.
  ModuleRole role = ModuleRole::kEffect;
};

/// quietFrames() of a module that must never sleep.
inline constexpr std::int64_t kNeverSleeps = std::numeric_limits<std::int64_t>::max();

inline constexpr std::array<PortSpec, 2> kPlainPorts{
    {{"in", Direction::kIn}, {"out", Direction::kOut}}};

template <class T>
constexpr std::span<const ParamSpec> paramsOf() {
  if constexpr (requires { T::kParams; })
    return T::kParams;
  else
    return {};
}
template <class T>
constexpr std::span<const PortSpec> portsOf() {
  if constexpr (requires { T::kPorts; })
    return T::kPorts;
  else
    return kPlainPorts;
}
template <class T>
constexpr std::span<const AssetSpec> assetsOf() {
  if constexpr (requires { T::kAssets; })
    return T::kAssets;
  else
    return {};
}
template <class T>
constexpr std::span<const ReadingSpec> readingsOf() {
  if constexpr (requires { T::kReadings; })
    return T::kReadings;
  else
    return {};
}

/// Checked at compile time: ids unique, ranges sane, log ranges positive, choices whole.
constexpr bool isValid(std::span<const ParamSpec> params) {
  for (std::size_t i = 0; i < params.size(); ++i) {
    const ParamSpec& p = params[i];
    if (p.id.empty() || p.label.empty() || !(p.min < p.max)) return false;
    if (p.fallback < p.min || p.fallback > p.max) return false;
    if (p.curve == Curve::kLogarithmic && !(p.min > 0.0)) return false;
    if (!p.choices.empty() && p.max != static_cast<double>(p.choices.size() - 1)) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (params[j].id == p.id) return false;
    }
  }
  return true;
}

/// prepare() takes zeroed memory from spec.memory() and nothing else, <= 50 us; it may be called on
/// the audio thread, between quanta. reset() and process() run on the audio thread, take no memory,
/// call no libm, never lock, log or throw. kParams, kPorts, kAssets (with `static cook`),
/// kReadings, `static std::size_t latencyFrames(const Spec&)` and `static std::int64_t
/// quietFrames(const Spec&)` are left out when empty, standard or 0.
///
/// latencyFrames: pure delay, the frame of the first response above -100 dB of its peak.
/// quietFrames: the longest gap of silence inside the module while it still will sound again; after
/// so many silent frames in and out the host lets it sleep, with its state kept.
template <class T>
concept Module = std::default_initializable<T> && isValid(paramsOf<T>()) &&
    requires(T m, const Spec& spec, Io& io, const Params& params) {
  { T::kInfo } -> std::convertible_to<ModuleInfo>;
  { m.prepare(spec) } -> std::same_as<void>;
  requires noexcept(m.reset());
  requires noexcept(m.process(io, params));
};

template <class T>
std::size_t latencyFramesOf(const Spec& spec) {
  if constexpr (requires { T::latencyFrames(spec); })
    return T::latencyFrames(spec);
  else
    return 0;
}
template <class T>
std::int64_t quietFramesOf(const Spec& spec) {
  if constexpr (requires { T::quietFrames(spec); })
    return T::quietFrames(spec);
  else
    return 0;
}

}  // namespace sonic
