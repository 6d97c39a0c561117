// SPDX-License-Identifier: MIT
#include "engine/document/json-reader.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/document/text.h"

namespace sonic {
namespace {

/// Input iterator that tells how far the lexer has read: SAX callbacks do not say where they are.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    const CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

/// Builds a Json from nlohmann's events and stops at the first thing that is over a limit.
class Builder {
 public:
  Builder(const JsonLimits& limits, const char* begin, const char* const* furthest)
      : limits_(limits), begin_(begin), furthest_(furthest) {}

  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json::boolean(value)); }
  bool number_integer(std::int64_t value) { return add(Json::number(value)); }
  bool number_unsigned(std::uint64_t value) { return add(Json::number(value)); }
  bool number_float(double value, const std::string&) { return add(Json::number(value)); }
  bool string(std::string& value) { return add(Json::string(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) { return false; }  // not in JSON text
  bool start_object(std::size_t) { return open(Json(Json::Object{})); }
  bool start_array(std::size_t) { return open(Json(Json::Array{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    if (open_.back()->find(name) != nullptr) {
      return fail(ErrorCode::kSyntax, "key " + quotedText(name) + " stands twice in one object");
    }
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& problem) {
    // "[json.exception...] parse error at line 1, column 2: syntax error while parsing value - why"
    std::string_view why = problem.what();
    const std::size_t bracket = why.find("] ");
    if (bracket != std::string_view::npos) why.remove_prefix(bracket + 2);
    const std::size_t dash = why.find(" - ");
    if (dash != std::string_view::npos) why.remove_prefix(dash + 3);
    const std::size_t lastRead = why.find("; last read: ");
    const std::size_t expected = why.find("; expected ");
    std::string sentence = "is not JSON: ";
    sentence += printable(why.substr(0, std::min(lastRead, expected)));
    if (expected != std::string_view::npos) sentence += printable(why.substr(expected));
    error_ = Error{ErrorCode::kSyntax, "byte " + std::to_string(position), std::move(sentence)};
    return false;
  }

  [[nodiscard]] std::optional<Error>& error() { return error_; }
  [[nodiscard]] Json& root() { return root_; }

 private:
  /// The parser quotes what it read; that may be long and is not always text.
  static std::string printable(std::string_view text) {
    std::string result;
    for (const char c : text.substr(0, 100)) result += c >= 0x20 && c < 0x7F ? c : '?';
    return result;
  }
  bool fail(ErrorCode code, std::string sentence) {
    error_ = Error{code, "byte " + std::to_string(*furthest_ - begin_), std::move(sentence)};
    return false;
  }
  /// Puts a value where the open container wants it; `last_` points at it.
  bool add(Json value) {
    if (++values_ > limits_.values) {
      return fail(ErrorCode::kTooLarge,
                  "has more than " + std::to_string(limits_.values) + " values");
    }
    if (open_.empty()) {
      root_ = std::move(value);
      last_ = &root_;
    } else if (Json::Array* array = open_.back()->array()) {
      last_ = &array->emplace_back(std::move(value));
    } else {
      last_ = &open_.back()->object()->emplace(std::move(key_), std::move(value)).first->second;
    }
    return true;
  }
  bool open(Json container) {
    if (open_.size() >= limits_.depth) {
      return fail(ErrorCode::kTooLarge,
                  "is nested deeper than " + std::to_string(limits_.depth) + " levels");
    }
    if (!add(std::move(container))) return false;
    open_.push_back(last_);
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  JsonLimits limits_;
  const char* begin_;
  const char* const* furthest_;
  Json root_;
  Json* last_ = nullptr;
  std::vector<Json*> open_;  // a container only grows while it is the innermost: pointers hold
  std::string key_;
  std::size_t values_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<Json> readJson(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return Error{ErrorCode::kTooLarge, "byte " + std::to_string(limits.bytes),
                 "is " + std::to_string(text.size()) + " bytes long; at most " +
                     std::to_string(limits.bytes) + " are read"};
  }
  const char* furthest = text.data();
  Builder builder(limits, text.data(), &furthest);
  nlohmann::json::sax_parse(CountingIterator(text.data(), &furthest),
                            CountingIterator(text.data() + text.size(), &furthest), &builder);
  if (builder.error()) return std::move(*builder.error());
  return std::move(builder.root());
}

Result<Json> readJson(std::span<const std::byte> bytes, const JsonLimits& limits) {
  return readJson(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()),
                  limits);
}

}  // namespace sonic
