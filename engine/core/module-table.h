// SPDX-License-Identifier: MIT
#pragma once
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/module.h"

namespace sonic {

template <class... T>
struct TypeList {};

/// A module type behind plain function pointers: the one place where a class becomes data. Planner,
/// runner, conformance suite and describe-modules know modules only through this.
struct ModuleType {
  ModuleInfo info;
  std::span<const ParamSpec> params;
  std::span<const PortSpec> ports;
  std::span<const AssetSpec> assets;
  std::span<const ReadingSpec> readings;
  std::size_t objectBytes = 0;

  void (*construct)(void* memory) =
      nullptr;  ///< [audio] Placement-new; objects are trivial to drop.
  std::size_t (*latencyFrames)(const Spec&) = nullptr;
  std::int64_t (*quietFrames)(const Spec&) = nullptr;
  void (*prepare)(void* module, const Spec&) = nullptr;
  void (*reset)(void* module) noexcept = nullptr;
  void (*process)(void* module, Io&, const Params&) noexcept = nullptr;
  /// Null without asset slots. [main, worker]
  Result<std::vector<std::byte>> (*cook)(std::size_t slot, std::span<const std::byte> file,
                                         const Spec&) = nullptr;

  [[nodiscard]] std::size_t audioPorts(Direction direction) const;
  [[nodiscard]] bool hasEventPort(Direction direction) const;
  [[nodiscard]] std::size_t readingFloats() const;
  /// Row or port with this id; -1 if there is none.
  [[nodiscard]] int paramIndex(std::string_view id) const;
  [[nodiscard]] int portIndex(std::string_view id, Direction direction) const;
  /// Position of kPorts[port] among the audio ports of its direction (the index in Io).
  [[nodiscard]] std::size_t audioIndex(std::size_t port) const;
};

template <Module T>
ModuleType moduleType() {
  static_assert(std::is_trivially_destructible_v<T>, "modules own no resources");
  ModuleType type{.info = T::kInfo,
                  .params = paramsOf<T>(),
                  .ports = portsOf<T>(),
                  .assets = assetsOf<T>(),
                  .readings = readingsOf<T>(),
                  .objectBytes = sizeof(T)};
  type.construct = [](void* memory) { new (memory) T(); };
  type.latencyFrames = [](const Spec& spec) { return latencyFramesOf<T>(spec); };
  type.quietFrames = [](const Spec& spec) { return quietFramesOf<T>(spec); };
  type.prepare = [](void* m, const Spec& spec) { static_cast<T*>(m)->prepare(spec); };
  type.reset = [](void* m) noexcept { static_cast<T*>(m)->reset(); };
  type.process = [](void* m, Io& io, const Params& p) noexcept {
    static_cast<T*>(m)->process(io, p);
  };
  if constexpr (!assetsOf<T>().empty()) type.cook = &T::cook;
  return type;
}

/// The list of module types that an engine knows, in palette order. Immutable once made.
class ModuleTable {
 public:
  template <class... T>
  explicit ModuleTable(TypeList<T...>) : types_{moduleType<T>()...} {}
  [[nodiscard]] std::span<const ModuleType> types() const { return types_; }
  /// -1 if there is none.
  [[nodiscard]] int indexOf(std::string_view id) const;
  [[nodiscard]] const ModuleType* find(std::string_view id) const;

 private:
  std::vector<ModuleType> types_;
};

}  // namespace sonic
