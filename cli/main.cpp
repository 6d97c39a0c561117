// SPDX-License-Identifier: MIT
// sonic: the engine without a browser.
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "cli/report.h"

namespace {

constexpr const char* kHelp = R"(sonic: the Sonic-Core engine on the command line

  sonic modules [--json | --schema]
      The modules; as JSON with ports, parameters and latency; the project file's JSON Schema.
  sonic render PROJECT [--input IN.wav] -o OUT.wav [OPTIONS]
      Plays a project (.json with its files in assets/ beside it, or .sonic) into a file.
  sonic chain "gate threshold=-50 | overdrive drive=24 | amp-crunch | cabinet" IN.wav -o OUT.wav [OPTIONS]
      Plays a file through modules. Choices go by name, an asset slot takes a file name.
  sonic check PROJECT
      Validates a project; prints its warnings, latency and plan.

OPTIONS
  --seconds S      length of the result (default: the input's, or 10 without one)
  --tail S         so much longer than the input, for what rings on (default 0)
  --rate HZ        sample rate (default: the project's; chain: the input's)
  --block N        frames per call, 1..2048 (default 128); never changes the result
  --format F       16, 24 or f32 (default 24)
  --quality Q      live or hq (default live, which is what the page plays)

Exit status 0 only on success. An error is one sentence on standard error, with file and place.
)";

struct Command {
  std::string_view name;
  sonic::Result<sonic::Ok> (*run)(std::span<const std::string> words);
};
constexpr std::array<Command, 4> kCommands{{{"modules", sonic::cli::runModules},
                                            {"render", sonic::cli::runRender},
                                            {"chain", sonic::cli::runChain},
                                            {"check", sonic::cli::runCheck}}};

constexpr int kExitFailed = 1, kExitUsage = 2;

int fail(int status, const std::string& text) {
  sonic::cli::printRemark(text);
  return status;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> words(values + 1, values + count);
  if (words.empty()) return fail(kExitUsage, "a command is missing: see sonic --help");
  for (const std::string& word : words) {
    if (word == "--help" || word == "-h") {
      std::fputs(kHelp, stdout);
      return 0;
    }
  }
  for (const Command& command : kCommands) {
    if (command.name != words[0]) continue;
    const auto result = command.run(std::span(words).subspan(1));
    if (result && std::fflush(stdout) == 0) return 0;
    if (result) return fail(kExitFailed, "standard output cannot be written");
    const sonic::Error& error = result.error();
    return fail(kExitFailed, (error.place.empty() ? "" : error.place + ": ") + error.sentence);
  }
  return fail(kExitUsage, words[0] + " is no command: see sonic --help");
}
