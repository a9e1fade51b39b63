#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/project_file.h"
#include "fuzz_targets.h"

/// The kept inputs once more, without libFuzzer and without its compiler.
namespace kokemus::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t corpus_bytes_max = 24 * 1024;  ///< of one target: the tree stays small
constexpr std::size_t repeated_bytes = 128 * 1024;

struct Kept {
    std::string name;
    std::string bytes;
};

std::vector<Kept> kept_of(const std::string& target) {
    std::vector<Kept> kept;
    const fs::path folder = project_file("tests/fuzz/corpus/" + target);
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            std::ifstream file(entry.path(), std::ios::binary);
            kept.push_back({entry.path().filename().string(),
                            std::string(std::istreambuf_iterator<char>(file), {})});
        }
    }
    std::ranges::sort(kept, {}, &Kept::name);
    return kept;
}

void try_bytes(const Target& target, const std::string& bytes) {
    // A copy of exactly its size, so that a sanitizer sees a step beyond the end.
    const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
    target.try_input(exact.data(), exact.size());
}

class Replay : public ::testing::TestWithParam<Target> {};

TEST_P(Replay, nothing_is_no_fault) {
    GetParam().try_input(nullptr, 0);
}

TEST_P(Replay, the_kept_inputs_pass) {
    const std::vector<Kept> kept = kept_of(GetParam().name);
    ASSERT_FALSE(kept.empty()) << "tests/fuzz/corpus/" << GetParam().name << " is empty";
    std::size_t bytes = 0;
    for (const Kept& one : kept) {
        SCOPED_TRACE(one.name);
        ASSERT_NO_THROW(try_bytes(GetParam(), one.bytes));
        bytes += one.bytes.size();
    }
    EXPECT_LE(bytes, corpus_bytes_max) << "keep fewer: tests/fuzz/run.py --keep";
}

TEST_P(Replay, what_is_cut_off_passes) {
    for (const Kept& one : kept_of(GetParam().name)) {
        SCOPED_TRACE(one.name);
        const std::size_t step = std::max<std::size_t>(one.bytes.size() / 16, 1);
        for (std::size_t size = 0; size < one.bytes.size(); size += step) {
            ASSERT_NO_THROW(try_bytes(GetParam(), one.bytes.substr(0, size))) << size << " bytes";
        }
    }
}

/// Time grows with the input and no faster: what is quadratic shows here.
TEST_P(Replay, much_of_the_same_takes_no_longer_than_a_second) {
    for (const Kept& one : kept_of(GetParam().name)) {
        std::string much;
        while (!one.bytes.empty() && much.size() < repeated_bytes) {
            much += one.bytes;
        }
        const auto began = std::chrono::steady_clock::now();
        ASSERT_NO_THROW(try_bytes(GetParam(), much)) << one.name;
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1)) << one.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Replay, ::testing::ValuesIn(targets()),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace kokemus::fuzz
