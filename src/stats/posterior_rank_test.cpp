#include "stats/posterior_rank.h"

#include <gtest/gtest.h>

#include "stats/shrinkage.h"

namespace kokemus::stats {
namespace {

std::vector<PosteriorRank> ranks_of(const std::vector<Shrunken>& units, std::uint64_t seed) {
    return posterior_ranks(
        units.size(),
        [&units](std::size_t unit, Random& random) {
            return random.normal(units[unit].estimate, units[unit].deviation);
        },
        seed);
}

TEST(PosteriorRank, NoneAndOne) {
    EXPECT_TRUE(ranks_of({}, 1).empty());
    const auto one = ranks_of({{7, 1, 1, 0}}, 1);
    EXPECT_EQ(one[0].expected, 1.0);
    EXPECT_EQ(one[0].interval.low, 1.0);
    EXPECT_EQ(one[0].interval.high, 1.0);
    EXPECT_EQ(one[0].first, 1.0);
}

TEST(PosteriorRank, WhatIsCertainIsCertain) {
    const auto ranks = ranks_of({{1, .01, 1, 0}, {3, .01, 1, 0}, {2, .01, 1, 0}}, 5);
    EXPECT_EQ(ranks[0].expected, 3.0);
    EXPECT_EQ(ranks[1].expected, 1.0);
    EXPECT_EQ(ranks[2].interval.low, 2.0);
    EXPECT_EQ(ranks[2].interval.high, 2.0);
}

TEST(PosteriorRank, AgreesWithTheExactExpectation) {
    // Of independent normals the expected rank is 1 + the sum of the others' chances to be above.
    const std::vector<Shrunken> units{{8.106363, .512163, 1, 0},
                                      {8.162823, .177427, 1, 0},
                                      {7.112587, .277070, 1, 0},
                                      {8.132538, .352747, 1, 0},
                                      {7.004604, .481845, 1, 0},
                                      {7.507422, .138993, 1, 0}};
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        const auto ranks = ranks_of(units, seed);
        double sum = 0;
        double firsts = 0;
        for (std::size_t i = 0; i < units.size(); ++i) {
            double expected = 1;
            for (std::size_t j = 0; j < units.size(); ++j) {
                expected += i == j ? 0 : probability_above(units[j], units[i]);
            }
            EXPECT_NEAR(ranks[i].expected, expected, .08) << seed << " " << i;
            EXPECT_LE(ranks[i].interval.low, ranks[i].expected);
            EXPECT_GE(ranks[i].interval.high, ranks[i].expected);
            sum += ranks[i].expected;
            firsts += ranks[i].first;
        }
        EXPECT_NEAR(sum, 21, 1e-9);
        EXPECT_NEAR(firsts, 1, 1e-9);
    }
}

TEST(PosteriorRank, SameSeedSameRanks) {
    const std::vector<Shrunken> units{{1, 1, 1, 0}, {1.2, 1, 1, 0}};
    EXPECT_EQ(ranks_of(units, 9)[0].expected, ranks_of(units, 9)[0].expected);
    EXPECT_NE(ranks_of(units, 9)[0].expected, ranks_of(units, 10)[0].expected);
}

}  // namespace
}  // namespace kokemus::stats
