#include "stats/standardisation.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(Standardisation, NothingExpectedSaysNothing) {
    EXPECT_FALSE(standardise(3, Expected{}, .7).enough);
    EXPECT_EQ(expected_of({}).n, 0.0);
    const std::vector<CaseMix> never{{10, 0}};
    EXPECT_FALSE(standardise(0, expected_of(never), .7).enough);
}

TEST(Standardisation, Golden) {
    // methods.md g4
    const Standardised first = standardise(70, Expected{100, 69, 20}, .7);
    EXPECT_NEAR(first.ratio, 1.014493, 1e-6);
    EXPECT_NEAR(first.share, .710145, 1e-6);
    const Standardised second = standardise(40, Expected{60, 39, 12}, .7);
    EXPECT_NEAR(second.ratio, 1.025641, 1e-6);
    EXPECT_NEAR(second.share, .717949, 1e-6);
}

TEST(Standardisation, ExpectationFollowsTheMixOfCases) {
    const std::vector<CaseMix> hard{{80, .5}, {20, .9}};
    const Expected expected = expected_of(hard);
    EXPECT_NEAR(expected.n, 100, 1e-12);
    EXPECT_NEAR(expected.events, 58, 1e-12);
    EXPECT_NEAR(expected.variance, 80 * .25 + 20 * .09, 1e-12);
    // A raw share of 60 % is below the 75 % of all, and yet better than its cases make one expect.
    const Standardised unit = standardise(60, expected, .75);
    EXPECT_GT(unit.share, .75);
    EXPECT_NEAR(unit.z, 2 / std::sqrt(21.8), 1e-12);
}

TEST(Standardisation, IntervalStaysAboveNothingAndShareBelowAll) {
    const Standardised none = standardise(0, Expected{10, 2, 1.6}, .2);
    EXPECT_EQ(none.ratio_interval.low, 0.0);
    EXPECT_GT(none.ratio_interval.high, 0.0);
    EXPECT_EQ(standardise(10, Expected{10, 5, 2.5}, .9).share, 1.0);
}

TEST(Standardisation, AnAverageUnitIsWithinItsIntervalAsOftenAsSaid) {
    const std::vector<CaseMix> mix{{60, .5}, {30, .8}, {10, .2}};
    const Expected expected = expected_of(mix);
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int held = 0;
        constexpr int rounds = 20'000;
        for (int round = 0; round < rounds; ++round) {
            double observed = 0;
            for (const CaseMix& each : mix) {
                observed += static_cast<double>(
                    random.binomial(static_cast<std::uint64_t>(each.n), each.share));
            }
            const Interval interval = standardise(observed, expected, .56).ratio_interval;
            held += interval.low <= 1 && 1 <= interval.high ? 1 : 0;
        }
        EXPECT_NEAR(static_cast<double>(held) / rounds, .95, .015) << seed;
    }
}

}  // namespace
}  // namespace kokemus::stats
