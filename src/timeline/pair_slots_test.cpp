#include "timeline/pair_slots.h"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::timeline {
namespace {

using Pair = std::pair<Code, Code>;

TEST(PairSlots, NumbersPairsInOrderOfFirstSight) {
    for (const std::size_t codes : {10, 5000}) {  // a square table, and open addressing
        PairSlots slots(codes);
        EXPECT_TRUE(slots.pairs().empty());
        EXPECT_EQ(slots.slot(7, 0), 0U);
        EXPECT_EQ(slots.slot(0, 7), 1U);
        EXPECT_EQ(slots.slot(7, 0), 0U);
        EXPECT_EQ(slots.pairs(), (std::vector<Pair>{{7, 0}, {0, 7}}));
    }
}

TEST(PairSlots, ShowsItsSquareWhileCodesAreFew) {
    PairSlots few(10);
    few.slot(3, 4);
    ASSERT_NE(few.square(), nullptr);
    EXPECT_EQ(few.square()[3 * few.codes() + 4], 0U);
    EXPECT_EQ(few.square()[4 * few.codes() + 3], none);
    EXPECT_EQ(PairSlots(5000).square(), nullptr);
}

/// Also where all pairs begin or end the same, and where the table grows.
RC_GTEST_PROP(PairSlots, FindsEveryPairAgain, ()) {
    PairSlots slots(1U << 20U);
    std::map<Pair, std::uint32_t> expected;
    const auto code = rc::gen::element<Code>(0, 1, 2, 1023, 1024, 4096, (1U << 20U) - 1);
    const Code one = *code;
    const auto count = *rc::gen::inRange(0, 5000);
    const Code step = *rc::gen::element<Code>(1, 64, 100);
    for (Code i = 0; i < static_cast<Code>(count); ++i) {
        const Code other = i * step % (1U << 20U);
        const Pair pair = i % 2 == 0 ? Pair(one, other) : Pair(other, one);
        const auto next = static_cast<std::uint32_t>(expected.size());
        expected.try_emplace(pair, next);
        RC_ASSERT(slots.slot(pair.first, pair.second) == expected.at(pair));
    }
    for (const auto& [pair, slot] : expected) {
        RC_ASSERT(slots.slot(pair.first, pair.second) == slot);
        RC_ASSERT(slots.pairs()[slot] == pair);
    }
}

}  // namespace
}  // namespace kokemus::timeline
