// SPDX-License-Identifier: MIT
#include "engine/sequence/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sonic {

const Anchor& Transport::governing(std::int64_t frame) const noexcept {
  std::size_t i = count_ - 1;
  while (i > 0 && anchors_[i].frame > frame) --i;
  return anchors_[i];
}

bool Transport::set(const Anchor& anchor, std::int64_t nowFrame) noexcept {
  // What lies behind the governing anchor is history.
  std::size_t past = 0;
  while (past + 1 < count_ && anchors_[past + 1].frame <= nowFrame) ++past;
  if (past > 0) {
    std::copy(anchors_.begin() + static_cast<std::ptrdiff_t>(past),
              anchors_.begin() + static_cast<std::ptrdiff_t>(count_), anchors_.begin());
    count_ -= past;
  }
  if (anchor.frame < anchors_[0].frame || !std::isfinite(anchor.beat)) return false;
  if (!(anchor.tempoBpm > 0.0) || !(anchor.tempoBpm <= kMaxTempoBpm)) return false;
  std::size_t at = count_;
  while (at > 0 && anchors_[at - 1].frame >= anchor.frame) --at;
  if (at < count_ && anchors_[at].frame == anchor.frame) {
    anchors_[at] = anchor;
    return true;
  }
  if (count_ == kMaxAnchors) return false;
  std::copy_backward(anchors_.begin() + static_cast<std::ptrdiff_t>(at),
                     anchors_.begin() + static_cast<std::ptrdiff_t>(count_),
                     anchors_.begin() + static_cast<std::ptrdiff_t>(count_ + 1));
  anchors_[at] = anchor;
  ++count_;
  return true;
}

Time Transport::at(std::int64_t frame) const noexcept {
  const Anchor& anchor = governing(frame);
  Time time;
  time.frame = frame;
  time.beatsPerFrame = anchor.tempoBpm / (60.0 * sampleRateHz_);
  time.beat = anchor.beat;
  if (anchor.playing) time.beat += static_cast<double>(frame - anchor.frame) * time.beatsPerFrame;
  time.bar = time.beat / beatsPerBar_;
  time.playing = anchor.playing;
  return time;
}

std::int64_t Transport::nextChangeAfter(std::int64_t frame) const noexcept {
  for (std::size_t i = 0; i < count_; ++i) {
    if (anchors_[i].frame > frame) return anchors_[i].frame;
  }
  return std::numeric_limits<std::int64_t>::max();
}

void Transport::reset(std::int64_t nowFrame) noexcept {
  Anchor now = governing(nowFrame);
  now.frame = 0;
  now.beat = 0.0;
  anchors_[0] = now;
  count_ = 1;
}

}  // namespace sonic
