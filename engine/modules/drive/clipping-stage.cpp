// SPDX-License-Identifier: MIT
#include "engine/modules/drive/clipping-stage.h"

namespace sonic {

void ClippingCircuit::prepare(Arena& arena, float rateHz) {
  constexpr float kResistorOhm = 4.7e3F, kSeriesF = 47e-9F, kFeedbackF = 51e-12F;
  for (std::span<float>* table : {&p_, &y_, &first_, &second_, &w_, &offset_, &slope_})
    *table = arena.allocate<float>(kNodes);
  if (slope_.empty()) return;  // the host sees that the memory did not suffice

  resistance_ = 1.0F / (2.0F * kFeedbackF * rateHz * static_cast<float>(kSteps));
  const float seriesOhm = 1.0F / (2.0F * kSeriesF * rateHz);  // of the 47 n, by the trapezoid
  currentPerVolt_ = resistance_ / (kSlopeV * (kResistorOhm + seriesOhm));
  chargePerCurrent_ = 2.0F * seriesOhm * kSlopeV / resistance_;
  const float least = 1.0F + resistance_ / kMaxFeedbackOhm;
  const float most = 1.0F + resistance_ / kMinFeedbackOhm;
  middleU_ = 1.0F / math::sqrt(least * most);
  const float beta = 2.0F * resistance_ * kSaturationA / kSlopeV * middleU_;

  for (std::size_t k = 1; k < kNodes; ++k)
    p_[k] = __builtin_bit_cast(float, (static_cast<std::int32_t>(k) + kFirstLine) << kShift);
  const simd::F4 d;
  const auto one = simd::Set(d, 1.0F);
  const auto half = simd::Set(d, 0.5F * beta);
  auto pBefore = simd::Zero(d), y = simd::Zero(d), yPerP = one;
  for (std::size_t k = 0; k < kNodes; k += 4) {
    // Newton from the tangent at the nodes before: from above, so it never overshoots.
    const auto p = simd::LoadU(d, p_.data() + k);
    y = simd::Add(y, simd::Mul(yPerP, simd::Sub(p, pBefore)));
    pBefore = p;
    auto s = simd::Zero(d), c = simd::Zero(d);
    const auto curve = [&] {  // beta sinh y and beta cosh y
      const auto grown = simd::exp(d, y);
      const auto shrunk = simd::Div(one, grown);
      s = simd::Mul(half, simd::Sub(grown, shrunk));
      c = simd::Mul(half, simd::Add(grown, shrunk));
    };
    for (int i = 0; i < 2; ++i) {
      curve();
      y = simd::Sub(y, simd::Div(simd::Sub(simd::Add(y, s), p), simd::Add(one, c)));
    }
    curve();
    // The derivatives by ln(beta): dy = -s / (1 + c), and its own by the quotient rule.
    yPerP = simd::Div(one, simd::Add(one, c));
    const auto dy = simd::Neg(simd::Mul(s, yPerP));
    const auto ds = simd::Add(s, simd::Mul(c, dy));
    const auto dc = simd::Add(c, simd::Mul(s, dy));
    const auto ddy = simd::Neg(simd::Mul(simd::Add(ds, simd::Mul(dy, dc)), yPerP));
    simd::StoreU(y, d, y_.data() + k);
    simd::StoreU(dy, d, first_.data() + k);
    simd::StoreU(simd::Mul(ddy, simd::Set(d, 0.5F)), d, second_.data() + k);
  }
}

void ClippingCircuit::setFeedback(float ohms) noexcept {
  load_ = resistance_ / ohms;
  u_ = 1.0F / (1.0F + load_);
  const simd::F4 d;
  const auto gain = simd::Set(d, 2.0F * u_);
  const auto turn = simd::Set(d, math::log(u_ / middleU_));
  for (std::size_t k = 0; k < w_.size(); k += 4) {
    auto y = simd::Mul(simd::LoadU(d, second_.data() + k), turn);
    y = simd::Mul(simd::Add(y, simd::LoadU(d, first_.data() + k)), turn);
    y = simd::Add(y, simd::LoadU(d, y_.data() + k));
    simd::StoreU(simd::Mul(gain, y), d, w_.data() + k);
  }
  for (std::size_t k = 0; k + 4 < slope_.size(); k += 4) {
    const auto w = simd::LoadU(d, w_.data() + k);
    const auto p = simd::LoadU(d, p_.data() + k);
    const auto rise = simd::Sub(simd::LoadU(d, w_.data() + k + 1), w);
    const auto slope = simd::Div(rise, simd::Sub(simd::LoadU(d, p_.data() + k + 1), p));
    const auto offset = simd::Sub(w, simd::Mul(slope, p));
    simd::StoreU(simd::Max(offset, simd::Zero(d)), d, offset_.data() + k);
    simd::StoreU(simd::Sub(slope, simd::Set(d, 1.0F)), d, slope_.data() + k);
  }
}

}  // namespace sonic
