// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

// `--shard=I/N` instead of GoogleTest's two environment variables: WebAssembly does not see Node's
// environment.
int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto slash = argument.find('/');
    if (argument.rfind("--shard=", 0) != 0 || slash == std::string::npos) continue;
    setenv("GTEST_SHARD_INDEX", argument.substr(8, slash - 8).c_str(), 1);
    setenv("GTEST_TOTAL_SHARDS", argument.substr(slash + 1).c_str(), 1);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
