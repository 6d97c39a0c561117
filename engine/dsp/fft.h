// SPDX-License-Identifier: MIT
#pragma once
#include <cstddef>
#include <span>

#include "engine/core/arena.h"

namespace sonic {

/// Fast Fourier transforms in float for the audio path, real and imaginary parts in arrays of their
/// own. The transform is the evaluation of a polynomial modulo z^n - c, halved recursively: block b
/// of 2^s blocks splits with the root exp(i pi v(m)), v = van der Corput sequence (the bits of m
/// mirrored behind the point). So one table of roots, a prefix of the next larger one, serves all
/// sizes, and both moduli come from one code path:
///   z^n - 1 (node m = b): the ordinary transform;
///   z^n - i (node m = 2 * 2^s + b): 2n real numbers x as n complex ones x[k] + i x[n + k]; a
///   product of two such spectra is their convolution modulo z^2n + 1. Overlap-save needs neither
///   the untangling that a real transform costs, nor an order of the bins.
/// Source   the z^n - i form: "right-angle convolution", Crandall, Fagin: Discrete Weighted
///          Transforms and Large-Integer Arithmetic, Math. Comp. 62, 1994; splitting instead of
///          twisting: Bernstein, Fast Multiplication and Its Applications, 2008.
class FftRoots {
 public:
  FftRoots() = default;
  /// `table` was filled by fill() for at least the transforms that will use it.
  explicit FftRoots(std::span<const float> table) : table_(table) {}

  /// Floats of the table for transforms of up to `points` complex points (power of two >= 32).
  static std::size_t floats(std::size_t points);
  /// Without libm; about 3 ns per point.
  static void fill(std::span<float> table);

  [[nodiscard]] const float* data() const { return table_.data(); }

 private:
  std::span<const float> table_;  // [node / 4][T re, T im, S re, S im, ST re, ST im][node % 4]
};

/// What a transform is taken modulo, see FftRoots.
enum class FftModulus : std::size_t { kOne = 0, kI = 2 };

/// A transform cut into passes, and these into ranges, so that the convolver can spread one over
/// many cells. Any cut gives the same bits. The bins' order is that of slotOf(). [audio]
class FftPasses {
 public:
  static constexpr std::size_t kMinPoints = 32;
  static constexpr std::size_t kRange = 16;  ///< Ranges begin and end at multiples of it.

  FftPasses() = default;
  FftPasses(FftRoots roots, std::size_t points, FftModulus modulus);

  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] std::size_t count() const { return passes_; }
  /// Pass 0 may have radix 2, which takes about half as long as the others, which have radix 4.
  [[nodiscard]] bool beginsByHalf() const { return beginsByHalf_; }
  /// Pass 0 reads `inRe`, `inIm` and writes `re`, `im`; the others work in place. Passes follow
  /// each other from 0 up; a pass needs all of the one before.
  void forward(std::size_t pass, std::size_t begin, std::size_t end, const float* inRe,
               const float* inIm, float* re, float* im) const noexcept;
  /// The way back, passes from count() - 1 down to 0; the result is `points` times too large.
  void inverse(std::size_t pass, std::size_t begin, std::size_t end, float* re,
               float* im) const noexcept;
  /// Pass 0 of the way back, for those who need only the imaginary part.
  void inverseImaginary(std::size_t begin, std::size_t end, const float* re, const float* im,
                        float* outIm) const noexcept;
  /// Whole transforms.
  void forward(const float* inRe, const float* inIm, float* re, float* im) const noexcept;
  void inverse(float* re, float* im) const noexcept;

  /// Where bin `mirrored` (its number's bits mirrored) lies: the last pass leaves 4 x 4 transposed.
  static constexpr std::size_t slotOf(std::size_t mirrored) {
    return (mirrored & ~std::size_t{15}) | ((mirrored & 3) << 2) | ((mirrored >> 2) & 3);
  }

 private:
  [[nodiscard]] std::size_t nodeOf(std::size_t pass) const;
  [[nodiscard]] std::size_t lengthOf(std::size_t pass) const;

  const float* roots_ = nullptr;
  std::size_t points_ = 0;
  std::size_t passes_ = 0;
  std::size_t root_ = 0;  // node of the whole
  bool beginsByHalf_ = false;
};

/// Real transform with bins in natural order, for 64 ... 16384 frames (power of two). [audio]
class RealFft {
 public:
  void prepare(Arena& arena, std::size_t frames);
  [[nodiscard]] std::size_t frames() const { return 2 * passes_.points(); }
  [[nodiscard]] std::size_t bins() const { return passes_.points() + 1; }
  /// X[k] = sum x[n] exp(-2 pi i k n / frames) for k = 0 ... frames / 2.
  void forward(const float* x, float* re, float* im) noexcept;
  /// The exact way back (scaled by 1 / frames). im[0] and im[frames / 2] do not count.
  void inverse(const float* re, const float* im, float* x) noexcept;

 private:
  template <class Body>
  void forEachPair(Body&& body) const noexcept;

  FftRoots roots_;
  FftPasses passes_;
  std::span<float> re_, im_;  // points in the passes' order
};

}  // namespace sonic
