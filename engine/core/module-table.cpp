// SPDX-License-Identifier: MIT
#include "engine/core/module-table.h"

namespace sonic {

std::size_t ModuleType::audioPorts(Direction direction) const {
  std::size_t count = 0;
  for (const PortSpec& port : ports) {
    if (port.signal == Signal::kAudio && port.direction == direction) ++count;
  }
  return count;
}

bool ModuleType::hasEventPort(Direction direction) const {
  for (const PortSpec& port : ports) {
    if (port.signal == Signal::kEvent && port.direction == direction) return true;
  }
  return false;
}

std::size_t ModuleType::readingFloats() const {
  std::size_t count = 0;
  for (const ReadingSpec& reading : readings) count += reading.count;
  return count;
}

int ModuleType::paramIndex(std::string_view id) const {
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

int ModuleType::portIndex(std::string_view id, Direction direction) const {
  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (ports[i].id == id && ports[i].direction == direction) return static_cast<int>(i);
  }
  return -1;
}

std::size_t ModuleType::audioIndex(std::size_t port) const {
  std::size_t index = 0;
  for (std::size_t i = 0; i < port; ++i) {
    if (ports[i].signal == Signal::kAudio && ports[i].direction == ports[port].direction) ++index;
  }
  return index;
}

int ModuleTable::indexOf(std::string_view id) const {
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (types_[i].info.id == id) return static_cast<int>(i);
  }
  return -1;
}

const ModuleType* ModuleTable::find(std::string_view id) const {
  const int index = indexOf(id);
  return index < 0 ? nullptr : &types_[static_cast<std::size_t>(index)];
}

}  // namespace sonic
