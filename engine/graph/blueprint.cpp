// SPDX-License-Identifier: MIT
#include "engine/graph/blueprint.h"

#include <cstdlib>

#include "engine/graph/hash.h"

namespace sonic {
namespace {

/// Heap blocks for a trial prepare(), freed with the object.
struct TrialHeap {
  TrialHeap() = default;
  TrialHeap(const TrialHeap&) = delete;
  TrialHeap& operator=(const TrialHeap&) = delete;
  ~TrialHeap() {
    for (std::byte* block : blocks) std::free(block);
  }
  static std::byte* more(void* self, std::size_t bytes) {
    auto* const block = static_cast<std::byte*>(std::calloc(bytes == 0 ? 16 : bytes, 1));
    static_cast<TrialHeap*>(self)->blocks.push_back(block);
    return block;
  }
  std::vector<std::byte*> blocks;
};

/// Blueprints cross borders as messages.
bool fits(const ModuleType& type, const Blueprint& blueprint, std::size_t files) {
  if (blueprint.width != 1 && blueprint.width != 2) return false;
  if (!(blueprint.sampleRateHz >= 1000.0F && blueprint.sampleRateHz <= 1e6F)) return false;
  if (blueprint.quality > Quality::kHq || files < type.assets.size()) return false;
  if (blueprint.structural.size() != type.params.size()) return false;
  for (std::size_t row = 0; row < type.params.size(); ++row) {
    const ParamSpec& spec = type.params[row];
    const float value = blueprint.structural[row];
    if (spec.isStructural() &&
        !(value >= static_cast<float>(spec.min) && value <= static_cast<float>(spec.max))) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::uint64_t Blueprint::hash() const {
  Hash hash;
  hash.add(std::uint64_t{type}).add(sampleRateHz).add(std::uint64_t{width});
  hash.add(static_cast<std::uint64_t>(quality));
  for (const float value : structural) hash.add(value);
  for (const std::string& file : files) hash.add(file);
  return hash.value();
}

std::uint64_t Blueprint::blobKey(std::size_t slot) const {
  return Hash().add(hash()).add(std::uint64_t{slot}).value();
}

Spec Blueprint::spec(std::uint64_t seed, std::span<const AssetBlob> blobs, Arena* arena) const {
  return {.sampleRateHz = sampleRateHz,
          .width = width,
          .quality = quality,
          .seed = seed,
          .structural = structural,
          .assets = blobs,
          .arena = arena};
}

Measure measure(const ModuleType& type, const Blueprint& blueprint,
                std::span<const AssetBlob> blobs) {
  TrialHeap heap;
  std::byte* const object = TrialHeap::more(&heap, type.objectBytes);
  Arena arena(&TrialHeap::more, &heap);
  const Spec spec = blueprint.spec(0, blobs, &arena);
  type.construct(object);
  type.prepare(object, spec);
  return {.memoryBytes = static_cast<std::uint32_t>(arena.used()),
          .latencyFrames = static_cast<std::uint32_t>(type.latencyFrames(spec)),
          .quietFrames = type.quietFrames(spec)};
}

Result<Cooked> cookBlueprint(const ModuleType& type, const Blueprint& blueprint,
                             std::span<const std::span<const std::byte>> files) {
  if (!fits(type, blueprint, files.size())) {
    return Error{ErrorCode::kSchema, std::string(type.info.id),
                 "What is to be prepared does not fit this module."};
  }
  Cooked cooked;
  std::vector<AssetBlob> views;
  const Spec spec = blueprint.spec(0, {}, nullptr);
  for (std::size_t slot = 0; slot < type.assets.size(); ++slot) {
    auto blob = type.cook(slot, files[slot], spec);
    if (!blob) {
      Error error = blob.error();
      error.place = std::string(type.info.id) + "/" + std::string(type.assets[slot].id) +
                    (error.place.empty() ? "" : ": " + error.place);
      return error;
    }
    cooked.blobs.push_back(std::move(*blob));
  }
  for (const auto& blob : cooked.blobs) views.emplace_back(blob);
  cooked.measure = measure(type, blueprint, views);
  return cooked;
}

}  // namespace sonic
