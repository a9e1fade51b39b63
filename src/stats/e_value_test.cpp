#include "stats/e_value.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/random.h"

namespace kokemus::stats {
namespace {

TEST(EValue, NothingStakedIsNoEvidence) {
    EXPECT_EQ(Bet().e_value(), 1.0);
    EXPECT_EQ(Bet().p_value(), 1.0);
    EXPECT_EQ(product_of_e_values({}), 1.0);
    EXPECT_EQ(mean_of_e_values({}), 1.0);
}

TEST(EValue, WhatIsNoRatioIsRefused) {
    Bet bet;
    EXPECT_FALSE(bet.add(-1));
    EXPECT_FALSE(bet.add(std::nan("")));
    EXPECT_FALSE(bet.add(std::numeric_limits<double>::infinity()));
    EXPECT_EQ(bet.e_value(), 1.0);
}

TEST(EValue, WhoLosesAllHasLostButWhatWasShownStays) {
    Bet bet;
    bet.add(25);
    bet.add(0);
    bet.add(1000);
    EXPECT_EQ(bet.e_value(), 0.0);
    EXPECT_NEAR(bet.p_value(), .04, 1e-12);
}

TEST(EValue, Golden) {
    Bet bet;
    for (const int yes : {1, 1, 0, 1, 1, 1, 1, 0, 1, 1}) {
        bet.add(yes_or_no_ratio(yes == 1, .5, .7));
    }
    EXPECT_NEAR(bet.e_value(), 5.312841, 1e-6);
    EXPECT_NEAR(bet.p_value(), 1 / 5.312841, 1e-7);
}

TEST(EValue, Together) {
    const std::array<double, 3> values{2, .5, 8};
    EXPECT_EQ(product_of_e_values(values), 8.0);
    EXPECT_EQ(mean_of_e_values(values), 3.5);
}

TEST(EValue, UnderNothingTwentyIsReachedAtMostOnceInTwenty) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Random random(seed);
        int reached = 0;
        for (int run = 0; run < 4000; ++run) {
            Bet bet;
            for (int i = 0; i < 200; ++i) {
                bet.add(yes_or_no_ratio(random.chance(.5), .5, .6));
            }
            reached += bet.p_value() <= .05 ? 1 : 0;
        }
        EXPECT_LT(reached, 4000 * .06) << seed;
        EXPECT_GT(reached, 0) << seed;
    }
}

RC_GTEST_PROP(EValue, AFairBetKeepsItsStakeOnAverage, ()) {
    const double null = *rc::gen::inRange(1, 100) / 100.0;
    const double alternative = *rc::gen::inRange(1, 100) / 100.0;
    const double mean = null * yes_or_no_ratio(true, null, alternative) +
                        (1 - null) * yes_or_no_ratio(false, null, alternative);
    RC_ASSERT(std::abs(mean - 1) < 1e-12);
}

}  // namespace
}  // namespace kokemus::stats
