// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/plan.h"
#include "engine/graph/resolved.h"

namespace sonic {

/// A node's output port whose signal a render wants beside the device's.
struct Tap {
  std::string node;
  std::string port = "out";
};

/// Turns graphs into plans: gives handles, keeps what stays, fades what changes. It takes a plain
/// Graph, never JSON, and is synchronous; only cooking assets happens elsewhere. [main, worker]
class Planner {
 public:
  Planner(const ModuleTable& table, GraphSetup setup);

  /// Blueprints with asset slots that were not cooked yet and without which plan() would fail.
  /// An error if the graph itself is wrong.
  Result<std::vector<Blueprint>> missing(const Graph& graph) const;
  /// What cooking found; the blobs themselves go to the runner.
  void accept(const Blueprint& blueprint, const Measure& measure);

  /// The plan that leads from the last one to this graph. On an error nothing has changed.
  Result<Plan> plan(const Graph& graph);
  /// The next plan is for a runner that holds nothing (a new context).
  void forgetRunner();
  void setTaps(std::vector<Tap> taps) {
    taps_ = std::move(taps);
    isFirst_ = true;
  }

  /// 0 if the node is not in the last plan.
  [[nodiscard]] std::uint32_t handleOf(const std::string& nodeId) const;
  /// The last planned graph: order, widths, latencies. For `sonic check` and the page.
  [[nodiscard]] const Resolved& last() const { return last_; }
  [[nodiscard]] const GraphSetup& setup() const { return setup_; }
  /// Memory of all instances of the last plan.
  [[nodiscard]] std::size_t memoryBytes() const { return memoryBytes_; }

 private:
  [[nodiscard]] const Measure* measureOf(const Blueprint& blueprint) const;
  Result<Resolved> solve(const Graph& graph);

  const ModuleTable& table_;
  GraphSetup setup_;
  std::map<std::uint64_t, Measure> measures_;
  std::map<std::pair<std::string, std::uint64_t>, std::uint32_t> handles_;
  std::uint32_t nextHandle_ = 1;
  Resolved last_;
  bool isFirst_ = true;
  std::vector<Tap> taps_;
  std::size_t memoryBytes_ = 0;
};

/// The stages that lead from one resolved graph to another, written into `plan`. Wires are compared
/// by key: one plan holds both sides and fades if that is free of loops, else removed wires fade
/// before the change and new ones after it.
void buildStages(const Resolved& before, const Resolved& after, const ModuleTable& table,
                 const std::vector<Tap>& taps, Plan& plan);

}  // namespace sonic
