// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace sonic {

/// The causal response with the given magnitude whose energy comes as early as it can.
/// `magnitude[k]` at k / N of the rate for k = 0 ... N / 2, N a power of two and at least 8 times
/// the length of the response that will be used of the N frames returned. Magnitudes are held
/// above -80 dB of their peak. [main, worker]
///
/// Method   folding of the real cepstrum: Oppenheim, Schafer: Discrete-Time Signal Processing.
[[nodiscard]] std::vector<double> minimumPhase(std::span<const double> magnitude);

/// Cuts to `taps` and turns the last quarter down along half a cosine. [main, worker]
void fadeOut(std::vector<double>& response, std::size_t taps);

}  // namespace sonic
