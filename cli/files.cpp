// SPDX-License-Identifier: MIT
#include "cli/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace sonic::cli {
namespace {

std::string lastProblem() {
  std::string text = std::strerror(errno);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

}  // namespace

Result<std::vector<std::byte>> readFile(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return Error{ErrorCode::kUnsupported, path, "cannot be read: it is a folder"};
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return Error{ErrorCode::kMissing, path, "cannot be read: " + lastProblem()};
  }
  constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
  constexpr std::size_t kMaxBytes = std::size_t{4} << 30U;
  std::vector<std::byte> bytes;
  std::size_t got = 0;
  do {
    const std::size_t size = bytes.size();
    bytes.resize(size + kPieceBytes);
    got = std::fread(bytes.data() + size, 1, kPieceBytes, file);
    bytes.resize(size + got);
  } while (got == kPieceBytes && bytes.size() <= kMaxBytes);
  const bool failed = std::ferror(file) != 0;
  const std::string problem = lastProblem();
  std::fclose(file);
  if (failed) return Error{ErrorCode::kMissing, path, "cannot be read: " + problem};
  if (bytes.size() > kMaxBytes) {
    return Error{ErrorCode::kTooLarge, path, "is larger than 4 GB"};
  }
  return bytes;
}

Error inFile(const std::string& path, const Error& error) {
  return {error.code, error.place.empty() ? path : path + ": " + error.place, error.sentence};
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  OutputFile output(path);
  if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status)) {
    output.partPath_ = path + ".part";
  }
  output.file_ = std::fopen((output.partPath_.empty() ? path : output.partPath_).c_str(), "wb");
  if (output.file_ == nullptr) {
    output.partPath_.clear();
    return output.failure();
  }
  return output;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      partPath_(std::exchange(other.partPath_, {})),
      file_(std::exchange(other.file_, nullptr)) {}

OutputFile::~OutputFile() {
  if (file_ != nullptr) std::fclose(file_);
  if (!partPath_.empty()) std::remove(partPath_.c_str());
}

Error OutputFile::failure() const {
  return {ErrorCode::kUnsupported, path_, "cannot be written: " + lastProblem()};
}

Result<Ok> OutputFile::write(std::span<const std::byte> bytes) {
  if (bytes.empty()) return Ok{};  // fwrite must not be given null
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) return failure();
  return Ok{};
}

Result<Ok> OutputFile::writeAtStart(std::span<const std::byte> bytes) {
  // A pipe or device cannot go back; its reader lives with the first bytes as they were.
  if (std::fseek(file_, 0, SEEK_SET) != 0) return partPath_.empty() ? Result<Ok>(Ok{}) : failure();
  const Result<Ok> written = write(bytes);
  if (!written) return written;
  if (std::fseek(file_, 0, SEEK_END) != 0) return failure();
  return Ok{};
}

Result<Ok> OutputFile::commit() {
  if (std::fclose(std::exchange(file_, nullptr)) != 0) return failure();
  if (partPath_.empty()) return Ok{};
  if (std::rename(partPath_.c_str(), path_.c_str()) != 0) return failure();
  partPath_.clear();
  return Ok{};
}

}  // namespace sonic::cli
