// SPDX-License-Identifier: MIT
#include "engine/dsp/convolver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/support/host.h"
#include "tests/support/signals.h"

namespace sonic::test {
namespace {

// A convolver with the memory that it needs.
class Rig {
 public:
  explicit Rig(const std::vector<float>& response)
      : Rig(std::vector<std::vector<float>>{response}, 0) {}
  Rig(const std::vector<std::vector<float>>& channels, std::size_t channel)
      : blob_(packResponse(channels)) {
    Arena arena(&Rig::more, this);
    convolver.prepare(arena, PackedResponse(blob_), channel);
    convolver.reset();
  }
  std::vector<float> run(const std::vector<float>& x, std::size_t callFrames = kCellFrames) {
    std::vector<float> y = x;
    for (std::size_t begin = 0; begin < y.size();) {
      const std::size_t n = std::min({callFrames, kCellFrames - at_, y.size() - begin});
      convolver.process(y.data() + begin, n, at_, at_ + n == kCellFrames, y.data() + begin);
      at_ = (at_ + n) % kCellFrames;
      begin += n;
    }
    return y;
  }
  void startAt(std::size_t cellOffset) { at_ = cellOffset; }
  [[nodiscard]] std::size_t ringOutFrames() const { return PackedResponse(blob_).ringOutFrames(); }
  [[nodiscard]] const std::vector<std::byte>& blob() const { return blob_; }

  Convolver convolver;

 private:
  static std::byte* more(void* self, std::size_t bytes) {
    auto& memory = static_cast<Rig*>(self)->memory_;
    memory.push_back(std::make_unique<std::byte[]>(bytes));
    return memory.back().get();
  }
  std::vector<std::byte> blob_;
  std::vector<std::unique_ptr<std::byte[]>> memory_;
  std::size_t at_ = 0;
};

// Noise that decays by 60 dB over its length, as rooms do.
std::vector<float> decay(std::uint32_t seed, std::size_t taps) {
  auto h = noise(seed, 1.0, taps);
  for (std::size_t n = 0; n < taps; ++n) {
    h[n] *= static_cast<float>(
        std::pow(10.0, -3.0 * static_cast<double>(n) / static_cast<double>(taps)));
  }
  return h;
}

// Frame n of the convolution, summed in double precision.
double directly(const std::vector<float>& h, const std::vector<float>& x, std::size_t n) {
  double sum = 0.0;
  for (std::size_t k = 0; k <= n && k < h.size(); ++k) {
    sum += static_cast<double>(h[k]) * static_cast<double>(x[n - k]);
  }
  return sum;
}

// Error in dB against the direct sum at every `stride`th frame.
double errorDb(const std::vector<float>& h, const std::vector<float>& x,
               const std::vector<float>& y, std::size_t stride) {
  double error = 0.0, signal = 0.0;
  for (std::size_t n = 0; n < y.size(); n += stride) {
    const double expected = directly(h, x, n);
    error += (y[n] - expected) * (y[n] - expected);
    signal += expected * expected;
  }
  return 10.0 * std::log10(error / signal);
}

class ConvolverTaps : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Lengths, ConvolverTaps,
                         ::testing::Values(1, 31, 32, 33, 63, 64, 65, 480, 481, 992, 993, 2048,
                                           4064, 4096, 8161, 12000));

TEST_P(ConvolverTaps, MatchesTheDirectSumInDoublePrecision) {
  const auto h = decay(1, GetParam());
  const auto x = noise(2, 0.7, GetParam() + 4321);
  EXPECT_LT(errorDb(h, x, Rig(h).run(x), 7), -125.0);
}

TEST(Convolver, LongStereoResponsesMatchTheDirectSum) {
  const std::vector<std::vector<float>> h{decay(3, 48000), decay(4, 48000)};
  const auto x = noise(5, 0.7, 70000);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_LT(errorDb(h[c], x, Rig(h, c).run(x), 499), -120.0) << "channel " << c;
  }
}

TEST(Convolver, FiveSecondsWork) {
  auto h = decay(6, 240000);
  const auto x = noise(7, 0.7, 245000);
  EXPECT_LT(errorDb(h, x, Rig(h).run(x), 4999), -120.0);
}

