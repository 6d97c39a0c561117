// SPDX-License-Identifier: MIT
#include "engine/document/sonic-file.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "engine/document/sha256.h"
#include "engine/document/text.h"
#include "engine/document/validate.h"

namespace sonic {
namespace {

// PKWARE APPNOTE.TXT 6.3: local file header 4.3.7, central directory 4.3.12, its end 4.3.16.
constexpr std::uint32_t kLocalSignature = 0x04034b50, kCentralSignature = 0x02014b50,
                        kEndSignature = 0x06054b50;
constexpr std::size_t kLocalBytes = 30, kCentralBytes = 46, kEndBytes = 22;
constexpr std::size_t kMaxCommentBytes = 0xFFFF;
constexpr std::uint32_t kZip64Mark = 0xFFFFFFFF;
constexpr std::uint32_t kVersionNeeded = 10;
constexpr std::uint32_t kDate1980 = 0x0021;  // 1980-01-01, the first date that zip can hold
constexpr std::string_view kProjectName = "project.json";
constexpr std::string_view kAssetFolder = "assets/";

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1U) ^ ((value & 1U) * 0xEDB88320U);
    table[i] = value;
  }
  return table;
}();

std::uint32_t crc32(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::byte byte : bytes) {
    crc = (crc >> 8U) ^ kCrcTable[(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xFFU];
  }
  return ~crc;
}

/// Little-endian number of `count` bytes; the caller has checked that they are there.
std::uint32_t read(std::span<const std::byte> bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  }
  return value;
}

Error broken(std::size_t at, std::string sentence) {
  return {ErrorCode::kSyntax, "byte " + std::to_string(at), std::move(sentence)};
}

struct Entry {
  std::string_view name;
  std::span<const std::byte> bytes;
  std::size_t nextAt = 0;  ///< Where the next directory entry begins.
};

/// The end record stands last, behind it only a comment whose length it states.
std::optional<std::size_t> findEnd(std::span<const std::byte> bytes) {
  if (bytes.size() < kEndBytes) return std::nullopt;
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kMaxCommentBytes ? last - kMaxCommentBytes : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (read(bytes, at, 4) == kEndSignature &&
        at + kEndBytes + read(bytes, at + 20, 2) == bytes.size()) {
      return at;
    }
  }
  return std::nullopt;
}

Result<std::span<const std::byte>> contentOf(std::span<const std::byte> bytes, std::size_t localAt,
                                             std::size_t size, std::size_t directoryAt) {
  if (localAt + kLocalBytes > directoryAt || read(bytes, localAt, 4) != kLocalSignature) {
    return broken(localAt, "a zip entry's header was expected here");
  }
  const std::size_t dataAt =
      localAt + kLocalBytes + read(bytes, localAt + 26, 2) + read(bytes, localAt + 28, 2);
  if (dataAt > directoryAt || size > directoryAt - dataAt) {
    return broken(localAt, "a zip entry is longer than the file: it may be cut off");
  }
  return bytes.subspan(dataAt, size);
}

Result<Entry> readEntry(std::span<const std::byte> bytes, std::size_t at, std::size_t endAt,
                        std::size_t directoryAt) {
  if (at + kCentralBytes > endAt || read(bytes, at, 4) != kCentralSignature) {
    return broken(at, "a zip directory entry was expected here");
  }
  const std::uint32_t flags = read(bytes, at + 8, 2), method = read(bytes, at + 10, 2);
  const std::uint32_t crc = read(bytes, at + 16, 4), packed = read(bytes, at + 20, 4);
  const std::uint32_t size = read(bytes, at + 24, 4), localAt = read(bytes, at + 42, 4);
  const std::size_t nameBytes = read(bytes, at + 28, 2);
  const std::size_t nextAt =
      at + kCentralBytes + nameBytes + read(bytes, at + 30, 2) + read(bytes, at + 32, 2);
  if (nextAt > endAt) return broken(at, "a zip directory entry is longer than the directory");
  Entry entry;
  entry.name = {reinterpret_cast<const char*>(bytes.data()) + at + kCentralBytes, nameBytes};
  entry.nextAt = nextAt;
  const std::string place(quotedText(entry.name));
  if (packed == kZip64Mark || size == kZip64Mark || localAt == kZip64Mark) {
    return Error{ErrorCode::kUnsupported, place, "is a zip64 entry, which is not supported"};
  }
  if ((flags & 1U) != 0) return Error{ErrorCode::kUnsupported, place, "is encrypted"};
  if (method != 0 || packed != size) {
    return Error{ErrorCode::kUnsupported, place,
                 "is compressed; a .sonic file holds its entries stored, not compressed"};
  }
  const auto content = contentOf(bytes, localAt, size, directoryAt);
  if (!content) return content.error();
  if (crc32(*content) != crc) {
    return Error{ErrorCode::kSyntax, place, "is damaged: its checksum (CRC-32) does not fit"};
  }
  entry.bytes = *content;
  return entry;
}

/// Takes what belongs to a project; other names are passed over.
std::optional<Error> take(const Entry& entry, std::set<std::string_view>& seen, SonicFile& file) {
  if (!seen.insert(entry.name).second) {
    return Error{ErrorCode::kSyntax, quotedText(entry.name), "stands in the file twice"};
  }
  if (entry.name == kProjectName) {
    file.project = entry.bytes;
  } else if (entry.name.starts_with(kAssetFolder) &&
             isSha256(entry.name.substr(kAssetFolder.size()))) {
    const std::string sha256(entry.name.substr(kAssetFolder.size()));
    if (sha256Hex(entry.bytes) != sha256) {
      return Error{ErrorCode::kSyntax, std::string(entry.name),
                   "is damaged: its content does not have the SHA-256 in its name"};
    }
    file.assets.push_back({sha256, entry.bytes});
  }
  return std::nullopt;
}

