// SPDX-License-Identifier: MIT
#pragma once
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace sonic::cli {

/// Whole content of a file. Errors have the path as their place.
[[nodiscard]] Result<std::vector<std::byte>> readFile(const std::string& path);

/// The same error, with the file in front of its place.
[[nodiscard]] Error inFile(const std::string& path, const Error& error);

/// A file that is written from front to back and replaces its target only when it is whole: until
/// commit() it grows beside the target, and it is removed if that is never called. A target that is
/// no plain file (/dev/null) is written at once.
class OutputFile {
 public:
  [[nodiscard]] static Result<OutputFile> create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Result<Ok> write(std::span<const std::byte> bytes);
  /// Over the first bytes of the file; writing then goes on at the end.
  Result<Ok> writeAtStart(std::span<const std::byte> bytes);
  Result<Ok> commit();

 private:
  explicit OutputFile(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] Error failure() const;

  std::string path_;
  std::string partPath_;  // "" if the target itself is open
  std::FILE* file_ = nullptr;
};

}  // namespace sonic::cli
