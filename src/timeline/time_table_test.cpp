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

TEST(TimeTable, ListsWhatHasNoRow) {
    TimeTable table(longest, 1);
    table.grow(3);
    add(table, 0, 5, 2);
    add(table, 2, 700);
    add(table, 2, 9, 300);
    table.settle();
    LogHistogram expected;
    expected.add(9, 300);
    expected.add(700);
    EXPECT_EQ(table.histogram(0).count(), 2U);
    EXPECT_EQ(table.histogram(1), LogHistogram());
    EXPECT_EQ(table.histogram(2), expected);
}

TEST(TimeTable, HoldsNothingMoreWhenAllIsTakenAwayAgain) {
    for (const std::size_t rows : {0, 1, 2}) {
        TimeTable table(longest, rows);
        TimeTable more(longest, 1);
        table.grow(2);
        more.grow(2);
        add(more, 0, 5, 700);
        add(more, 1, 6, 300);
        const std::vector<std::uint32_t> swapped{1, 0};
        table.merge(swapped, more, Sign::Minus);
        table.merge(swapped, more, Sign::Plus);
        table.settle();
        EXPECT_EQ(table.histogram(0), LogHistogram()) << rows;
        EXPECT_EQ(table.histogram(1), LogHistogram()) << rows;
    }
}

/// However many slots have rows, in either, and wherever a slot of one is in the other.
RC_GTEST_PROP(TimeTable, EqualsHistogramsAlsoWhenMerged, ()) {
    constexpr std::uint32_t slots = 4;
    TimeTable mine(longest, *rc::gen::inRange<std::size_t>(0, slots + 1));
    TimeTable theirs(longest, *rc::gen::inRange<std::size_t>(0, slots + 1));
    mine.grow(slots);
    theirs.grow(slots);
    const auto turn = *rc::gen::inRange<std::uint32_t>(0, slots);
    std::vector<std::uint32_t> mine_of;
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
        mine_of.push_back((slot + turn) % slots);
    }
    std::vector<LogHistogram> expected(slots);
    const auto count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i) {
        const auto slot = *rc::gen::inRange<std::uint32_t>(0, slots);
        const auto value = *rc::gen::element<std::int64_t>(0, 1, 63, 64, 127, 5000, longest);
        const int times = *rc::gen::inRange(1, 600);
        const bool is_mine = *rc::gen::arbitrary<bool>();
        add(is_mine ? mine : theirs, slot, value, times);
        expected[is_mine ? slot : mine_of[slot]].add(value, static_cast<std::uint64_t>(times));
    }
    if (*rc::gen::arbitrary<bool>()) {
        theirs.settle();
    }
    mine.merge(mine_of, theirs, Sign::Plus);
    mine.settle();
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
        RC_ASSERT(mine.histogram(slot) == expected[slot]);
    }
}

}  // namespace
}  // namespace kokemus::timeline
