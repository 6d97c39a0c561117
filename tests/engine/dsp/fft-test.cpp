// SPDX-License-Identifier: MIT
#include "engine/dsp/fft.h"

#include <gtest/gtest.h>

#include <bit>

#include "engine/dsp/fft-double.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

using Complex = std::complex<double>;

// Arena over memory that lasts as long as the test.
struct Memory {
  std::vector<std::vector<std::byte>> blocks;
  Arena arena{&Memory::more, this};
  static std::byte* more(void* self, std::size_t bytes) {
    auto& blocks = static_cast<Memory*>(self)->blocks;
    blocks.emplace_back(bytes);
    return blocks.back().data();
  }
};

std::size_t mirrored(std::size_t k, std::size_t points) {
  std::size_t m = 0;
  for (std::size_t bit = 1; bit < points; bit *= 2) m = 2 * m + ((k & bit) != 0 ? 1 : 0);
  return m;
}

std::vector<float> rootsFor(std::size_t points) {
  std::vector<float> table(FftRoots::floats(points));
  FftRoots::fill(table);
  return table;
}

class FftSizes : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(PowersOfTwo, FftSizes,
                         ::testing::Values(32, 64, 128, 256, 512, 1024, 2048, 4096, 8192));

TEST(FftDouble, MatchesTheDefinitionAndComesBack) {
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{8}, std::size_t{64}}) {
    const auto re = noise(1, 1.0, n), im = noise(2, 1.0, n);
    std::vector<Complex> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = {re[i], im[i]};
    auto y = x;
    fftDouble(y, FftDirection::kForward);
    for (std::size_t k = 0; k < n; ++k) {
      Complex sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        sum += x[i] * std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(i * k % n) /
                                          static_cast<double>(n));
      }
      EXPECT_LT(std::abs(y[k] - sum), 1e-12);
    }
    fftDouble(y, FftDirection::kInverse);
    for (std::size_t i = 0; i < n; ++i) EXPECT_LT(std::abs(y[i] - x[i]), 1e-14);
  }
}

// Both moduli against the double transform: z^n - 1 directly, z^n - i by twisting its input.
TEST_P(FftSizes, PassesMatchDoublePrecision) {
  const std::size_t n = GetParam();
  const auto table = rootsFor(n);
  for (const FftModulus modulus : {FftModulus::kOne, FftModulus::kI}) {
    const FftPasses passes(FftRoots(table), n, modulus);
    const auto inRe = noise(3, 1.0, n), inIm = noise(4, 1.0, n);
    std::vector<float> re(n), im(n);
    passes.forward(inRe.data(), inIm.data(), re.data(), im.data());
    std::vector<Complex> x(n);
    for (std::size_t i = 0; i < n; ++i) {
      const double turn = modulus == FftModulus::kI ? 0.25 : 0.0;
      x[i] = Complex{inRe[i], inIm[i]} *
             std::polar(1.0, 2.0 * std::numbers::pi * turn * static_cast<double>(i) /
                                 static_cast<double>(n));
    }
    fftDouble(x, FftDirection::kInverse);  // exp(+...), as the passes turn
    double error = 0.0, signal = 0.0;
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t slot = FftPasses::slotOf(mirrored(k, n));
      const Complex expected = x[k] * static_cast<double>(n);
      error += std::norm(Complex{re[slot], im[slot]} - expected);
      signal += std::norm(expected);
    }
    EXPECT_LT(10.0 * std::log10(error / signal), -135.0) << "modulus " << static_cast<int>(modulus);
  }
}

TEST_P(FftSizes, InverseComesBackInWholeAndInTheImaginaryPart) {
  const std::size_t n = GetParam();
  const auto table = rootsFor(n);
  const FftPasses passes(FftRoots(table), n, FftModulus::kI);
  const auto inRe = noise(5, 1.0, n), inIm = noise(6, 1.0, n);
  std::vector<float> re(n), im(n), imaginary(n);
  passes.forward(inRe.data(), inIm.data(), re.data(), im.data());
  for (std::size_t pass = passes.count() - 1; pass > 0; --pass) {
    passes.inverse(pass, 0, n, re.data(), im.data());
  }
  passes.inverseImaginary(0, n, re.data(), im.data(), imaginary.data());
  passes.inverse(0, 0, n, re.data(), im.data());
  EXPECT_EQ(bits(imaginary), bits(im));
  for (std::size_t i = 0; i < n; ++i) {
    re[i] /= static_cast<float>(n);
    im[i] /= static_cast<float>(n);
  }
  EXPECT_LT(esrDb(re, inRe), -132.0);
  EXPECT_LT(esrDb(im, inIm), -132.0);
}

TEST_P(FftSizes, AnyCutOfThePassesGivesTheSameBits) {
  const std::size_t n = GetParam();
  const auto table = rootsFor(n);
  const FftPasses passes(FftRoots(table), n, FftModulus::kI);
  const auto inRe = noise(7, 1.0, n), inIm = noise(8, 1.0, n);
  std::vector<float> re(n), im(n), cutRe(n), cutIm(n);
  passes.forward(inRe.data(), inIm.data(), re.data(), im.data());
  for (std::size_t pass = 0; pass < passes.count(); ++pass) {
    for (std::size_t at = 0; at < n; at += FftPasses::kRange) {
      passes.forward(pass, at, at + FftPasses::kRange, inRe.data(), inIm.data(), cutRe.data(),
                     cutIm.data());
    }
  }
  EXPECT_EQ(bits(cutRe), bits(re));
  EXPECT_EQ(bits(cutIm), bits(im));
}

TEST(FftPasses, AShorterTransformUsesTheBeginningOfALongerTable) {
  const auto small = rootsFor(64), large = rootsFor(4096);
  for (std::size_t i = 0; i < small.size(); ++i) ASSERT_EQ(small[i], large[i]);
}

TEST_P(FftSizes, RealTransformMatchesDoublePrecision) {
  const std::size_t n = 2 * GetParam();
  Memory memory;
  RealFft fft;
  fft.prepare(memory.arena, n);
  ASSERT_EQ(fft.frames(), n);
  const auto x = noise(9, 1.0, n);
  std::vector<float> re(fft.bins()), im(fft.bins());
  fft.forward(x.data(), re.data(), im.data());
  std::vector<Complex> expected(x.begin(), x.end());
  fftDouble(expected, FftDirection::kForward);
  double error = 0.0, signal = 0.0;
  for (std::size_t k = 0; k <= n / 2; ++k) {
    error += std::norm(Complex{re[k], im[k]} - expected[k]);
    signal += std::norm(expected[k]);
  }
  EXPECT_LT(10.0 * std::log10(error / signal), -135.0);
  std::vector<float> y(n);
  fft.inverse(re.data(), im.data(), y.data());
  EXPECT_LT(esrDb(y, x), -132.0);
}

}  // namespace
}  // namespace sonic::test
