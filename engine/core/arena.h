// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <new>
#include <span>
#include <type_traits>

namespace sonic {

/// Bump allocator over memory that the host gives, already zeroed. The planner instead gives a
/// source of blocks, prepares each structure once in its own heap and remembers `used()`. Blocks
/// are aligned to 16 bytes; under AddressSanitizer a poisoned gap follows each.
class Arena {
 public:
  Arena() = default;
  explicit Arena(std::span<std::byte> memory) : memory_(memory) {}
  /// `more(context, bytes)` returns zeroed, 16-aligned memory. [main, worker]
  using BlockSource = std::byte* (*)(void* context, std::size_t bytes);
  Arena(BlockSource more, void* context) : more_(more), context_(context) {}

  /// Zeroed, trivially constructible T's. Empty if the memory does not suffice (`overflowed()`).
  template <class T>
  [[nodiscard]] std::span<T> allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    std::byte* const bytes = take(count * sizeof(T));
    if (bytes == nullptr) return {};
    if constexpr (std::is_trivially_default_constructible_v<T>) {
      return {reinterpret_cast<T*>(bytes), count};
    } else {
      T* const first = reinterpret_cast<T*>(bytes);
      for (std::size_t i = 0; i < count; ++i) new (first + i) T{};
      return {first, count};
    }
  }
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] bool overflowed() const { return more_ == nullptr && used_ > memory_.size(); }

 private:
  std::byte* take(std::size_t bytes);

  std::span<std::byte> memory_;
  BlockSource more_ = nullptr;
  void* context_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace sonic
