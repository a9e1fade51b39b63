#include "timeline/block.h"

#include <gtest/gtest.h>

namespace kokemus::timeline {
namespace {

using question::EpisodeStatus;

using Rows = std::vector<Row>;

Rows list(std::span<const Row> rows) {
    return {rows.begin(), rows.end()};
}

TEST(Block, IsEmptyAtFirstAndAfterClear) {
    Block block;
    EXPECT_EQ(block.units(), 0U);
    EXPECT_EQ(block.size(), 0U);
    EXPECT_FALSE(block.is_run());
    EXPECT_TRUE(block.rows().empty());
    block.add_range(3, 5, 0, EpisodeStatus::Open);
    block.clear();
    EXPECT_EQ(block.units(), 0U);
    EXPECT_EQ(block.size(), 0U);
    EXPECT_FALSE(block.is_run());
    EXPECT_TRUE(block.rows().empty());
    EXPECT_TRUE(block.starts().empty());
}

TEST(Block, OfRangesWithoutGapIsARun) {
    Block block;
    block.add_range(7, 9, 1, EpisodeStatus::Open);
    EXPECT_TRUE(block.is_run());
    block.add_range(9, 12, 2, EpisodeStatus::Open);
    EXPECT_TRUE(block.is_run());
    EXPECT_EQ(block.first_row(), 7U);
    EXPECT_EQ(block.size(), 5U);
    EXPECT_EQ(list(block.rows()), (Rows{7, 8, 9, 10, 11}));
    EXPECT_EQ(block.first(1), 9U);
    EXPECT_EQ(block.last(1), 11U);
}

TEST(Block, OfRangesWithAGapIsNoRunForGood) {
    Block block;
    block.add_range(0, 2, 0, EpisodeStatus::Completed);
    EXPECT_EQ(list(block.rows()), (Rows{0, 1})) << "may be asked before the block is full";
    block.add_range(3, 4, 0, EpisodeStatus::Abandoned);
    EXPECT_FALSE(block.is_run());
    block.add_range(4, 6, 1, EpisodeStatus::Open);
    EXPECT_FALSE(block.is_run());
    EXPECT_EQ(list(block.rows()), (Rows{0, 1, 3, 4, 5}));
    EXPECT_EQ(list(block.unit(2)), (Rows{4, 5}));
    EXPECT_EQ(list(block.starts()), (Rows{0, 3, 4}));
}

TEST(Block, OfListedRows) {
    Block block;
    block.add_rows(Rows{1, 4});
    EXPECT_TRUE(block.has_open_unit());
    block.add_row(9);
    block.close_unit(5, EpisodeStatus::Open);
    EXPECT_FALSE(block.has_open_unit());
    block.add_row(2);
    block.close_unit(5, EpisodeStatus::Completed);
    EXPECT_FALSE(block.is_run());
    EXPECT_TRUE(block.starts().empty());
    EXPECT_EQ(list(block.unit(0)), (Rows{1, 4, 9}));
    EXPECT_EQ(block.first(0), 1U);
    EXPECT_EQ(block.last(0), 9U);
    EXPECT_EQ(block.first(1), 2U);
    EXPECT_EQ(block.last(1), 2U);
    EXPECT_EQ(block.offsets, (std::vector<std::uint32_t>{0, 3, 4}));
}

TEST(Block, TakeWholeCustomersByTheirOffsets) {
    const std::vector<Row> offsets{0, 0, 3, 3, 5, 6, 6};
    Block one_by_one;
    for (Code customer = 1; customer < 6; ++customer) {
        if (offsets[customer] < offsets[customer + 1]) {
            one_by_one.add_range(
                offsets[customer], offsets[customer + 1], customer, EpisodeStatus::Open);
        }
    }
    Block at_once;
    at_once.add_customers(offsets, 1, 3);
    at_once.add_customers(offsets, 3, 6);
    EXPECT_EQ(at_once.customers, one_by_one.customers);
    EXPECT_EQ(at_once.offsets, one_by_one.offsets);
    EXPECT_EQ(at_once.statuses, one_by_one.statuses);
    EXPECT_TRUE(std::ranges::equal(at_once.starts(), one_by_one.starts()));
    EXPECT_TRUE(at_once.is_run());
    Block nobody;
    nobody.add_customers(offsets, 0, 1);
    EXPECT_EQ(nobody.units(), 0U);
}

}  // namespace
}  // namespace kokemus::timeline
