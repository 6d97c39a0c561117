// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <random>

#include "engine/document/sha256.h"
#include "engine/document/sonic-file.h"
#include "tests/engine/document/test-table.h"

namespace sonic {
namespace {

using test::kSha;
using test::project;
using test::testTable;

const std::string kSeed = project(
    R"("sampleRateHz":44100,"nodes":{"m":{"type":"mic"},"p":{"type":"pedal","params":{"drive":24,)"
    R"("mode":2},"position":[1,2.5],"bypass":true},"r":{"type":"room","assets":{"response":")" +
    kSha +
    R"("}}},"wires":{"w1":{"from":["m","out"],"to":["p","in"],"gain":0.5},"w2":{"from":)"
    R"(["p","out"],"to":["r","in"]},"w3":{"from":["r","out"],"to":["p","param:tone"],"depth":0.1,)"
    R"("delayFrames":1}},"transport":{"tempoBpm":90,"signature":[3,4]},"assets":{")" +
    kSha + R"(":{"name":"a.wav","kind":"audio/ir"}})");

/// A few bytes replaced, removed, inserted or doubled, from what such files are made of.
std::string mutated(std::string text, std::mt19937& random) {
  static const std::vector<std::string> kPieces{"{",
                                                "}",
                                                "[",
                                                "]",
                                                ",",
                                                ":",
                                                "\"",
                                                "null",
                                                "true",
                                                "-1",
                                                "1e999",
                                                "\\u0000",
                                                "\xff",
                                                "4000",
                                                "{}",
                                                "[]",
                                                "\"p\"",
                                                "\"type\":",
                                                "\"nodes\":",
                                                "\"params\":{",
                                                "\"version\":2,"};
  const std::size_t count = 1 + random() % 3;
  for (std::size_t i = 0; i < count && !text.empty(); ++i) {
    const std::size_t at = random() % text.size();
    const std::size_t length = std::min<std::size_t>(random() % 8, text.size() - at);
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, kPieces[random() % kPieces.size()]);
        break;
      default:
        text.insert(at, text.substr(at, length));
    }
  }
  return text;
}

/// Whatever was accepted must be usable and stable.
void useEverything(ProjectDocument& document, const std::string& text) {
  const std::string saved = document.save();
  ProjectDocument again(testTable());
  ASSERT_TRUE(again.load(saved)) << text;
  ASSERT_EQ(again.save(), saved) << text;
  const Graph graph = document.toGraph();
  for (const Graph::Node& node : graph.nodes) {
    for (const auto& [row, value] : node.params) ASSERT_TRUE(value == value) << text;
  }
  const TransportSettings transport = document.transport();
  ASSERT_TRUE(transport.tempoBpm >= 10.0 && transport.beatUnit >= 1) << text;
  ASSERT_GE(document.sampleRateHz(), 8000.0) << text;
  (void)document.warnings();
  (void)document.assetRefs();
}

TEST(DocumentFuzz, MutatedProjectsNeverCrashAndStayCanonical) {
  std::mt19937 random(1);
  std::size_t accepted = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = mutated(kSeed, random);
    ProjectDocument document(testTable());
    const auto result = document.load(text);
    if (!result) {
      ASSERT_FALSE(result.error().sentence.empty()) << text;
      continue;
    }
    ++accepted;
    useEverything(document, text);
  }
  EXPECT_GT(accepted, 200U);   // the mutations reach beyond the parser
  EXPECT_LT(accepted, 2900U);  // and are not harmless
}

TEST(DocumentFuzz, MutatedPatchesAreAllOrNothing) {
  std::mt19937 random(2);
  ProjectDocument document(testTable());
  ASSERT_TRUE(document.load(kSeed));
  std::size_t accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    // The seed without its head is a patch; half of them delete something.
    std::string patch = kSeed;
    if (random() % 2 == 0)
      patch = R"({"nodes":{"p":null,"q":{"type":"keys"}},"wires":{"w1":null}})";
    patch = mutated(patch, random);
    const std::string before = document.save();
    const auto result = document.apply(patch);
    if (!result) {
      ASSERT_EQ(document.save(), before) << patch;
      continue;
    }
    ++accepted;
    useEverything(document, patch);
  }
  EXPECT_GT(accepted, 100U);
}

TEST(DocumentFuzz, RandomBytesAreRefused) {
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    std::vector<std::byte> bytes(random() % 300);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
    ProjectDocument document(testTable());
    ASSERT_FALSE(document.load(bytes));
    ASSERT_FALSE(readSonicFile(bytes));
  }
}

TEST(DocumentFuzz, MutatedSonicFilesAreReadInBounds) {
  const std::string text = "{\"a\":1}";
  const std::span<const std::byte> project(reinterpret_cast<const std::byte*>(text.data()),
                                           text.size());
  const auto good = writeSonicFile({project, {{sha256Hex(project), project}}});
  ASSERT_TRUE(good);
  std::mt19937 random(4);
  for (int i = 0; i < 20000; ++i) {
    auto bytes = *good;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<std::byte>(random() % 3 == 0 ? 0xFF : random());
    }
    const auto file = readSonicFile(bytes);
    if (!file) continue;
    for (const SonicFile::Asset& asset : file->assets) {
      ASSERT_EQ(sha256Hex(asset.bytes), asset.sha256);  // reads each byte
    }
  }
}

}  // namespace
}  // namespace sonic
