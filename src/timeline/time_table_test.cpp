#include "timeline/time_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::timeline {
namespace {

using stats::LogHistogram;

constexpr std::int64_t longest = 1'000'000;

void add(TimeTable& table, std::uint32_t slot, std::int64_t milliseconds, int times = 1) {
    const auto bucket = static_cast<std::uint16_t>(LogHistogram::bucket(milliseconds));
    for (int i = 0; i < times; ++i) {
        table.add(&slot, &bucket, 1);
    }
}

TEST(TimeTable, HasNoSlotsAtFirstAndEmptyOnesAfterGrowing) {
    TimeTable table(longest);
    EXPECT_EQ(table.slots(), 0U);
    table.grow(2);
    EXPECT_EQ(table.slots(), 2U);
    EXPECT_EQ(table.histogram(1), LogHistogram());
}

TEST(TimeTable, CountsTheLeastAndTheLongest) {
    TimeTable table(longest);
    table.grow(2);
    add(table, 0, 0);
    add(table, 1, longest);
    EXPECT_EQ(table.histogram(0).count(), 1U);
    EXPECT_EQ(table.histogram(0).quantile(1), 0);
    EXPECT_NEAR(table.histogram(1).quantile(1), longest, longest * 0.01);
}

TEST(TimeTable, KeepsCountsBeyondEightBits) {
    for (const int times : {255, 256, 257, 512, 1000}) {
        TimeTable table(longest);
        table.grow(3);
        add(table, 1, 500, times);
        EXPECT_EQ(table.histogram(1).count(), static_cast<std::uint64_t>(times));
        EXPECT_EQ(table.histogram(0).count(), 0U);
        EXPECT_EQ(table.histogram(2).count(), 0U);
    }
}

TEST(TimeTable, KeepsWhatItHasWhenItGrows) {
    TimeTable table(longest);
    table.grow(1);
    add(table, 0, 77, 300);
    table.grow(100);
    table.grow(50);
    EXPECT_EQ(table.slots(), 100U);
    EXPECT_EQ(table.histogram(0).count(), 300U);
}

RC_GTEST_PROP(TimeTable, EqualsHistogramsAlsoWhenMerged, ()) {
    TimeTable mine(longest);
    TimeTable theirs(longest);
    mine.grow(4);
    theirs.grow(4);
    std::vector<LogHistogram> expected(4);
    const auto count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i) {
        const auto slot = *rc::gen::inRange<std::uint32_t>(0, 4);
        const auto value = *rc::gen::element<std::int64_t>(0, 1, 63, 64, 127, 5000, longest);
        const int times = *rc::gen::inRange(1, 600);
        add(*rc::gen::arbitrary<bool>() ? mine : theirs, slot, value, times);
        expected[slot].add(value, static_cast<std::uint64_t>(times));
    }
    for (std::uint32_t slot = 0; slot < 4; ++slot) {
        mine.merge(slot, theirs, slot);
        RC_ASSERT(mine.histogram(slot) == expected[slot]);
    }
}

}  // namespace
}  // namespace kokemus::timeline
