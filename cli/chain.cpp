// SPDX-License-Identifier: MIT
#include "cli/chain.h"

#include <cctype>

#include "cli/arguments.h"
#include "engine/document/json-writer.h"
#include "engine/document/json.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"

namespace sonic::cli {
namespace {

struct Word {
  std::string text;
  std::size_t column = 0;  ///< From 1.
};
using Words = std::vector<Word>;

Error at(std::size_t column, ErrorCode code, std::string sentence) {
  return {code, "chain, column " + std::to_string(column), std::move(sentence)};
}

/// Words of each module: split at '|', then at blanks; quotes hold a word together.
Result<std::vector<Words>> split(std::string_view text) {
  std::vector<Words> modules(1);
  bool inWord = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '|') {
      if (modules.back().empty()) return at(i + 1, ErrorCode::kSchema, "a module was expected");
      modules.emplace_back();
      inWord = false;
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      inWord = false;
    } else {
      if (!inWord) modules.back().push_back({"", i + 1});
      inWord = true;
      if (c != '"' && c != '\'') {
        modules.back().back().text += c;
        continue;
      }
      const std::size_t end = text.find(c, i + 1);
      if (end == text.npos) return at(i + 1, ErrorCode::kSyntax, "this quote is never closed");
      modules.back().back().text += text.substr(i + 1, end - i - 1);
      i = end;
    }
  }
  if (modules.back().empty()) {
    return at(text.size() + 1, ErrorCode::kSchema, "a module was expected");
  }
  return modules;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(a[i])) !=
        std::tolower(static_cast<unsigned char>(b[i]))) {
      return false;
    }
  }
  return true;
}

/// Number of a row as text: "24", "24dB", or a choice's name.
std::optional<double> valueOf(const ParamSpec& row, std::string_view text) {
  for (std::size_t i = 0; i < row.choices.size(); ++i) {
    if (equalsIgnoringCase(row.choices[i], text)) return static_cast<double>(i);
  }
  const std::string_view unit = unitText(row.unit);
  if (!unit.empty() && text.size() > unit.size() &&
      equalsIgnoringCase(text.substr(text.size() - unit.size()), unit)) {
    text.remove_suffix(unit.size());
  }
  return parseNumber(text);
}

const PortSpec* mainPort(const ModuleType& type, Direction direction) {
  for (const PortSpec& port : type.ports) {
    if (port.direction == direction && port.signal == Signal::kAudio &&
        port.role == PortRole::kMain) {
      return &port;
    }
  }
  return nullptr;
}

class Builder {
 public:
  explicit Builder(const ModuleTable& table) : table_(table) {}

  Result<Chain> build(const std::vector<Words>& modules, bool isStereo) {
    if (Result<Ok> added = add("in", "input", 1); !added) return added.error();
    if (isStereo) {
      const Result<Ok> set = assign("in", *table_.find("input"), {"channel=stereo", 1});
      if (!set) return set.error();
    }
    for (std::size_t i = 0; i < modules.size(); ++i) {
      const Word& name = modules[i][0];
      const std::string id = std::to_string(i + 1) + "-" + name.text;
      if (Result<Ok> added = addModule(id, name, i == 0); !added) return added.error();
      for (std::size_t w = 1; w < modules[i].size(); ++w) {
        if (Result<Ok> set = assign(id, *table_.find(name.text), modules[i][w]); !set) {
          return set.error();
        }
      }
    }
    if (Result<Ok> added = add("out", "output", 1); !added) return added.error();
    Json root(Json::Object{{"format", Json::string(std::string(kFormatName))},
                           {"version", Json::number(kFormatVersion)},
                           {"nodes", std::move(nodes_)},
                           {"wires", std::move(wires_)}});
    chain_.project = writeJson(root);
    return std::move(chain_);
  }

