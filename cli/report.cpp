// SPDX-License-Identifier: MIT
#include "cli/report.h"

#include <cstdio>
#include <string>

namespace sonic::cli {

void printRemark(std::string_view text) {
  std::string line = "sonic: ";
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? '?' : c;
  std::fprintf(stderr, "%s\n", line.c_str());
}

}  // namespace sonic::cli
