// SPDX-License-Identifier: MIT
#include "engine/document/json-writer.h"

#include <array>
#include <cstdio>

#include "engine/document/text.h"

namespace sonic {

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  quote(name);
  text_ += indent_ == 0 ? ":" : ": ";
  afterKey_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  quote(text);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  text_ += numberText(number);
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  text_ += flag ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::value(const Json& json) {
  if (const std::string* text = json.string()) return value(*text);
  if (const bool* flag = json.boolean()) return value(*flag);
  if (const Json::Array* array = json.array()) {
    beginArray();
    for (const Json& element : *array) value(element);
    return endArray();
  }
  if (const Json::Object* object = json.object()) {
    beginObject();
    for (const auto& [name, content] : *object) member(name, content);
    return endObject();
  }
  separate();
  text_ += json.isNull() ? "null" : json.numberText();
  return *this;
}

JsonWriter& JsonWriter::begin(char bracket) {
  separate();
  text_ += bracket;
  ++depth_;
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) breakLine();
  text_ += bracket;
  first_ = false;
  return *this;
}

void JsonWriter::separate() {
  if (afterKey_) {
    afterKey_ = false;
    return;
  }
  if (!first_) text_ += ',';
  if (depth_ > 0) breakLine();
  first_ = false;
}

void JsonWriter::breakLine() {
  if (indent_ == 0) return;
  text_ += '\n';
  text_.append(depth_ * indent_, ' ');
}

void JsonWriter::quote(std::string_view text) {
  text_ += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (byte < 0x20U) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(byte));
      text_ += escape.data();
    } else {
      text_ += c;
    }
  }
  text_ += '"';
}

std::string writeJson(const Json& json) {
  return JsonWriter().value(json).take();
}

}  // namespace sonic
