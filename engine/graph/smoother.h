// SPDX-License-Identifier: MIT
#pragma once
#include "engine/core/param.h"

namespace sonic {

/// The host's smoothing of one parameter row: a linear course in the plain value, advanced cell by
/// cell. It reaches a new target after 10 ms (kKnob) or 50 ms (kGlide), at once without smoothing
/// or for choices, and then stands exactly on it. [audio]
class Smoother {
 public:
  void prepare(const ParamSpec& spec, float sampleRateHz) {
    const float seconds = spec.smoothing == Smoothing::kGlide ? 0.05F : 0.01F;
    const float cells = seconds * sampleRateHz / static_cast<float>(kCellFrames);
    cells_ = spec.smoothing == Smoothing::kNone || !spec.choices.empty()
                 ? 0
                 : static_cast<int>(cells + 0.999F);
  }
  /// Stands on `value` without a ramp.
  void jump(float value) noexcept {
    now_ = goal_ = value;
    left_ = 0;
  }
  void setGoal(float value) noexcept {
    goal_ = value;
    left_ = cells_;
    if (left_ == 0) now_ = value;
  }
  /// The ramp of the next cell. Called once at each cell's first frame.
  Ramp advance() noexcept {
    if (left_ == 0) return {now_, 0.0F, now_};
    const float begin = now_;
    now_ = left_ == 1 ? goal_ : now_ + (goal_ - now_) / static_cast<float>(left_);
    --left_;
    return Ramp::between(begin, now_);
  }
  [[nodiscard]] float goal() const noexcept { return goal_; }
  [[nodiscard]] bool isMoving() const noexcept { return left_ != 0; }

 private:
  float now_ = 0.0F;
  float goal_ = 0.0F;
  int cells_ = 0;
  int left_ = 0;
};

}  // namespace sonic
