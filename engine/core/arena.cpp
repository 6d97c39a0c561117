// SPDX-License-Identifier: MIT
#include "engine/core/arena.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace sonic {
namespace {

constexpr std::size_t kAlignment = 16;
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kGap = 32;
#else
constexpr std::size_t kGap = 0;
#endif

}  // namespace

std::byte* Arena::take(std::size_t bytes) {
  const std::size_t whole = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  const std::size_t begin = used_;
  used_ += whole + kGap;
  if (more_ != nullptr) return more_(context_, whole);
  if (used_ > memory_.size()) return nullptr;
#if defined(__SANITIZE_ADDRESS__)
  __asan_unpoison_memory_region(memory_.data() + begin, bytes);
  __asan_poison_memory_region(memory_.data() + begin + bytes, whole - bytes + kGap);
#endif
  return memory_.data() + begin;
}

}  // namespace sonic
