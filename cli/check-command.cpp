// SPDX-License-Identifier: MIT
#include <cmath>
#include <cstdio>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/offline.h"
#include "engine/document/text.h"
#include "engine/modules/all.h"

namespace sonic::cli {

Result<Ok> runCheck(std::span<const std::string> words) {
  const auto arguments = Arguments::parse(words, {});
  if (!arguments) return arguments.error();
  if (arguments->positional().size() != 1) {
    return Error{ErrorCode::kSchema, "check", "needs one project"};
  }
  const std::string& path = arguments->positional()[0];
  auto files = openProject(path);
  if (!files) return files.error();
  ProjectDocument document(allModules());
  if (const auto loaded = document.load(files->json); !loaded) return inFile(path, loaded.error());
  const double rateHz = document.sampleRateHz();
  const auto project = makeProject(std::move(*files), rateHz, Quality::kLive);
  if (!project) return inFile(path, project.error());
  const auto update = (*project)->update();
  if (!update) return inFile(path, update.error());
  const Graph graph = document.toGraph();
  const Planner& planner = (*project)->planner();
  std::printf("%s: valid; %zu nodes and %zu wires play at %s Hz\n", path.c_str(),
              graph.nodes.size(), graph.wires.size(), numberText(rateHz).c_str());
  std::printf(
      "latency %lld frames (%s ms), memory %zu bytes, plan %zu bytes\n",
      static_cast<long long>(planner.last().latencyFrames),
      numberText(std::round(1e5 * static_cast<double>(planner.last().latencyFrames) / rateHz) /
                 100.0)
          .c_str(),
      planner.memoryBytes(), update->plan.size());
  std::fputs((*project)->describePlan().c_str(), stdout);
  return Ok{};
}

}  // namespace sonic::cli