// A wrong offset of one partition would shift or drop exactly these echoes.
TEST(Convolver, EchoesAtEveryEdgeComeBackInTheirFrame) {
  std::vector<float> h(40000);
  for (const std::size_t at : std::initializer_list<std::size_t>{
           0, 31, 32, 479, 480, 4063, 4064, 16351, 16352, 24543, 24544, 39999}) {
    h[at] = 1.0F;
  }
  const auto y = Rig(h).run(impulse(41000, 5));
  for (std::size_t n = 0; n < 40000; ++n) ASSERT_NEAR(y[n + 5], h[n], 1e-6) << n;
}

TEST(Convolver, AnswersInTheFirstFrame) {
  const auto h = decay(8, 5000);
  EXPECT_EQ(Rig(h).run(impulse(32))[0], h[0]);
}

TEST(Convolver, GivesTheSameBitsForEveryCallLength) {
  const auto h = decay(9, 9000);
  auto x = noise(10, 0.7, 12000);
  x.resize(24000);
  const auto whole = bits(Rig(h).run(x));
  for (const std::size_t callFrames : std::initializer_list<std::size_t>{1, 3, 7, 16, 31}) {
    EXPECT_EQ(bits(Rig(h).run(x, callFrames)), whole) << callFrames;
  }
  Rig varied(h);
  std::vector<float> y;
  for (std::size_t begin = 0, n = 1; begin < x.size(); begin += n, n = n * 5 % 101) {
    const std::vector<float> part(
        x.begin() + static_cast<std::ptrdiff_t>(begin),
        x.begin() + static_cast<std::ptrdiff_t>(std::min(begin + n, x.size())));
    const auto out = varied.run(part);
    y.insert(y.end(), out.begin(), out.end());
  }
  EXPECT_EQ(bits(y), whole);
}

TEST(Convolver, MayBeginInTheMiddleOfACell) {
  const auto h = decay(11, 3000);
  const auto x = noise(12, 0.7, 6000);
  Rig late(h);
  late.startAt(13);
  EXPECT_LT(errorDb(h, x, late.run(x), 7), -125.0);
}

TEST(Convolver, SilenceBecomesExact) {
  for (const std::size_t taps : std::initializer_list<std::size_t>{1, 32, 100, 2048, 9000}) {
    Rig rig(decay(13, taps));
    auto x = noise(14, 0.7, 5000);
    x.resize(5000 + rig.ringOutFrames() + 9000);
    const auto y = rig.run(x);
    EXPECT_EQ(peak(y, 5000 + rig.ringOutFrames()), 0.0) << taps;
  }
}

TEST(Convolver, ResetEqualsNew) {
  const auto h = decay(15, 9000);
  const auto x = noise(16, 0.7, 15000);
  Rig rig(h);
  const auto first = rig.run(x);
  rig.convolver.reset();
  rig.startAt(0);
  EXPECT_EQ(bits(rig.run(x)), bits(first));
}

TEST(Convolver, DoesNotAllocate) {
  Rig rig(decay(17, 9000));
  std::vector<float> x = noise(18, 0.5, 32);
  const std::size_t before = allocationCount();
  for (std::size_t cell = 0; cell < 300; ++cell) {
    rig.convolver.process(x.data(), 32, 0, true, x.data());
  }
  rig.convolver.reset();
  EXPECT_EQ(allocationCount(), before);
}

TEST(PackedResponse, RefusesBlobsOfAWrongForm) {
  Rig rig(decay(19, 3000));
  auto blob = rig.blob();
  EXPECT_EQ(PackedResponse(blob).taps(), 3000U);
  EXPECT_EQ(PackedResponse(AssetBlob{}).channels(), 0U);
  blob.pop_back();
  EXPECT_EQ(PackedResponse(blob).channels(), 0U);
  blob = rig.blob();
  blob[0] ^= std::byte{1};
  EXPECT_EQ(PackedResponse(blob).channels(), 0U);
  blob = rig.blob();
  blob[9] ^= std::byte{0xFF};  // another number of taps
  EXPECT_EQ(PackedResponse(blob).channels(), 0U);
}

}  // namespace
}  // namespace sonic::test
