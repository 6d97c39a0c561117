// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

namespace sonic::cli {

/// One line "sonic: TEXT" on standard error. Ids and names come from untrusted files: control
/// characters are shown as '?', so that a line stays one line and no terminal obeys them.
void printRemark(std::string_view text);

}  // namespace sonic::cli
