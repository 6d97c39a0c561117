// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sonic {

/// FNV-1a, 64 bits: keys of instances, blobs, wires, and an instance's seed. Not for untrusted
/// keys.
class Hash {
 public:
  Hash& add(std::string_view text) {
    for (const char c : text) byte(static_cast<std::uint8_t>(c));
    byte(0xff);  // so that "ab","c" differs from "a","bc"
    return *this;
  }
  Hash& add(std::uint64_t number) {
    for (int i = 0; i < 64; i += 8) byte(static_cast<std::uint8_t>(number >> i));
    return *this;
  }
  Hash& add(float number) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return add(static_cast<std::uint64_t>(bits));
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  void byte(std::uint8_t b) { state_ = (state_ ^ b) * 1099511628211ULL; }
  std::uint64_t state_ = 14695981039346656037ULL;
};

}  // namespace sonic
