#include "timeline/set_tally.h"

#include <array>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::timeline {
namespace {

TEST(SetTally, IsZeroAtFirst) {
    const SetTally tally;
    EXPECT_EQ(tally.count(0), 0U);
    EXPECT_EQ(tally.count(63), 0U);
}

/// What 8 planes hold, one less, one more, and many times that.
TEST(SetTally, CountsAroundTheBoundOfItsPlanes) {
    for (const std::uint64_t times : {1U, 254U, 255U, 256U, 257U, 5000U}) {
        SetTally tally;
        for (std::uint64_t i = 0; i < times; ++i) {
            tally.add(std::uint64_t{1} << 63U | (i % 2));
        }
        EXPECT_EQ(tally.count(63), times);
        EXPECT_EQ(tally.count(0), times / 2);
        EXPECT_EQ(tally.count(1), 0U);
    }
}

TEST(SetTally, EqualsCountingOneByOneAlsoWhenMerged) {
    Random random(5);
    SetTally mine, theirs;
    std::array<std::uint64_t, 64> expected{};
    for (int i = 0; i < 2000; ++i) {
        const std::uint64_t set = random.next() & random.next();
        (random.chance(0.3) ? mine : theirs).add(set);
        for (std::size_t number = 0; number < 64; ++number) {
            expected[number] += set >> number & 1U;
        }
    }
    mine.merge(theirs);
    for (std::size_t number = 0; number < 64; ++number) {
        EXPECT_EQ(mine.count(number), expected[number]);
    }
}

}  // namespace
}  // namespace kokemus::timeline
