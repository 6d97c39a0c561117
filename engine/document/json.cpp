// SPDX-License-Identifier: MIT
#include "engine/document/json.h"

#include <array>
#include <cmath>

#include "engine/document/text.h"

namespace sonic {

// Out of line: inlined into callers, g++ 12 takes the variant's moves for uninitialised reads.
Json::Json() = default;
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::number(double value) {
  if (isExactInteger(value)) return number(static_cast<std::int64_t>(value));
  return Json(std::in_place_type<double>, value);
}
Json Json::number(std::int64_t value) {
  return Json(std::in_place_type<std::int64_t>, value);
}
Json Json::number(std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(INT64_MAX)) {
    return number(static_cast<std::int64_t>(value));
  }
  return Json(std::in_place_type<std::uint64_t>, value);
}
Json Json::boolean(bool value) {
  return Json(std::in_place_type<bool>, value);
}
Json Json::string(std::string value) {
  return Json(std::in_place_type<std::string>, std::move(value));
}

std::optional<double> Json::number() const {
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*u);
  if (const auto* d = std::get_if<double>(&value_)) return *d;
  return std::nullopt;
}

std::string Json::numberText() const {
  if (const auto* i = std::get_if<std::int64_t>(&value_)) return std::to_string(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&value_)) return std::to_string(*u);
  const auto* d = std::get_if<double>(&value_);
  return d != nullptr ? sonic::numberText(*d) : std::string();
}

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto it = members->find(key);
  return it == members->end() ? nullptr : &it->second;
}

Json& Json::member(std::string_view key) {
  Object& members = *object();
  const auto it = members.find(key);
  return it != members.end() ? it->second : members.emplace(std::string(key), Json()).first->second;
}

std::string_view Json::kind() const {
  constexpr std::array<std::string_view, 8> kKinds{
      "null", "a boolean", "a number", "a number", "a number", "a string", "an array", "an object"};
  return kKinds[value_.index()];
}

void mergePatch(Json& target, const Json& patch) {
  const Json::Object* changes = patch.object();
  if (changes == nullptr) {
    target = patch;
    return;
  }
  if (target.object() == nullptr) target = Json(Json::Object{});
  for (const auto& [key, change] : *changes) {
    if (change.isNull())
      target.object()->erase(key);
    else
      mergePatch(target.member(key), change);
  }
}

std::string pointerTo(std::string_view parent, std::string_view key) {
  std::string pointer(parent);
  pointer += '/';
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  return pointer;
}

const Json* findPointer(const Json& root, std::string_view pointer) {
  const Json* at = &root;
  while (at != nullptr && at->object() != nullptr && !pointer.empty()) {
    pointer.remove_prefix(1);  // '/'
    const std::size_t length = std::min(pointer.find('/'), pointer.size());
    std::string key;
    for (std::size_t i = 0; i < length; ++i) {
      if (pointer[i] == '~' && i + 1 < length)
        key += pointer[++i] == '0' ? '~' : '/';
      else
        key += pointer[i];
    }
    pointer.remove_prefix(length);
    at = at->find(key);
  }
  return pointer.empty() || (at != nullptr && at->array() != nullptr) ? at : nullptr;
}

}  // namespace sonic
