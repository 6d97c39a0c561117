// SPDX-License-Identifier: MIT
#pragma once
#include <complex>
#include <span>

namespace sonic {

enum class FftDirection { kForward, kInverse };

/// In-place transform in double precision, for cooking and analysis off the audio thread: any
/// power of two, bins in natural order, the inverse scaled by 1 / n. [main, worker]
void fftDouble(std::span<std::complex<double>> x, FftDirection direction);

}  // namespace sonic
