// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "engine/document/schema.h"
#include "engine/modules/all.h"

namespace sonic::cli {

Result<Ok> runModules(std::span<const std::string> words) {
  constexpr Option kOptions[] = {{"--json", false}, {"--schema", false}};
  const Result<Arguments> arguments = Arguments::parse(words, kOptions);
  if (!arguments) return arguments.error();
  if (!arguments->positional().empty()) {
    return Error{ErrorCode::kSchema, arguments->positional()[0], "was not expected here"};
  }
  if (arguments->has("--schema")) {
    std::puts(documentSchemaJson(allModules(), 2).c_str());
  } else if (arguments->has("--json")) {
    std::puts(moduleTableJson(allModules(), 2).c_str());
  } else {
    int width = 0;
    for (const ModuleType& type : allModules().types()) {
      width = std::max(width, static_cast<int>(type.info.id.size()));
    }
    for (const ModuleType& type : allModules().types()) {
      const auto [id, label, category, summary, role] = type.info;
      std::printf("%-*.*s  %-10.*s  %.*s\n", width, static_cast<int>(id.size()), id.data(),
                  static_cast<int>(category.size()), category.data(),
                  static_cast<int>(summary.size()), summary.data());
    }
  }
  return Ok{};
}

}  // namespace sonic::cli
