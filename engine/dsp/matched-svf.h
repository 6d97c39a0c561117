// SPDX-License-Identifier: MIT
#pragma once
#include "engine/dsp/svf.h"

namespace sonic {

enum class MatchedShape { kBell, kLowShelf, kHighShelf, kLowCut, kHighCut, kNotch };

/// Coefficients of a second-order section whose magnitude follows the analog prototype up to 0.38
/// of the rate (18 kHz at 48), where a bilinear design is cramped by several dB. For Q 0.1..40 and
/// +-24 dB the error stays below 0.3 dB for bells, high cuts, shelves up to Q 2 or 3 kHz, low cuts
/// up to Q 2 or 8 kHz, notches from Q 0.5 on. Beyond, no second-order section follows: low cuts of
/// any Q err by 0.6 dB to 15 kHz and 1.5 to 19, narrow shelves by 1 dB to 6 kHz and, with their
/// peak at the top, by up to 7. Costs about a microsecond: call it when a knob has moved. [audio]
///
/// Method   Any second-order section is (hn s^2 + hb s + hd) / (s^2 + k s + 1) with s = j tan(w/2)
///          / g, which an SVF can play. Its squared magnitude is rational in T = tan^2(w/2):
///          (hd^2 + n1 T + n2 T^2) / (1 + d1 T + d2 T^2), so demanding the analog magnitude at DC
///          and four frequencies is a linear system in n1, n2, d1, d2. Where its solution is no
///          filter (nearly cancelling poles and zeros), and for high cuts, the poles are the analog
///          ones by impulse invariance and only n1, n2 are fitted. Narrow shelves have their peak
///          and their dip in place instead.
/// Source   the pole mapping and its use: Vicanek, "Matched Second Order Digital Filters", 2016.
SvfCoefficients matchedSvf(MatchedShape shape, float hz, float q, float gainDb,
                           float sampleRateHz) noexcept;

}  // namespace sonic
