// SPDX-License-Identifier: MIT
#pragma once
#include <emscripten/val.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace sonic::js {

using emscripten::val;

/// {code, place, sentence}, as EngineErrorInfo in web/src/types.ts.
val errorObject(const Error& error);
/// undefined for a value, the error object otherwise.
template <class T>
val errorOrNothing(const Result<T>& result) {
  return result.has_value() ? val::undefined() : errorObject(result.error());
}

/// A copy of the bytes as Uint8Array, and back.
val toBytes(std::span<const std::byte> bytes);
std::vector<std::byte> fromBytes(const val& uint8Array);

/// 64-bit keys cross the border as 16 hexadecimal digits.
std::string hex(std::uint64_t key);
std::uint64_t fromHex(const std::string& digits);

}  // namespace sonic::js
