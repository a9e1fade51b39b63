#include "timeline/row_bits.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::timeline {
namespace {

std::set<std::size_t> bits_of(std::span<const std::uint64_t> words) {
    std::set<std::size_t> bits;
    for_each_bit(words, 0, words.size() * 64, [&](std::size_t bit) { bits.insert(bit); });
    return bits;
}

TEST(RowBits, SetAndClearRangesAcrossWords) {
    for (const auto& [from, to] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 0}, {5, 5}, {0, 1}, {63, 64}, {63, 65}, {64, 128}, {1, 191}, {0, 192}}) {
        std::vector<std::uint64_t> words(3);
        set_bits(words, from, to);
        std::set<std::size_t> expected;
        for (std::size_t bit = from; bit < to; ++bit) {
            expected.insert(bit);
        }
        EXPECT_EQ(bits_of(words), expected) << from << " to " << to;
        EXPECT_EQ(any_bit(words, from, to), from < to);
        EXPECT_EQ(any_bit(words, 0, from), false);
        EXPECT_EQ(any_bit(words, to, 192), false);
        std::ranges::fill(words, ~std::uint64_t{0});
        clear_bits(words, from, to);
        EXPECT_EQ(count_bits(words), 192 - (to - from));
    }
}

TEST(RowBits, MakeAWordOfDecisions) {
    EXPECT_EQ(word_of([](std::size_t) { return false; }), 0U);
    EXPECT_EQ(word_of([](std::size_t) { return true; }), ~std::uint64_t{0});
    for (std::size_t place = 0; place < 64; ++place) {
        EXPECT_EQ(word_of([&](std::size_t i) { return i == place; }), std::uint64_t{1} << place);
    }
}

/// A stretch from 70 to 700 of 700 rows, some of them members, some of them wanted.
class Members : public testing::Test {
protected:
    Members() : wanted_(stretch_.words()) {
        Random random(1);
        RowSetBuilder builder(rows);
        for (Row row = 0; row < rows; ++row) {
            if (random.chance(0.2)) {
                builder.insert(row);
                members_.push_back(row);
            }
            // Every third hundred is not wanted at all: whole words are passed.
            if (row >= stretch_.first && row / 100 % 3 != 0 && random.chance(0.5)) {
                set_bits(wanted_, stretch_.bit(row), stretch_.bit(row) + 1);
            }
        }
        set_ = builder.seal();
    }

    static constexpr Row rows = 700;
    const Stretch stretch_{70, rows};
    std::vector<std::uint64_t> wanted_;
    std::vector<Row> members_;
    RowSet set_;
};

TEST_F(Members, ComeWithTheirRanks) {
    std::vector<Row> expected;
    for (const Row row : members_) {
        if (row >= stretch_.first && has_bit(wanted_, stretch_.bit(row))) {
            expected.push_back(row);
        }
    }
    std::vector<Row> found;
    for_each_member(set_, stretch_, wanted_, [&](Row row, std::size_t place) {
        ASSERT_LT(place, members_.size());
        EXPECT_EQ(members_[place], row);
        found.push_back(row);
    });
    EXPECT_EQ(found, expected);
    for_each_member(RowSet(), stretch_, wanted_, [](Row, std::size_t) { FAIL(); });
}

TEST_F(Members, AreLeftWhereTheyHold) {
    auto narrowed = wanted_;
    narrow_to_members(set_, stretch_, narrowed, [](std::size_t place) { return place % 2 == 0; });
    for (Row row = stretch_.first; row < rows; ++row) {
        const auto member = std::ranges::find(members_, row);
        const bool holds = member != members_.end() && (member - members_.begin()) % 2 == 0;
        EXPECT_EQ(has_bit(narrowed, stretch_.bit(row)),
                  holds && has_bit(wanted_, stretch_.bit(row)))
            << row;
    }
    narrow_to_members(RowSet(), stretch_, narrowed, [](std::size_t) { return true; });
    EXPECT_FALSE(any_bit(narrowed)) << "nobody is in an empty set";
}

TEST_F(Members, NarrowEachLooksAtNoRowBeyondTheLast) {
    auto narrowed = wanted_;
    narrow_each(stretch_, narrowed, rows, [&](std::size_t row) {
        EXPECT_LT(row, rows);
        return row % 3 == 0;
    });
    for (Row row = stretch_.first; row < rows; ++row) {
        EXPECT_EQ(has_bit(narrowed, stretch_.bit(row)),
                  row % 3 == 0 && has_bit(wanted_, stretch_.bit(row)));
    }
}

TEST(WordPools, LendLikeAStack) {
    WordPool pool;
    const auto outer = pool.take(3);
    std::ranges::fill(outer.words(), 7);
    {
        const auto inner = pool.take(1000);
        std::ranges::fill(inner.words(), 9);
    }
    const auto again = pool.take(2);
    std::ranges::fill(again.words(), 5);
    EXPECT_EQ(std::vector(outer.words().begin(), outer.words().end()),
              (std::vector<std::uint64_t>{7, 7, 7}));
}

}  // namespace
}  // namespace kokemus::timeline
