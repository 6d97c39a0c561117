// SPDX-License-Identifier: MIT
#include "engine/document/sonic-file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "engine/document/sha256.h"
#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::refusal;

using Bytes = std::vector<std::byte>;

Bytes bytesOf(std::string_view text) {
  Bytes bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}
std::string textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
void poke(Bytes& bytes, std::size_t at, std::uint32_t value, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
}

const Bytes kProject = bytesOf("{\"a\":1}");
const Bytes kContent = bytesOf("not really a WAV");

Bytes sample() {
  const SonicFile file{kProject, {{sha256Hex(kContent), kContent}}};
  const auto bytes = writeSonicFile(file);
  EXPECT_TRUE(bytes) << refusal(bytes);
  return *bytes;
}
/// Offsets in sample(): the directory follows two entries with names of 12 and 71 bytes.
constexpr std::size_t kDirectoryAt = 30 + 12 + 7 + 30 + 71 + 16;
constexpr std::size_t kSecondAt = kDirectoryAt + 46 + 12;
constexpr std::size_t kEndAt = kSecondAt + 46 + 71;

TEST(Sha256, KnownAnswers) {  // FIPS 180-4 examples, and lengths around a block's padding
  EXPECT_EQ(sha256Hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex(bytesOf("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256Hex(bytesOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex(Bytes(1'000'000, std::byte{'a'})),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(sha256Hex(Bytes(55, std::byte{'a'})),
            "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(sha256Hex(Bytes(64, std::byte{'a'})),
            "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST(SonicFile, ReadsWhatItWrites) {
  const Bytes bytes = sample();
  EXPECT_TRUE(isSonicFile(bytes));
  EXPECT_FALSE(isSonicFile(kProject));
  const auto file = readSonicFile(bytes);
  ASSERT_TRUE(file) << refusal(file);
  EXPECT_EQ(textOf(file->project), "{\"a\":1}");
  ASSERT_EQ(file->assets.size(), 1U);
  EXPECT_EQ(textOf(file->assets[0].bytes), "not really a WAV");
  EXPECT_EQ(file->assets[0].sha256, sha256Hex(kContent));
  EXPECT_EQ(bytes, sample());  // no clock in it
}

TEST(SonicFile, ACommentBehindTheEndIsAllowed) {
  Bytes bytes = sample();
  poke(bytes, kEndAt + 20, 3, 2);
  for (const char c : {'P', 'K', '!'}) bytes.push_back(static_cast<std::byte>(c));
  EXPECT_TRUE(readSonicFile(bytes));
}

TEST(SonicFile, EveryTruncationIsRefused) {
  const Bytes bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(readSonicFile(std::span(bytes).first(size))) << size;
  }
}

TEST(SonicFile, DamageIsNamed) {
  Bytes bytes = sample();
  bytes[30 + 12] = std::byte{'['};
  EXPECT_EQ(refusal(readSonicFile(bytes)),
            "\"project.json\": is damaged: its checksum (CRC-32) does not fit");
  bytes = sample();
  bytes[kSecondAt + 46 + 7] = std::byte{'f'};  // another hash in the name
  bytes[kSecondAt + 46 + 8] = std::byte{'0'};
  EXPECT_NE(refusal(readSonicFile(bytes)).find("does not have the SHA-256 in its name"),
            std::string::npos);
  bytes = sample();
  poke(bytes, kEndAt + 16, 0xFFFFFF00U, 4);
  EXPECT_NE(refusal(readSonicFile(bytes)).find("zip directory does not lie where"),
            std::string::npos);
  bytes = sample();
  poke(bytes, kSecondAt + 42, 0, 4);  // the asset points at the project
  EXPECT_FALSE(readSonicFile(bytes));
}

TEST(SonicFile, UnsupportedKindsAreNamed) {
  const auto with = [](std::size_t at, std::uint32_t value, std::size_t count) {
    Bytes bytes = sample();
    poke(bytes, at, value, count);
    return refusal(readSonicFile(bytes));
  };
  EXPECT_EQ(with(kDirectoryAt + 10, 8, 2),
            "\"project.json\": is compressed; a .sonic file holds its entries stored, not "
            "compressed");
  EXPECT_EQ(with(kDirectoryAt + 8, 1, 2), "\"project.json\": is encrypted");
  EXPECT_EQ(with(kDirectoryAt + 24, 0xFFFFFFFFU, 4),
            "\"project.json\": is a zip64 entry, which is not supported");
  EXPECT_NE(with(kDirectoryAt + 20, 1U << 30U, 4).find("is compressed"), std::string::npos);
  EXPECT_NE(with(kEndAt + 8, 5, 2).find("several disks"), std::string::npos);
  Bytes bytes = sample();
  poke(bytes, kEndAt + 8, 5000, 2);
  poke(bytes, kEndAt + 10, 5000, 2);
  EXPECT_NE(refusal(readSonicFile(bytes)).find("holds 5000 files; at most 4096"),
            std::string::npos);
}

TEST(SonicFile, NeedsAProjectAndEachNameOnce) {
  Bytes bytes = sample();
  bytes[kDirectoryAt + 46] = std::byte{'q'};
  EXPECT_EQ(refusal(readSonicFile(bytes)), "project.json: is not in the file");
  const SonicFile twice{kProject,
                        {{sha256Hex(kContent), kContent}, {sha256Hex(kContent), kContent}}};
  EXPECT_NE(refusal(readSonicFile(*writeSonicFile(twice))).find("stands in the file twice"),
            std::string::npos);
}

TEST(SonicFile, SharedBytesAreNoBomb) {
  // Many directory entries for one content: the sum of their sizes may not pass the file's.
  const Bytes big(100'000, std::byte{1});
  Bytes bytes = *writeSonicFile({big, {{std::string(64, '0'), big}}});
  const std::size_t second = 2 * (30 + big.size()) + 12 + 71 + 46 + 12;
  poke(bytes, second + 42, 0, 4);
  poke(bytes, second + 46, 'x', 1);  // no asset: only its length counts
  bytes.erase(
      bytes.begin() + static_cast<std::ptrdiff_t>(30 + 12 + big.size()),
      bytes.begin() + static_cast<std::ptrdiff_t>(30 + 12 + big.size() + 30 + 71 + big.size()));
  poke(bytes, bytes.size() - 22 + 16, static_cast<std::uint32_t>(30 + 12 + big.size()), 4);
  EXPECT_NE(refusal(readSonicFile(bytes)).find("overlap"), std::string::npos);
}

}  // namespace
}  // namespace sonic