 private:
  Result<Ok> addModule(const std::string& id, const Word& name, bool isFirst) {
    const ModuleType* type = table_.find(name.text);
    if (type == nullptr) {
      return at(name.column, ErrorCode::kUnknownId,
                "unknown module " + quotedText(name.text) + ": see sonic modules");
    }
    if (type->info.role == ModuleRole::kEndpoint) {
      return at(name.column, ErrorCode::kUnsupported,
                name.text + " cannot stand in a chain: it begins and ends with the files");
    }
    if (mainPort(*type, Direction::kOut) == nullptr) {
      return at(name.column, ErrorCode::kUnsupported, name.text + " has no audio output");
    }
    const bool isSource = mainPort(*type, Direction::kIn) == nullptr;
    if (isSource && !isFirst) {
      return at(name.column, ErrorCode::kUnsupported,
                name.text + " has no audio input: it can only stand first");
    }
    chain_.startsWithSource = chain_.startsWithSource || isSource;
    return add(id, name.text, name.column);
  }

  /// A node, wired behind the one before it.
  Result<Ok> add(const std::string& id, const std::string& typeId, std::size_t column) {
    const ModuleType* type = table_.find(typeId);
    if (type == nullptr) {
      return at(column, ErrorCode::kUnknownId, "this build has no module " + typeId);
    }
    nodes_.member(id) = Json(Json::Object{{"type", Json::string(typeId)}});
    const PortSpec* in = mainPort(*type, Direction::kIn);
    if (in != nullptr && !lastNode_.empty()) {
      const auto end = [](std::string_view node, std::string_view port) {
        return Json(Json::Array{Json::string(std::string(node)), Json::string(std::string(port))});
      };
      wires_.member("to-" + id) =
          Json(Json::Object{{"from", end(lastNode_, lastPort_)}, {"to", end(id, in->id)}});
    }
    const PortSpec* out = mainPort(*type, Direction::kOut);
    lastNode_ = id;
    lastPort_ = out == nullptr ? "" : out->id;
    return Ok{};
  }

  /// "drive=24" or "response=room.wav".
  Result<Ok> assign(const std::string& node, const ModuleType& type, const Word& word) {
    const std::size_t equals = word.text.find('=');
    const std::string id = word.text.substr(0, equals);
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.text.size()) {
      return at(word.column, ErrorCode::kSyntax,
                "expected parameter=value, got " + quotedText(word.text));
    }
    const std::string value = word.text.substr(equals + 1);
    for (const AssetSpec& slot : type.assets) {
      if (slot.id != id) continue;
      chain_.files.push_back({node, id, std::string(slot.kind), value});
      return Ok{};
    }
    const int row = type.paramIndex(id);
    if (row < 0) {
      std::string known = idList(type.params);
      if (!type.assets.empty()) known += " and for files " + idList(type.assets);
      return at(word.column, ErrorCode::kUnknownId,
                std::string(type.info.id) + " has no " + quotedText(id) + "; it has " + known);
    }
    const ParamSpec& spec = type.params[static_cast<std::size_t>(row)];
    const std::optional<double> number = valueOf(spec, value);
    if (!number || !accepts(spec, *number)) {
      return at(word.column, ErrorCode::kRange,
                id + " must be " + rangeText(spec) + ", got " + quotedText(value));
    }
    Json& params = nodes_.member(node).member("params");
    if (params.object() == nullptr) params = Json(Json::Object{});
    params.member(id) = Json::number(*number);
    return Ok{};
  }

  const ModuleTable& table_;
  Chain chain_;
  Json nodes_ = Json(Json::Object{});
  Json wires_ = Json(Json::Object{});
  std::string lastNode_, lastPort_;
};

}  // namespace

Result<Chain> parseChain(std::string_view text, const ModuleTable& table, bool isStereo) {
  const auto modules = split(text);
  if (!modules) return modules.error();
  return Builder(table).build(*modules, isStereo);
}

}  // namespace sonic::cli
