#include <gtest/gtest.h>

#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/number_column.h"
#include "timeline/packed_numbers.h"
#include "timeline/row_set.h"
#include "timeline/time_column.h"

namespace kokemus::timeline {
namespace {

CodeColumn of_ten(std::size_t codes) {
    return CodeColumn::make(10, codes, [](auto*) {});
}

TEST(CodeColumn, IsAsNarrowAsTheNumberOfCodesAllows) {
    EXPECT_EQ(of_ten(256).bytes(), 10U);
    EXPECT_EQ(of_ten(257).bytes(), 20U);
    EXPECT_EQ(of_ten(65536).bytes(), 20U);
    EXPECT_EQ(of_ten(65537).bytes(), 40U);
}

TEST(CodeColumn, KeepsTheLargestCodeOfEveryWidth) {
    for (const std::size_t codes : {256U, 65536U, 70000U}) {
        const auto column = CodeColumn::make(3, codes, [&](auto* values) {
            values[1] = static_cast<WidthOf<decltype(values)>>(codes - 1);
        });
        EXPECT_EQ(column[0], 0U);
        EXPECT_EQ(column[1], codes - 1);
        std::vector<Code> read(2);
        gather(column, std::vector<Row>{2, 1}, read.data());
        EXPECT_EQ(read, (std::vector<Code>{0, static_cast<Code>(codes - 1)}));
    }
}

TEST(PackedNumbers, GrowWiderAsTheLargestNeedsAndKeepWhatCameBefore) {
    PackedNumbers numbers;
    numbers.reserve(4);
    std::vector<std::uint64_t> pushed;
    for (const std::uint64_t number : {std::uint64_t{0},
                                       std::uint64_t{0xFF},
                                       std::uint64_t{0x100},
                                       std::uint64_t{0xFFFF},
                                       std::uint64_t{0x1'0000},
                                       std::uint64_t{0xFFFF'FFFF},
                                       std::uint64_t{0x1'0000'0000},
                                       ~std::uint64_t{0}}) {
        numbers.push_back(number);
        pushed.push_back(number);
        ASSERT_EQ(numbers.size(), pushed.size());
        for (std::size_t place = 0; place < pushed.size(); ++place) {
            EXPECT_EQ(numbers[place], pushed[place]);
        }
        const std::size_t width = numbers.visit([](const auto& all) { return sizeof(all[0]); });
        EXPECT_EQ(width,
                  number <= 0xFF       ? 1U
                  : number <= 0xFFFF   ? 2U
                  : number >> 32U == 0 ? 4U
                                       : 8U);
    }
}

TEST(PackedNumbers, AreSetAnywhereAndFilledUpWithZeros) {
    PackedNumbers numbers;
    numbers.resize(3);
    numbers.set(1, 70'000);
    numbers.resize(4);
    EXPECT_EQ(numbers[0], 0U);
    EXPECT_EQ(numbers[1], 70'000U);
    EXPECT_EQ(numbers[3], 0U);
}

TEST(RowSet, RanksItsMembersOverWordsAndBlocks) {
    RowSetBuilder builder(2000);
    const std::vector<Row> members = {0, 1, 63, 64, 511, 512, 513, 1024, 1999};
    for (const Row row : members) {
        builder.insert(row);
    }
    const RowSet set = builder.seal();
    EXPECT_EQ(set.size(), members.size());
    for (std::size_t rank = 0; rank < members.size(); ++rank) {
        EXPECT_TRUE(set.contains(members[rank]));
        EXPECT_EQ(set.rank(members[rank]), rank);
    }
    EXPECT_FALSE(set.contains(2));
    EXPECT_FALSE(set.contains(1998));
}

TEST(RowSet, ThatIsEmptyTakesNoBits) {
    const RowSet set = RowSetBuilder(1'000'000).seal();
    EXPECT_TRUE(set.empty());
    EXPECT_EQ(set.size(), 0U);
    EXPECT_FALSE(set.contains(999'999));
    EXPECT_FALSE(RowSet().contains(5));
}

TEST(TimeColumn, KeepsEveryTimeExactlyInAsFewBytesAsItMay) {
    constexpr std::int64_t hour = 3600 * 1000;
    constexpr std::int64_t year = 365 * 24 * hour;
    struct Sample {
        std::vector<std::int64_t> times;
        std::size_t bytes;
    };
    const std::vector<Sample> samples = {
        {{}, 0},
        {{-5}, 4},
        {{-1, 0, 49 * 24 * hour}, 12},
        {{0, 50 * 24 * hour, 130 * year, 130 * year + 1000}, 16},
        {{7 * year + 500, 7 * year, 41 * year + 250}, 15},
        {{-year, 50 * 24 * hour + 1, 32 * year}, 15},
        {{1, 200 * year, 36 * year}, 24},
        {{INT64_MIN, 0, INT64_MAX}, 24},
    };
    for (const auto& sample : samples) {
        const auto& times = sample.times;
        const auto column = TimeColumn::make(times);
        EXPECT_EQ(column.size(), times.size());
        EXPECT_EQ(column.bytes(), sample.bytes + (times.empty() ? 0 : 16));
        column.visit([&](const auto& reader) {
            for (std::size_t row = 0; row < times.size(); ++row) {
                EXPECT_EQ(column[row], times[row]);
                EXPECT_EQ(reader[row], times[row]);
            }
        });
    }
}

TEST(TimeColumn, TellsRowsThatLieWithinTimesWithoutLooking) {
    std::vector<std::int64_t> times(1300, 50);
    times[511] = 7;
    times[1024] = 90;
    const auto column = TimeColumn::make(times);
    EXPECT_FALSE(column.lie_within(0, 512, 8, 100));
    EXPECT_TRUE(column.lie_within(0, 512, 7, 50));
    EXPECT_TRUE(column.lie_within(512, 1024, 50, 50));
    EXPECT_FALSE(column.lie_within(1023, 1025, 50, 89));
    EXPECT_TRUE(column.lie_within(600, 1300, 50, 90));
}

TEST(TimeColumn, FindsTheFirstRowNotBeforeATime) {
    const std::vector<std::int64_t> times = {9, 1, 3, 3, 7, 2};
    const auto column = TimeColumn::make(times);
    const auto found = [&](std::int64_t time) { return column.not_before(1, 5, time); };
    EXPECT_EQ(found(0), 1U);
    EXPECT_EQ(found(2), 2U);
    EXPECT_EQ(found(3), 2U);
    EXPECT_EQ(found(4), 4U);
    EXPECT_EQ(found(8), 5U);
    EXPECT_EQ(column.not_before(5, 5, 0), 5U);
}

TEST(NumberColumn, KeepsEveryNumberExactly) {
    const std::vector<std::vector<double>> samples = {{1, -5, 0},
                                                      {19.99, 0.01, -3.5},
                                                      {0.125, 1.001},
                                                      {1e300, 0.1 + 0.2},
                                                      {2147483647.0, 1},
                                                      {-0.0}};
    for (const auto& numbers : samples) {
        std::vector<std::pair<Row, double>> entries;
        for (std::size_t i = numbers.size(); i-- > 0;) {
            entries.emplace_back(static_cast<Row>(i * 700), numbers[i]);
        }
        const NumberColumn column(5000, entries);
        for (const auto& [row, number] : entries) {
            EXPECT_EQ(column.at(row), number);
        }
        EXPECT_EQ(column.at(4999), std::nullopt);
    }
}

TEST(NumberColumn, KeepsMoneyInHalfTheRoom) {
    std::vector<std::pair<Row, double>> money;
    std::vector<std::pair<Row, double>> odd;
    for (Row row = 0; row < 1000; ++row) {
        money.emplace_back(row, static_cast<double>(row) + 0.99);
        odd.emplace_back(row, static_cast<double>(row) / 3);
    }
    EXPECT_EQ(NumberColumn(1000, odd).bytes() - NumberColumn(1000, money).bytes(), 4000U);
}

TEST(Dictionary, IsSortedByBytesWithAbsentFirst) {
    Interner interner;
    const Code z = interner.intern("z");
    const Code umlaut = interner.intern("\xC3\xA4");
    const Code again = interner.intern("z");
    EXPECT_EQ(z, again);
    EXPECT_EQ(interner.intern(""), 0U);
    const Code longer = interner.intern("a long text with one prefix 2");
    interner.intern("a long text with one prefix 10");
    const auto ranked = interner.rank();
    ASSERT_EQ(ranked.dictionary.size(), 5U);
    EXPECT_EQ(ranked.dictionary.text(0), "");
    EXPECT_EQ(ranked.dictionary.text(1), "a long text with one prefix 10");
    EXPECT_EQ(ranked.code_of[longer], 2U);
    EXPECT_EQ(ranked.code_of[z], 3U);
    EXPECT_EQ(ranked.code_of[umlaut], 4U);
}

TEST(Dictionary, FindsWhatItHoldsAndNothingElse) {
    Interner interner;
    for (int i = 0; i < 40'000; ++i) {
        interner.intern("name " + std::to_string(i));
    }
    EXPECT_EQ(interner.size(), 40'001U);
    const auto ranked = interner.rank();
    for (Code code = 1; code < ranked.dictionary.size(); ++code) {
        ASSERT_LT(ranked.dictionary.text(code - 1), ranked.dictionary.text(code));
    }
    const auto found = ranked.dictionary.find("name 31415");
    ASSERT_TRUE(found);
    EXPECT_EQ(ranked.dictionary.text(*found), "name 31415");
    EXPECT_FALSE(ranked.dictionary.find("name 40000"));
    EXPECT_FALSE(Dictionary().find("anything"));
    EXPECT_EQ(Dictionary().find(""), 0U);
}

}  // namespace
}  // namespace kokemus::timeline
