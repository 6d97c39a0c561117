// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace sonic {

enum class ErrorCode {
  kSyntax,       ///< Not JSON, not a WAV: the bytes themselves are broken.
  kSchema,       ///< Well-formed, but not what the schema asks for.
  kUnknownId,    ///< A module, parameter, port or node that does not exist.
  kRange,        ///< A number outside its range, or not finite.
  kTooLarge,     ///< Over a cap: depth, size, nodes, memory.
  kNewer,        ///< Written by a newer version.
  kMissing,      ///< An asset or file that is not there.
  kUnsupported,  ///< Valid, but a kind that is not handled.
  kCycle,        ///< Wires form a loop where none can be.
};

/// What a person is told: `place` is a JSON pointer, node id or byte offset ("" if none applies),
/// `sentence` says what was wrong and what was expected.
struct Error {
  ErrorCode code = ErrorCode::kSchema;
  std::string place;
  std::string sentence;
};

/// The value of a step that gives nothing but success: Result<Ok>.
struct Ok {};

/// A value or an Error, spelled like std::expected so that it can be swapped later. [main, worker]
template <class T>
class Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit
  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] T& operator*() { return *std::get_if<0>(&state_); }
  [[nodiscard]] const T& operator*() const { return *std::get_if<0>(&state_); }
  [[nodiscard]] T* operator->() { return std::get_if<0>(&state_); }
  [[nodiscard]] const T* operator->() const { return std::get_if<0>(&state_); }
  [[nodiscard]] const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace sonic
