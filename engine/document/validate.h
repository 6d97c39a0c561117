// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/module-table.h"
#include "engine/core/result.h"
#include "engine/document/json.h"

namespace sonic {

/// What a project file may hold; documentSchemaJson() says the same to others.
inline constexpr std::string_view kFormatName = "sonic-core";
inline constexpr std::int64_t kFormatVersion = 1;
inline constexpr double kMinSampleRateHz = 8000.0, kMaxSampleRateHz = 768000.0;
inline constexpr double kDefaultSampleRateHz = 48000.0;
inline constexpr double kMinTempoBpm = 10.0, kMaxTempoBpm = 999.0, kDefaultTempoBpm = 120.0;
inline constexpr std::int64_t kMaxBeatsPerBar = 64, kMaxBeatUnit = 64;  ///< 4/4: beats / unit.
inline constexpr double kMaxWireGain = 16.0;                            ///< +24 dB, either sign.
inline constexpr std::int64_t kMaxWireDelayFrames = std::int64_t{1} << 20U;

/// What a check found. An error refuses the document. A warning is kept in the file and left out of
/// the sound: something that a newer version or another person's edit may mean.
struct Finding {
  bool isError = true;
  Error error;
};
using Findings = std::vector<Finding>;

/// Type of a node, nothing if there is no such node. Valid until the document changes.
using NodeTypes = std::function<std::optional<std::string_view>(std::string_view nodeId)>;

/// The four strings of a well-formed wire.
struct WireEnds {
  std::string_view fromNode, fromPort, toNode, toPort;
};
[[nodiscard]] std::optional<WireEnds> wireEnds(const Json& wire);
/// Why a well-formed wire cannot be played: its place is "from" or "to". kMissing: a node is gone.
[[nodiscard]] std::optional<Error> wireProblem(const WireEnds& ends, const ModuleTable& table,
                                               const NodeTypes& types);

/// "<row>" of a port "param:<row>", else nothing.
[[nodiscard]] std::optional<std::string_view> paramOfPort(std::string_view port);
/// 64 lower-case hex digits.
[[nodiscard]] bool isSha256(std::string_view text);

void checkNode(std::string_view id, const Json& node, const ModuleTable& table, Findings& findings);
void checkWire(std::string_view id, const Json& wire, const ModuleTable& table,
               const NodeTypes& types, Findings& findings);
void checkAsset(std::string_view sha256, const Json& asset, Findings& findings);
void checkTransport(const Json& transport, Findings& findings);
void checkSampleRate(const Json& sampleRateHz, Findings& findings);

/// Everything, caps on nodes and wires included; `root` must be an object.
[[nodiscard]] Findings checkDocument(const Json& root, const ModuleTable& table);
[[nodiscard]] Error tooMany(std::string_view collection, std::size_t count, std::size_t cap);

/// Value of one parameter as a file or a command gives it; the Error has no place.
[[nodiscard]] std::optional<Error> paramProblem(const ModuleType& type, std::string_view id,
                                                double value);

}  // namespace sonic
