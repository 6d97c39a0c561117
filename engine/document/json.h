// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sonic {

/// A JSON value. Objects are sorted by key (bytes), so the same content always gives the same text.
/// Whole numbers keep 64 bits; a double that is whole (below 2^53) is held as an integer, so 24 and
/// 24.0 are one value. Depth is bounded by the reader. [main, worker]
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;

  Json();  ///< null
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();
  explicit Json(Array array) : value_(std::move(array)) {}
  explicit Json(Object object) : value_(std::move(object)) {}
  [[nodiscard]] static Json number(double value);
  [[nodiscard]] static Json number(std::int64_t value);
  [[nodiscard]] static Json number(std::uint64_t value);
  [[nodiscard]] static Json boolean(bool value);
  [[nodiscard]] static Json string(std::string value);

  [[nodiscard]] bool isNull() const { return value_.index() == 0; }
  /// Null, or nothing, if the value is of another kind.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  [[nodiscard]] Array* array() { return std::get_if<Array>(&value_); }
  [[nodiscard]] Object* object() { return std::get_if<Object>(&value_); }
  [[nodiscard]] std::optional<double> number() const;
  /// The text of a number, exact for integers beyond 2^53 too.
  [[nodiscard]] std::string numberText() const;
  /// Member of an object; null if absent, or if this is no object.
  [[nodiscard]] const Json* find(std::string_view key) const;
  /// Member of an object that is made where absent; this must be an object.
  [[nodiscard]] Json& member(std::string_view key);
  /// "null", "a number", "a string" ...: how an error names what it got.
  [[nodiscard]] std::string_view kind() const;

 private:
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string,
                             Array, Object>;
  template <class T>
  explicit Json(std::in_place_type_t<T> kind, T value) : value_(kind, std::move(value)) {}

  Value value_;
};

/// RFC 7396: null deletes, objects merge, everything else (arrays too) replaces.
void mergePatch(Json& target, const Json& patch);

/// "/nodes/a1" + "x/y" = "/nodes/a1/x~1y" (RFC 6901).
[[nodiscard]] std::string pointerTo(std::string_view parent, std::string_view key);
/// What a pointer through objects names; null if there is nothing. Arrays are atomic here: a
/// pointer into one names the array.
[[nodiscard]] const Json* findPointer(const Json& root, std::string_view pointer);

}  // namespace sonic