class ZipWriter {
 public:
  void add(std::string_view name, std::span<const std::byte> content) {
    const std::size_t localAt = file_.size();
    const std::uint32_t crc = crc32(content);
    put(file_, kLocalSignature, 4);
    putCommon(file_, name, crc, content.size());
    putText(file_, name);
    file_.insert(file_.end(), content.begin(), content.end());

    put(directory_, kCentralSignature, 4);
    put(directory_, kVersionNeeded, 2);  // made by
    putCommon(directory_, name, crc, content.size());
    put(directory_, 0, 2 + 2);  // no comment, disk 0
    put(directory_, 0, 2 + 4);  // attributes
    put(directory_, localAt, 4);
    putText(directory_, name);
    ++count_;
  }
  std::vector<std::byte> finish() {
    const std::size_t directoryAt = file_.size();
    file_.insert(file_.end(), directory_.begin(), directory_.end());
    put(file_, kEndSignature, 4);
    put(file_, 0, 2 + 2);  // one disk
    put(file_, count_, 2);
    put(file_, count_, 2);
    put(file_, directory_.size(), 4);
    put(file_, directoryAt, 4);
    put(file_, 0, 2);  // no comment
    return std::move(file_);
  }

 private:
  using Bytes = std::vector<std::byte>;
  static void put(Bytes& bytes, std::size_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      bytes.push_back(i < sizeof(value) ? static_cast<std::byte>(value >> (8 * i)) : std::byte{});
    }
  }
  static void putText(Bytes& bytes, std::string_view text) {
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  }
  /// The fields that both headers share, in the same order.
  static void putCommon(Bytes& bytes, std::string_view name, std::uint32_t crc, std::size_t size) {
    put(bytes, kVersionNeeded, 2);
    put(bytes, 0, 2 + 2 + 2);  // flags, stored, time
    put(bytes, kDate1980, 2);
    put(bytes, crc, 4);
    put(bytes, size, 4);
    put(bytes, size, 4);
    put(bytes, name.size(), 2);
    put(bytes, 0, 2);  // no extra field
  }

  Bytes file_, directory_;
  std::size_t count_ = 0;
};

}  // namespace

bool isSonicFile(std::span<const std::byte> bytes) {
  return bytes.size() >= 4 &&
         (read(bytes, 0, 4) == kLocalSignature || read(bytes, 0, 4) == kEndSignature);
}

Result<SonicFile> readSonicFile(std::span<const std::byte> bytes) {
  const auto endAt = findEnd(bytes);
  if (!endAt) {
    return broken(bytes.size(), "the end of a zip file was expected: this may be cut off");
  }
  const std::size_t count = read(bytes, *endAt + 10, 2);
  const std::uint32_t directoryBytes = read(bytes, *endAt + 12, 4);
  const std::uint32_t directoryAt = read(bytes, *endAt + 16, 4);
  if (read(bytes, *endAt + 4, 4) != 0 || read(bytes, *endAt + 8, 2) != count) {
    return Error{ErrorCode::kUnsupported, "byte " + std::to_string(*endAt),
                 "is one part of a zip file on several disks"};
  }
  if (count > kMaxSonicEntries) {
    return Error{ErrorCode::kTooLarge, "byte " + std::to_string(*endAt),
                 "holds " + std::to_string(count) + " files; at most " +
                     std::to_string(kMaxSonicEntries) + " are read"};
  }
  if (directoryAt > *endAt || directoryBytes != *endAt - directoryAt) {
    return broken(*endAt, "the zip directory does not lie where its end record says");
  }
  SonicFile file;
  std::set<std::string_view> seen;
  std::size_t at = directoryAt;
  std::size_t totalBytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Result<Entry> entry = readEntry(bytes, at, *endAt, directoryAt);
    if (!entry) return entry.error();
    totalBytes += entry->bytes.size();
    // Entries that share bytes would let a small file stand for a huge one.
    if (totalBytes > bytes.size()) return broken(at, "zip entries overlap");
    if (std::optional<Error> problem = take(*entry, seen, file)) return std::move(*problem);
    at = entry->nextAt;
  }
  if (!seen.contains(kProjectName)) {
    return Error{ErrorCode::kMissing, std::string(kProjectName), "is not in the file"};
  }
  return file;
}

Result<std::vector<std::byte>> writeSonicFile(const SonicFile& file) {
  std::vector<SonicFile::Asset> assets = file.assets;
  std::sort(assets.begin(), assets.end(),
            [](const auto& a, const auto& b) { return a.sha256 < b.sha256; });
  std::uint64_t totalBytes = file.project.size();
  for (const SonicFile::Asset& asset : assets) totalBytes += asset.bytes.size();
  constexpr std::uint64_t kHeadersBytes = 256;  // of one entry, generously
  if (assets.size() + 1 > kMaxSonicEntries ||
      totalBytes + (assets.size() + 2) * kHeadersBytes >= kZip64Mark) {
    return Error{
        ErrorCode::kTooLarge, "",
        "a .sonic file holds at most " + std::to_string(kMaxSonicEntries - 1) + " assets and 4 GB"};
  }
  ZipWriter zip;
  zip.add(kProjectName, file.project);
  for (const SonicFile::Asset& asset : assets) {
    zip.add(std::string(kAssetFolder) + asset.sha256, asset.bytes);
  }
  return zip.finish();
}

}  // namespace sonic
