// SPDX-License-Identifier: MIT
#include "bindings/values.h"

#include <cstdlib>

namespace sonic::js {
namespace {

const char* nameOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kSyntax:
      return "syntax";
    case ErrorCode::kSchema:
      return "schema";
    case ErrorCode::kUnknownId:
      return "unknown-id";
    case ErrorCode::kRange:
      return "range";
    case ErrorCode::kTooLarge:
      return "too-large";
    case ErrorCode::kNewer:
      return "newer";
    case ErrorCode::kMissing:
      return "missing";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kCycle:
      return "cycle";
  }
  return "error";
}

}  // namespace

val errorObject(const Error& error) {
  val object = val::object();
  object.set("code", std::string(nameOf(error.code)));
  object.set("place", error.place);
  object.set("sentence", error.sentence);
  return object;
}

val toBytes(std::span<const std::byte> bytes) {
  const val view(emscripten::typed_memory_view(
      bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data())));
  return val::global("Uint8Array").new_(view);  // a copy: the heap may move
}

std::vector<std::byte> fromBytes(const val& uint8Array) {
  std::vector<std::byte> bytes(uint8Array["length"].as<std::size_t>());
  const val view(
      emscripten::typed_memory_view(bytes.size(), reinterpret_cast<std::uint8_t*>(bytes.data())));
  view.call<void>("set", uint8Array);
  return bytes;
}

std::string hex(std::uint64_t key) {
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; key >>= 4) digits[i] = "0123456789abcdef"[key & 15];
  return digits;
}

std::uint64_t fromHex(const std::string& digits) {
  return std::strtoull(digits.c_str(), nullptr, 16);
}

}  // namespace sonic::js
