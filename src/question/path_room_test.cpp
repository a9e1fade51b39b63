#include "question/path_room.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace kokemus::question {
namespace {

TEST(PathRoom, IsAsMuchAsIsWantedWhereAllFits) {
    EXPECT_EQ(bytes_for_each({}, 100), SIZE_MAX);
    EXPECT_EQ(bytes_for_each({100}, 100), SIZE_MAX);
    EXPECT_EQ(bytes_for_each({40, 60, 0}, 100), SIZE_MAX);
}

TEST(PathRoom, IsSharedSoThatShortPathsAreWhole) {
    EXPECT_EQ(bytes_for_each({101}, 100), 100U);
    EXPECT_EQ(bytes_for_each({1000, 10, 1000}, 100), 45U);
    EXPECT_EQ(bytes_for_each({10, 1000, 1000}, 100), 45U) << "whatever their order";
    EXPECT_EQ(bytes_for_each({50, 50, 50}, 100), 33U);
}

TEST(PathRoom, NeverExceedsTheBound) {
    for (std::size_t rows = 1; rows < 200; ++rows) {
        std::vector<std::size_t> wanted;
        for (std::size_t i = 0; i < rows; ++i) {
            wanted.push_back((i * 7919) % 500);
        }
        const std::size_t each = bytes_for_each(wanted, 4000);
        std::size_t taken = 0;
        for (const std::size_t bytes : wanted) {
            taken += std::min(bytes, each);
        }
        EXPECT_LE(taken, 4000U) << rows;
    }
}

}  // namespace
}  // namespace kokemus::question
