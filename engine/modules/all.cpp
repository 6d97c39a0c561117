// SPDX-License-Identifier: MIT
#include "engine/modules/all.h"

namespace sonic {

const ModuleTable& allModules() {
  static const ModuleTable table{AllModules{}};
  return table;
}

}  // namespace sonic
