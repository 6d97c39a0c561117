// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/document/json.h"

namespace sonic {

/// Writes JSON text piece by piece, keys in the order given. Numbers are the shortest text that
/// reads back as the same double. `indent` 0: one line. [main, worker]
class JsonWriter {
 public:
  explicit JsonWriter(std::size_t indent = 0) : indent_(indent) {}

  JsonWriter& beginObject() { return begin('{'); }
  JsonWriter& endObject() { return end('}'); }
  JsonWriter& beginArray() { return begin('['); }
  JsonWriter& endArray() { return end(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);
  JsonWriter& value(std::size_t number) { return value(static_cast<double>(number)); }
  JsonWriter& value(bool flag);
  JsonWriter& value(const Json& json);
  /// key() and value() in one.
  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void separate();
  void breakLine();
  void quote(std::string_view text);

  std::string text_;
  std::size_t indent_;
  std::size_t depth_ = 0;
  bool first_ = true;      // nothing stands in the innermost container yet
  bool afterKey_ = false;  // the next value belongs to a key
};

/// The canonical text of a value: keys sorted, no spaces.
[[nodiscard]] std::string writeJson(const Json& json);

}  // namespace sonic
